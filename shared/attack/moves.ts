/** What a step needs to have moved, in words. */
import type { Move } from "../analysis/result";

/** Such as "only if b-app moves to esx-2". */
export function moveWords({ vm, to }: Move): string {
  return `only if ${vm} moves to ${to}`;
}

/** What a step rests on, with what has to move. */
export function withMoves(detail: string, moves: readonly Move[]): string {
  return [detail, ...moves.map(moveWords)].join(", ");
}

/** The same without: `withMoves` taken back. */
export function withoutMoves(detail: string, moves: readonly Move[]): string {
  const tail = moves.map((move) => `, ${moveWords(move)}`).join("");
  return detail.endsWith(tail) ? detail.slice(0, detail.length - tail.length) : detail;
}

/** Which lines of a text become which (Myers, "An O(ND) Difference Algorithm", 1986). */
export interface Replacement {
  /** The first line that goes, from 0; lines are put in before it where none goes. */
  readonly start: number;
  /** The line after the last that goes. */
  readonly end: number;
  readonly lines: readonly string[];
}

/** Texts that differ in more lines than this are two texts. */
const MOST_EDITS = 400;

/** The fewest lines that go and come, in runs; undefined where there are too many. */
export function lineDiff(before: readonly string[], after: readonly string[]): Replacement[] | undefined {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < before.length - head && tail < after.length - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  const [a, b] = [before.slice(head, before.length - tail), after.slice(head, after.length - tail)];
  const rounds = search(a, b);
  return rounds === undefined ? undefined : runs(a, b, rounds).map(({ start, end, lines }) => ({ start: start + head, end: end + head, lines }));
}

/** For every number of edits how far each diagonal gets: the state before that round. */
function search(a: readonly string[], b: readonly string[]): Map<number, number>[] | undefined {
  const reached = new Map<number, number>([[1, 0]]), rounds: Map<number, number>[] = [];
  for (let edits = 0; edits <= MOST_EDITS; edits++) {
    rounds.push(new Map(reached));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let x = comesDown(reached, diagonal, edits) ? (reached.get(diagonal + 1) ?? 0) : (reached.get(diagonal - 1) ?? 0) + 1, y = x - diagonal;
      while (x < a.length && y < b.length && a[x] === b[y]) {
        x += 1;
        y += 1;
      }
      reached.set(diagonal, x);
      if (x >= a.length && y >= b.length) return rounds;
    }
  }
  return undefined;
}

/** Whether the furthest way to the diagonal puts a line in, and does not take one away. */
function comesDown(reached: ReadonlyMap<number, number>, diagonal: number, edits: number): boolean {
  return diagonal === -edits || (diagonal !== edits && (reached.get(diagonal - 1) ?? -1) < (reached.get(diagonal + 1) ?? -1));
}

/** The way back, as runs of lines. */
function runs(a: readonly string[], b: readonly string[], rounds: readonly Map<number, number>[]): Replacement[] {
  const found: { start: number; end: number; lines: string[] }[] = [];
  let x = a.length, y = b.length;
  for (let edits = rounds.length - 1; edits > 0; edits--) {
    const reached = rounds[edits] ?? new Map<number, number>(), down = comesDown(reached, x - y, edits), diagonal = x - y + (down ? 1 : -1);
    const fromX = reached.get(diagonal) ?? 0, fromY = fromX - diagonal;
    const next = found[0], at = fromX, taken = down ? 0 : 1, put = down ? [b[fromY] ?? ""] : [];
    // After this edit the texts go on alike until the next one: the same run only if nothing is in between.
    if (next !== undefined && next.start === at + taken && x === fromX + taken) {
      next.start = at;
      next.lines.unshift(...put);
    } else found.unshift({ start: at, end: at + taken, lines: put });
    [x, y] = [fromX, fromY];
  }
  return found;
}

/** What the attack paths are asked about, and opening them. */
import { create } from "zustand";
import type { PlacementName } from "../../shared/analysis/result";
import { setView } from "./session";

interface AttackState {
  /** Whom the attacker has: the id of a party, or a selector; "" asks nothing. */
  readonly from: string;
  /** What is to be got at; "" is everything. */
  readonly to: string;
  readonly placement: PlacementName;
}

const NOTHING: AttackState = { from: "", to: "", placement: "drawn" };

export const useAttack = create<AttackState>(() => NOTHING);

export function setAttack(question: Partial<AttackState>): void {
  useAttack.setState(question);
}

/** Shows the attack paths from here, or to here, or as they were asked about last. */
export function openAttack(question: Partial<AttackState> = {}): void {
  setAttack(question);
  setView("attack");
}

/** Forgets what was asked about the document that was open before. */
export function resetAttack(): void {
  useAttack.setState(NOTHING);
}

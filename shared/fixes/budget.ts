/** How much work verification may do in one analysis. Counted, not timed: the same document always gets the same fixes. */
import type { Evaluation } from "../analysis/evaluate";
import type { FixCandidate } from "../rules/rule";
import { touchesNetwork } from "./network-edit";

/** In parties: one analysis of a document with n parties (VMs, management interfaces, BMCs, external networks) costs about n. */
const WORK = 3_000;
/** Rules alone, over a network that is compiled already, cost about this part of an analysis. */
const RULES_ONLY = 0.25;

export class Budget {
  private left = WORK;

  constructor(private readonly evaluation: Evaluation) {}

  /** Takes what verifying the candidate costs; false where it is not there. */
  spend(candidate: FixCandidate): boolean {
    const whole = Math.max(10, this.evaluation.network.parties.length);
    const cost = touchesNetwork(candidate.edits) ? whole : whole * RULES_ONLY;
    if (cost > this.left) return false;
    this.left -= cost;
    return true;
  }
}

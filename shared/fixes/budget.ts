/** How much work verification may do in one analysis. Counted, not timed: the same document always gets the same fixes. */
import type { Evaluation } from "../analysis/evaluate";
import { entries, type Topology } from "../model/topology";
import type { FixCandidate } from "../rules/rule";
import { touchesNetwork } from "./network-edit";

/** In parties: one analysis of a document with n parties (VMs, management interfaces, BMCs, external networks) and no rules costs about n. */
const WORK = 4_000;
/** Rules alone, over a network that is compiled already, cost about this part of an analysis. */
const RULES_ONLY = 0.25;
const CANDIDATES = 2;
/** So many rules of filters cost as much as a party. */
const RULES_A_PARTY = 8;

export class Budget {
  private left = WORK;
  private refusals = 0;

  private readonly whole: number;

  constructor({ network, topology }: Evaluation) {
    this.whole = Math.max(10, network.parties.length + Math.floor(countRules(topology) / RULES_A_PARTY));
  }

  /** Takes what verifying the candidate costs; false where it is not there. */
  spend(candidate: FixCandidate): boolean {
    return this.take(touchesNetwork(candidate.edits) ? 1 : RULES_ONLY);
  }

  /** Takes what planning for so many findings costs: some candidates each. */
  spendOnPlan(findings: number): boolean {
    return this.take(findings * CANDIDATES);
  }

  /** How often something was asked for that was not there: where this grows meanwhile, not everything was tried. */
  get refused(): number {
    return this.refusals;
  }

  /** Whether not even the cheapest verification can be paid: then candidates need not be made. */
  get isSpent(): boolean {
    return this.left < RULES_ONLY * this.whole;
  }

  /** Whether the document is so large that no change to its network can be verified: then such candidates need not be made. */
  get isTooSmallForNetworks(): boolean {
    return this.whole > WORK;
  }

  private take(analyses: number): boolean {
    const cost = analyses * this.whole;
    if (cost > this.left) {
      this.refusals += 1;
      return false;
    }
    this.left -= cost;
    return true;
  }
}

function countRules(topology: Topology): number {
  return (["routers", "firewalls", "distributedFirewalls"] as const).reduce((sum, collection) => sum + entries(topology, collection).reduce((all, [, { rules = [] }]) => all + rules.length, 0), 0);
}

/** What is wrong or unknown, gathered while the rows of the matrix are gone through, without listing pairs. */
import { NO_SERVICES, unionServices, type ServiceSet } from "../model/services";
import { isManagement } from "./exposed";
import type { PartyClass } from "./parties";
import type { Rows } from "./rows";
import type { TenantSums } from "./sums";
import type { Breach } from "./types";
import type { Answer } from "./verdicts";

/** Pairs of the members of two classes. */
export type Meeting = readonly [from: PartyClass, to: PartyClass, answer: Answer];

export class Concerns {
  /** Whose verdict is violating or unknown, to management interfaces and BMCs. */
  readonly towardsManagement: Meeting[] = [];
  /** Whether a pair may be unknown; certain where not. */
  hasUnknown = false;
  private readonly managementKinds = new Set<number>();

  constructor(private readonly rows: Rows) {
    for (const own of rows.parties.classes) if (isManagement(own)) this.managementKinds.add(rows.kind(own));
  }

  /** A pair that was asked for itself. */
  add(from: PartyClass, to: PartyClass, answer: Answer): void {
    if (answer.verdict === "unknown") this.hasUnknown = true;
    if (isConcern(answer) && isManagement(to)) this.towardsManagement.push([from, to, answer]);
  }

  /** The pairs that share an answer; right after the meetings of the row were listed. */
  addCommon(from: PartyClass): void {
    for (const kind of this.managementKinds) {
      const answer = this.rows.commonOf(this.rows.kind(from), kind, false);
      if (answer !== undefined && isConcern(answer)) for (const to of this.rows.unmet(from, kind)) this.towardsManagement.push([from, to, answer]);
    }
  }
}

function isConcern({ verdict }: Answer): boolean {
  return verdict === "violating" || verdict === "unknown";
}

/** Ordered pairs of tenants of which some pair of VMs violates, in no order; those alike share what is said of them. */
export function* breaches(tenants: TenantSums): Generator<Breach> {
  for (const { pairs, answers } of tenants.answers()) {
    const violating = answers.filter(({ verdict }) => verdict === "violating");
    if (violating.length === 0) continue;
    const routed = summed(violating.filter(({ frames }) => frames !== "both"));
    for (const [from, to] of pairs) yield routed === undefined ? { from, to } : { from, to, routed };
  }
}

function summed(answers: readonly Answer[]): Breach["routed"] {
  if (answers.length === 0) return undefined;
  const union = (of: readonly Answer[]): ServiceSet => of.reduce<ServiceSet>((set, { beyond }) => unionServices(set, beyond), NO_SERVICES);
  return { beyond: union(answers), answered: union(answers.filter(({ services }) => services.length > 0)), forged: answers.some(({ forged }) => forged) };
}

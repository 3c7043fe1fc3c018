/** What is wrong, found without listing pairs. */
import { NO_SERVICES, unionServices, type ServiceSet } from "../model/services";
import { isManagement } from "./exposed";
import type { PartyClass } from "./parties";
import type { Rows } from "./rows";
import type { TenantSums } from "./sums";
import type { Breach } from "./types";
import type { Answer } from "./verdicts";

/** Pairs of the members of two classes. */
export type Meeting = readonly [from: PartyClass, to: PartyClass, answer: Answer];

/** Pairs of classes to management interfaces and BMCs whose verdict is violating or unknown, in no order. */
export function managementMeetings(rows: Rows): Meeting[] {
  const targets = rows.parties.classes.filter((own) => own.members.length > 0 && isManagement(own));
  const found: Meeting[] = [];
  for (const from of rows.parties.classes) {
    if (from.members.length === 0 || from.hosts.length === 0) continue;
    rows.meeting(from);
    for (const to of targets) {
      const answer = to.hosts.length === 0 || (to === from && to.members.length < 2) ? undefined : rows.answerTo(from, to);
      if (answer?.verdict === "violating" || answer?.verdict === "unknown") found.push([from, to, answer]);
    }
  }
  return found;
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

/** The answer for a pair of party classes: what passes, by which layer, and what the policy says to it. See section 5 of the semantics. */
import { NO_SERVICES, intersectServices, subtractServices, type ServiceSet } from "../model/services";
import type { Verdict } from "../analysis/result";
import { NO_FLOW, type Flow } from "./flows";
import type { PartyClass } from "./parties";
import type { Permission } from "./policy";
import { HONEST, HOSTILE, WORST, join, type Question, type Reach } from "./reach";

/** What all pairs of two party classes have in common. */
export interface Answer {
  readonly layer: 2 | 3;
  readonly frames?: "both" | "one";
  readonly services: ServiceSet;
  readonly oneWay: ServiceSet;
  readonly beyond: ServiceSet;
  /** What of the worst that absent fields could mean the policy does not allow; where the verdict is unknown. */
  readonly perhaps: ServiceSet;
  readonly verdict: Verdict;
  readonly forged: boolean;
  /** The absent fields that the verdict rests on. */
  readonly doubts: Doubts;
}

/** Kinds of absent fields; which ones exactly is looked up per pair. */
export interface Doubts {
  readonly tenant: boolean;
  readonly links: boolean;
  readonly shield: boolean;
  /** The sender's addresses, and the receiver's. */
  readonly sources: boolean;
  readonly targets: boolean;
}

export const NO_DOUBTS: Doubts = { tenant: false, links: false, shield: false, sources: false, targets: false };

/** Nothing passes, for certain. */
const NOTHING: Answer = { layer: 3, services: NO_SERVICES, oneWay: NO_SERVICES, beyond: NO_SERVICES, perhaps: NO_SERVICES, verdict: "isolated", forged: false, doubts: NO_DOUBTS };

/** @param permit asked only where something passes or might */
export function answer(reach: Reach, from: PartyClass, to: PartyClass, permit: () => Permission): Answer {
  const [source, target] = [from.hosts[0], to.hosts[0]];
  // Most pairs are of two hosts that forge nothing, about which nothing is missing, and between which nothing passes.
  if (from.hosts.length === 1 && to.hosts.length === 1 && source !== undefined && target !== undefined && !reach.isDoubtful(source, target)) {
    if (source.forged.length === 0 && target.forged.length === 0) {
      const flow = reach.honest(source, target);
      const forth = reach.hears(source, target);
      return flow.delivered.length === 0 && !forth ? NOTHING : certainAnswer(forth ? (reach.hears(target, source) ? "both" : "one") : undefined, flow, permit());
    }
  }
  return fullAnswer(reach, from, to, permit());
}

function certainAnswer(frames: Answer["frames"], flow: Flow, { services: permitted, missing }: Permission): Answer {
  const verdict = verdictOf(flow.delivered, permitted, missing.length > 0);
  return {
    layer: frames !== undefined || flow.bridged ? 2 : 3,
    ...(frames === undefined ? {} : { frames }),
    services: flow.services,
    oneWay: flow.delivered === flow.services ? NO_SERVICES : subtractServices(flow.delivered, flow.services),
    beyond: verdict === "violating" ? subtractServices(flow.delivered, permitted) : NO_SERVICES,
    perhaps: verdict === "unknown" ? subtractServices(flow.delivered, permitted) : NO_SERVICES,
    verdict,
    forged: false,
    doubts: verdict === "unknown" ? { ...NO_DOUBTS, tenant: true } : NO_DOUBTS,
  };
}

function fullAnswer(reach: Reach, from: PartyClass, to: PartyClass, { services: permitted, missing }: Permission): Answer {
  const flow = flowBetween(reach, from, to, HOSTILE);
  const judge = (judged: Flow): Verdict => verdictOf(judged.delivered, permitted, missing.length > 0);
  const certain = judge(flow);
  const worst = isDoubtful(reach, from, to) ? flowBetween(reach, from, to, WORST) : flow;
  const verdict = certain === "violating" || judge(worst) === certain ? certain : "unknown";
  const forth = someHear(reach, from, to);
  const shown = verdict === "unknown" ? join(flow, worst) : flow;
  return {
    layer: forth || shown.bridged ? 2 : 3,
    ...(forth ? { frames: someHear(reach, to, from) ? ("both" as const) : ("one" as const) } : {}),
    services: flow.services,
    oneWay: subtractServices(flow.delivered, flow.services),
    beyond: verdict === "violating" ? subtractServices(flow.delivered, permitted) : NO_SERVICES,
    perhaps: verdict === "unknown" ? subtractServices(worst.delivered, permitted) : NO_SERVICES,
    verdict,
    forged: verdict !== "unknown" && certain !== "isolated" && judge(flowBetween(reach, from, to, HONEST)) !== certain,
    doubts: verdict === "unknown" ? doubtsOf(reach, from, to, certain, judge) : NO_DOUBTS,
  };
}

/** Whether anything is to be said about the pair in the matrix. */
export function isListed({ services, oneWay, frames, verdict }: Answer): boolean {
  return services.length > 0 || oneWay.length > 0 || frames !== undefined || verdict === "unknown";
}

/** What decides whether more of these services passes, or is answered, than is certain; undefined where absent fields add nothing to them. */
export function doubtsAbout(reach: Reach, from: PartyClass, to: PartyClass, asked: ServiceSet): Doubts | undefined {
  if (!isDoubtful(reach, from, to)) return undefined;
  const judge = ({ delivered, services }: Flow): string => [delivered, services].map((set) => intersectServices(set, asked).join()).join(" ");
  const certain = judge(flowBetween(reach, from, to, HOSTILE));
  return judge(flowBetween(reach, from, to, WORST)) === certain ? undefined : doubtsOf(reach, from, to, certain, judge);
}

function verdictOf(delivered: ServiceSet, permitted: ServiceSet, tenantless: boolean): Verdict {
  if (delivered.length === 0) return "isolated";
  if (subtractServices(delivered, permitted).length === 0) return "permitted";
  return tenantless ? "unknown" : "violating";
}

/** Union over the vNICs of both; an answer that comes to another vNIC of the VM is none of this flow. */
export function flowBetween(reach: Reach, from: PartyClass, to: PartyClass, question: Question): Flow {
  let flow = NO_FLOW;
  for (const source of from.hosts) for (const target of to.hosts) flow = join(flow, reach.between(source, target, question));
  return flow;
}

function someHear(reach: Reach, from: PartyClass, to: PartyClass): boolean {
  return from.hosts.some((source) => to.hosts.some((target) => reach.hears(source, target)));
}

function isDoubtful(reach: Reach, from: PartyClass, to: PartyClass): boolean {
  return from.hosts.some((source) => to.hosts.some((target) => reach.isDoubtful(source, target)));
}

const FACTORS = ["links", "shield", "sources", "targets"] as const;

/** Which kinds of absent fields decide: those without which the worst is no worse; where any of several would do, those that do alone. */
function doubtsOf(reach: Reach, from: PartyClass, to: PartyClass, certain: string, judge: (flow: Flow) => string): Doubts {
  const ask = (question: Question): string => judge(flowBetween(reach, from, to, question));
  const without = (factor: (typeof FACTORS)[number]): Question => ({ ...WORST, [factor]: HOSTILE[factor] });
  const only = (factor: (typeof FACTORS)[number]): Question => ({ ...HOSTILE, [factor]: WORST[factor] });
  const worst = ask(WORST);
  let deciding = worst === certain ? [] : FACTORS.filter((factor) => ask(without(factor)) !== worst);
  if (worst !== certain && deciding.length === 0) deciding = FACTORS.filter((factor) => ask(only(factor)) !== certain);
  // The worst may take several together: then all are named.
  if (worst !== certain && deciding.length === 0) deciding = [...FACTORS];
  const has = (factor: (typeof FACTORS)[number]): boolean => deciding.includes(factor);
  return { tenant: certain === "unknown" || worst === "unknown", links: has("links"), shield: has("shield"), sources: has("sources"), targets: has("targets") };
}

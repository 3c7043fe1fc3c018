/** Allow rules of filters without state whose answers nothing lets back. */
import { ALL_TCP, ALL_UDP, ICMP_SERVICE, intersectServices, subtractServices, type ServiceSet } from "../../model/services";
import { cellsOf, claimsOn, matchingIn, overlap, type Claim, type Steps } from "./cells";
import type { Coverage } from "./coverage";
import { shareCrossing, type Item, type RuleList } from "./list";

export type Protocol = "icmp" | "tcp" | "udp";

const PROTOCOLS: readonly (readonly [Protocol, ServiceSet])[] = [["icmp", ICMP_SERVICE], ["tcp", ALL_TCP], ["udp", ALL_UDP]];

/**
 * The protocols of the rule of which no packet is ever answered: from its destinations to its sources, between its interfaces the other
 * way, no client port (for ICMP: no ICMP) gets through. An end whose address is not known may be one that a rule lets through.
 */
export function* unansweredBy(list: RuleList, coverage: Coverage, item: Item, defaultAllow: boolean): Steps<Protocol[]> {
  const unanswered: Protocol[] = [];
  for (const [name, protocol] of PROTOCOLS) {
    if (!overlap(item.services, protocol)) continue;
    const answer: Item = { ...item, from: item.to, to: item.from, in: item.out, out: item.in, services: protocol };
    const passes = (yield* someGetsThrough(list, coverage, answer, defaultAllow)) || mayGetThrough(list, coverage, answer);
    if (!passes) unanswered.push(name);
  }
  return unanswered;
}

function* someGetsThrough(list: RuleList, coverage: Coverage, answer: Item, defaultAllow: boolean): Steps<boolean> {
  for (const [source, target, pause] of cellsOf(list, answer)) {
    const buckets = matchingIn([coverage.allowing, coverage.blocking], source, target);
    if (claimsOn(list.device, answer, buckets, Infinity).some((claim) => somePasses(claim, answer.services, defaultAllow))) return true;
    if (pause) yield;
  }
  return false;
}

/** First match wins. */
function somePasses(claim: Claim, services: ServiceSet, defaultAllow: boolean): boolean {
  let undecided = services;
  for (const one of claim) {
    if (one.allows && intersectServices(undecided, one.services).length > 0) return true;
    undecided = subtractServices(undecided, one.services);
  }
  return defaultAllow && undecided.length > 0;
}

/** Whether a rule would let an answer through if an end had an address that the rule names. */
function mayGetThrough({ sources, targets, device }: RuleList, { allowing }: Coverage, answer: Item): boolean {
  const certain = new Set(allowing.between(sources.near(answer.from), targets.near(answer.to)));
  for (const bucket of allowing.between(sources.perhapsNear(answer.from), targets.perhapsNear(answer.to))) {
    if (!certain.has(bucket) && bucket.items.some((one) => overlap(one.services, answer.services) && shareCrossing(device, answer, one))) return true;
  }
  return false;
}

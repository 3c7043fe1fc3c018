/**
 * What is wrong with the rules of routers, firewalls and distributed firewalls as ordered lists: rules that can never decide a packet,
 * rules that match nothing, rules whose order matters, and allows that are never answered. Exact, over every address, vNIC, service and
 * interface; in pieces, because lists of 100,000 rules take seconds.
 */
import type { Rule } from "../../model/kinds/forwarder";
import { effectiveDefaultAction, effectiveStateful } from "../../model/defaults";
import { entries, type Topology } from "../../model/topology";
import type { Steps } from "./cells";
import { Coverage, type Standing } from "./coverage";
import { readList, type Device, type Emptiness, type Item, type RuleList } from "./list";
import { Ordering } from "./order";
import { unansweredBy, type Protocol } from "./returns";
import { RuleSpaces, type RuleSpace } from "./space";

/** A fault of one rule; places are indexes in the list of rules. */
export type RuleFault =
  | { readonly [K in Standing]: { readonly kind: K; readonly rule: number; readonly by: readonly number[] } }[Standing]
  /** A later rule of the same effect does the same and more, and nothing between them interferes. */
  | { readonly kind: "superseded"; readonly rule: number; readonly by: readonly [number] }
  | { readonly kind: "correlated" | "general"; readonly rule: number; readonly by: readonly number[]; readonly more: boolean }
  | { readonly kind: "empty"; readonly rule: number; readonly where: Emptiness }
  | { readonly kind: "unanswered"; readonly rule: number; readonly protocols: readonly Protocol[] };

export type FilterCollection = "routers" | "firewalls" | "distributedFirewalls";

export interface FilterHygiene {
  readonly collection: FilterCollection;
  readonly id: string;
  /** In the order of the rules. */
  readonly faults: readonly RuleFault[];
}

const COLLECTIONS: readonly FilterCollection[] = ["routers", "firewalls", "distributedFirewalls"];

/** The hygiene of every filter with rules, in pieces of about a rule each. */
export function* examineDocument(topology: Topology): Steps<FilterHygiene[]> {
  let spaces: RuleSpaces | undefined;
  const found: FilterHygiene[] = [];
  for (const collection of COLLECTIONS) {
    for (const [id, filter] of entries(topology, collection)) {
      if (!(filter.rules ?? []).some(({ enabled }) => enabled !== false)) continue;
      spaces ??= new RuleSpaces(topology);
      const space = collection === "distributedFirewalls" ? spaces.ofVnics : spaces.ofAddresses;
      yield;
      const settings = { stateful: effectiveStateful(topology, collection, id).value !== false, defaultAllow: effectiveDefaultAction(topology, collection, id).value === "allow" };
      const faults = yield* examineRules(filter.rules ?? [], deviceOf(filter), space, settings);
      found.push({ collection, id, faults });
    }
  }
  return found;
}

function deviceOf(filter: { readonly interfaces?: Readonly<Record<string, unknown>> | undefined; readonly mode?: string | undefined } | object): Device {
  const interfaces = "interfaces" in filter ? Object.keys(filter.interfaces ?? {}) : [];
  return { interfaces, transparent: "mode" in filter && filter.mode === "transparent" };
}

/** The faults of one list, in the order of its rules. */
export function* examineRules(rules: readonly Rule[], device: Device, space: RuleSpace, settings: { readonly stateful: boolean; readonly defaultAllow: boolean }): Steps<RuleFault[]> {
  const list = readList(rules, device, space);
  const faults: RuleFault[] = list.empty.map(({ index, where }) => ({ kind: "empty", rule: index, where }));
  const coverage = new Coverage(list);
  const deciding: Item[] = [];
  for (const item of list.items) {
    const covered = yield* coverage.standingOf(item);
    if (covered === undefined) {
      deciding.push(item);
      coverage.add(item);
    } else faults.push({ kind: covered.standing, rule: item.index, by: covered.by });
    yield;
  }
  yield* examineOrder(list, coverage, deciding, faults);
  if (!settings.stateful && (!settings.defaultAllow || deciding.some(({ allows }) => !allows))) yield* examineAnswers(list, coverage, deciding, settings.defaultAllow, faults);
  return faults.sort((a, b) => a.rule - b.rule);
}

function* examineOrder(list: RuleList, coverage: Coverage, deciding: readonly Item[], faults: RuleFault[]): Steps<void> {
  const ordering = new Ordering(list, coverage);
  for (const item of deciding) {
    const successor = yield* ordering.successorOf(item);
    if (successor !== undefined) faults.push({ kind: "superseded", rule: item.index, by: [successor] });
    else {
      const { correlated, exceptions, more } = yield* ordering.orderOf(item);
      if (correlated.length > 0) faults.push({ kind: "correlated", rule: item.index, by: correlated, more });
      else if (exceptions.length > 0) faults.push({ kind: "general", rule: item.index, by: exceptions, more });
    }
    yield;
  }
}

function* examineAnswers(list: RuleList, coverage: Coverage, deciding: readonly Item[], defaultAllow: boolean, faults: RuleFault[]): Steps<void> {
  for (const item of deciding) {
    const protocols = item.allows ? yield* unansweredBy(list, coverage, item, defaultAllow) : [];
    if (protocols.length > 0) faults.push({ kind: "unanswered", rule: item.index, protocols });
    yield;
  }
}

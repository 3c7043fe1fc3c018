/** What a fix does to the lists of rules of routers, firewalls and distributed firewalls, in the order in which it is safe to type. */
import { effectiveDefaultAction, effectiveStateful } from "../../model/defaults";
import type { Forwarder, Rule } from "../../model/kinds/forwarder";
import type { DistributedFirewall } from "../../model/kinds/distributed-firewall";
import type { Topology } from "../../model/topology";
import { changed, type Change } from "./command";

/**
 * Rules that are switched off are none. Additions in the order of typing: at the top the last first, each before all that is there;
 * elsewhere the first first, each before the rule `before`, or at the end.
 */
export type RuleEdit =
  | { readonly kind: "add"; readonly rule: Rule; readonly place: "top" | "end" }
  | { readonly kind: "add"; readonly rule: Rule; readonly place: "before"; readonly before: string }
  | { readonly kind: "change"; readonly rule: Rule }
  | { readonly kind: "remove"; readonly rule: Rule };

type Filter = Forwarder | DistributedFirewall;
type FilterCollection = "routers" | "firewalls" | "distributedFirewalls";

export interface FilterEdits<F extends Filter = Filter> {
  readonly id: string;
  readonly now: F;
  /** Absent in a new filter. */
  readonly was?: F;
  readonly isNew: boolean;
  /** A rule is added before one is taken away. */
  readonly edits: readonly RuleEdit[];
  /** Absent: as it was. */
  readonly defaultAction?: Rule["action"];
  /** What its default was stopped all that no rule let pass; false in a new filter. */
  readonly hadStop: boolean;
  /** It keeps state now and did not. */
  readonly keepsState: boolean;
}

/** The filters of a collection that a fix changes or adds. */
export function filterEdits<C extends FilterCollection>(change: Change, collection: C): FilterEdits<C extends "distributedFirewalls" ? DistributedFirewall : Forwarder>[] {
  return changed(change, collection).map(([id, now, was]) => {
    const action = effectiveDefaultAction(change.after, collection, id).value;
    const acted = was === undefined ? undefined : effectiveDefaultAction(change.before, collection, id).value;
    type Kind = C extends "distributedFirewalls" ? DistributedFirewall : Forwarder;
    return {
      id, now: now as Kind, ...(was === undefined ? {} : { was: was as Kind }), isNew: was === undefined,
      edits: ruleEdits(was?.rules ?? [], now.rules ?? []),
      ...(action === acted || action === undefined ? {} : { defaultAction: action }),
      hadStop: acted !== undefined && acted !== "allow",
      keepsState: isStateful(change.after, collection, id) && (was === undefined || !isStateful(change.before, collection, id)),
    };
  });
}

/**
 * What becomes of the default where one rule about everything, or a policy, stands for it and can only drop. Undefined: as it was, also
 * where `deny` and `reject` take turns.
 */
export function defaultStop({ defaultAction, hadStop }: Pick<FilterEdits, "defaultAction" | "hadStop">): "added" | "removed" | undefined {
  const stops = defaultAction === undefined ? hadStop : defaultAction !== "allow";
  return stops === hadStop ? undefined : stops ? "added" : "removed";
}

/** The rule with the id of an edit's as it was, if it was there and on. */
export function ruleBefore({ was }: Pick<FilterEdits, "was">, { rule: { id } }: RuleEdit): Rule | undefined {
  return was?.rules?.find((rule) => rule.id === id && rule.enabled !== false);
}

function isStateful(topology: Topology, collection: FilterCollection, id: string): boolean {
  return effectiveStateful(topology, collection, id).value !== false;
}

function ruleEdits(was: readonly Rule[], now: readonly Rule[]): RuleEdit[] {
  const [old, list] = [was, now].map((rules) => rules.filter(({ enabled }) => enabled !== false)) as [Rule[], Rule[]];
  const places = new Map(old.map((rule, index) => [rule.id, index]));
  const kept = staying(list, places);
  const edits: RuleEdit[] = [];
  for (let index = 0; index < list.length; index += 1) {
    const run: Rule[] = [];
    const start = index;
    for (let rule = list[index]; rule !== undefined && !kept.has(rule.id); rule = list[index]) {
      run.push(rule);
      index += 1;
    }
    const next = list[index]?.id;
    if (next === undefined && old.length > 0) edits.push(...run.map((rule): RuleEdit => ({ kind: "add", rule, place: "end" })));
    else if (start === 0) edits.push(...run.reverse().map((rule): RuleEdit => ({ kind: "add", rule, place: "top" })));
    else if (next !== undefined) edits.push(...run.map((rule): RuleEdit => ({ kind: "add", rule, place: "before", before: next })));
  }
  const changes = list.filter((rule) => kept.has(rule.id) && !sameRule(rule, old[places.get(rule.id) ?? -1])).map((rule): RuleEdit => ({ kind: "change", rule }));
  const removals = old.filter(({ id }) => !kept.has(id)).map((rule): RuleEdit => ({ kind: "remove", rule }));
  return [...edits, ...changes, ...removals];
}

/** The most rules that need not move: in the new list in the order that they had. One that moves is added anew and taken away where it was. */
function staying(list: readonly Rule[], places: ReadonlyMap<string, number>): ReadonlySet<string> {
  interface Chain { readonly id: string; readonly place: number; readonly before: Chain | undefined }
  // The longest rising sequence: of the chains of each length, the one that ends lowest.
  const ends: Chain[] = [];
  for (const { id } of list) {
    const place = places.get(id);
    if (place === undefined) continue;
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle]?.place ?? 0) < place) low = middle + 1;
      else high = middle;
    }
    ends[low] = { id, place, before: ends[low - 1] };
  }
  const kept = new Set<string>();
  for (let chain = ends.at(-1); chain !== undefined; chain = chain.before) kept.add(chain.id);
  return kept;
}

/** Names and descriptions are for people. */
function sameRule(a: Rule, b: Rule | undefined): boolean {
  const essence = ({ action, from, to, services, in: enter, out: leave, log }: Rule): string => JSON.stringify([action, from ?? null, to ?? null, services ?? null, enter ?? null, leave ?? null, log === true]);
  return b !== undefined && essence(a) === essence(b);
}

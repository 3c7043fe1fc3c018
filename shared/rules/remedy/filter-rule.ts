/** New rules in routers, firewalls and distributed firewalls. */
import { record, type Topology } from "../../model/topology";
import type { Rule } from "../../model/kinds/forwarder";
import type { Board } from "./board";

export type FilterCollection = "routers" | "firewalls" | "distributedFirewalls";
export interface FilterRef {
  readonly collection: FilterCollection;
  readonly id: string;
}

/** Puts a rule before all others, where nothing can shadow it. Its id gets a number where the filter has it already. */
export function prependRule(board: Board, { collection, id }: FilterRef, rule: Rule): void {
  const rules = record(board.topology, collection, id)?.rules ?? [];
  board.set([collection, id, "rules"], [{ ...rule, id: freshRuleId(rules, rule.id) }, ...rules]);
}

/** Which collection a filter is in. */
export function filterRef(topology: Topology, id: string): FilterRef | undefined {
  const collections: readonly FilterCollection[] = ["routers", "firewalls", "distributedFirewalls"];
  const collection = collections.find((one) => record(topology, one, id) !== undefined);
  return collection === undefined ? undefined : { collection, id };
}

/** The id, with a number where a rule has it already. */
export function freshRuleId(rules: readonly Rule[], base: string): string {
  const taken = new Set(rules.map((rule) => rule.id));
  let id = base;
  for (let count = 2; taken.has(id); count += 1) id = `${base}-${count}`;
  return id;
}

/** Whether a filter denies what no rule of its own allows: by its default, or by a rule that denies everything. */
import { effectiveDefaultAction } from "../model/defaults";
import type { Rule } from "../model/kinds/forwarder";
import { record, type Topology } from "../model/topology";

type Filters = "firewalls" | "distributedFirewalls";

/** An import often writes the default as the last rule: the effective default is what that says. */
export function deniesRest(topology: Topology, collection: Filters, id: string): boolean {
  return effectiveDefaultAction(topology, collection, id).value !== "allow" || (record(topology, collection, id)?.rules ?? []).some(deniesEverything);
}

function deniesEverything({ enabled, action, from = ["any"], to = ["any"], services = ["any"], in: enter, out: leave }: Rule): boolean {
  return enabled !== false && action !== "allow" && enter === undefined && leave === undefined && [from, to, services].every((list) => list.includes("any"));
}

/** Whether a filter denies what no rule of its own allows: by its default, or by a rule that denies everything. */
import { parseCidr } from "../model/address";
import { effectiveDefaultAction } from "../model/defaults";
import type { Rule } from "../model/kinds/forwarder";
import { ANY_SERVICE, equalServices, parseServices } from "../model/services";
import { record, type Topology } from "../model/topology";

type Filters = "routers" | "firewalls" | "distributedFirewalls";

/** An import often writes the default as the last rule: the effective default is what that says. */
export function deniesRest(topology: Topology, collection: Filters, id: string): boolean {
  return effectiveDefaultAction(topology, collection, id).value !== "allow" || (record(topology, collection, id)?.rules ?? []).some(deniesEverything);
}

function deniesEverything({ enabled, action, from, to, services, in: enter, out: leave }: Rule): boolean {
  return enabled !== false && action !== "allow" && enter === undefined && leave === undefined && namesAll(from) && namesAll(to) && equalServices(parseServices(services), ANY_SERVICE);
}

/** Whether a list names everybody: `any`, or all addresses of both families. */
function namesAll(selectors: readonly string[] = ["any"]): boolean {
  const families = selectors.flatMap((selector) => {
    const block = selector.startsWith("cidr:") ? parseCidr(selector.slice("cidr:".length)) : undefined;
    return block?.prefix === 0 ? [block.family] : [];
  });
  return selectors.includes("any") || (families.includes(4) && families.includes(6));
}

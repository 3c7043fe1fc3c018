/** Rules that name parties who can never come by as the rule says: not at that interface, not at this filter at all. */
import type { Rule } from "../model/kinds/forwarder";
import { resolveSelector } from "../model/members";
import { entries, record, type Topology } from "../model/topology";
import type { Network } from "../network/compiled-network";
import type { Layer2 } from "../network/types";
import { isAnyBehind } from "./behind";
import { guardedBy } from "./guarded";
import { listed } from "./phrase";

export interface Misplaced {
  readonly collection: "routers" | "firewalls" | "distributedFirewalls";
  readonly id: string;
  readonly name: string;
  readonly rules: readonly Rule[];
  readonly rule: Rule;
  readonly index: number;
  readonly why: string;
}

/** Of filters with rules that are switched on. Nothing is said where a port is not described: it may lead anywhere. */
export function misplacedRules(topology: Topology, network: Network): Misplaced[] {
  return [...(isDescribed(topology) ? atForwarders(topology, network) : []), ...atVnics(topology)];
}

function isDescribed(topology: Topology): boolean {
  const known = (port: { mode: string; allowed?: string | undefined } | undefined): boolean => port !== undefined && (port.mode === "access" || port.allowed !== undefined);
  return entries(topology, "uplinks").every(([, { port }]) => known(port)) && entries(topology, "trunks").every(([, { a, b }]) => known(a.port) && known(b.port));
}

function atForwarders(topology: Topology, { layer2 }: Network): Misplaced[] {
  return (["routers", "firewalls"] as const).flatMap((collection) => entries(topology, collection).flatMap(([id, { name, rules = [], mode }]) => rules.flatMap((rule, index): Misplaced[] => {
    const why = rule.enabled === false || mode === "transparent" ? undefined : strayAt(topology, layer2, id, rule);
    return why === undefined ? [] : [{ collection, id, name, rules, rule, index, why }];
  })));
}

/** Why no packet from its sources, or to its destinations, can come and go as the rule says. */
function strayAt(topology: Topology, layer2: Layer2, id: string, rule: Rule): string | undefined {
  for (const [where, named] of [["from", rule.in], ["to", rule.out]] as const) {
    // A deny of inside addresses at an outside interface keeps forgers out.
    const local = where === "from" && rule.action !== "allow" ? undefined : named;
    // Who is plugged in nowhere is planned.
    const parties = new Set(namedParties(topology, rule[where])?.filter((party) => layer2.endsOf(party).length > 0));
    if (parties.size > 0 && !isAnyBehind(layer2, parties, id, local) && !isAnyHeard(layer2, parties, id, local)) return `Nobody of its list "${where}" (${listed(rule[where] ?? [])}) is behind ${local ?? "any of its interfaces"}.`;
  }
  return undefined;
}

/** Frames that go one way only are no segment, but the rule is about them all the same. */
function isAnyHeard(layer2: Layer2, parties: ReadonlySet<string>, id: string, local: string | undefined): boolean {
  const ports = layer2.endsOf(id).filter((end) => local === undefined || end.id === `${id}/${local}`);
  return [...parties].some((party) => layer2.endsOf(party).some((end) => ports.some((port) => layer2.hears(end, port) || layer2.hears(port, end))));
}

/** A distributed firewall sees what vNICs in its scope send and receive, and what a VM there forwards. */
function atVnics(topology: Topology): Misplaced[] {
  return entries(topology, "distributedFirewalls").flatMap(([id, { name, rules = [] }]) => {
    const guarded = guardedBy(topology, id);
    if (guarded.size === 0 || [...guarded].some((vm) => forwards(topology, vm))) return [];
    return rules.flatMap((rule, index): Misplaced[] => {
      const sides = [namedParties(topology, rule.from), namedParties(topology, rule.to)];
      if (rule.enabled === false || sides.some((side) => side === undefined || side.length === 0 || side.some((party) => guarded.has(party)))) return [];
      return [{ collection: "distributedFirewalls", id, name, rules, rule, index, why: `It stands at vNICs, and filters none of ${listed([...(rule.from ?? []), ...(rule.to ?? [])])}.` }];
    });
  });
}

function forwards(topology: Topology, id: string): boolean {
  const vm = record(topology, "vms", id);
  return vm?.forwarding === true || Object.values(vm?.nics ?? {}).filter(({ connected }) => connected !== false).length > 1;
}

/** The parties of a list that names parties alone; undefined where it names addresses, or anybody. */
function namedParties(topology: Topology, selectors: readonly string[] | undefined): string[] | undefined {
  if (selectors === undefined || selectors.some((selector) => selector === "any" || selector.startsWith("cidr:"))) return undefined;
  return [...new Set(selectors.flatMap((selector) => [...resolveSelector(topology, selector)]))];
}

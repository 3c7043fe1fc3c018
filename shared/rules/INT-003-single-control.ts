import { effectiveOwnFirewall } from "../model/defaults";
import { once } from "../model/once";
import { compareIds, entries, record, type Topology } from "../model/topology";
import { resolveSelector } from "../model/members";
import { currentIntents } from "./intents";
import { intrusionsInto } from "./intruders";
import { byHand, counted, listed } from "./phrase";
import { candidate } from "./remedy/board";
import { closeWays, ownersOf, type Way } from "./remedy/close-ways";
import { filterRef, prependRule, type FilterRef } from "./remedy/filter-rule";
import { microsegment } from "./remedy/microsegment";
import { restrictOwnFirewall } from "./remedy/restrict-management";
import { machinesOf } from "./residents";
import type { Draft, FixCandidate, IsolationRule, RuleContext } from "./rule";
import { RoutedTogether } from "./routed-together";
import { SecondLayer } from "./second-layer";
import { isWorkload, servesManagement, tenantName } from "./workload";

/** So many pairs are named, sensitive tenants first. */
const MOST_PAIRS = 100;
/** So many are asked whether anything about them is unknown, which is the dear part. */
const MOST_ASKED = 400;
const EVERYBODY: readonly string[] = ["any", "cidr:0.0.0.0/0", "cidr:::/0"];

export const int003: IsolationRule = {
  id: "INT-003",
  title: "Isolation depends on a single control",
  severity: "low",
  threat: "One wrong VLAN, one rule that somebody deletes, and what was isolated is not: nothing else stands behind it.",
  condition: "Two tenants with workloads are isolated, and either only by their segments and the gateways between them, since no distributed firewall would deny them if they met; or only by a distributed firewall, since their frames pass or gateways "
    + "between their segments deny them nothing. "
    + "Low where one of them is sensitive, else info; at most 100 pairs are named. Or no workload reaches management, and a management interface's own firewall, which is described, would let everybody in (low). Identified by the "
    + "pair of tenants, or workloads>management.",
  fix: "The cheapest second control: a distributed firewall that denies by default, segments of their own, a deny at the gateway, or the interface's own firewall.",
  commands: [],
  references: ["NIST SP 800-53r5 SC-7, SC-3", "NIST SP 800-125B (segmentation and firewalls)"],
  caveats: "Layers are counted by kind: segments with the gateways between them, and distributed firewalls. Pairs that the policy lets talk, and pairs of which anything is unknown, are left out.",
  root: () => "",
  check(context) {
    return [...betweenTenants(context), ...beforeManagement(context)];
  },
};

function betweenTenants(context: RuleContext): Draft[] {
  const { topology, network, earlier } = context;
  const owners = [...new Set(machinesOf(topology).flatMap(({ vm }) => (isWorkload(vm) && vm.tenant !== undefined && hasNic(vm.nics) ? [vm.tenant] : [])))];
  if (owners.length < 2) return [];
  const sensitive = (tenant: string): boolean => record(topology, "tenants", tenant)?.sensitive === true;
  const order = owners.sort((a, b) => Number(sensitive(b)) - Number(sensitive(a)) || compareIds(a, b));
  const connected = connectedPairs(context);
  const touching = new Set((earlier.get("NET-001") ?? []).map(({ key }) => key.split("@")[0] ?? ""));
  const layer = new SecondLayer(topology, network);
  const gateways = once(() => new RoutedTogether(topology, network));
  const found: Draft[] = [];
  let asked = 0;
  for (const [index, a] of order.entries()) {
    for (let at = index + 1; at < order.length && found.length < MOST_PAIRS && asked < MOST_ASKED; at += 1) {
      const b = order[at] ?? "";
      const [low, high] = a < b ? [a, b] : [b, a];
      if (isIn(connected, a, b) || isIn(connected, b, a)) continue;
      const only = touching.has(`${low}+${high}`) ? "frames" : layer.holds(a, b) ? gateways().way(low, high) : "segments";
      if (only === undefined) continue;
      asked += 1;
      if (network.tenantMissing(a, b).length > 0 || network.tenantMissing(b, a).length > 0) continue;
      found.push(describePair(context, low, high, only, sensitive(a) || sensitive(b)));
    }
  }
  return found.sort((a, b) => compareIds(a.key, b.key));
}

function hasNic(nics: object | undefined): boolean {
  return nics !== undefined && Object.keys(nics).length > 0;
}

/** From each tenant the others to which something passes beyond the policy, or is permitted: up to a million pairs. */
type Connected = ReadonlyMap<string, ReadonlySet<string>>;

function connectedPairs({ topology, network }: RuleContext): Connected {
  const pairs = new Map<string, Set<string>>();
  const add = (from: string, to: string): void => {
    const others = pairs.get(from);
    if (others === undefined) pairs.set(from, new Set([to]));
    else others.add(to);
  };
  for (const { from, to } of network.eachBreach()) add(from, to);
  for (const intent of currentIntents(topology, network.today)) {
    const [from, to] = [intent.from, intent.to].map((selectors) => tenantsIn(topology, selectors ?? ["any"]));
    for (const a of from ?? []) for (const b of to ?? []) if (a !== b) add(a, b);
  }
  return pairs;
}

function isIn(pairs: Connected, from: string, to: string): boolean {
  return pairs.get(from)?.has(to) === true;
}

function tenantsIn(topology: Topology, selectors: readonly string[]): Set<string> {
  const tenants = new Set<string>();
  for (const selector of selectors) {
    for (const party of resolveSelector(topology, selector)) {
      const tenant = record(topology, "vms", party)?.tenant;
      if (tenant !== undefined) tenants.add(tenant);
    }
  }
  return tenants;
}

/** What is wrong: only a distributed firewall stands between two whose frames pass, or between whom gateways lead; or only segments do. */
type OnlyControl = "frames" | "segments" | Way;

function describePair({ topology, network }: RuleContext, a: string, b: string, only: OnlyControl, sensitive: boolean): Draft {
  return {
    key: `${a}+${b}`,
    severity: sensitive ? "low" : "info",
    title: `${tenantName(topology, a)} and ${tenantName(topology, b)} are kept apart by one control`,
    subjects: [a, b],
    detail: only === "frames" ? `${a} and ${b} share a segment: only a distributed firewall stands between them, and without its default action, or with one more rule, they reach each other.${byHand("whether one of them moves into a VLAN of its own is decided with NET-001")}`
      : only === "segments" ? `Only segments and the gateways between them keep ${a} and ${b} apart: no distributed firewall would deny them if a port group were put into the other's VLAN.`
        : `${listed(ownersOf([only]))} ${only.doors.length === 1 ? "leads" : "lead"} between the segments of ${a} and ${b} and ${only.doors.length === 1 ? "denies" : "deny"} them nothing: only a distributed firewall stands between them, and without its default action, or with one more rule, they reach each other.`,
    fixes: () => (only === "frames" ? [] : only === "segments" ? [
      ...denyEachOther(topology, distributed(topology), "the distributed firewalls", a, b),
      ...microsegment(topology, network.layer2.ends.filter(({ kind, vm }) => kind === "vnic" && (vm?.tenant === a || vm?.tenant === b)), network.today),
    ] : closeWay(topology, only, a, b)),
  };
}

function distributed(topology: Topology): FilterRef[] {
  return entries(topology, "distributedFirewalls").map(([id]) => ({ collection: "distributedFirewalls", id }));
}

/** A deny at the gateways on the way; where there are none, machines on several segments lose one. */
function closeWay(topology: Topology, way: Way, a: string, b: string): FixCandidate[] {
  const gateways = ownersOf([way]).map((id) => filterRef(topology, id)).filter((filter) => filter !== undefined);
  return gateways.length > 0 ? denyEachOther(topology, gateways, listed(gateways.map(({ id }) => id)), a, b) : closeWays(topology, [way]);
}

/** A deny of each to the other before all rules of the filters. */
function denyEachOther(topology: Topology, filters: readonly FilterRef[], where: string, a: string, b: string): FixCandidate[] {
  return candidate(topology, `Deny ${a} and ${b} to one another in ${where}`, (board) => {
    for (const filter of filters) {
      for (const [from, to] of [[b, a], [a, b]] as const) prependRule(board, filter, { id: `deny-${from}-${to}`, action: "deny", from: [`tenant:${from}`], to: [`tenant:${to}`], log: true });
    }
  });
}

/** Management interfaces that nobody reaches, though their own firewall would let everybody in. */
function beforeManagement({ topology, network }: RuleContext): Draft[] {
  if (!machinesOf(topology).some(({ vm }) => isWorkload(vm))) return [];
  const management = entries(topology, "managementInterfaces").filter(([, adapter]) => servesManagement(adapter));
  const open = management.filter(([id, { firewall }]) => firewall !== undefined
    && (effectiveOwnFirewall(topology, id).value === false || (firewall.allowedSources ?? ["any"]).some((source) => EVERYBODY.includes(source))));
  if (open.length === 0 || management.some(([id]) => intrusionsInto(topology, network, id).some(({ from }) => record(topology, "vms", from) !== undefined))) return [];
  const ids = open.map(([id]) => id);
  return [{
    key: "workloads>management",
    title: `${counted(ids.length, "management interface")} ${ids.length === 1 ? "has" : "have"} the network alone before ${ids.length === 1 ? "it" : "them"}`,
    subjects: ids.slice(0, 50),
    detail: `No workload reaches management, but only the network sees to that: the own firewall of ${listed(ids)} is off or takes any source.`,
    fixes: () => restrictAll(topology, ids, network.today),
  }];
}

function restrictAll(topology: Topology, ids: readonly string[], today: string): FixCandidate[] {
  const each = ids.flatMap((id) => restrictOwnFirewall(topology, id, today));
  return each.length < 2 ? each : [{ title: `Let the firewalls of ${each.length} management interfaces take only the sources that the policy names`, edits: each.flatMap(({ edits }) => edits) }];
}

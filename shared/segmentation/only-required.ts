/** "Allow only what is required": every filter of the document lets through what the policy names, and nothing else. */
import type { Evaluation } from "../analysis/evaluate";
import { haveWay } from "../fixes/keep-required";
import { effectiveDefaultAction } from "../model/defaults";
import { freshId } from "../model/ids";
import type { Rule } from "../model/kinds/forwarder";
import { compareIds, entries, record, type Topology } from "../model/topology";
import { compileNetwork } from "../network/network";
import { Enforcement } from "../rules/enforcement";
import { guardedBy } from "../rules/guarded";
import { Board } from "../rules/remedy/board";
import type { FilterCollection } from "../rules/remedy/filter-rule";
import { permit } from "../rules/remedy/permit";
import type { FixCandidate } from "../rules/rule";
import { isForwardingAppliance, isWorkload } from "../rules/workload";
import { flowsOf, ruleFor, type Flow } from "./flows";
import { Gateway } from "./gateway";
import { ruleSet } from "./rule-set";

export interface OnlyRequiredOptions {
  /** Also what the policy permits without an entry: traffic inside each tenant, and of management to what it manages. */
  readonly inside?: boolean;
  /** Puts the switches of workloads that no distributed firewall covers under a new one. */
  readonly distributed?: boolean;
}

/** The change; undefined where the document has no filter, or nothing is left to change. */
export function onlyRequired(before: Evaluation, options: OnlyRequiredOptions = {}): FixCandidate | undefined {
  const { topology, today } = before;
  const flows = flowsOf(topology, today);
  const board = new Board(topology);
  if (options.distributed === true) addDistributedFirewall(board);
  for (const [id] of entries(board.topology, "distributedFirewalls")) {
    const guarded = guardedBy(board.topology, id);
    const touching = flows.filter(({ from, to }) => [from, to].some((side) => side.selectors.includes("any") || [...side.ids].some((party) => guarded.has(party))));
    setRules(board, "distributedFirewalls", id, [...touching.map(({ intent }) => ruleFor(intent)), ...(options.inside === true ? insideTenants(topology, guarded) : [])]);
  }
  for (const gateway of gatewaysOf(before)) setRules(board, gateway.collection, gateway.id, [...crossing(gateway, flows), ...(options.inside === true ? insideGateway(topology, gateway) : [])]);
  openWays(board, before);
  const edits = board.edits();
  return edits.length === 0 ? undefined : { title: options.inside === true ? "Allow only what is required, and what stays inside tenants and management" : "Allow only what is required", edits };
}

/** Routers and firewalls between at least two sides on which somebody is. */
function gatewaysOf({ topology, network }: Evaluation): Gateway[] {
  return (["routers", "firewalls"] as const).flatMap((collection) => entries(topology, collection).map(([id]) => new Gateway(topology, network.layer2, collection, id))).filter((gateway) => gateway.joins);
}

function crossing(gateway: Gateway, flows: readonly Flow[]): Rule[] {
  return flows.flatMap((flow) => {
    const place = gateway.crossing(flow);
    return place === undefined ? [] : [ruleFor(flow.intent, place)];
  });
}

/** Deny by default, and keep state: without it the answers would need rules that let through more than the flows. */
function setRules(board: Board, collection: FilterCollection, id: string, wanted: readonly Rule[]): void {
  const own = record(board.topology, collection, id);
  const rules = ruleSet(own?.rules ?? [], wanted);
  if (JSON.stringify(rules) !== JSON.stringify(own?.rules ?? [])) board.set([collection, id, "rules"], rules);
  if (effectiveDefaultAction(board.topology, collection, id).value === "allow") board.set([collection, id, "defaultAction"], "deny");
  if (own?.stateful === false) board.set([collection, id, "stateful"], true);
}

function insideTenants(topology: Topology, parties: ReadonlySet<string>): Rule[] {
  const tenants = [...new Set([...parties].map((party) => record(topology, "vms", party)?.tenant).filter((tenant) => tenant !== undefined))].sort(compareIds);
  return tenants.map((tenant) => ({ id: `inside-${tenant}`, name: `Inside ${tenant}`, action: "allow", from: [`tenant:${tenant}`], to: [`tenant:${tenant}`], log: true }));
}

/** Tenants on several sides of the gateway, and management likewise. */
function insideGateway(topology: Topology, gateway: Gateway): Rule[] {
  const vms = new Set(entries(topology, "vms").map(([id]) => id));
  const spread = insideTenants(topology, vms).filter(({ from = [] }) => gateway.facing(membersOf(topology, from[0] ?? "")).length > 1);
  const management = new Set(entries(topology, "managementInterfaces").map(([id]) => id));
  const managed = new Set([...management, ...entries(topology, "hosts").filter(([, { bmc }]) => bmc !== undefined).map(([id]) => `${id}/bmc`)]);
  const sides = gateway.facing(managed);
  const among: Rule[] = sides.length < 2 || gateway.facing(management).length === 0 ? [] : [{ id: "inside-management", name: "Inside management", action: "allow", from: ["management"], to: ["management", "bmc"], log: true }];
  return [...spread, ...among];
}

function membersOf(topology: Topology, selector: string): Set<string> {
  return new Set(entries(topology, "vms").filter(([, { tenant }]) => `tenant:${tenant ?? ""}` === selector).map(([id]) => id));
}

/** A new distributed firewall over the switches on which a workload is filtered by none; virtual routers are left out of it. */
function addDistributedFirewall(board: Board): void {
  const { topology } = board;
  const enforcement = new Enforcement(topology);
  const switches = new Set<string>();
  for (const [vm, own] of entries(topology, "vms")) {
    if (!isWorkload(own)) continue;
    for (const nic of Object.values(own.nics ?? {})) {
      const gap = enforcement.gapOf(vm, nic);
      if (gap?.kind === "switch") switches.add(gap.virtualSwitch);
    }
  }
  if (switches.size === 0) return;
  const appliances = entries(topology, "vms").filter(([, vm]) => isForwardingAppliance(vm)).map(([vm]) => `vm:${vm}`);
  board.set(["distributedFirewalls", freshId(topology, "dfw")], {
    name: "Distributed firewall", virtualSwitches: [...switches].sort(compareIds), ...(appliances.length === 0 ? {} : { exclude: appliances }), stateful: true, rules: [], defaultAction: "deny",
  });
}

/** The own firewall of a management interface, then lists of VLANs behind it. */
const MOST_PASSES = 3;

/** Opens what else stops a required flow on a way that is there: a VLAN in a list, a source in an interface's own firewall. */
function openWays(board: Board, { today, assume }: Evaluation): void {
  for (let pass = 0; pass < MOST_PASSES; pass += 1) {
    const start = board.topology;
    const network = compileNetwork(start, { today, assume });
    for (const entry of network.required) {
      const intent = start.policy?.require?.find(({ id }) => id === entry.id);
      if (intent === undefined || entry.holds) continue;
      for (const { from, to, services } of entry.failing) if (haveWay(network, from, to)) permit(board, network.trace([from], [to], services).blockedBy, intent);
    }
    if (board.topology === start) return;
  }
}

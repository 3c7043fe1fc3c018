/** "Allow only what is required": every filter of the document lets through what the policy names, and nothing else. */
import type { Evaluation } from "../analysis/evaluate";
import type { Hop } from "../analysis/result";
import { haveWay } from "../fixes/keep-required";
import { requiredStates } from "../fixes/required-flows";
import { effectiveDefaultAction } from "../model/defaults";
import { ownerOf } from "../model/ids";
import type { Rule } from "../model/kinds/forwarder";
import type { Intent } from "../model/policy";
import { entries, record, type Topology } from "../model/topology";
import { compileNetwork } from "../network/network";
import { guardedBy } from "../rules/guarded";
import { Board } from "../rules/remedy/board";
import { nameFor } from "../rules/remedy/connect";
import { filterRef, type FilterCollection } from "../rules/remedy/filter-rule";
import { permit } from "../rules/remedy/permit";
import type { FixCandidate } from "../rules/rule";
import { addDistributedFirewall, insideTenants, uncoveredSwitches } from "./distributed";
import { flowsOf, partiesOf, ruleFor, type Flow } from "./flows";
import { gatewaysOf, type Gateway } from "./gateway";
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
  if (options.distributed === true) addDistributedFirewall(board, uncoveredSwitches(topology));
  for (const [id] of entries(board.topology, "distributedFirewalls")) {
    const guarded = guardedBy(board.topology, id);
    const touching = flows.filter(({ from, to }) => [from, to].some((side) => side.selectors.includes("any") || [...side.ids].some((party) => guarded.has(party))));
    setRules(board, "distributedFirewalls", id, [...touching.map(({ intent }) => ruleFor(intent)), ...(options.inside === true ? insideTenants(topology, guarded) : [])]);
  }
  for (const gateway of gatewaysOf(topology, before.network.layer2)) setRules(board, gateway.collection, gateway.id, [...crossing(gateway, flows), ...(options.inside === true ? insideGateway(topology, gateway) : [])]);
  openWays(board, before);
  const edits = board.edits();
  return edits.length === 0 ? undefined : { title: options.inside === true ? "Allow only what is required, and what stays inside tenants and management" : "Allow only what is required", edits };
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

/** Tenants on several sides of the gateway, and management likewise. */
function insideGateway(topology: Topology, gateway: Gateway): Rule[] {
  const vms = new Set(entries(topology, "vms").map(([id]) => id));
  const spread = insideTenants(topology, vms).filter(({ from = [] }) => gateway.facing(partiesOf(topology, from).ids).length > 1);
  const management = new Set(entries(topology, "managementInterfaces").map(([id]) => id));
  const managed = new Set([...management, ...entries(topology, "hosts").filter(([, { bmc }]) => bmc !== undefined).map(([id]) => `${id}/bmc`)]);
  const sides = gateway.facing(managed);
  const among: Rule[] = sides.length < 2 || gateway.facing(management).length === 0 ? [] : [{ id: "inside-management", name: "Inside management", action: "allow", from: ["management"], to: ["management", "bmc"], log: true }];
  return [...spread, ...among];
}

/** The own firewall of a management interface, then lists of VLANs behind it. */
const MOST_PASSES = 3;

/**
 * Opens what else stops a required flow on a way that is there: a VLAN in a list, a source in an interface's own firewall. A filter is opened only
 * where the flow fails for certain and no rule of it is there: it goes by a way that the drawing did not show to cross it.
 */
function openWays(board: Board, { today, assume }: Evaluation): void {
  for (let pass = 0; pass < MOST_PASSES; pass += 1) {
    const start = board.topology;
    const network = compileNetwork(start, { today, assume });
    const states = requiredStates(network);
    for (const entry of network.required) {
      const intent = start.policy?.require?.find(({ id }) => id === entry.id);
      if (intent === undefined || entry.holds) continue;
      for (const { from, to, services } of entry.failing) {
        if (!haveWay(network, from, to)) continue;
        const blockedBy = network.trace([from], [to], services).blockedBy;
        const isOpen = (hop: Hop): boolean => isFilter(hop) && (states.get(entry.id) !== "fails" || hasRule(board.topology, hop, intent));
        permit(board, blockedBy.filter((hop) => !isOpen(hop)), intent);
      }
    }
    if (board.topology === start) return;
  }
}

function isFilter({ kind }: Hop): boolean {
  return kind === "router" || kind === "firewall" || kind === "distributedFirewall";
}

function hasRule(topology: Topology, { at }: Hop, intent: Intent): boolean {
  const filter = filterRef(topology, ownerOf(at));
  const rules = filter === undefined ? [] : (record(topology, filter.collection, filter.id)?.rules ?? []);
  return rules.some((rule) => rule.name === nameFor(intent)) || ruleSet(rules, [ruleFor(intent)]).some((rule) => rules.includes(rule));
}

/** Filters vNICs by a distributed firewall that denies by default and lets the declared flows through. */
import { effectiveDefaultAction } from "../../model/defaults";
import { freshId } from "../../model/ids";
import type { Rule } from "../../model/kinds/forwarder";
import type { Intent } from "../../model/policy";
import { resolveSelector } from "../../model/members";
import { compareIds, entries, record, type Topology } from "../../model/topology";
import type { End } from "../../network/types";
import { currentIntents } from "../intents";
import type { FixCandidate } from "../rule";
import { isForwardingAppliance } from "../workload";
import { candidate, type Board } from "./board";
import { nameFor } from "./connect";
import { prependRule, type FilterRef } from "./filter-rule";

/** Candidates: an existing distributed firewall covers the vNICs and denies by default; a new one does; a new one over every switch, where workloads elsewhere would be left out. */
export function microsegment(topology: Topology, ends: readonly End[], today: string): FixCandidate[] {
  const switches = switchesOf(topology, ends);
  const existing = entries(topology, "distributedFirewalls").flatMap(([id, { name }]) =>
    candidate(topology, `Let ${name} cover the segment and deny by default, with rules for the declared flows`, (board) => {
      cover(board, id, switches, ends);
      denyByDefault(board, id, switches, today);
    }));
  const fresh = (title: string, scope: readonly string[] | undefined): FixCandidate[] => candidate(topology, title, (board) => {
    const id = freshId(board.topology, "dfw");
    const appliances = entries(topology, "vms").filter(([, vm]) => isForwardingAppliance(vm)).map(([vm]) => `vm:${vm}`);
    board.set(["distributedFirewalls", id], { name: "Distributed firewall", ...(scope === undefined ? {} : { virtualSwitches: scope }), ...(appliances.length === 0 ? {} : { exclude: appliances }), stateful: true, rules: [], defaultAction: "deny" });
    denyByDefault(board, id, scope ?? Object.keys(board.topology.virtualSwitches ?? {}), today);
  });
  const everywhere = Object.keys(topology.virtualSwitches ?? {}).length > switches.length ? fresh("Add a distributed firewall over every virtual switch that denies by default, with rules for the declared flows", undefined) : [];
  return [...existing, ...fresh("Add a distributed firewall that denies by default, with rules for the declared flows", switches), ...everywhere];
}

function switchesOf(topology: Topology, ends: readonly End[]): string[] {
  return [...new Set(ends.map((end) => record(topology, "portGroups", end.portGroup)?.virtualSwitch).filter((id) => id !== undefined))].sort(compareIds);
}

/** Widens the scope to the switches and takes the VMs off the exclusion list. */
function cover(board: Board, id: string, switches: readonly string[], ends: readonly End[]): void {
  const firewall = record(board.topology, "distributedFirewalls", id);
  if (firewall?.virtualSwitches !== undefined) {
    const scope = [...new Set([...firewall.virtualSwitches, ...switches])].sort(compareIds);
    if (scope.length > firewall.virtualSwitches.length) board.set(["distributedFirewalls", id, "virtualSwitches"], scope);
  }
  const owners = new Set(ends.map((end) => end.owner));
  const exclude = firewall?.exclude ?? [];
  const kept = exclude.filter((selector) => ![...resolveSelector(board.topology, selector)].some((party) => owners.has(party)));
  if (kept.length < exclude.length) board.set(["distributedFirewalls", id, "exclude"], kept);
}

/** Rules for the declared flows that touch a VM in scope, in the order of the policy; then deny. */
function denyByDefault(board: Board, id: string, switches: readonly string[], today: string): void {
  if (effectiveDefaultAction(board.topology, "distributedFirewalls", id).value === "allow") board.set(["distributedFirewalls", id, "defaultAction"], "deny");
  const filter: FilterRef = { collection: "distributedFirewalls", id };
  const inScope = vmsOn(board.topology, switches);
  const wanted = currentIntents(board.topology, today).filter((intent) => [...partiesOf(board.topology, intent.from), ...partiesOf(board.topology, intent.to)].some((party) => inScope.has(party)));
  for (const intent of wanted.reverse()) if (!hasRuleFor(board, id, intent)) prependRule(board, filter, ruleFor(intent));
}

function hasRuleFor(board: Board, id: string, intent: Intent): boolean {
  return (record(board.topology, "distributedFirewalls", id)?.rules ?? []).some((rule) => rule.name === nameFor(intent));
}

function ruleFor(intent: Intent): Rule {
  const { from, to, services } = intent;
  return { id: `allow-${intent.id}`, name: nameFor(intent), action: "allow", ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }), ...(services === undefined ? {} : { services }) };
}

function vmsOn(topology: Topology, switches: readonly string[]): Set<string> {
  const groups = new Set(entries(topology, "portGroups").filter(([, group]) => switches.includes(group.virtualSwitch)).map(([id]) => id));
  return new Set(entries(topology, "vms").filter(([, vm]) => Object.values(vm.nics ?? {}).some((nic) => nic.portGroup !== undefined && groups.has(nic.portGroup))).map(([id]) => id));
}

function partiesOf(topology: Topology, selectors: readonly string[] | undefined): string[] {
  return (selectors ?? ["any"]).flatMap((selector) => [...resolveSelector(topology, selector)]);
}

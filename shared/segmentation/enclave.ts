/** A group that is kept apart: a block of rules at the top of every filter around it, which decides all that goes in and out. */
import type { Evaluation } from "../analysis/evaluate";
import { effectiveDefaultAction } from "../model/defaults";
import type { Rule } from "../model/kinds/forwarder";
import { record, type Topology } from "../model/topology";
import { compileNetwork } from "../network/network";
import { guardedBy } from "../rules/guarded";
import type { Board } from "../rules/remedy/board";
import type { FilterRef } from "../rules/remedy/filter-rule";
import { addDistributedFirewall, insideTenants, uncoveredSwitches } from "./distributed";
import { flowsOf, partiesOf, ruleFor, type Flow } from "./flows";
import { gatewaysOf, type Gateway } from "./gateway";
import { ruleSet } from "./rule-set";

export interface Enclave {
  /** Part of the ids of its rules. */
  readonly id: string;
  readonly name: string;
  readonly selectors: readonly string[];
  readonly members: ReadonlySet<string>;
  /** Whether its members may talk with one another without an entry of the policy. */
  readonly inside: boolean;
  /** Management: no VM, so a distributed firewall keeps the VMs from it and is not asked about the other way. */
  readonly management?: true;
}

interface Site {
  readonly before: Topology;
  readonly topology: Topology;
  readonly flows: readonly Flow[];
  readonly enclaves: readonly Enclave[];
  readonly members: ReadonlySet<string>;
}

/**
 * Writes the block into every distributed firewall, router and firewall around the enclaves: what the policy lets in and out, what stays
 * inside, and a deny of the rest. Old rules that the block decides for are taken out.
 *
 * @param distributed puts members that no distributed firewall covers under a new one
 */
export function enclose(board: Board, { topology: before, today, assume }: Evaluation, enclaves: readonly Enclave[], distributed: boolean): void {
  const members = new Set(enclaves.flatMap((enclave) => [...enclave.members]));
  const fresh = distributed ? addDistributedFirewall(board, uncoveredSwitches(board.topology, members)) : undefined;
  const { topology } = board;
  const flows = flowsOf(topology, today).filter(({ from, to }) => fresh !== undefined || touches(from, members) || touches(to, members));
  const site: Site = { before, topology, flows, enclaves, members };
  for (const id of Object.keys(topology.distributedFirewalls ?? {})) encloseDistributed(board, site, id, id === fresh);
  const { layer2 } = compileNetwork(topology, { today, assume });
  for (const gateway of gatewaysOf(topology, layer2)) if (gateway.facing(members).length > 0) encloseGateway(board, site, gateway);
}

function encloseDistributed(board: Board, site: Site, id: string, isNew: boolean): void {
  const guarded = guardedBy(site.topology, id);
  const near = site.enclaves.filter(({ members, management }) => management === true || [...members].some((member) => guarded.has(member)));
  if (near.length === 0) return;
  const flows = site.flows.filter(({ from, to }) => touches(from, guarded) || touches(to, guarded));
  const allows = [...flows.map(({ intent }) => ruleFor(intent)), ...insides(near.filter(({ management }) => management !== true))];
  const denies = near.flatMap((enclave) => [deny(enclave, "to", { to: enclave.selectors }), ...(enclave.management === true ? [] : [deny(enclave, "from", { from: enclave.selectors })])]);
  // A new one denies by default, so what the others have had until now has to be let through.
  const others = isNew ? insideTenants(site.topology, new Set([...guarded].filter((vm) => !site.members.has(vm)))) : [];
  writeBlock(board, site, { collection: "distributedFirewalls", id }, { allows, denies, others, decided: (rule) => decides(site, rule) });
}

function encloseGateway(board: Board, site: Site, gateway: Gateway): void {
  const allows = site.flows.flatMap((flow) => {
    const place = gateway.crossing(flow);
    return place === undefined || !(touches(flow.from, site.members) || touches(flow.to, site.members)) ? [] : [ruleFor(flow.intent, place)];
  });
  const near = site.enclaves.map((enclave) => ({ enclave, facing: gateway.facing(enclave.members) })).filter(({ facing }) => facing.length > 0);
  const spread = near.filter(({ facing }) => facing.length > 1).map(({ enclave }) => enclave);
  const own = new Set<string>();
  const denies = near.flatMap(({ enclave, facing }) => {
    const sole = facing.filter((local) => gateway.leadsOnlyTo(local, enclave.members));
    for (const local of sole) own.add(local);
    const byParty = sole.length === facing.length ? [] : [deny(enclave, "to", { to: enclave.selectors }), deny(enclave, "from", { from: enclave.selectors })];
    // By interface no address that somebody takes over gets around it.
    return [...sole.flatMap((local) => [deny(enclave, "to", { out: local }), deny(enclave, "from", { in: local })]), ...byParty];
  });
  writeBlock(board, site, gateway, { allows: [...allows, ...insides(spread)], denies, others: [], decided: (rule) => own.has(rule.in ?? "") || own.has(rule.out ?? "") || decides(site, rule) });
}

interface Block {
  readonly allows: readonly Rule[];
  readonly denies: readonly Rule[];
  /** What follows in a new filter. */
  readonly others: readonly Rule[];
  /** Whether the block leaves an old rule nothing to decide. */
  readonly decided: (rule: Rule) => boolean;
}

function writeBlock(board: Board, site: Site, { collection, id }: FilterRef, { allows, denies, others, decided }: Block): void {
  const now = record(board.topology, collection, id)?.rules ?? [];
  const old = record(site.before, collection, id)?.rules ?? [];
  const names = new Set([...allows, ...denies].map(({ name }) => name));
  const rest = [...now.filter((rule) => !decided(rule) && !(rule.name !== undefined && names.has(rule.name))), ...others];
  // What is denied anyway needs no rule.
  const isDenied = effectiveDefaultAction(board.topology, collection, id).value !== "allow" && !rest.some((rule) => mayConcern(site, rule));
  const block = ruleSet(old, isDenied ? allows : [...allows, ...denies]);
  const taken = new Set(block.map((rule) => rule.id));
  const rules = [...block, ...rest.filter((rule) => !taken.has(rule.id))];
  if (!areAlike(rules, now)) board.set([collection, id, "rules"], rules);
}

/** Whether two lists decide alike for being the same but for the order of what they allow first. */
function areAlike(a: readonly Rule[], b: readonly Rule[]): boolean {
  const [left, right] = [a, b].map((rules) => {
    const first = rules.findIndex(({ action }) => action !== "allow");
    const at = first < 0 ? rules.length : first;
    return JSON.stringify([rules.slice(0, at).map((rule) => JSON.stringify(rule)).sort(), rules.slice(at)]);
  });
  return left === right;
}

/** Whether a rule may let something to or from a member. */
function mayConcern({ topology, members }: Site, { action, enabled, from, to }: Rule): boolean {
  if (action !== "allow" || enabled === false) return false;
  return [from, to].some((selectors) => { const parties = partiesOf(topology, selectors); return !parties.named || touches(parties, members); });
}

function insides(enclaves: readonly Enclave[]): Rule[] {
  return enclaves.filter(({ inside }) => inside).map(({ id, name, selectors }) => ({ id: `inside-${id}`, name: `Inside ${name}`, action: "allow", from: [...selectors], to: [...selectors], log: true }));
}

function deny({ id, name }: Enclave, side: "to" | "from", match: { readonly from?: readonly string[]; readonly to?: readonly string[]; readonly in?: string; readonly out?: string }): Rule {
  const { from, to, ...place } = match;
  return { id: `deny-${side}-${id}`, name: `Isolate ${name}`, action: "deny", ...(from === undefined ? {} : { from: [...from] }), ...(to === undefined ? {} : { to: [...to] }), ...place, log: true };
}

/** An old rule that is about members alone on one side: all of that is decided before it. */
function decides({ topology, enclaves }: Site, { from, to }: Rule): boolean {
  const within = (selectors: readonly string[] | undefined, wanted: readonly Enclave[]): boolean => {
    if (selectors === undefined) return false;
    const { ids, named } = partiesOf(topology, selectors);
    const members = new Set(wanted.flatMap((enclave) => [...enclave.members]));
    return named && ids.size > 0 && [...ids].every((id) => members.has(id));
  };
  return within(to, enclaves) || within(from, enclaves.filter(({ management }) => management !== true));
}

function touches({ ids, selectors }: Flow["from"], members: ReadonlySet<string>): boolean {
  return selectors.includes("any") || [...ids].some((id) => members.has(id));
}

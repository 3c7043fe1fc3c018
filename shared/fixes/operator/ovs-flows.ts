/**
 * The distributed firewall of KVM and Xen hosts with Open vSwitch: flows of the bridge, with its connection tracking. Syntax: ovs-ofctl(8) and
 * ovs-fields(7), tried with `ovs-ofctl parse-flows`. There is no reject: it is a drop. Whoever needs the flows after a restart has to add them again.
 */
import type { Rule } from "../../model/kinds/forwarder";
import { printable } from "../../model/path";
import { entries, record, type Topology } from "../../model/topology";
import { partiesOfBoth, protocolsOf, type Parties, type Protocol } from "./addresses";
import { blank, shell, type Change, type OperatorCommand } from "./command";
import { portMasks } from "./port-masks";
import { defaultStop, filterEdits, ruleBefore, type FilterEdits, type RuleEdit } from "./rule-edits";

/** Priorities: how neighbours are found, then connection tracking and what it knows, then the rules, and the default below them. */
const NEIGHBOURS = 50_000, STATE = 49_999, FIRST = 40_000, DEFAULT = 100;
/** A flow has one block on each side: longer lists are left to the operator. */
const MOST_BLOCKS = 8;

export function ovsFlowCommands(change: Change): OperatorCommand[] {
  return filterEdits(change, "distributedFirewalls").flatMap((filter) => bridgesIn(change, filter.now.virtualSwitches).flatMap(({ on, platform, bridge }) => {
    const stateful = filter.now.stateful !== false;
    const add = (flows: readonly string[]): string[] => flows.map((flow) => `ovs-ofctl add-flow ${shell(bridge)} ${quoted(flow)}`);
    const texts = [
      ...add(filter.keepsState ? TRACKED : []),
      ...withState(filter).flatMap((edit) => editTexts(change, filter, edit, stateful, bridge)),
      ...defaultTexts(filter, stateful, bridge),
    ];
    return texts.map((text) => ({ platform, on, text }));
  }));
}

function bridgesIn({ after }: Change, scope: readonly string[] | undefined): { readonly on: string; readonly platform: string; readonly bridge: string }[] {
  return entries(after, "virtualSwitches").filter(([id, { kind }]) => kind === "open-vswitch" && (scope === undefined || scope.includes(id))).flatMap(([, { name, hypervisors }]) => hypervisors.flatMap((on) => {
    const platform = record(after, "hypervisors", on)?.platform;
    return platform === "kvm" || platform === "xen" ? [{ on, platform, bridge: name }] : [];
  }));
}

/** Neighbours are found by ICMPv6, which no connection tracking follows. */
const TRACKED = [
  ...[135, 136].map((type) => `priority=${NEIGHBOURS},icmp6,icmp_type=${type},actions=normal`),
  ...["ip", "ipv6"].flatMap((family) => [
    `priority=${STATE},${family},ct_state=-trk,actions=ct(table=0)`, `priority=${STATE},${family},ct_state=+trk+est,actions=normal`, `priority=${STATE},${family},ct_state=+trk+rel,actions=normal`,
  ]),
];

/** What the document does not know stands outside the quotes, so that a shell stops at it. */
function quoted(flow: string): string {
  return flow.includes("<") ? flow : shell(flow);
}

/** A rule that changes has other flows than it had: those go, and the new ones come. No flow logs, so what asks for it is told. */
function editTexts({ before, after }: Change, filter: FilterEdits, edit: RuleEdit, stateful: boolean, bridge: string): string[] {
  const priority = priorityOf(filter, edit);
  const old = edit.kind === "add" ? undefined : ruleBefore(filter, edit);
  const had = old === undefined ? [] : flowsOf(before, old, filter.was?.stateful !== false);
  const has = edit.kind === "remove" ? [] : flowsOf(after, edit.rule, stateful);
  const asks = edit.kind !== "remove" && edit.rule.log === true;
  if (asks && old?.action === edit.rule.action && had.join() === has.join()) return [`# ${printable(bridge)}: ${unlogged(edit.rule)}`];
  const gone = had.map((flow) => `--strict del-flows ${shell(bridge)} ${quoted(`priority=${priority},${flow}`)}`);
  const come = has.map((flow) => `add-flow ${shell(bridge)} ${quoted(`priority=${priority},${flow},actions=${actionsOf(edit.rule, stateful)}`)}${asks ? ` # ${unlogged(edit.rule)}` : ""}`);
  return [...gone, ...come].map((text) => `ovs-ofctl ${text}`);
}

/** Ids need no quotes, also in a shell's comment. */
function unlogged({ id }: Rule): string {
  return `${id} asks for a log, and no flow writes one: ovs-ofctl dump-flows counts its packets`;
}

function flowsOf(topology: Topology, rule: Rule, stateful: boolean): string[] {
  const opens = rule.action === "allow" && stateful ? ",ct_state=+trk+new" : "";
  return partiesOfBoth(topology, rule).flatMap((parties) => (protocolsOf(rule.services) ?? [undefined]).flatMap((protocol) => matchesOf(parties, protocol))).map((match) => `${match}${opens}`);
}

/** Where state is kept from now on, what the other rules let through has to be remembered too. */
function withState(filter: FilterEdits): readonly RuleEdit[] {
  if (!filter.keepsState || filter.isNew) return filter.edits;
  const edited = new Set(filter.edits.map(({ rule: { id } }) => id));
  return [...filter.edits, ...(filter.now.rules ?? []).filter(({ id, action, enabled }) => action === "allow" && enabled !== false && !edited.has(id)).map((rule): RuleEdit => ({ kind: "change", rule }))];
}

function priorityOf({ isNew, now }: FilterEdits, edit: RuleEdit): string {
  if (edit.kind !== "add") return blank(`priority of ${edit.rule.id}`);
  if (isNew) return String(FIRST - (now.rules ?? []).findIndex(({ id }) => id === edit.rule.id));
  return blank(edit.place === "before" ? `priority just above that of ${edit.before}` : edit.place === "top" ? `priority above all others, below ${STATE}` : `priority below all others, above ${DEFAULT}`);
}

function actionsOf({ action }: Pick<Rule, "action">, stateful: boolean): string {
  return action !== "allow" ? "drop" : stateful ? "ct(commit),normal" : "normal";
}

function matchesOf({ family, from, to }: Parties, protocol: Protocol | undefined): string[] {
  const six = family === 6;
  const head = protocol === undefined ? (six ? "ipv6" : "ip") : `${protocol.name}${six ? "6" : ""}`;
  const side = (field: string, blocks: readonly string[] | undefined): string[] => {
    if (blocks === undefined) return [""];
    return blocks.length > MOST_BLOCKS ? [`,${field}=${blank("each of its addresses")}`] : blocks.map((block) => `,${field}=${block}`);
  };
  const ports = protocol?.ports?.flatMap((range) => portMasks(range)).map((mask) => `,tp_dst=${mask}`) ?? [""];
  return side(six ? "ipv6_src" : "nw_src", from).flatMap((source) => side(six ? "ipv6_dst" : "nw_dst", to).flatMap((target) => ports.map((port) => `${head}${source}${target}${port}`)));
}

/** What no rule decides. With state kept, what is let through has to be remembered, or its answers would be new. */
function defaultTexts(filter: FilterEdits, stateful: boolean, bridge: string): string[] {
  const stop = defaultStop(filter);
  const passes = filter.keepsState && stop === undefined && !filter.hadStop;
  if (stop === undefined && !passes) return [];
  const families = ["ip", "ipv6"];
  const stops = families.map((family) => `priority=${DEFAULT},${family}`);
  const lets = families.map((family) => `priority=${DEFAULT},${family},ct_state=+trk+new`);
  const call = (verb: string, flow: string): string => `ovs-ofctl ${verb} ${shell(bridge)} ${shell(flow)}`;
  if (stop === "added") return [...stops.map((flow) => call("add-flow", `${flow},actions=drop`)), ...(filter.isNew || !stateful ? [] : lets.map((flow) => call("--strict del-flows", flow)))];
  return [...(stateful ? lets.map((flow) => call("add-flow", `${flow},actions=ct(commit),normal`)) : []), ...(stop === "removed" ? stops.map((flow) => call("--strict del-flows", flow)) : [])];
}

/**
 * VyOS 1.4 and later: another example for routers and routed firewalls, whose make no document says. Syntax: VyOS documentation, firewall,
 * ipv4, ipv6, groups and global options. A field takes one block: more stand in a group. Base chains know no default but accept and drop.
 */
import type { Rule } from "../../model/kinds/forwarder";
import type { Topology } from "../../model/topology";
import { partiesOfBoth, protocolsOf, type Parties, type Protocol } from "./addresses";
import { blank, shell, type Change, type OperatorCommand } from "./command";
import { defaultStop, filterEdits, ruleBefore, type FilterEdits, type RuleEdit } from "./rule-edits";

/** Room between the rules of a new filter: a rule may be several of VyOS. */
const STEP = 100;

export function vyosCommands(change: Change): OperatorCommand[] {
  return (["routers", "firewalls"] as const).flatMap((collection) => filterEdits(change, collection)).filter(({ now }) => now.mode !== "transparent").flatMap((filter) => {
    const texts = [...stateTexts(filter), ...filter.edits.flatMap((edit) => editTexts(change, filter, edit)), ...defaultTexts(filter)];
    return (texts.length === 0 ? [] : ["configure", ...texts, "commit; save"]).map((text) => ({ platform: "vyos", on: filter.id, text }));
  });
}

function stateTexts({ keepsState }: FilterEdits): string[] {
  return keepsState ? ["established", "related"].map((state) => `set firewall global-options state-policy ${state} action accept`) : [];
}

function defaultTexts(filter: FilterEdits): string[] {
  const stop = defaultStop(filter);
  return stop === undefined ? [] : ["ipv4", "ipv6"].map((tree) => `set firewall ${tree} forward filter default-action ${stop === "added" ? "drop" : "accept"}`);
}

/** A group only grows by `set`: one that the rule had goes first, with what nobody names any more. */
function editTexts({ before, after }: Change, filter: FilterEdits, edit: RuleEdit): string[] {
  const old = ruleBefore(filter, edit);
  const had = old === undefined ? [] : statementsOf(before, old);
  const has = edit.kind === "remove" ? [] : statementsOf(after, edit.rule);
  const placeOf = ({ parties }: Statement, index: number, count: number): string => `firewall ${treeOf(parties)} forward filter rule ${numberOf(filter, edit, index, count)}`;
  const gone = edit.kind === "add" ? [] : had.map((statement, index) => placeOf(statement, index, had.length));
  // Of a rule that moves, the group is the new place's by now.
  const moved = edit.kind === "remove" && filter.now.rules?.some(({ id, enabled }) => id === edit.rule.id && enabled !== false) === true;
  const groups = moved ? [] : new Set(had.flatMap(({ parties }) => sidesOf(edit.rule.id, parties).flatMap(({ group }) => group ?? [])));
  return [...[...gone, ...groups].map((path) => `delete ${path}`), ...has.flatMap((statement, index) => ruleTexts(placeOf(statement, index, has.length), edit.rule, statement))];
}

/** A rule of VyOS: one family, one protocol. */
interface Statement {
  readonly parties: Parties;
  readonly protocol: Protocol | undefined;
}

function statementsOf(topology: Topology, rule: Rule): Statement[] {
  return partiesOfBoth(topology, rule).flatMap((parties) => (protocolsOf(rule.services) ?? [undefined]).map((protocol) => ({ parties, protocol })));
}

function treeOf({ family }: Parties): string {
  return family === 6 ? "ipv6" : "ipv4";
}

function numberOf({ isNew, now }: FilterEdits, edit: RuleEdit, index: number, count: number): string {
  const one = count === 1 ? "" : `, ${index + 1} of ${count}`;
  if (edit.kind !== "add") return blank(`number of ${edit.rule.id}${one}`);
  if (isNew) return String(((now.rules ?? []).findIndex(({ id }) => id === edit.rule.id) + 1) * STEP + index);
  return blank(`${edit.place === "before" ? `number just below that of ${edit.before}` : edit.place === "top" ? "number below all others" : "number above all others"}${one}`);
}

const ACTIONS = { allow: "accept", deny: "drop", reject: "reject" } as const;

function ruleTexts(place: string, rule: Rule, { parties, protocol }: Statement): string[] {
  const sides = sidesOf(rule.id, parties);
  return [
    ...sides.flatMap(({ group, blocks }) => (group === undefined ? [] : blocks.map((block) => `${group} network ${block}`))),
    ...[
      `action ${ACTIONS[rule.action]}`, `description ${shell(rule.id)}`,
      ...(rule.in === undefined ? [] : [`inbound-interface name ${blank(`device of ${rule.in}`)}`]), ...(rule.out === undefined ? [] : [`outbound-interface name ${blank(`device of ${rule.out}`)}`]),
      ...sides.map(({ match }) => match), ...serviceTexts(protocol, parties.family), ...(rule.log === true ? ["log"] : []),
    ].map((text) => `${place} ${text}`),
  ].map((path) => `set ${path}`);
}

interface Side {
  readonly match: string;
  /** The path of the group that holds the blocks; absent where there is one block only. */
  readonly group?: string;
  readonly blocks: readonly string[];
}

function sidesOf(ruleId: string, { family, from, to }: Parties): Side[] {
  return ([["source", from], ["destination", to]] as const).flatMap(([side, blocks]): Side[] => {
    if (blocks === undefined) return [];
    if (blocks.length === 1) return [{ match: `${side} address ${blocks[0] ?? ""}`, blocks }];
    const [kind, prefix] = family === 6 ? ["ipv6-network-group", 128] : ["network-group", 32];
    const name = `${ruleId}-${side}`.replaceAll(/[^A-Za-z0-9_.-]/g, "-");
    return [{ match: `${side} group network-group ${name}`, group: `firewall group ${kind} ${name}`, blocks: blocks.map((block) => (block.includes("/") || block.startsWith("<") ? block : `${block}/${prefix}`)) }];
  });
}

function serviceTexts(protocol: Protocol | undefined, family: 4 | 6): string[] {
  if (protocol === undefined) return [];
  if (protocol.name === "icmp") return [`protocol ${family === 6 ? "ipv6-icmp" : "icmp"}`];
  return [`protocol ${protocol.name}`, ...(protocol.ports === undefined ? [] : [`destination port ${protocol.ports.join(",")}`])];
}

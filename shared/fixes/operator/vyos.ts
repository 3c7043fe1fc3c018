/**
 * VyOS 1.4 and later: another example for routers and routed firewalls, whose make no document says. Syntax: VyOS documentation, firewall,
 * ipv4, ipv6, groups and global options. A field takes one block: more stand in a group. Base chains know no default but accept and drop.
 */
import type { Rule } from "../../model/kinds/forwarder";
import { partiesOfBoth, protocolsOf, type Parties, type Protocol } from "./addresses";
import { blank, shell, type Change, type OperatorCommand } from "./command";
import { defaultStop, filterEdits, type FilterEdits, type RuleEdit } from "./rule-edits";

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

function editTexts(change: Change, filter: FilterEdits, edit: RuleEdit): string[] {
  const statements = partiesOfBoth(change.after, edit.rule).flatMap((parties) => (protocolsOf(edit.rule.services) ?? [undefined]).map((protocol) => ({ parties, protocol })));
  return statements.flatMap(({ parties, protocol }, index) => {
    const place = `firewall ${treeOf(parties)} forward filter rule ${numberOf(filter, edit, index, statements.length)}`;
    const gone = edit.kind === "add" ? [] : [`delete ${place}`];
    return edit.kind === "remove" ? gone : [...gone, ...ruleTexts(place, edit.rule, parties, protocol)];
  });
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

function ruleTexts(place: string, rule: Rule, parties: Parties, protocol: Protocol | undefined): string[] {
  const sides = ([["source", parties.from], ["destination", parties.to]] as const).map(([side, blocks]) => sideTexts(side, `${rule.id}-${side}`, blocks, parties.family));
  return [
    ...sides.flatMap(({ groups }) => groups),
    ...[
      `action ${ACTIONS[rule.action]}`, `description ${shell(rule.id)}`,
      ...(rule.in === undefined ? [] : [`inbound-interface name ${blank(`device of ${rule.in}`)}`]), ...(rule.out === undefined ? [] : [`outbound-interface name ${blank(`device of ${rule.out}`)}`]),
      ...sides.flatMap(({ match }) => match), ...serviceTexts(protocol, parties.family), ...(rule.log === true ? ["log"] : []),
    ].map((text) => `set ${place} ${text}`),
  ];
}

function sideTexts(side: "source" | "destination", name: string, blocks: readonly string[] | undefined, family: 4 | 6): { readonly groups: string[]; readonly match: string[] } {
  if (blocks === undefined) return { groups: [], match: [] };
  if (blocks.length === 1) return { groups: [], match: [`${side} address ${blocks[0] ?? ""}`] };
  const [kind, prefix] = family === 6 ? ["ipv6-network-group", 128] : ["network-group", 32];
  const group = name.replaceAll(/[^A-Za-z0-9_.-]/g, "-");
  return {
    groups: blocks.map((block) => `set firewall group ${kind} ${group} network ${block.includes("/") || block.startsWith("<") ? block : `${block}/${prefix}`}`),
    match: [`${side} group network-group ${group}`],
  };
}

function serviceTexts(protocol: Protocol | undefined, family: 4 | 6): string[] {
  if (protocol === undefined) return [];
  if (protocol.name === "icmp") return [`protocol ${family === 6 ? "ipv6-icmp" : "icmp"}`];
  return [`protocol ${protocol.name}`, ...(protocol.ports === undefined ? [] : [`destination port ${protocol.ports.join(",")}`])];
}

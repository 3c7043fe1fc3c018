/**
 * nftables: on the bridges of KVM and Xen hosts as the distributed firewall, and as an example for routers and firewalls, whose make
 * no document says. Syntax: nft(8). A chain that forwards on a bridge refuses `reject` (Linux, net/bridge/netfilter/nft_reject_bridge.c):
 * there it is a drop, and so is a policy, which knows no other.
 */
import type { Rule } from "../../model/kinds/forwarder";
import { entries, record, type Topology } from "../../model/topology";
import { partiesOf, protocolsOf, type Parties, type Protocol } from "./addresses";
import { blank, shell, type Change, type OperatorCommand } from "./command";
import { defaultStop, filterEdits, ruleBefore, type FilterEdits, type RuleEdit } from "./rule-edits";

export function nftablesCommands(change: Change): OperatorCommand[] {
  const appliances = (["routers", "firewalls"] as const).flatMap((collection) => filterEdits(change, collection).flatMap((filter) =>
    textsFor(change, filter, filter.now.mode === "transparent" ? "bridge" : "inet").map((text) => ({ platform: "nftables", on: filter.id, text }))));
  const hosts = filterEdits(change, "distributedFirewalls").flatMap((filter) =>
    linuxHosts(change, filter.now.virtualSwitches).flatMap(({ id, platform }) => textsFor(change, filter, "bridge").map((text) => ({ platform, on: id, text }))));
  return [...appliances, ...hosts];
}

/** KVM and Xen hosts with a Linux bridge in the scope. */
function linuxHosts({ after }: Change, scope: readonly string[] | undefined): { id: string; platform: string }[] {
  const ids = new Set(entries(after, "virtualSwitches").filter(([id, { kind }]) => kind === "linux-bridge" && (scope === undefined || scope.includes(id))).flatMap(([, { hypervisors }]) => hypervisors));
  return [...ids].flatMap((id) => {
    const platform = record(after, "hypervisors", id)?.platform;
    return platform === "kvm" || platform === "xen" ? [{ id, platform }] : [];
  });
}

type Family = "inet" | "bridge";

function textsFor(change: Change, filter: FilterEdits, family: Family): string[] {
  const chain = `${family} filter forward`;
  const setUp = filter.isNew ? [`add table ${family} filter`, `add chain ${chain} { type filter hook forward priority filter; }`] : [];
  const state = filter.keepsState ? [`insert rule ${chain} ct state established,related accept`] : [];
  const rules = filter.edits.flatMap((edit) => editTexts(change, filter, family, chain, edit));
  return [...setUp, ...state, ...rules, ...defaultTexts(filter, family, chain)].map((text) => `nft ${shell(text)}`);
}

function editTexts(change: Change, filter: FilterEdits, family: Family, chain: string, edit: RuleEdit): string[] {
  // Answers pass before any rule is read: a rule decides on what opens a flow.
  const stateful = filter.now.stateful !== false;
  const statements = edit.kind === "remove" ? [] : statementsOf(change.after, edit.rule, family, stateful);
  if (edit.kind !== "add") {
    const old = ruleBefore(filter, edit);
    const had = old === undefined ? 1 : statementsOf(change.before, old, family, stateful).length;
    // One that named nothing may have been typed all the same, to keep its place.
    return replaced(chain, edit.rule.id, edit.kind === "change" ? Math.max(had, 1) : had, statements);
  }
  const where = placeOf(filter, family, edit);
  return statements.map((statement) => `${where === "end" ? `add rule ${chain}` : `insert rule ${chain}${where}`} ${statement}`);
}

/** A rule that was so many of nftables becomes these: one takes the place of each, what is left over goes, and what is more comes behind the last. */
function replaced(chain: string, id: string, had: number, statements: readonly string[]): string[] {
  const at = (index: number): string => `${chain} handle ${blank(`handle of ${id}${had === 1 ? "" : `, ${index + 1} of ${had}`}`)}`;
  const kept = statements.slice(0, had).map((statement, index) => `replace rule ${at(index)} ${statement}`);
  const gone = Array.from({ length: had - kept.length }, (_, index) => `delete rule ${at(kept.length + index)}`);
  // Each comes right behind the rule of the handle, so the last is typed first.
  const more = statements.slice(had).reverse().map((statement) => `add rule ${at(had - 1)} ${statement}`);
  return [...kept, ...gone, ...more];
}

/** Behind all rules is, on a bridge, before the last one, which is the default. */
function placeOf({ hadStop }: FilterEdits, family: Family, edit: Extract<RuleEdit, { kind: "add" }>): string {
  if (edit.place === "top") return "";
  if (edit.place === "before") return ` handle ${blank(`handle of ${edit.before}`)}`;
  return family === "bridge" && hadStop ? DEFAULT_RULE : "end";
}

const DEFAULT_RULE = ` handle ${blank("handle of default")}`;

function statementsOf(topology: Topology, rule: Rule, family: Family, stateful: boolean): string[] {
  const protocols = protocolsOf(rule.services) ?? [undefined];
  const way = [...(rule.in === undefined ? [] : [`iifname ${blank(`device of ${rule.in}`)}`]), ...(rule.out === undefined ? [] : [`oifname ${blank(`device of ${rule.out}`)}`]), ...(stateful ? ["ct state new"] : [])];
  const stop = rule.action === "reject" && family === "inet" ? "reject" : "drop";
  const verdict = [...(rule.log === true ? ["log"] : []), rule.action === "allow" ? "accept" : stop, `comment "${rule.id}"`];
  return partiesOf(topology, rule).flatMap((parties) => protocols.map((protocol) => [...way, ...addressMatch(parties), ...serviceMatch(protocol), ...verdict].join(" ")));
}

function addressMatch({ family, from, to }: Parties): string[] {
  const ip = family === 6 ? "ip6" : "ip";
  return [...(from === undefined ? [] : [`${ip} saddr ${setOf(from)}`]), ...(to === undefined ? [] : [`${ip} daddr ${setOf(to)}`])];
}

function serviceMatch(protocol: Protocol | undefined): string[] {
  if (protocol === undefined) return [];
  if (protocol.name === "icmp") return ["meta l4proto { icmp, ipv6-icmp }"];
  return [protocol.ports === undefined ? `meta l4proto ${protocol.name}` : `${protocol.name} dport ${setOf(protocol.ports)}`];
}

function setOf(values: readonly string[]): string {
  return values.length === 1 ? (values[0] ?? "") : `{ ${values.join(", ")} }`;
}

/** On a bridge the policy would stop ARP too: there the default is a last rule about IP. */
function defaultTexts(filter: FilterEdits, family: Family, chain: string): string[] {
  const stop = defaultStop(filter);
  if (stop === undefined) return [];
  if (family === "inet") return [`chain ${chain} { policy ${stop === "added" ? "drop" : "accept"}; }`];
  return [stop === "removed" ? `delete rule ${chain}${DEFAULT_RULE}` : `add rule ${chain} meta protocol { ip, ip6 } drop comment "default"`];
}

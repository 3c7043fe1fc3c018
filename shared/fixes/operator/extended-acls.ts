/** The distributed firewall of Hyper-V hosts: extended ACLs at the adapters of each VM. Larger weights are read first. */
import { effectiveDefaultAction } from "../../model/defaults";
import type { Rule } from "../../model/kinds/forwarder";
import { resolveSelector } from "../../model/members";
import { compareIds, record } from "../../model/topology";
import { groupBy } from "../../rules/group-by";
import { guardedBy } from "../../rules/guarded";
import { partiesOf, protocolsOf, type Protocol } from "./addresses";
import { blank, powershell, type Change, type OperatorCommand } from "./command";
import { defaultStop, filterEdits, type FilterEdits, type RuleEdit } from "./rule-edits";

type Direction = "Inbound" | "Outbound";

/** The names of more VMs, and more peers, are left to the operator. */
const MOST_VMS = 20;
const MOST_PEERS = 8;

/** Room between the rules of a new list; the default is below all. There is no `reject`: it is a `Deny` too. */
const STEP = 10;
const DEFAULT_WEIGHT = 1;

export function extendedAclCommands(change: Change): OperatorCommand[] {
  return filterEdits(change, "distributedFirewalls").flatMap((filter) => {
    const before = filter.isNew ? new Set<string>() : guardedBy(change.before, filter.id);
    return [...groupBy(onHyperV(change, filter.id), (vm) => record(change.after, "vms", vm)?.hypervisor ?? "")].flatMap(([on, vms]) => {
      const joining = vms.filter((vm) => !before.has(vm));
      return [...textsFor(change, whole(change, filter), joining), ...textsFor(change, filter, vms.filter((vm) => before.has(vm)))].map((text) => ({ platform: "hyper-v", on, text }));
    });
  });
}

function onHyperV({ after }: Change, id: string): string[] {
  return [...guardedBy(after, id)].filter((vm) => record(after, "hypervisors", record(after, "vms", vm)?.hypervisor)?.platform === "hyper-v").sort(compareIds);
}

/** For VMs that the firewall had not filtered, its list is new. */
function whole({ after }: Change, filter: FilterEdits): FilterEdits {
  const action = effectiveDefaultAction(after, "distributedFirewalls", filter.id).value;
  const rules = (filter.now.rules ?? []).filter(({ enabled }) => enabled !== false);
  return { ...filter, isNew: true, hadStop: false, edits: rules.map((rule) => ({ kind: "add", rule, place: "end" })), ...(action === undefined ? {} : { defaultAction: action }) };
}

function textsFor(change: Change, filter: FilterEdits, vms: readonly string[]): string[] {
  const rules = filter.edits.flatMap((edit) => (["Inbound", "Outbound"] as const).flatMap((direction) => {
    const names = namesOf(change, direction === "Inbound" ? edit.rule.to : edit.rule.from, vms);
    return names === undefined ? [] : editTexts(change, filter, edit, direction, names);
  }));
  const all = namesOf(change, undefined, vms);
  const stop = defaultStop(filter);
  if (all === undefined || stop === undefined) return rules;
  return [...rules, ...(["Inbound", "Outbound"] as const).map((direction) => stop === "added"
    ? `Add-VMNetworkAdapterExtendedAcl -VMName ${all} -Action Deny -Direction ${direction} -RemoteIPAddress ANY -Weight ${DEFAULT_WEIGHT}`
    : `Remove-VMNetworkAdapterExtendedAcl -VMName ${all} -Direction ${direction} -Weight ${DEFAULT_WEIGHT}`)];
}

/** The VMs at which a rule stands: those of the host that its own side names. */
function namesOf({ after }: Change, selectors: readonly string[] | undefined, vms: readonly string[]): string | undefined {
  const members = selectors === undefined || selectors.includes("any") ? undefined : new Set(selectors.flatMap((selector) => [...resolveSelector(after, selector)]));
  const names = vms.filter((vm) => members === undefined || members.has(vm)).map((vm) => record(after, "vms", vm)?.name ?? vm);
  if (names.length === 0) return undefined;
  return names.length > MOST_VMS ? blank(`each VM of ${(selectors ?? ["the scope"]).join(", ")}`) : names.map(powershell).join(",");
}

function editTexts(change: Change, filter: FilterEdits, edit: RuleEdit, direction: Direction, names: string): string[] {
  const known = blank(`weight of ${edit.rule.id}`);
  const remove = `Remove-VMNetworkAdapterExtendedAcl -VMName ${names} -Direction ${direction} -Weight ${known}`;
  if (edit.kind === "remove") return [remove];
  const weight = edit.kind === "change" ? known : weightFor(filter, edit);
  const added = entriesOf(change, edit.rule, direction).map((entry) =>
    `Add-VMNetworkAdapterExtendedAcl -VMName ${names} -Action ${edit.rule.action === "allow" ? "Allow" : "Deny"} -Direction ${direction}${entry} -Weight ${weight}`
    + (edit.rule.action === "allow" && filter.now.stateful !== false ? " -Stateful $true" : ""));
  return edit.kind === "change" ? [remove, ...added] : added;
}

function weightFor({ isNew, now }: FilterEdits, edit: Extract<RuleEdit, { kind: "add" }>): string {
  const rules = now.rules ?? [];
  if (isNew) return String((rules.length - rules.findIndex(({ id }) => id === edit.rule.id)) * STEP);
  return blank(edit.place === "before" ? `weight just above that of ${edit.before}` : edit.place === "top" ? "weight above all others" : `weight below all others, above ${DEFAULT_WEIGHT}`);
}

/** One entry takes one block of peers, one protocol and one range of ports. */
function entriesOf({ after }: Change, rule: Rule, direction: Direction): string[] {
  const side = direction === "Inbound" ? "from" : "to";
  const peers = partiesOf(after, rule).flatMap((parties) => parties[side] ?? ["ANY"]);
  const distinct = [...new Set(peers)];
  const named = distinct.length > MOST_PEERS ? [blank(`each address of ${(rule[side] ?? []).join(", ")}`)] : distinct;
  const services = protocolsOf(rule.services)?.flatMap((protocol) => servicesOf(protocol, direction)) ?? [""];
  return named.flatMap((peer) => services.map((service) => ` -RemoteIPAddress ${peer === "ANY" ? peer : powershell(peer)}${service}`));
}

function servicesOf({ name, ports }: Protocol, direction: Direction): string[] {
  if (name === "icmp") return [" -Protocol 1"];
  const port = direction === "Inbound" ? "-LocalPort" : "-RemotePort";
  return ports === undefined ? [` -Protocol ${name.toUpperCase()}`] : ports.map((range) => ` -Protocol ${name.toUpperCase()} ${port} ${powershell(range)}`);
}

/** The distributed firewall of Proxmox VE hosts: a security group with the rules, which every VM in the scope has. */
import type { Rule } from "../../model/kinds/forwarder";
import { compareIds, record, type RecordOf, type Topology } from "../../model/topology";
import { Enforcement } from "../../rules/enforcement";
import { guardedBy } from "../../rules/guarded";
import { partiesOf, protocolsOf, type Protocol } from "./addresses";
import { blank, shell, type Change, type OperatorCommand } from "./command";
import { proxmoxNic } from "./guest-ports";
import { filterEdits, type FilterEdits, type RuleEdit } from "./rule-edits";

/** VMs that get the firewall; of more the operator knows the rest. */
const MOST_VMS = 50;

export function proxmoxFirewallCommands(change: Change): OperatorCommand[] {
  return filterEdits(change, "distributedFirewalls").flatMap((filter) => {
    const vms = onProxmox(change.after, filter.id);
    const [first] = vms;
    const on = first === undefined ? undefined : record(change.after, "vms", first)?.hypervisor;
    if (on === undefined) return [];
    const before = new Set(filter.isNew ? [] : onProxmox(change.before, filter.id));
    const joining = vms.filter((vm) => !before.has(vm));
    const acting = filter.defaultAction === undefined ? joining : vms;
    return [
      ...groupTexts(change.after, filter).map((text) => ({ platform: "proxmox", on, text })),
      ...joining.slice(0, MOST_VMS).flatMap((vm) => join(change.after, filter, vm)),
      ...acting.slice(0, MOST_VMS).map((vm) => options(change, filter, vm)),
      ...(filter.isNew ? switchOnProxmox().map((text) => ({ platform: "proxmox", on, text })) : []),
    ];
  });
}

function onProxmox(topology: Topology, id: string): string[] {
  return [...guardedBy(topology, id)].filter((vm) => record(topology, "hypervisors", record(topology, "vms", vm)?.hypervisor)?.platform === "proxmox").sort(compareIds);
}

/** Names of security groups begin with a letter and have 18 characters at most. */
function groupName(id: string): string {
  return `${/^[a-z]/.test(id) ? "" : "g"}${id.replace(/[^a-z0-9_-]/g, "-")}`.slice(0, 18);
}

function groupTexts(topology: Topology, filter: FilterEdits): string[] {
  const group = `/cluster/firewall/groups/${groupName(filter.id)}`;
  return [
    ...(filter.isNew ? [`pvesh create /cluster/firewall/groups --group ${groupName(filter.id)}`] : []),
    ...filter.edits.flatMap((edit) => editTexts(topology, group, edit)),
  ];
}

/** A new rule is put on top of the group, disabled unless it is said; a rule stands at both ends of a flow. */
function editTexts(topology: Topology, group: string, edit: RuleEdit): string[] {
  const position = (direction: string): string => blank(`position of ${edit.rule.id}, ${direction}`);
  const directions = ["in", "out"] as const;
  if (edit.kind === "remove") return directions.map((direction) => `pvesh delete ${group}/${position(direction)}`);
  return directions.flatMap((direction) => ruleOptions(topology, edit.rule).flatMap((rule, index) => {
    const settings = `--type ${direction} --action ${ACTIONS[edit.rule.action]}${rule}`;
    if (edit.kind === "change" && index === 0) return [`pvesh set ${group}/${position(direction)} ${settings}`];
    const target = edit.kind === "change" ? position(direction) : edit.place === "before" ? blank(`position of ${edit.before}`) : edit.place === "end" ? blank("number of rules") : undefined;
    return [`pvesh create ${group} ${settings}`, ...(target === undefined ? [] : [`pvesh set ${group}/0 --moveto ${target}`])];
  }));
}

const ACTIONS = { allow: "ACCEPT", deny: "DROP", reject: "REJECT" } as const;

function ruleOptions(topology: Topology, rule: Rule): string[] {
  const protocols = protocolsOf(rule.services) ?? [undefined];
  return partiesOf(topology, rule).flatMap(({ family, from, to }) => protocols.map((protocol) =>
    [listOption("--source", from), listOption("--dest", to), service(protocol, family), " --enable 1", rule.log === true ? " --log info" : "", ` --comment ${shell(rule.id)}`].join("")));
}

function listOption(name: string, values: readonly string[] | undefined): string {
  return values === undefined ? "" : ` ${name} ${values.some((value) => value.startsWith("<")) ? values.join(",") : shell(values.join(","))}`;
}

function service(protocol: Protocol | undefined, family: 4 | 6): string {
  if (protocol === undefined) return "";
  if (protocol.name === "icmp") return ` --proto ${family === 6 ? "ipv6-icmp" : "icmp"}`;
  return ` --proto ${protocol.name}${protocol.ports === undefined ? "" : ` --dport ${protocol.ports.map((range) => range.replace("-", ":")).join(",")}`}`;
}

/** The VM's adapters have to be told to be filtered, and the VM to have the group. */
function join(topology: Topology, filter: FilterEdits, id: string): OperatorCommand[] {
  const vm = record(topology, "vms", id);
  if (vm === undefined) return [];
  const guards = new Enforcement(topology);
  const nics = Object.values(vm.nics ?? {}).flatMap((nic, index) => (guards.gapOf(id, nic) === undefined ? (proxmoxNic(topology, id, nic, index) ?? []) : []));
  const texts = [...nics, `pvesh create ${proxmoxPath(topology, vm)}/rules --type group --action ${groupName(filter.id)} --enable 1`];
  return texts.map((text) => ({ platform: "proxmox", on: vm.hypervisor, text }));
}

function options({ after }: Change, filter: FilterEdits, id: string): OperatorCommand {
  const vm = record(after, "vms", id);
  const policy = filter.defaultAction ?? filter.now.defaultAction ?? "allow";
  const text = `pvesh set ${vm === undefined ? "" : proxmoxPath(after, vm)}/options --enable 1 --policy_in ${ACTIONS[policy]} --policy_out ${ACTIONS[policy]}`;
  return { platform: "proxmox", on: vm?.hypervisor ?? "", text };
}

/** Of the firewall of a VM. */
export function proxmoxPath(topology: Topology, vm: RecordOf<"vms">): string {
  return `/nodes/${shell(record(topology, "hypervisors", vm.hypervisor)?.name ?? vm.hypervisor)}/qemu/${blank(`VMID of ${vm.name}`)}/firewall`;
}

/** Nothing is filtered before the firewall of the datacenter is on; then hosts take their administrators only. */
export function switchOnProxmox(): string[] {
  return [
    "pvesh create /cluster/firewall/ipset --name management", `pvesh create /cluster/firewall/ipset/management --cidr ${blank("network of the administrators")}`, "pvesh set /cluster/firewall/options --enable 1",
  ];
}

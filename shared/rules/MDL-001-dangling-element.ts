import { freshId, ownerOf } from "../model/ids";
import type { Forwarder } from "../model/kinds/forwarder";
import type { Vm } from "../model/kinds/vm";
import { entries, record, type Topology } from "../model/topology";
import type { Severity } from "../analysis/result";
import { listed } from "./phrase";
import { candidate } from "./remedy/board";
import { occupantsOf, portGroupsOf } from "./residents";
import type { Draft, FixCandidate, IsolationRule } from "./rule";

/** How many of the tenants are offered for a VM without one. */
const TENANTS_OFFERED = 3;

export const mdl001: IsolationRule = {
  id: "MDL-001",
  title: "Dangling or unconnected element",
  severity: "medium",
  threat: "What is drawn but not connected is not analysed: a control may not be wired, a machine may be somewhere else than it seems.",
  condition: "A connected vNIC without a port group; an interface of a router or firewall that is plugged into nothing; a firewall with fewer than two "
    + "connected interfaces, a router with none; a distributed firewall whose scope is an empty list; a member of a distributed switch without an uplink, where machines in one of its port groups are on "
    + "other members too; a switch of one host without an uplink, where another host's switch has one and a port group of the same VLAN with machines, of the same name or tenant; an external network attached to nothing; a workload without a tenant. Info for templates. Identified by the element (a-web, a-web/eth0, fw-1/inside).",
  fix: "Connect it, delete it, or say whose it is.",
  commands: [],
  references: ["PCI DSS 4.0.1 1.2.3 (accurate network diagram)", "NIST SP 800-53r5 CM-8"],
  caveats: "A switch without uplinks is a legal, isolated design: it counts only where what is on it has its like on other hypervisors.",
  check({ topology }) {
    return [
      ...entries(topology, "virtualSwitches").flatMap(([id]) => stranded(topology, id)),
      ...cutOff(topology),
      ...entries(topology, "vms").flatMap(([id, vm]) => [...unplugged(topology, id, vm), ...ownerless(topology, id, vm)]),
      ...(["routers", "firewalls"] as const).flatMap((collection) => entries(topology, collection).flatMap(([id, own]) => unwired(topology, collection, id, own))),
      ...entries(topology, "distributedFirewalls").flatMap(([id, { name, virtualSwitches }]) =>
        virtualSwitches?.length === 0 ? [dangling(id, `${name} filters no switch`, `The scope of ${name} is an empty list: it filters nothing.`, () =>
          candidate(topology, `Let ${name} filter every switch`, (board) => board.remove(["distributedFirewalls", id, "virtualSwitches"])))] : []),
      ...entries(topology, "externalNetworks").flatMap(([id, { name, attachedTo }]) =>
        attachedTo === undefined ? [dangling(id, `${name} is attached to nothing`, `${name} is drawn but attached to nothing, so nothing is analysed as reachable from it.`, () =>
          candidate(topology, `Remove ${name}`, (board) => board.remove(["externalNetworks", id])))] : []),
    ];
  },
};

function dangling(key: string, title: string, detail: string, fixes: () => readonly FixCandidate[], severity: Severity = "medium"): Draft {
  return { key, severity, title, subjects: [ownerOf(key)], detail, fixes };
}

function unplugged(topology: Topology, id: string, vm: Vm): Draft[] {
  return Object.entries(vm.nics ?? {}).flatMap(([local, nic]) => {
    if (nic.portGroup !== undefined || nic.connected === false) return [];
    const title = `${vm.name}: ${local} is plugged into nothing`;
    const detail = `The vNIC ${id}/${local} is connected but names no port group, so nothing is analysed as reachable through it.`;
    return [dangling(`${id}/${local}`, title, detail, () => [
      ...candidate(topology, `Mark ${local} of ${vm.name} as disconnected`, (board) => board.set(["vms", id, "nics", local, "connected"], false)),
      ...candidate(topology, `Remove ${local} of ${vm.name}`, (board) => board.remove(["vms", id, "nics", local])),
    ], vm.role === "template" ? "info" : "medium")];
  });
}

function ownerless(topology: Topology, id: string, vm: Vm): Draft[] {
  if (vm.tenant !== undefined || (vm.role ?? "workload") !== "workload") return [];
  const near = neighboursTenants(topology, vm);
  const offered = [...near, ...entries(topology, "tenants").map(([tenant]) => tenant).filter((tenant) => !near.includes(tenant))].slice(0, TENANTS_OFFERED);
  return [dangling(id, `${vm.name} belongs to no tenant`, `${vm.name} is a workload without a tenant: it may belong to anyone, so what it reaches is unknown.`, () => [
    ...offered.flatMap((tenant) => candidate(topology, `${vm.name} belongs to ${record(topology, "tenants", tenant)?.name ?? tenant}`, (board) => board.set(["vms", id, "tenant"], tenant))),
    ...candidate(topology, `${vm.name} is infrastructure`, (board) => board.set(["vms", id, "role"], "infrastructure")),
  ])];
}

/** Tenants of the VMs in the same port groups: the likeliest owners. */
function neighboursTenants(topology: Topology, vm: Vm): string[] {
  const tenants = Object.values(vm.nics ?? {}).flatMap(({ portGroup }) => (portGroup === undefined ? [] : occupantsOf(topology, portGroup).flatMap((other) => other.vm.tenant ?? [])));
  return [...new Set(tenants)];
}

function unwired(topology: Topology, collection: "routers" | "firewalls", id: string, own: Forwarder): Draft[] {
  const ports = Object.entries(own.interfaces ?? {});
  const loose = ports.flatMap(([local, port]) => {
    if (port.portGroup !== undefined || port.physicalSwitch !== undefined) return [];
    return [dangling(`${id}/${local}`, `${own.name}: ${local} is plugged into nothing`, `The interface ${id}/${local} names neither a port group nor a physical switch.`, () =>
      candidate(topology, `Remove ${local} of ${own.name}`, (board) => board.remove([collection, id, "interfaces", local])))];
  });
  const wired = ports.length - loose.length;
  if (wired >= (collection === "firewalls" ? 2 : 1)) return loose;
  const detail = `${own.name} has ${wired === 0 ? "no connected interface" : "one connected interface only"}: ${collection === "firewalls" ? "no traffic crosses it, so it filters nothing" : "it forwards nothing"}.`;
  return [...loose, dangling(id, `${own.name} is not wired`, detail, () => candidate(topology, `Remove ${own.name}`, (board) => board.remove([collection, id])))];
}

/** Members of a distributed switch that have no uplink although machines on them are in a VLAN that other members carry. */
function stranded(topology: Topology, id: string): Draft[] {
  const vswitch = record(topology, "virtualSwitches", id);
  if (vswitch === undefined || vswitch.hypervisors.length < 2) return [];
  const uplinks = entries(topology, "uplinks").filter(([, uplink]) => uplink.virtualSwitch === id);
  const linked = new Set(uplinks.map(([, uplink]) => uplink.hypervisor));
  const used = new Map<string, Set<string>>();
  for (const portGroup of portGroupsOf(topology, id)) {
    if (record(topology, "portGroups", portGroup)?.vlan?.mode === "overlay") continue;
    used.set(portGroup, new Set(occupantsOf(topology, portGroup).map(({ vm }) => vm.hypervisor)));
  }
  const cut = vswitch.hypervisors.filter((member) => !linked.has(member) && [...used.values()].some((members) => members.has(member) && members.size > 1));
  if (cut.length === 0) return [];
  const names = cut.map((member) => record(topology, "hypervisors", member)?.name ?? member);
  const detail = `${vswitch.name} has no uplink on ${listed(names)}, although machines there share a port group with machines on other hypervisors: the analysis takes them as cut off.`;
  return [{ ...dangling(id, `${vswitch.name} has no uplink on ${listed(names)}`, detail, () => twins(topology, id, cut, uplinks)), subjects: [id, ...cut] }];
}

/** Switches of one hypervisor without an uplink, whose port groups have their like, with machines, on a switch elsewhere that has one. */
function cutOff(topology: Topology): Draft[] {
  const isLinked = new Set(entries(topology, "uplinks").map(([, { virtualSwitch }]) => virtualSwitch));
  const lonely = entries(topology, "virtualSwitches").filter(([id, { hypervisors }]) => hypervisors.length === 1 && !isLinked.has(id));
  if (lonely.length === 0) return [];
  const linked = entries(topology, "portGroups").filter(([id, { virtualSwitch }]) => isLinked.has(virtualSwitch) && occupantsOf(topology, id).length > 0);
  return lonely.flatMap(([id, { name, hypervisors }]): Draft[] => {
    const own = portGroupsOf(topology, id).filter((group) => occupantsOf(topology, group).length > 0);
    const pair = own.flatMap((group) => linked.flatMap(([other, { virtualSwitch }]) => (isLike(topology, group, other) && !record(topology, "virtualSwitches", virtualSwitch)?.hypervisors.includes(hypervisors[0] ?? "") ? [{ group, other, virtualSwitch }] : [])))[0];
    if (pair === undefined) return [];
    const detail = `${name} has no uplink, although ${pair.other} on ${pair.virtualSwitch} has machines of the same network as its ${pair.group}: the analysis takes them as cut off from one another.`;
    const uplinks = entries(topology, "uplinks").filter(([, uplink]) => uplink.virtualSwitch === pair.virtualSwitch);
    return [{ ...dangling(id, `${name} has no uplink`, detail, () => twins(topology, id, hypervisors, uplinks)), subjects: [id, ...hypervisors] }];
  });
}

/** Of one VLAN, and of one name or with machines of one tenant. */
function isLike(topology: Topology, a: string, b: string): boolean {
  const [own, other] = [record(topology, "portGroups", a), record(topology, "portGroups", b)];
  if (own?.vlan?.mode !== "access" || other?.vlan?.mode !== "access" || own.vlan.id !== other.vlan.id) return false;
  const tenants = new Set(occupantsOf(topology, a).map(({ vm }) => vm.tenant));
  return own.name === other.name || occupantsOf(topology, b).some(({ vm }) => vm.tenant !== undefined && tenants.has(vm.tenant));
}

/** An uplink like that of another member. */
function twins(topology: Topology, id: string, cut: readonly string[], uplinks: readonly (readonly [string, { readonly physicalSwitch: string; readonly port?: unknown }])[]): FixCandidate[] {
  const model = uplinks[0]?.[1];
  if (model === undefined) return [];
  return candidate(topology, "Give it an uplink like that of the other members", (board) => {
    for (const member of cut) {
      const { physicalSwitch, port } = model;
      board.set(["uplinks", freshId(board.topology, `${member}-${id}-uplink`)], { virtualSwitch: id, hypervisor: member, physicalSwitch, ...(port === undefined ? {} : { port }) });
    }
  });
}

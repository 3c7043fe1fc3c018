/** Moves ends into a VLAN of their own: port groups, physical attachments, the lists on the way and, where need be, addresses. */
import { entries, record, type Topology } from "../../model/topology";
import { freshId } from "../../model/ids";
import type { PortGroup, PortGroupVlan } from "../../model/kinds/port-group";
import type { End } from "../../network/types";
import { localOf } from "../workload";
import type { Board } from "./board";
import { carryVlan, placesOfPortGroup, type Place } from "./carry";
import { freeVlan, freeVni } from "./free-vlan";
import { readdress } from "./readdress";

export interface Move {
  /** vNICs, management interfaces, external networks, BMCs, interfaces of routers and firewalls. */
  readonly ends: readonly End[];
  readonly vlan: number;
  /** What new port groups are called after, such as `tenant-b`; the VLAN follows. */
  readonly stem: string;
  /** The same for people, such as `Tenant B`. */
  readonly name: string;
}

/**
 * Moves the ends into the VLAN, which must be free. A port group that only they use changes its VLAN; otherwise they get a new one on
 * the same switch with the same settings. On an overlay they get a new segment number instead.
 */
export function moveToVlan(board: Board, move: Move): void {
  const moved = new Set(move.ends.map((end) => end.id));
  const byPortGroup = new Map<string, End[]>();
  const places: Place[] = [];
  for (const end of move.ends) {
    if (end.portGroup === undefined) places.push(...movePhysical(board, end, move.vlan));
    else byPortGroup.set(end.portGroup, [...(byPortGroup.get(end.portGroup) ?? []), end]);
  }
  const vni = freeVni(board.topology);
  for (const [portGroup, ends] of byPortGroup) {
    const group = record(board.topology, "portGroups", portGroup);
    if (group === undefined) continue;
    keepVlansApart(board, group.virtualSwitch);
    const vlan: PortGroupVlan = group.vlan?.mode === "overlay" ? { mode: "overlay", vni } : { mode: "access", id: move.vlan };
    if (usersOf(board.topology, portGroup).every((user) => moved.has(user))) board.set(["portGroups", portGroup, "vlan"], vlan);
    else plugInto(board, ends, addPortGroup(board, group, vlan, move));
    if (vlan.mode === "access") for (const end of ends) places.push(...placesOfPortGroup(board.topology, portGroup, hypervisorOf(board.topology, end)));
  }
  carryVlan(board, move.vlan, places);
  readdress(board, move.ends, move.vlan);
}

function addPortGroup(board: Board, like: PortGroup, vlan: PortGroupVlan, move: Move): string {
  const number = vlan.mode === "overlay" ? vlan.vni : move.vlan;
  const id = freshId(board.topology, `${move.stem}-${number}`);
  const { name: _name, description: _description, tags: _tags, isolatedPorts: _isolated, ...settings } = like;
  board.set(["portGroups", id], { name: `${move.name} ${vlan.mode === "overlay" ? "VNI" : "VLAN"} ${number}`, ...settings, vlan });
  return id;
}

function plugInto(board: Board, ends: readonly End[], portGroup: string): void {
  for (const end of ends) {
    if (end.kind === "managementInterface") board.set(["managementInterfaces", end.id, "portGroup"], portGroup);
    else if (end.kind === "external") board.set(["externalNetworks", end.id, "attachedTo"], { portGroup });
    else if (end.kind === "interface") board.set([...interfacePath(board.topology, end), "portGroup"], portGroup);
    else if (end.kind === "vnic") {
      const nic = localOf(end);
      board.set(["vms", end.owner, "nics", nic, "portGroup"], portGroup);
      // A passed-through adapter would stay on the uplink's own port, whatever its port group says.
      const passthrough = record(board.topology, "vms", end.owner)?.nics?.[nic]?.passthrough ?? "none";
      if (passthrough !== "none") board.set(["vms", end.owner, "nics", nic, "passthrough"], "none");
    }
  }
}

function interfacePath(topology: Topology, { owner, local = "" }: End): readonly ["firewalls" | "routers", string, "interfaces", string] {
  return [record(topology, "firewalls", owner) === undefined ? "routers" : "firewalls", owner, "interfaces", local];
}

/** An external network, a BMC or an interface on a physical switch. */
function movePhysical(board: Board, end: End, vlan: number): Place[] {
  if (end.kind === "interface") {
    const path = interfacePath(board.topology, end);
    const physicalSwitch = record(board.topology, path[0], end.owner)?.interfaces?.[path[3]]?.physicalSwitch;
    if (physicalSwitch === undefined) return [];
    board.set([...path, "vlan"], vlan);
    return [{ physicalSwitch }];
  }
  if (end.kind === "external") {
    const attachedTo = record(board.topology, "externalNetworks", end.id)?.attachedTo;
    if (attachedTo === undefined || !("vlan" in attachedTo)) return [];
    board.set(["externalNetworks", end.id, "attachedTo", "vlan"], vlan);
    return [{ physicalSwitch: attachedTo.physicalSwitch }];
  }
  const bmc = end.kind === "bmc" ? record(board.topology, "hosts", end.owner.replace(/\/bmc$/, ""))?.bmc : undefined;
  if (bmc === undefined) return [];
  board.set(["hosts", end.owner.replace(/\/bmc$/, ""), "bmc", "vlan"], vlan);
  return [{ physicalSwitch: bmc.physicalSwitch }];
}

/**
 * On a bridge without VLAN filtering every port is in one segment, whatever its port group says. With filtering a port group that is
 * in the native VLAN by number would hear nothing of it, because it arrives untagged: the uplink's native VLAN gives way.
 */
export function keepVlansApart(board: Board, virtualSwitch: string): void {
  const vswitch = record(board.topology, "virtualSwitches", virtualSwitch);
  if (vswitch?.kind !== "linux-bridge" || vswitch.vlanAware === true) return;
  board.set(["virtualSwitches", virtualSwitch, "vlanAware"], true);
  const tagged = new Set(entries(board.topology, "portGroups").flatMap(([, group]) => (group.virtualSwitch === virtualSwitch && group.vlan?.mode === "access" ? [group.vlan.id] : [])));
  for (const [id, { virtualSwitch: own, port }] of entries(board.topology, "uplinks")) {
    if (own !== virtualSwitch || port?.mode !== "trunk" || port.native === undefined || !tagged.has(port.native)) continue;
    const unused = freeVlan(board.topology, "native");
    if (unused === undefined) continue;
    board.set(["uplinks", id, "port", "native"], unused);
    board.set(["uplinks", id, "port", "tagNative"], true);
  }
}

/** Everything plugged into a port group, by end id; templates do not count. */
export function usersOf(topology: Topology, portGroup: string): string[] {
  const users: string[] = [];
  for (const [id, vm] of entries(topology, "vms")) {
    if (vm.role === "template") continue;
    for (const [nic, { portGroup: own }] of Object.entries(vm.nics ?? {})) if (own === portGroup) users.push(`${id}/${nic}`);
  }
  for (const [id, adapter] of entries(topology, "managementInterfaces")) if (adapter.portGroup === portGroup) users.push(id);
  for (const [id, { attachedTo }] of entries(topology, "externalNetworks")) {
    if (attachedTo !== undefined && "portGroup" in attachedTo && attachedTo.portGroup === portGroup) users.push(id);
  }
  for (const collection of ["routers", "firewalls"] as const) {
    for (const [id, forwarder] of entries(topology, collection)) {
      for (const [local, port] of Object.entries(forwarder.interfaces ?? {})) if (port.portGroup === portGroup) users.push(`${id}/${local}`);
    }
  }
  return users;
}

/** The hypervisor on which an end is plugged in; undefined for what is outside. */
export function hypervisorOf(topology: Topology, end: End): string | undefined {
  if (end.kind === "vnic") return record(topology, "vms", end.owner)?.hypervisor;
  if (end.kind === "managementInterface") return record(topology, "managementInterfaces", end.id)?.hypervisor;
  if (end.kind === "interface") return record(topology, interfacePath(topology, end)[0], end.owner)?.hypervisor;
  return undefined;
}

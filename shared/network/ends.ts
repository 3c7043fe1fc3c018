/** Every end of the document and the ports that it is plugged into. */
import { sortedIds, type RecordOf, type Topology } from "../model/topology";
import type { ForwarderInterface } from "../model/kinds/forwarder";
import type { Vnic } from "../model/kinds/vm";
import type { Assume } from "../analysis/result";
import { accessPort, type GuestPort } from "./guest-port";
import { compareEnds, NO_ADDRESSES, PlacedEnd } from "./placed-end";
import { Seats } from "./seats";
import { Sockets, type Tags } from "./sockets";
import type { End } from "./types";
import { NO_BITS, TAGS } from "./vlan-bits";
import type { Wiring } from "./wiring";

export interface Ends {
  /** Sorted by id. */
  readonly ends: End[];
  /** Sorted; those of VMs without ends too. */
  readonly vmIds: readonly string[];
  /** The ports of each end, by its index. */
  readonly seats: Seats;
  /** The addresses of vNICs and interfaces that are no ends: not connected, or of templates. */
  readonly idle: readonly string[];
}

/** @param assume `configured`: guests send and take only the tags of their `guestVlans`, besides untagged frames */
export function plugEnds(topology: Topology, wiring: Wiring, assume: Assume): Ends {
  const roster = new Roster(new Seats(new Sockets(topology, wiring, assume), wiring));
  const vmIds = sortedIds(topology.vms ?? {});
  plugVnics(topology, vmIds, roster);
  plugOthers(topology, roster);
  plugInterfaces(topology, roster);
  return { ...roster.close(), vmIds };
}

/** Ends in the order in which they are found, until they are sorted. */
class Roster {
  private readonly placed: PlacedEnd[] = [];
  private readonly idle: string[] = [];

  constructor(readonly seats: Seats) {}

  /** Returns the number of its seat. */
  add(end: PlacedEnd): number {
    end.index = this.placed.push(end) - 1;
    this.seats.add();
    return end.index;
  }

  /** A vNIC or interface that is no end. */
  leaveOut(own: { readonly addresses?: readonly string[] | undefined } | undefined): void {
    if (own?.addresses !== undefined) this.idle.push(...own.addresses);
  }

  close(): Omit<Ends, "vmIds"> {
    this.placed.sort(compareEnds);
    const order = new Int32Array(this.placed.length);
    for (let index = 0; index < order.length; index++) {
      const end = this.placed[index] as PlacedEnd;
      order[index] = end.index;
      end.index = index;
    }
    this.seats.arrange(order);
    return { ends: this.placed, seats: this.seats, idle: this.idle };
  }
}

function plugVnics({ vms = {} }: Topology, ids: readonly string[], roster: Roster): void {
  for (let at = 0; at < ids.length; at++) {
    const id = ids[at] as string, vm = vms[id];
    if (vm?.nics !== undefined) plugVm(id, vm, vm.nics, roster);
  }
}

function plugVm(id: string, vm: RecordOf<"vms">, nics: Readonly<Record<string, Vnic>>, roster: Roster): void {
  const isIdle = vm.role === "template";
  for (const local in nics) {
    const nic = nics[local];
    if (isIdle || nic?.portGroup === undefined || nic.connected === false) {
      roster.leaveOut(nic);
      continue;
    }
    const group = roster.seats.sockets.numberOf(nic.portGroup);
    plugVnic(roster.seats, roster.add(new PlacedEnd("vms", id, local, nic.addresses, nic.portGroup, { vm, nic, group })), nic, group, vm.hypervisor);
  }
}

/** As configured: no tags of its own. */
const UNTAGGED: Tags = { guest: [] };

/**
 * Plugs a vNIC into its port group on its hypervisor, or past it.
 *
 * @param group the number of the port group among the sockets
 */
export function plugVnic(seats: Seats, seat: number, nic: Vnic, group: number, hypervisor: string): void {
  const tags = nic.guestVlans === undefined ? UNTAGGED : { guest: nic.guestVlans };
  if (nic.passthrough === "sriov" || nic.passthrough === "pci") seats.passThrough(seat, nic.portGroup ?? "", hypervisor, tags);
  else seats.plugIn(seat, group, hypervisor, tags);
}

/** Management interfaces, BMCs and external networks. */
function plugOthers({ managementInterfaces = {}, hosts = {}, externalNetworks = {} }: Topology, roster: Roster): void {
  const { seats } = roster;
  for (const id of sortedIds(managementInterfaces)) {
    const own = managementInterfaces[id];
    if (own === undefined) continue;
    seats.plugIn(roster.add(new PlacedEnd("managementInterfaces", id, undefined, own.addresses, own.portGroup)), seats.sockets.numberOf(own.portGroup), own.hypervisor, UNTAGGED);
  }
  for (const id of sortedIds(hosts)) {
    const bmc = hosts[id]?.bmc;
    if (bmc === undefined) continue;
    seats.plugIntoPhysical(roster.add(new PlacedEnd("hosts", `${id}/bmc`, undefined, bmc.addresses)), bmc.physicalSwitch, accessPort(bmc.vlan));
  }
  for (const id of sortedIds(externalNetworks)) {
    const at = externalNetworks[id]?.attachedTo;
    if (at === undefined) continue;
    const seat = roster.add(new PlacedEnd("externalNetworks", id, undefined, NO_ADDRESSES, "portGroup" in at ? at.portGroup : undefined));
    if ("portGroup" in at) seats.plugIn(seat, seats.sockets.numberOf(at.portGroup), undefined);
    else seats.plugIntoPhysical(seat, at.physicalSwitch, accessPort(at.vlan));
  }
}

function plugInterfaces(topology: Topology, roster: Roster): void {
  for (const collection of ["routers", "firewalls"] as const) {
    const forwarders = topology[collection] ?? {};
    for (const id of sortedIds(forwarders)) {
      const { interfaces = {}, hypervisor } = forwarders[id] ?? {};
      for (const local of Object.keys(interfaces)) {
        const own = interfaces[local];
        if (own?.portGroup === undefined && own?.physicalSwitch === undefined) {
          roster.leaveOut(own);
          continue;
        }
        const end = new PlacedEnd(collection, id, local, own.addresses, own.portGroup);
        plugInterface(roster.seats, roster.add(end), own, end, hypervisor);
      }
    }
  }
}

/** A physical switch's port with no VLAN written: it could be in any. */
const UNKNOWN_VLAN: GuestPort = { sends: NO_BITS, hears: NO_BITS, maySend: TAGS, mayHear: TAGS };

function plugInterface(seats: Seats, seat: number, { portGroup, physicalSwitch, vlan }: ForwarderInterface, end: End, hypervisor: string | undefined): void {
  if (portGroup !== undefined) seats.plugIn(seat, seats.sockets.numberOf(portGroup), hypervisor, vlan === undefined ? undefined : { subinterface: vlan });
  if (physicalSwitch === undefined) return;
  if (vlan === undefined) seats.plugIntoPhysical(seat, physicalSwitch, UNKNOWN_VLAN, `${end.path}.vlan`);
  else seats.plugIntoPhysical(seat, physicalSwitch, accessPort(vlan));
}

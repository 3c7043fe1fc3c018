/** Every end of the document and the ports that it is plugged into. */
import { jsonPath } from "../model/path";
import { compareIds, entries, type Topology } from "../model/topology";
import type { ForwarderInterface } from "../model/kinds/forwarder";
import type { Vnic } from "../model/kinds/vm";
import type { Assume } from "../analysis/result";
import { accessPort, type GuestPort } from "./guest-port";
import { Sockets, type Plug } from "./sockets";
import type { End } from "./types";
import { NO_BITS, TAGS } from "./vlan-bits";
import type { Wiring } from "./wiring";

export interface Ends {
  /** Sorted by id. */
  readonly ends: readonly End[];
  /** The ports of each end, by its index; none where it reaches nobody, as a passthrough vNIC without an uplink. */
  readonly plugs: readonly (readonly Plug[])[];
  /** Every distinct port. */
  readonly distinct: readonly Plug[];
}

/** @param assume `configured`: guests send and take only the tags of their `guestVlans`, besides untagged frames */
export function plugEnds(topology: Topology, wiring: Wiring, assume: Assume): Ends {
  const sockets = new Sockets(topology, wiring, assume);
  const placed = [...vnics(topology, sockets), ...others(topology, sockets), ...interfaces(topology, sockets)];
  placed.sort((a, b) => compareIds(a.id, b.id));
  placed.forEach((end, index) => (end.index = index));
  return { ends: placed, plugs: placed.map(({ plugs }) => plugs), distinct: sockets.distinct };
}

/** An end with its ports. There are tens of thousands, so the path is written only when someone asks. */
class PlacedEnd implements End {
  index = -1;
  readonly portGroup?: string;

  constructor(
    readonly id: string,
    readonly owner: string,
    readonly kind: End["kind"],
    private readonly collection: "vms" | "managementInterfaces" | "hosts" | "externalNetworks" | "routers" | "firewalls",
    readonly addresses: readonly string[],
    readonly plugs: readonly Plug[],
    portGroup?: string,
  ) {
    if (portGroup !== undefined) this.portGroup = portGroup;
  }

  get path(): string {
    const local = this.id.slice(this.owner.length + 1);
    switch (this.kind) {
      case "vnic": return jsonPath(this.collection, this.owner, "nics", local);
      case "interface": return jsonPath(this.collection, this.owner, "interfaces", local);
      case "bmc": return jsonPath(this.collection, ...this.id.split("/"));
      default: return jsonPath(this.collection, this.id);
    }
  }
}

const NO_ADDRESSES: readonly string[] = [];

function* vnics(topology: Topology, sockets: Sockets): Generator<PlacedEnd> {
  for (const [id, { role, nics, hypervisor }] of entries(topology, "vms")) {
    if (role === "template" || nics === undefined) continue;
    for (const local of Object.keys(nics)) {
      const nic = nics[local];
      if (nic?.portGroup === undefined || nic.connected === false) continue;
      const plugs = vnicPlugs(nic, nic.portGroup, hypervisor, sockets);
      yield new PlacedEnd(`${id}/${local}`, id, "vnic", "vms", nic.addresses ?? NO_ADDRESSES, plugs, nic.portGroup);
    }
  }
}

function vnicPlugs(nic: Vnic, portGroup: string, hypervisor: string, sockets: Sockets): readonly Plug[] {
  const tags = { guest: nic.guestVlans ?? [] };
  const direct = nic.passthrough === "sriov" || nic.passthrough === "pci";
  return direct ? sockets.passthrough(portGroup, hypervisor, tags) : sockets.portGroup(portGroup, hypervisor, tags);
}

/** Management interfaces, BMCs and external networks. */
function* others(topology: Topology, sockets: Sockets): Generator<PlacedEnd> {
  for (const [id, { portGroup, hypervisor, addresses = NO_ADDRESSES }] of entries(topology, "managementInterfaces")) {
    const plugs = sockets.portGroup(portGroup, hypervisor);
    yield new PlacedEnd(id, id, "managementInterface", "managementInterfaces", addresses, plugs, portGroup);
  }
  for (const [id, { bmc }] of entries(topology, "hosts")) {
    if (bmc === undefined) continue;
    const plugs = sockets.physical(bmc.physicalSwitch, accessPort(bmc.vlan));
    yield new PlacedEnd(`${id}/bmc`, `${id}/bmc`, "bmc", "hosts", bmc.addresses ?? NO_ADDRESSES, plugs);
  }
  for (const [id, { attachedTo }] of entries(topology, "externalNetworks")) {
    if (attachedTo === undefined) continue;
    const [plugs, portGroup] = "portGroup" in attachedTo
      ? [sockets.portGroup(attachedTo.portGroup, undefined), attachedTo.portGroup]
      : [sockets.physical(attachedTo.physicalSwitch, accessPort(attachedTo.vlan))];
    yield new PlacedEnd(id, id, "external", "externalNetworks", NO_ADDRESSES, plugs, portGroup);
  }
}

function* interfaces(topology: Topology, sockets: Sockets): Generator<PlacedEnd> {
  for (const collection of ["routers", "firewalls"] as const) {
    for (const [id, forwarder] of entries(topology, collection)) {
      for (const [local, own] of Object.entries(forwarder.interfaces ?? {})) {
        const plugs = interfacePlugs(own, jsonPath(collection, id, "interfaces", local, "vlan"), forwarder.hypervisor, sockets);
        if (plugs !== undefined) yield new PlacedEnd(`${id}/${local}`, id, "interface", collection, own.addresses ?? NO_ADDRESSES, plugs, own.portGroup);
      }
    }
  }
}

/** A physical switch's port with no VLAN written: it could be in any. */
const UNKNOWN_VLAN: GuestPort = { sends: NO_BITS, hears: NO_BITS, maySend: TAGS, mayHear: TAGS };

/** Undefined where the interface is plugged into nothing. */
function interfacePlugs(own: ForwarderInterface, vlanPath: string, hypervisor: string | undefined, sockets: Sockets): readonly Plug[] | undefined {
  const { portGroup, physicalSwitch, vlan } = own;
  if (portGroup === undefined && physicalSwitch === undefined) return undefined;
  const virtual = portGroup === undefined ? [] : sockets.portGroup(portGroup, hypervisor, vlan === undefined ? {} : { subinterface: vlan });
  if (physicalSwitch === undefined) return virtual;
  const physical = vlan === undefined ? sockets.physical(physicalSwitch, UNKNOWN_VLAN, vlanPath) : sockets.physical(physicalSwitch, accessPort(vlan));
  return virtual.length === 0 ? physical : [...virtual, ...physical];
}

/** Every end of the document and the ports that it is plugged into. */
import { jsonPath } from "../model/path";
import { compareIds, entries, record, type Topology } from "../model/topology";
import type { ForwarderInterface } from "../model/kinds/forwarder";
import type { PortGroup } from "../model/kinds/port-group";
import type { VirtualSwitch } from "../model/kinds/virtual-switch";
import type { Vnic } from "../model/kinds/vm";
import type { End } from "./types";
import { accessPort, guestPort, isUnawareBridge, onlyVlan, type GuestPort, type PrivateVlans } from "./guest-port";
import type { LinkEnd, Wiring } from "./wiring";
import { NO_BITS, oneBit, TAGS, union, type VlanBits } from "./vlan-bits";

/** A port of a switch instance with an end in it. Ends whose ports are alike share one object. */
export interface Plug {
  readonly index: number;
  readonly instance: number;
  readonly port: GuestPort;
  /** Exchanges no frames with other isolated ports of the instance. */
  readonly isolated: boolean;
  readonly portGroup?: string;
  /** The uplink whose physical port a passthrough vNIC sits on. */
  readonly uplink?: string;
  /** JSON path of the field on whose absence the port's wider sets rest. */
  readonly missing?: string;
}

export interface Ends {
  /** Sorted by id. */
  readonly ends: readonly End[];
  /** The ports of each end, by its index; none where it reaches nobody, as a passthrough vNIC without an uplink. */
  readonly plugs: readonly (readonly Plug[])[];
  /** Every distinct port. */
  readonly distinct: readonly Plug[];
}

type Draft = Omit<End, "index">;

export function plugEnds(topology: Topology, wiring: Wiring): Ends {
  const sockets = new Sockets(topology, wiring);
  const drafts = [...vnics(topology, sockets), ...others(topology, sockets), ...interfaces(topology, sockets)];
  drafts.sort((a, b) => compareIds(a.end.id, b.end.id));
  return {
    ends: drafts.map(({ end }, index) => ({ index, ...end })),
    plugs: drafts.map(({ plugs }) => plugs),
    distinct: sockets.distinct,
  };
}

interface Plugged {
  readonly end: Draft;
  readonly plugs: readonly Plug[];
}

function* vnics(topology: Topology, sockets: Sockets): Generator<Plugged> {
  for (const [id, vm] of entries(topology, "vms")) {
    if (vm.role === "template") continue;
    for (const [local, nic] of Object.entries(vm.nics ?? {})) {
      if (nic.portGroup === undefined || nic.connected === false) continue;
      yield {
        end: {
          id: `${id}/${local}`, owner: id, kind: "vnic", portGroup: nic.portGroup,
          path: jsonPath("vms", id, "nics", local), addresses: nic.addresses ?? [],
        },
        plugs: vnicPlugs(nic, nic.portGroup, vm.hypervisor, sockets),
      };
    }
  }
}

function vnicPlugs(nic: Vnic, portGroup: string, hypervisor: string, sockets: Sockets): readonly Plug[] {
  const direct = nic.passthrough === "sriov" || nic.passthrough === "pci";
  return direct ? sockets.passthrough(portGroup, hypervisor) : sockets.portGroup(portGroup, hypervisor);
}

/** Management interfaces, BMCs and external networks. */
function* others(topology: Topology, sockets: Sockets): Generator<Plugged> {
  for (const [id, own] of entries(topology, "managementInterfaces")) {
    yield {
      end: {
        id, owner: id, kind: "managementInterface", portGroup: own.portGroup,
        path: jsonPath("managementInterfaces", id), addresses: own.addresses ?? [],
      },
      plugs: sockets.portGroup(own.portGroup, own.hypervisor),
    };
  }
  for (const [id, { bmc }] of entries(topology, "hosts")) {
    if (bmc === undefined) continue;
    const end: Draft = { id: `${id}/bmc`, owner: `${id}/bmc`, kind: "bmc", path: jsonPath("hosts", id, "bmc"), addresses: bmc.addresses ?? [] };
    yield { end, plugs: sockets.physical(bmc.physicalSwitch, accessPort(bmc.vlan)) };
  }
  for (const [id, { attachedTo }] of entries(topology, "externalNetworks")) {
    if (attachedTo === undefined) continue;
    const end: Draft = { id, owner: id, kind: "external", path: jsonPath("externalNetworks", id), addresses: [] };
    if ("portGroup" in attachedTo) yield { end: { ...end, portGroup: attachedTo.portGroup }, plugs: sockets.portGroup(attachedTo.portGroup, undefined) };
    else yield { end, plugs: sockets.physical(attachedTo.physicalSwitch, accessPort(attachedTo.vlan)) };
  }
}

function* interfaces(topology: Topology, sockets: Sockets): Generator<Plugged> {
  for (const collection of ["routers", "firewalls"] as const) {
    for (const [id, forwarder] of entries(topology, collection)) {
      for (const [local, own] of Object.entries(forwarder.interfaces ?? {})) {
        const path = jsonPath(collection, id, "interfaces", local);
        const plugs = interfacePlugs(own, path, forwarder.hypervisor, sockets);
        if (plugs === undefined) continue;
        yield {
          end: {
            id: `${id}/${local}`, owner: id, kind: "interface", path, addresses: own.addresses ?? [],
            ...(own.portGroup === undefined ? {} : { portGroup: own.portGroup }),
          },
          plugs,
        };
      }
    }
  }
}

/** A physical switch's port with no VLAN written: it could be in any. */
const UNKNOWN_VLAN: GuestPort = { sends: NO_BITS, hears: NO_BITS, maySend: TAGS, mayHear: TAGS };

function interfacePlugs(own: ForwarderInterface, path: string, hypervisor: string | undefined, sockets: Sockets): readonly Plug[] | undefined {
  if (own.portGroup === undefined && own.physicalSwitch === undefined) return undefined;
  const plugs: Plug[] = [];
  if (own.portGroup !== undefined) plugs.push(...sockets.portGroup(own.portGroup, hypervisor, own.vlan));
  if (own.physicalSwitch !== undefined) {
    plugs.push(...(own.vlan === undefined
      ? sockets.physical(own.physicalSwitch, UNKNOWN_VLAN, `${path}.vlan`)
      : sockets.physical(own.physicalSwitch, accessPort(own.vlan))));
  }
  return plugs;
}

class Sockets {
  readonly distinct: Plug[] = [];
  private readonly known = new Map<string, readonly Plug[]>();
  private readonly privateVlans: PrivateVlans;

  constructor(private readonly topology: Topology, private readonly wiring: Wiring) {
    this.privateVlans = privateVlansOf(topology);
  }

  /** The port in a port group on a hypervisor. Without one (an appliance, an external network): a port wherever the port group is. */
  portGroup(id: string, hypervisor: string | undefined, ownVlan?: number): readonly Plug[] {
    return this.once(`${id}\n${hypervisor ?? ""}\n${ownVlan ?? ""}`, () => this.makePortGroup(id, hypervisor, ownVlan));
  }

  private makePortGroup(id: string, hypervisor: string | undefined, ownVlan: number | undefined): Plug[] {
    const portGroup = record(this.topology, "portGroups", id);
    const vswitch = record(this.topology, "virtualSwitches", portGroup?.virtualSwitch);
    if (portGroup === undefined || vswitch === undefined) return [];
    const whole = guestPort(vswitch, portGroup, this.privateVlans);
    const port = ownVlan !== undefined && takesSeveralTags(vswitch, portGroup) ? onlyVlan(whole, ownVlan) : whole;
    const missing = port.absent === undefined ? undefined : jsonPath("portGroups", id, "vlan", port.absent);
    const here = hypervisor === undefined ? undefined : this.wiring.virtual(portGroup.virtualSwitch, hypervisor);
    const instances = here === undefined ? this.wiring.instancesOf(portGroup.virtualSwitch) : [here];
    return instances.map(({ index }) => this.add({
      instance: index, port, isolated: portGroup.isolatedPorts === true, portGroup: id, ...(missing === undefined ? {} : { missing }),
    }));
  }

  physical(switchId: string, port: GuestPort, missing?: string): readonly Plug[] {
    const instance = this.wiring.physical(switchId);
    if (instance === undefined) return [];
    const make = (): Plug[] => [this.add({ instance: instance.index, port, isolated: false, ...(missing === undefined ? {} : { missing }) })];
    return missing === undefined ? this.once(`${switchId}\n\n\n${port.untagged ?? ""}`, make) : make();
  }

  /** Sits on the physical ports of the switch's uplinks on the hypervisor, past the virtual switch and its policy. */
  passthrough(portGroupId: string, hypervisor: string): readonly Plug[] {
    const vswitch = record(this.topology, "portGroups", portGroupId)?.virtualSwitch;
    const instance = vswitch === undefined ? undefined : this.wiring.virtual(vswitch, hypervisor);
    if (instance === undefined) return [];
    return this.once(`\n${instance.index}`, () => (this.wiring.ports[instance.index] ?? []).map((port) => {
      const link = this.wiring.links[port >>> 1];
      if (link === undefined) throw new Error(`no cable ${port >>> 1}`);
      const [, far] = link.ends;
      return this.add({
        instance: far.instance, port: passthroughPort(far), isolated: false, uplink: link.id,
        ...(far.missing === undefined ? {} : { missing: far.missing }),
      });
    }));
  }

  private once(key: string, make: () => readonly Plug[]): readonly Plug[] {
    let plugs = this.known.get(key);
    if (plugs === undefined) this.known.set(key, (plugs = make()));
    return plugs;
  }

  private add(plug: Omit<Plug, "index">): Plug {
    const numbered: Plug = { index: this.distinct.length, ...plug };
    this.distinct.push(numbered);
    return numbered;
  }
}

/** On such a port a router's interface with a VLAN of its own is a subinterface, which takes part in that VLAN only. */
function takesSeveralTags(vswitch: VirtualSwitch, { vlan }: PortGroup): boolean {
  if (vlan?.mode === "trunk") return !isUnawareBridge(vswitch);
  return vswitch.kind === "open-vswitch" && (vlan === undefined || vlan.mode === "untagged");
}

/** The adapter's own switch passes frames between guest and virtual switch too, so the guest is a station of its own at the physical port. */
function passthroughPort({ forms: { known, possible } }: LinkEnd): GuestPort {
  const untagged = firstOf(known.untaggedIn);
  return {
    sends: union(known.taggedIn, known.untaggedIn), hears: union(known.taggedOut, known.untaggedOut),
    maySend: union(possible.taggedIn, possible.untaggedIn), mayHear: union(possible.taggedOut, possible.untaggedOut),
    ...(untagged === undefined ? {} : { untagged }),
  };
}

function firstOf(bits: VlanBits): number | undefined {
  const word = bits.findIndex((value) => value !== 0);
  if (word < 0) return undefined;
  const value = bits[word] as number;
  return word * 32 + 31 - Math.clz32(value & -value);
}

function privateVlansOf(topology: Topology): PrivateVlans {
  const domains = new Map<number, VlanBits>();
  for (const [, { vlan }] of entries(topology, "portGroups")) {
    if (vlan?.mode !== "private") continue;
    const ids = union(domains.get(vlan.primary) ?? oneBit(vlan.primary), oneBit(vlan.secondary ?? vlan.primary));
    domains.set(vlan.primary, ids);
  }
  return domains;
}

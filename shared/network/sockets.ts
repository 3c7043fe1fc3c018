/** Sockets: the ports that port groups, physical switches and uplinks offer to ends. Ends plugged in alike share one. */
import { jsonPath } from "../model/path";
import { entries, record, type Topology } from "../model/topology";
import type { PortGroup } from "../model/kinds/port-group";
import type { VirtualSwitch } from "../model/kinds/virtual-switch";
import type { Assume } from "../analysis/result";
import { asConfigured, guestPort, isUnawareBridge, onlyVlans, type GuestPort, type PrivateVlans } from "./guest-port";
import { linkOf } from "./ground";
import type { LinkEnd, Wiring } from "./wiring";
import { listBits, oneBit, union, type VlanBits } from "./vlan-bits";

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

/** The tags that an end uses of its own accord. */
export interface Tags {
  /** A guest's `guestVlans`: bind it only where guests do as configured. */
  readonly guest?: readonly number[];
  /** The VLAN of a router's interface. */
  readonly subinterface?: number;
}

export class Sockets {
  readonly distinct: Plug[] = [];
  /** By place (a port group, a physical switch, an uplink's switch), then by what else the port depends on. */
  private readonly known = new Map<string, Map<string, readonly Plug[]>>();
  private readonly privateVlans: PrivateVlans;

  constructor(private readonly topology: Topology, private readonly wiring: Wiring, private readonly assume: Assume) {
    this.privateVlans = privateVlansOf(topology);
  }

  /** The port in a port group on a hypervisor. Without one (an appliance, an external network): a port wherever the port group is. */
  portGroup(id: string, hypervisor: string | undefined, tags: Tags = {}): readonly Plug[] {
    return this.once(id, `${hypervisor ?? ""}${this.tagsKey(tags)}`, () => this.makePortGroup(id, hypervisor, tags));
  }

  private makePortGroup(id: string, hypervisor: string | undefined, tags: Tags): Plug[] {
    const portGroup = record(this.topology, "portGroups", id);
    const vswitch = record(this.topology, "virtualSwitches", portGroup?.virtualSwitch);
    if (portGroup === undefined || vswitch === undefined) return [];
    const whole = this.tagged(guestPort(vswitch, portGroup, this.privateVlans), tags);
    const { subinterface } = tags;
    const port = subinterface !== undefined && takesSeveralTags(vswitch, portGroup) ? onlyVlans(whole, oneBit(subinterface)) : whole;
    const missing = port.absent === undefined ? undefined : jsonPath("portGroups", id, "vlan", port.absent);
    const here = hypervisor === undefined ? undefined : this.wiring.virtual(portGroup.virtualSwitch, hypervisor);
    const instances = here === undefined ? this.wiring.instancesOf(portGroup.virtualSwitch) : [here];
    return instances.map(({ index }) => this.add({
      instance: index, port, isolated: portGroup.isolatedPorts === true, portGroup: id, ...(missing === undefined ? {} : { missing }),
    }));
  }

  /** A port of a physical switch. `missing` is the path of the field whose absence makes it unknown. */
  physical(switchId: string, port: GuestPort, missing?: string): readonly Plug[] {
    const instance = this.wiring.physical(switchId);
    if (instance === undefined) return [];
    const make = (): Plug[] => [this.add({ instance: instance.index, port, isolated: false, ...(missing === undefined ? {} : { missing }) })];
    return missing === undefined ? this.once(switchId, `${port.untagged ?? ""}`, make) : make();
  }

  /** Sits on the physical ports of the switch's uplinks on the hypervisor, past the virtual switch and its policy. */
  passthrough(portGroupId: string, hypervisor: string, tags: Tags): readonly Plug[] {
    const vswitch = record(this.topology, "portGroups", portGroupId)?.virtualSwitch;
    const instance = vswitch === undefined ? undefined : this.wiring.virtual(vswitch, hypervisor);
    if (vswitch === undefined || instance === undefined) return [];
    return this.once(vswitch, `${hypervisor}${this.tagsKey(tags)}`, () => (this.wiring.ports[instance.index] ?? []).map((port) => {
      const link = linkOf(this.wiring, port);
      const [, far] = link.ends;
      return this.add({
        instance: far.instance, port: this.tagged(passthroughPort(far), tags), isolated: false, uplink: link.id,
        ...(far.missing === undefined ? {} : { missing: far.missing }),
      });
    }));
  }

  private tagged(port: GuestPort, { guest }: Tags): GuestPort {
    return guest !== undefined && this.assume === "configured" ? asConfigured(port, guest) : port;
  }

  private tagsKey({ guest, subinterface }: Tags): string {
    if (subinterface !== undefined) return ` ${subinterface}`;
    return this.assume === "configured" && guest !== undefined ? ` guest ${guest.join()}` : "";
  }

  private once(place: string, key: string, make: () => readonly Plug[]): readonly Plug[] {
    let row = this.known.get(place);
    if (row === undefined) this.known.set(place, (row = new Map()));
    let plugs = row.get(key);
    if (plugs === undefined) row.set(key, (plugs = make()));
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
  const [untagged] = listBits(known.untaggedIn);
  return {
    sends: union(known.taggedIn, known.untaggedIn), hears: union(known.taggedOut, known.untaggedOut),
    maySend: union(possible.taggedIn, possible.untaggedIn), mayHear: union(possible.taggedOut, possible.untaggedOut),
    ...(untagged === undefined ? {} : { untagged }),
  };
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

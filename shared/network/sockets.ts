/**
 * Sockets: the ports that port groups, physical switches and uplinks offer to ends, whichever switch instance they are on. Ends plugged
 * in alike share one.
 */
import { jsonPath } from "../model/path";
import { record, type Topology } from "../model/topology";
import type { PortGroup } from "../model/kinds/port-group";
import type { VirtualSwitch } from "../model/kinds/virtual-switch";
import type { Assume } from "../analysis/result";
import { asConfigured, guestPort, isUnawareBridge, onlyVlans, type GuestPort, type PrivateVlans } from "./guest-port";
import { linkOf } from "./ground";
import type { InstanceOn, LinkEnd, Wiring } from "./wiring";
import { listBits, oneBit, union, type VlanBits } from "./vlan-bits";

export interface Socket {
  readonly index: number;
  readonly port: GuestPort;
  /** Exchanges no frames with other isolated ports of its instance. */
  readonly isolated: boolean;
  readonly portGroup?: string;
  /** The switch of the port group. */
  readonly virtualSwitch?: string;
  /** The uplink whose physical port a passthrough vNIC sits on. */
  readonly uplink?: string;
  /** JSON path of the field on whose absence the port's wider sets rest. */
  readonly missing?: string;
}

/** A socket on a switch instance, with an end in it. */
export interface Plug extends Socket {
  readonly instance: number;
}

/** The tags that an end uses of its own accord. */
export interface Tags {
  /** A guest's `guestVlans`: bind it only where guests do as configured. */
  readonly guest?: readonly number[] | undefined;
  /** The VLAN of a router's interface. */
  readonly subinterface?: number;
}

const NO_TAGS: Tags = {};

export interface Reread {
  readonly replaced: ReadonlyMap<number, Socket>;
  /** Goes back to the document before. */
  undo(): void;
}

export class Sockets {
  readonly all: Socket[] = [];
  /** The different ports of all of them. */
  readonly ports = new Set<GuestPort>();
  /** Whether some port rests on a field that is absent. */
  incomplete = false;
  /** Numbers of port groups that somebody has asked for. */
  private readonly numbers = new Map<string, number>();
  private readonly ids: string[] = [];
  /** By number of the port group: its socket without tags; null where there is none. */
  private readonly plain: (Socket | null | undefined)[] = [];
  /** By number of the port group and `tagsKey`. */
  private readonly tagged = new Map<number, Map<string, { readonly tags: Tags; readonly socket: Socket | null }>>();
  private readonly physicalSockets = new Map<GuestPort, Socket>();
  private readonly passedThrough = new Map<string, readonly Plug[]>();
  /** By socket: the instances of its switch. */
  private readonly instances: (InstanceOn | undefined)[] = [];
  private readonly plugsEverywhere = new Map<Socket, readonly Plug[]>();
  private privateVlans: PrivateVlans | undefined;
  private readonly domains = (): PrivateVlans => (this.privateVlans ??= privateVlansOf(this.topology));

  constructor(private topology: Topology, private readonly wiring: Wiring, private readonly assume: Assume) {}

  /** A number for the port group, whether the document has it or not. */
  numberOf(id: string): number {
    let number = this.numbers.get(id);
    if (number === undefined) this.numbers.set(id, (number = this.ids.push(id) - 1));
    return number;
  }

  /** What the port group of that number offers; null where there is none, or no switch below it. */
  portGroup(number: number, tags: Tags = NO_TAGS): Socket | null {
    const key = this.tagsKey(tags);
    if (key !== "") return this.taggedSocket(number, key, tags);
    let socket = this.plain[number];
    if (socket === undefined) this.plain[number] = socket = this.make(this.ids[number] ?? "", tags);
    return socket;
  }

  private taggedSocket(number: number, key: string, tags: Tags): Socket | null {
    let row = this.tagged.get(number);
    if (row === undefined) this.tagged.set(number, (row = new Map<string, { tags: Tags; socket: Socket | null }>()));
    let known = row.get(key);
    if (known === undefined) row.set(key, (known = { tags, socket: this.make(this.ids[number] ?? "", tags) }));
    return known.socket;
  }

  /** The index of the instance of a port group's switch on a hypervisor; -1 where there is none: then the socket is on every instance. */
  instanceOf({ index, virtualSwitch = "" }: Socket, hypervisor: string | undefined): number {
    return hypervisor === undefined ? -1 : ((this.instances[index] ??= this.wiring.among(virtualSwitch))(hypervisor)?.index ?? -1);
  }

  /** The socket of a port group on every instance of its switch, for an appliance or an external network. */
  everywhere(socket: Socket): readonly Plug[] {
    let plugs = this.plugsEverywhere.get(socket);
    if (plugs === undefined) {
      const { virtualSwitch = "" } = socket;
      this.plugsEverywhere.set(socket, (plugs = this.wiring.instancesOf(virtualSwitch).map(({ index }) => ({ ...socket, instance: index }))));
    }
    return plugs;
  }

  /** A port of a physical switch. `missing` is the path of the field whose absence makes it unknown. */
  physical(port: GuestPort, missing?: string): Socket {
    if (missing !== undefined) return this.add({ index: this.all.length, port, isolated: false, missing });
    let socket = this.physicalSockets.get(port);
    if (socket === undefined) this.physicalSockets.set(port, (socket = this.add({ index: this.all.length, port, isolated: false })));
    return socket;
  }

  /** Sits on the physical ports of the switch's uplinks on the hypervisor, past the virtual switch and its policy. */
  passthrough(portGroupId: string, hypervisor: string, tags: Tags): readonly Plug[] {
    const vswitch = record(this.topology, "portGroups", portGroupId)?.virtualSwitch;
    const instance = vswitch === undefined ? undefined : this.wiring.virtual(vswitch, hypervisor);
    if (instance === undefined) return [];
    const key = `${instance.index}${this.tagsKey(tags)}`;
    let plugs = this.passedThrough.get(key);
    if (plugs === undefined) this.passedThrough.set(key, (plugs = this.passThrough(instance.index, tags)));
    return plugs;
  }

  /**
   * Goes over to the next document, in which of all port groups only these have changed. Returns what became of their sockets, by index;
   * undefined, and nothing has happened, where other port groups depend on them or they are on another switch.
   */
  reread(next: Topology, portGroups: readonly string[]): Reread | undefined {
    const before = this.topology;
    if (!portGroups.every((id) => standsAlone(record(before, "portGroups", id), record(next, "portGroups", id)))) return undefined;
    const replaced = new Map<number, Socket>();
    const undo: (() => void)[] = [];
    this.topology = next;
    for (const id of new Set(portGroups)) {
      const number = this.numberOf(id);
      const [plain, row] = [this.plain[number], this.tagged.get(number)];
      if (plain !== undefined && plain !== null) this.replace(plain, this.make(id, NO_TAGS), replaced, (socket) => (this.plain[number] = socket), undo);
      for (const [key, { tags, socket }] of row ?? []) {
        if (socket !== null) this.replace(socket, this.make(id, tags), replaced, (other) => row?.set(key, { tags, socket: other }), undo);
      }
    }
    return {
      replaced,
      undo: () => {
        this.topology = before;
        for (const step of undo) step();
      },
    };
  }

  private replace(old: Socket, next: Socket | null, replaced: Map<number, Socket>, set: (socket: Socket) => void, undo: (() => void)[]): void {
    if (next === null || (next.port === old.port && next.isolated === old.isolated)) return;
    replaced.set(old.index, next);
    set(next);
    undo.push(() => set(old));
  }

  private passThrough(instance: number, tags: Tags): Plug[] {
    return (this.wiring.ports[instance] ?? []).map((port) => {
      const link = linkOf(this.wiring, port);
      const [, far] = link.ends;
      const socket = this.add({
        index: this.all.length, port: this.limited(passthroughPort(far), tags), isolated: false, uplink: link.id, ...(far.missing === undefined ? {} : { missing: far.missing }),
      });
      return { ...socket, instance: far.instance };
    });
  }

  private make(id: string, tags: Tags): Socket | null {
    const portGroup = record(this.topology, "portGroups", id);
    const vswitch = record(this.topology, "virtualSwitches", portGroup?.virtualSwitch);
    if (portGroup === undefined || vswitch === undefined) return null;
    const whole = this.limited(guestPort(vswitch, portGroup, this.domains), tags);
    const { subinterface } = tags;
    const port = subinterface !== undefined && takesSeveralTags(vswitch, portGroup) ? onlyVlans(whole, oneBit(subinterface)) : whole;
    const socket: Socket = { index: this.all.length, port, isolated: portGroup.isolatedPorts === true, portGroup: id, virtualSwitch: portGroup.virtualSwitch };
    return this.add(port.absent === undefined ? socket : { ...socket, missing: jsonPath("portGroups", id, "vlan", port.absent) });
  }

  private limited(port: GuestPort, { guest }: Tags): GuestPort {
    return guest !== undefined && this.assume === "configured" ? asConfigured(port, guest) : port;
  }

  private tagsKey({ guest, subinterface }: Tags): string {
    if (subinterface !== undefined) return ` ${subinterface}`;
    return this.assume === "configured" && guest !== undefined ? ` guest ${guest.join()}` : "";
  }

  private add(socket: Socket): Socket {
    this.all.push(socket);
    this.ports.add(socket.port);
    if (socket.missing !== undefined) this.incomplete = true;
    return socket;
  }
}

/** Whether no other port group's ports depend on what has changed: private VLANs are one domain. */
function standsAlone(before: PortGroup | undefined, after: PortGroup | undefined): boolean {
  if (before === undefined || after === undefined || before.virtualSwitch !== after.virtualSwitch) return false;
  return before.vlan?.mode !== "private" && after.vlan?.mode !== "private";
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
    mayUntagged: possible.untaggedIn,
    ...(untagged === undefined ? {} : { untagged }),
  };
}

function privateVlansOf(topology: Topology): PrivateVlans {
  const domains = new Map<number, VlanBits>();
  for (const { vlan } of Object.values(topology.portGroups ?? {})) {
    if (vlan?.mode !== "private") continue;
    const ids = union(domains.get(vlan.primary) ?? oneBit(vlan.primary), oneBit(vlan.secondary ?? vlan.primary));
    domains.set(vlan.primary, ids);
  }
  return domains;
}

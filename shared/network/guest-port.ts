/** What an end may send and hears at its port: the upper rows of the port table in the semantics, per kind of switch. */
import type { PortGroup } from "../model/kinds/port-group";
import type { VirtualSwitch } from "../model/kinds/virtual-switch";
import { bitsOf, bitsOfList, EVERYTHING, intersection, NO_BITS, oneBit, TAGS, union, type VlanBits } from "./vlan-bits";

/** VLANs are those of the switch instance; a frame sent in VLAN v is heard by ports that hear v. */
export interface GuestPort {
  readonly sends: VlanBits;
  readonly hears: VlanBits;
  /** The same if absent fields were the worst. */
  readonly maySend: VlanBits;
  readonly mayHear: VlanBits;
  /** The VLAN that an untagged frame joins, and that is heard untagged. */
  readonly untagged?: number;
  /** VLANs that an untagged frame might join, if the port is unknown. */
  readonly mayUntagged?: VlanBits;
  /** The port takes no part in VLANs: it joins an overlay segment. */
  readonly vni?: number;
  /** The primary VLAN whose domain a private port belongs to. */
  readonly primary?: number;
  /** The absent field below the port group's `vlan` on which the wider sets rest. */
  readonly absent?: "allowed" | "secondary";
}

/** Every id of a private VLAN by its primary: the primary and the secondaries that port groups of the document name. */
export type PrivateVlans = ReadonlyMap<number, VlanBits>;

/** A virtual switch that keeps no VLANs apart. */
export function isUnawareBridge(vswitch: VirtualSwitch): boolean {
  return vswitch.kind === "linux-bridge" && vswitch.vlanAware !== true;
}

export function isVlanAwareBridge(vswitch: VirtualSwitch): boolean {
  return vswitch.kind === "linux-bridge" && vswitch.vlanAware === true;
}

/** The port that a port group gives to its ends. The same object for the same settings wherever it is cheap. */
export function guestPort(vswitch: VirtualSwitch, portGroup: PortGroup, privateVlans: () => PrivateVlans): GuestPort {
  if (isUnawareBridge(vswitch)) return EVERY_FRAME;
  const vlan = portGroup.vlan ?? { mode: "untagged" as const };
  switch (vlan.mode) {
    case "access":
      return accessPort(vlan.id);
    case "untagged":
      return UNTAGGED[vswitch.kind];
    case "trunk":
      return trunkPort(vlan.allowed, vlan.native, vswitch.kind === "open-vswitch");
    case "private":
      return privatePort(vlan, privateVlans().get(vlan.primary) ?? oneBit(vlan.primary));
    case "overlay":
      return { ...certain(NO_BITS, NO_BITS), vni: vlan.vni };
  }
}

function certain(sends: VlanBits, hears: VlanBits, untagged?: number): GuestPort {
  return { sends, hears, maySend: sends, mayHear: hears, ...(untagged === undefined ? {} : { untagged }) };
}

const accessPorts = new Map<number, GuestPort>();

/** Takes untagged and priority-tagged frames only. Also a port of a physical switch. */
export function accessPort(vlan: number): GuestPort {
  let port = accessPorts.get(vlan);
  if (port === undefined) accessPorts.set(vlan, (port = certain(oneBit(vlan), oneBit(vlan), vlan)));
  return port;
}

/** Everything as it comes: a bridge without VLAN filtering, and Open vSwitch's trunk of all VLANs. */
const EVERY_FRAME = certain(EVERYTHING, EVERYTHING, 0);
/** External switch tagging: hears untagged frames, and passes what the guest tags. */
const EXTERNAL_TAGGING = certain(EVERYTHING, oneBit(0), 0);

/** `untagged`, and a port group without a VLAN, by kind of switch. */
const UNTAGGED: Readonly<Record<VirtualSwitch["kind"], GuestPort>> = {
  standard: EXTERNAL_TAGGING,
  distributed: EXTERNAL_TAGGING,
  "hyper-v": certain(oneBit(0), oneBit(0), 0),
  "open-vswitch": EVERY_FRAME,
  // With VLAN filtering; without it no port group's VLAN counts. The default PVID is 1.
  "linux-bridge": accessPort(1),
};

const trunkPorts = new Map<string, GuestPort>();
const TRUNKS_KEPT = 4096;

/** The same object for trunks that are set alike: what is worked out for one holds for all. */
function trunkPort(allowed: string | undefined, native: number | undefined, openVswitch: boolean): GuestPort {
  const key = `${allowed ?? `? ${openVswitch}`} ${native ?? ""}`;
  let port = trunkPorts.get(key);
  if (port === undefined) {
    if (trunkPorts.size >= TRUNKS_KEPT) trunkPorts.clear();
    trunkPorts.set(key, (port = readTrunk(allowed, native, openVswitch)));
  }
  return port;
}

/** Virtual trunks carry their own native VLAN even where the list omits it; untagged frames are dropped where there is none. */
function readTrunk(allowed: string | undefined, native: number | undefined, openVswitch: boolean): GuestPort {
  const own = native === undefined ? NO_BITS : oneBit(native);
  if (allowed !== undefined) {
    const vlans = union(bitsOfList(allowed), own);
    return certain(vlans, vlans, native);
  }
  // An Open vSwitch port without a `trunks` list is a trunk of all, as one with no VLAN settings at all.
  if (openVswitch) return native === undefined ? EVERY_FRAME : certain(TAGS, TAGS, native);
  return { ...certain(own, own, native), maySend: TAGS, mayHear: TAGS, absent: "allowed" };
}

type Private = Extract<NonNullable<PortGroup["vlan"]>, { mode: "private" }>;

function privatePort(vlan: Private, domain: VlanBits): GuestPort {
  const primary = oneBit(vlan.primary);
  const secondary = vlan.secondary;
  if (vlan.type === "promiscuous") return { ...certain(primary, domain, vlan.primary), primary: vlan.primary };
  const isolated = vlan.type === "isolated";
  if (secondary === undefined) {
    return { ...certain(NO_BITS, primary), maySend: TAGS, mayHear: isolated ? primary : TAGS, primary: vlan.primary, absent: "secondary" };
  }
  return { ...certain(oneBit(secondary), isolated ? primary : bitsOf(vlan.primary, secondary), secondary), primary: vlan.primary };
}

/** The same port for an end that takes part in some VLANs only, such as a router's subinterface on a trunk. */
export function onlyVlans(port: GuestPort, own: VlanBits): GuestPort {
  const within = (vlans: VlanBits): VlanBits => intersection(vlans, own);
  return { ...port, sends: within(port.sends), hears: within(port.hears), maySend: within(port.maySend), mayHear: within(port.mayHear) };
}

/** The same port for a guest that does as configured: untagged, and with the tags of its own `guestVlans`. */
export function asConfigured(port: GuestPort, guestVlans: readonly number[]): GuestPort {
  // A private port gives every id of its domain untagged; where no frame goes untagged and no tag is written, the guest's tags are anyone's guess.
  if (port.vni !== undefined || port.primary !== undefined || (port.untagged === undefined && guestVlans.length === 0)) return port;
  const own = bitsOf(...guestVlans, ...(port.untagged === undefined ? [] : [port.untagged]));
  const certain = onlyVlans(port, own);
  if (port.mayUntagged === undefined) return certain;
  const perhaps = onlyVlans(port, union(own, port.mayUntagged));
  return { ...certain, maySend: perhaps.maySend, mayHear: perhaps.mayHear };
}

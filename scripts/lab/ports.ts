/**
 * The port table of the semantics as settings of Open vSwitch. Written for the laboratory from the table, and from nothing of the
 * analyzer, so that the two can disagree.
 */
import type { Port } from "../../shared/model/primitives";
import type { PortGroup } from "../../shared/model/kinds/port-group";
import type { VirtualSwitch } from "../../shared/model/kinds/virtual-switch";

/** How a port that no setting of a switch describes is made: by flows that change tags on the way between guest and switch. */
export interface Adaptor {
  /** From the guest: the tag it sends (0: none) and the VLAN that this joins (0: untagged). */
  readonly sends: readonly (readonly [tag: number, vlan: number])[];
  /** To the guest: VLANs that it hears, all without a tag. */
  readonly hears: readonly number[];
}

export interface PortPlan {
  /** Columns of Open vSwitch's Port table; empty: a trunk of everything, as Open vSwitch has it. */
  readonly columns: readonly string[];
  readonly adaptor?: Adaptor;
  /** Tags with which an end there both sends and hears, 0 for none. */
  readonly twoWay: readonly number[];
  /** Whether it takes untagged frames. */
  readonly untagged: boolean;
}

/** A VLAN id that no document of the generator uses, to fill lists that must not be empty: to Open vSwitch that would mean all. */
const NOBODY = 4093;

/** The VLANs that a topology is about: lists such as `all` stand for those of them that they contain. */
export type Vlans = readonly number[];

export function access(vlan: number): PortPlan {
  return { columns: ["vlan_mode=access", `tag=${vlan}`], twoWay: [0], untagged: true };
}

function trunk(vlans: Vlans, native?: number): PortPlan {
  const list = `trunks=${vlans.length === 0 ? NOBODY : vlans.join(",")}`;
  if (native === undefined) return { columns: ["vlan_mode=trunk", list], twoWay: vlans, untagged: false };
  return { columns: ["vlan_mode=native-untagged", `tag=${native}`, list], twoWay: [0, ...vlans.filter((vlan) => vlan !== native)], untagged: true };
}

/** Every tag and none, as it comes. */
export function everything(vlans: Vlans): PortPlan {
  return { columns: [], twoWay: [0, ...vlans], untagged: true };
}

export function listed(text: string, vlans: Vlans): Vlans {
  if (text.trim() === "all") return vlans;
  const ranges = text.split(",").map((item) => item.trim().split("-").map(Number));
  return vlans.filter((vlan) => ranges.some(([low = 0, high = low]) => low <= vlan && vlan <= high));
}

/** A port of a physical switch. Cisco-like: the native VLAN crosses only if the list has it. */
export function physicalPort(port: Port, vlans: Vlans): PortPlan {
  if (port.mode === "access") return access(port.vlan);
  const allowed = listed(port.allowed ?? "all", vlans);
  const { native } = port;
  return native !== undefined && port.tagNative !== true && allowed.includes(native) ? trunk(allowed, native) : trunk(allowed);
}

/** The virtual side of an uplink: everything tagged, the untagged VLAN untagged. A Linux bridge with VLAN filtering has PVID 1. */
export function uplinkSide({ kind, vlanAware }: VirtualSwitch, vlans: Vlans): PortPlan {
  if (kind === "linux-bridge" && vlanAware === true) return { columns: ["vlan_mode=native-untagged", "tag=1"], twoWay: [0, ...vlans], untagged: true };
  return everything(vlans);
}

export function isUnaware({ kind, vlanAware }: VirtualSwitch): boolean {
  return kind === "linux-bridge" && vlanAware !== true;
}

/** A port of a port group. `domains`: every id of each private VLAN, by its primary. */
export function groupPort(vswitch: VirtualSwitch, { vlan }: PortGroup, vlans: Vlans, domains: ReadonlyMap<number, readonly number[]>): PortPlan {
  if (isUnaware(vswitch)) return everything(vlans);
  if (vlan === undefined || vlan.mode === "untagged") return untagged(vswitch.kind, vlans);
  switch (vlan.mode) {
    case "access": return access(vlan.id);
    case "overlay": return access(1);
    case "trunk": {
      const { native } = vlan;
      if (vlan.allowed === undefined) return native === undefined ? everything(vlans) : trunk(vlans, native);
      const allowed = listed(vlan.allowed, vlans);
      return native === undefined ? trunk(allowed) : trunk([...new Set([...allowed, native])], native);
    }
    case "private": {
      const { primary, secondary = primary, type } = vlan;
      if (type === "promiscuous") return adapted([[0, primary]], domains.get(primary) ?? [primary], [0]);
      return adapted([[0, secondary]], type === "isolated" ? [primary] : [primary, secondary], [0]);
    }
  }
}

function untagged(kind: VirtualSwitch["kind"], vlans: Vlans): PortPlan {
  switch (kind) {
    case "open-vswitch": return everything(vlans);
    case "linux-bridge": return access(1);
    case "hyper-v": return access(0);
    // External switch tagging: takes every tag, gives out untagged frames only.
    default: return adapted([[0, 0], ...vlans.map((vlan): [number, number] => [vlan, vlan])], [0], [0]);
  }
}

function adapted(sends: Adaptor["sends"], hears: Adaptor["hears"], twoWay: readonly number[]): PortPlan {
  return { columns: [], adaptor: { sends, hears }, twoWay, untagged: true };
}

/** The VLAN that an end is in with one of the tags that it both sends and hears with; of a private VLAN the primary. */
export function vlanWith({ columns, adaptor }: PortPlan, tag: number): number {
  if (tag !== 0) return tag;
  return adaptor?.hears[0] ?? Number(columns.find((column) => column.startsWith("tag="))?.slice(4) ?? 0);
}

/** A router's subinterface on a port that carries several VLANs takes part in that one only; undefined where the port does not carry it. */
export function subinterface(port: PortPlan, vlan: number): PortPlan | undefined {
  const [, tag] = port.columns;
  const carried = port.twoWay.includes(vlan) || tag === `tag=${vlan}`;
  return carried ? access(vlan) : undefined;
}

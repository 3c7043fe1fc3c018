/** The (switch, VLAN) pairs of a segment, and the one that names it: its smallest switch id and the VLAN there. */
import { compareIds } from "../model/topology";
import { Buckets } from "./buckets";
import { linkEnd } from "./ground";
import type { PlugClasses } from "./plug-classes";
import type { Segment } from "./types";
import { otherSide, type Instance, type PortId } from "./wiring";

type Member = Segment["members"][number];
type Visit = (instance: number, vlan: number) => void;

export interface SegmentName {
  readonly switch: string;
  readonly vlan: number;
  readonly vni?: number;
  /** Puts names in order of switch, then VLAN. */
  readonly rank: number;
  /** Tells segments of one name apart: a VLAN of a distributed switch is a segment on each hypervisor without an uplink. */
  readonly instance: number;
  /** The first zone; two zones of one instance may be named alike where an uplink's native VLAN is another than the next one's. */
  readonly zone: number;
}

const VLANS = 4096;

export class SegmentMembers {
  private readonly zonesOf: Buckets;
  /** By physical switch: the uplink ports that may name a segment, one for those plugged in alike, of the smallest switch id. */
  private readonly namingPorts: readonly (readonly PortId[])[];
  /** By instance: the place of its switch among all ids. */
  private readonly rank: Int32Array;
  /** By physical switch: the least rank of itself and what its naming ports lead to. */
  private readonly leastRank: Int32Array;

  constructor(private readonly classes: PlugClasses, componentOfZone: Int32Array) {
    this.zonesOf = new Buckets(componentOfZone.length, componentOfZone);
    const { wiring } = classes.ground;
    this.rank = rankSwitches(wiring.instances);
    this.namingPorts = Array.from({ length: wiring.physicalCount }, (_, physical) => this.smallestOfEachKind(this.uplinkPorts(physical)));
    this.leastRank = Int32Array.from(this.namingPorts, (ports, physical) => ports.reduce((least, port) => Math.min(least, this.rank[this.beyond(port)] as number), this.rank[physical] as number));
  }

  name(component: number): SegmentName {
    let smallest = Infinity;
    let named = -1;
    const name: Visit = (instance, vlan) => {
      const at = (this.rank[instance] as number) * VLANS + vlan;
      if (at > smallest || (at === smallest && instance > named)) return;
      smallest = at;
      named = instance;
    };
    for (const zone of this.zonesOf.of(component)) {
      const overlay = this.overlayAt(zone);
      if (overlay !== undefined) return overlay;
      this.visit(zone, (physical) => this.namingPorts[physical] ?? [], name, (physical) => (this.leastRank[physical] as number) * VLANS > smallest);
    }
    const instance = this.classes.ground.wiring.instances[named];
    if (instance === undefined) throw new Error("a segment without a switch");
    return { switch: instance.switch, vlan: smallest % VLANS, rank: smallest, instance: named, zone: this.zonesOf.of(component)[0] ?? -1 };
  }

  list(component: number): readonly Member[] {
    const found: Member[] = [];
    const { instances } = this.classes.ground.wiring;
    for (const zone of this.zonesOf.of(component)) {
      found.push(...this.overlayMembers(zone));
      this.visit(zone, (physical) => this.uplinkPorts(physical), (instance, vlan) => found.push(member(instances[instance] as Instance, vlan)));
    }
    found.sort(compareMembers);
    return found.filter((own, at) => at === 0 || compareMembers(own, found[at - 1] as Member) !== 0);
  }

  private overlayAt(zone: number): SegmentName | undefined {
    const { zones, locals, ground } = this.classes;
    const local = zone < zones.count ? undefined : locals.all[zone - zones.count];
    const instance = local === undefined ? undefined : ground.wiring.instances[local.instance];
    if (local?.vni === undefined || instance === undefined) return undefined;
    return { switch: instance.switch, vlan: 0, vni: local.vni, rank: (this.rank[instance.index] as number) * VLANS, instance: -1, zone };
  }

  private overlayMembers(zone: number): Member[] {
    const overlay = this.overlayAt(zone);
    return overlay === undefined ? [] : this.classes.ground.wiring.instancesOf(overlay.switch).map((instance) => member(instance, 0));
  }

  /** Every (instance, VLAN id) of a zone: its places, and the virtual instances that uplinks join to them both ways. */
  private visit(zone: number, portsOf: (physical: number) => readonly PortId[], visit: Visit, skips?: (physical: number) => boolean): void {
    const { zones, locals, ground } = this.classes;
    const { vlans } = ground.index;
    if (zone >= zones.count) {
      const local = locals.all[zone - zones.count];
      if (local !== undefined && local.vlan !== -1) visit(local.instance, vlans[local.vlan] as number);
      return;
    }
    for (const place of zones.places(zone)) {
      const vlan = place % zones.width;
      const physical = (place - vlan) / zones.width;
      if (skips?.(physical) === true) continue;
      visit(physical, vlans[vlan] as number);
      for (const port of portsOf(physical)) {
        // Unknown ports, which alone have several targets, carry nothing here; one-way neighbours are other segments.
        const joined = ground.crossing(port).first[vlan] as number;
        if (joined === -1 || ground.crossing(otherSide(port)).first[joined] !== vlan) continue;
        visit(linkEnd(ground.wiring, otherSide(port)).instance, vlans[joined] as number);
      }
    }
  }

  /** The ports of a physical switch beyond which there is a virtual one. */
  private uplinkPorts(physical: number): readonly PortId[] {
    const { ports, physicalCount } = this.classes.ground.wiring;
    return (ports[physical] ?? []).filter((port) => this.beyond(port) >= physicalCount);
  }

  private beyond(port: PortId): number {
    return linkEnd(this.classes.ground.wiring, otherSide(port)).instance;
  }

  private smallestOfEachKind(ports: readonly PortId[]): PortId[] {
    const { ground } = this.classes;
    const kinds = new Map<object, Map<object, PortId>>();
    for (const port of ports) {
      const row = kinds.get(ground.crossing(port)) ?? new Map<object, PortId>();
      kinds.set(ground.crossing(port), row);
      const back = ground.crossing(otherSide(port));
      const before = row.get(back);
      if (before === undefined || (this.rank[this.beyond(port)] as number) < (this.rank[this.beyond(before)] as number)) row.set(back, port);
    }
    return [...kinds.values()].flatMap((row) => [...row.values()]);
  }
}

function rankSwitches(instances: readonly Instance[]): Int32Array {
  const ids = new Set(instances.map((instance) => instance.switch));
  const order = new Map([...ids].sort(compareIds).map((id, at) => [id, at]));
  return Int32Array.from(instances, (instance) => order.get(instance.switch) ?? 0);
}

function member({ switch: id, hypervisor }: Instance, vlan: number): Member {
  return { switch: id, vlan, ...(hypervisor === undefined ? {} : { hypervisor }) };
}

function compareMembers(a: Member, b: Member): number {
  return compareIds(a.switch, b.switch) || a.vlan - b.vlan || compareIds(a.hypervisor ?? "", b.hypervisor ?? "");
}

/** The (switch, VLAN) pairs of a segment, and the one that names it: its smallest switch id and the VLAN there. */
import { compareIds } from "../model/topology";
import { linkEnd } from "./ground";
import type { PlugClasses } from "./plug-classes";
import type { Segment } from "./types";
import { otherSide, type Instance, type PortId } from "./wiring";

type Member = Segment["members"][number];

export interface SegmentName {
  readonly switch: string;
  readonly vlan: number;
  readonly vni?: number;
}

export class SegmentMembers {
  private readonly zonesOf = new Map<number, number[]>();
  /** By physical switch: its uplink ports. */
  private readonly uplinkPorts: readonly (readonly PortId[])[];
  /** The same with one port for those plugged in alike, of the smallest switch id. */
  private readonly namingPorts: readonly (readonly PortId[])[];
  /** By instance: the place of its switch among all ids. */
  private readonly rank: Int32Array;

  constructor(private readonly classes: PlugClasses, componentOfZone: Int32Array, wanted: Iterable<number>) {
    for (const component of wanted) this.zonesOf.set(component, []);
    componentOfZone.forEach((component, zone) => this.zonesOf.get(component)?.push(zone));
    const { wiring } = classes.ground;
    const order = new Map([...new Set(wiring.instances.map((instance) => instance.switch))].sort(compareIds).map((id, at) => [id, at]));
    this.rank = Int32Array.from(wiring.instances, (instance) => order.get(instance.switch) ?? 0);
    this.uplinkPorts = Array.from({ length: wiring.physicalCount }, (_, physical) =>
      (wiring.ports[physical] ?? []).filter((port) => this.virtualAt(port) !== undefined));
    this.namingPorts = this.uplinkPorts.map((ports) => this.smallestOfEachKind(ports));
  }

  name(component: number): SegmentName {
    let smallest = Infinity;
    let named: SegmentName | undefined;
    const { instances } = this.classes.ground.wiring;
    for (const zone of this.zonesOf.get(component) ?? []) {
      const overlay = this.overlayAt(zone);
      if (overlay !== undefined) return overlay;
      this.visit(zone, this.namingPorts, (instance, vlan) => {
        const at = (this.rank[instance] as number) * 4096 + vlan;
        if (at >= smallest) return;
        smallest = at;
        named = { switch: (instances[instance] as Instance).switch, vlan };
      });
    }
    if (named === undefined) throw new Error("a segment without a switch");
    return named;
  }

  list(component: number): readonly Member[] {
    const found: Member[] = [];
    for (const zone of this.zonesOf.get(component) ?? []) {
      found.push(...this.overlayMembers(zone));
      this.visit(zone, this.uplinkPorts, (instance, vlan) => found.push(member(this.classes.ground.wiring.instances[instance] as Instance, vlan)));
    }
    found.sort(compareMembers);
    return found.filter((own, at) => at === 0 || compareMembers(own, found[at - 1] as Member) !== 0);
  }

  private overlayAt(zone: number): SegmentName | undefined {
    const { zones, locals, ground } = this.classes;
    const local = locals.all[zone - zones.count];
    const instance = local === undefined ? undefined : ground.wiring.instances[local.instance];
    return local?.vni === undefined || instance === undefined ? undefined : { switch: instance.switch, vlan: 0, vni: local.vni };
  }

  private overlayMembers(zone: number): Member[] {
    const overlay = this.overlayAt(zone);
    return overlay === undefined ? [] : this.classes.ground.wiring.instancesOf(overlay.switch).map((instance) => member(instance, 0));
  }

  /** Every (instance, VLAN id) of a zone: its places, and the virtual instances that uplinks join to them both ways. */
  private visit(zone: number, ports: readonly (readonly PortId[])[], member: (instance: number, vlan: number) => void): void {
    const { zones, locals, ground } = this.classes;
    const { vlans } = ground.index;
    const local = locals.all[zone - zones.count];
    if (local !== undefined) {
      if (local.vlan !== -1) member(local.instance, vlans[local.vlan] as number);
      return;
    }
    for (const place of zones.places(zone)) {
      const vlan = place % zones.width;
      const physical = (place - vlan) / zones.width;
      member(physical, vlans[vlan] as number);
      for (const port of ports[physical] ?? []) {
        // Unknown ports, which alone have several targets, carry nothing here; one-way neighbours are other segments.
        const joined = ground.crossing(port).first[vlan] as number;
        if (joined === -1 || ground.crossing(otherSide(port)).first[joined] !== vlan) continue;
        member(linkEnd(ground.wiring, otherSide(port)).instance, vlans[joined] as number);
      }
    }
  }

  private virtualAt(port: PortId): Instance | undefined {
    const { wiring } = this.classes.ground;
    const instance = wiring.instances[linkEnd(wiring, otherSide(port)).instance];
    return instance?.physical === false ? instance : undefined;
  }

  private rankAt(port: PortId): number {
    return this.rank[linkEnd(this.classes.ground.wiring, otherSide(port)).instance] as number;
  }

  private smallestOfEachKind(ports: readonly PortId[]): PortId[] {
    const { ground } = this.classes;
    const kinds = new Map<object, Map<object, PortId>>();
    for (const port of ports) {
      const row = kinds.get(ground.crossing(port)) ?? new Map<object, PortId>();
      kinds.set(ground.crossing(port), row);
      const back = ground.crossing(otherSide(port));
      const before = row.get(back);
      if (before === undefined || this.rankAt(port) < this.rankAt(before)) row.set(back, port);
    }
    return [...kinds.values()].flatMap((row) => [...row.values()]);
  }
}

function member({ switch: id, hypervisor }: Instance, vlan: number): Member {
  return { switch: id, vlan, ...(hypervisor === undefined ? {} : { hypervisor }) };
}

function compareMembers(a: Member, b: Member): number {
  return compareIds(a.switch, b.switch) || a.vlan - b.vlan || compareIds(a.hypervisor ?? "", b.hypervisor ?? "");
}

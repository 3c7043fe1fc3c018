/** The (switch, VLAN) pairs of a segment, and the one that names it: its smallest switch id and the VLAN there. */
import { compareIds } from "../model/topology";
import { linkEnd, targetsOf } from "./ground";
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
  /** By physical switch: its uplink ports; those plugged in alike have one representative, the smallest switch id. */
  private readonly uplinkPorts: PortId[][];
  private readonly namingPorts: PortId[][];

  constructor(private readonly classes: PlugClasses, componentOfZone: Int32Array, wanted: Iterable<number>) {
    for (const component of wanted) this.zonesOf.set(component, []);
    componentOfZone.forEach((component, zone) => this.zonesOf.get(component)?.push(zone));
    const { wiring } = classes.ground;
    this.uplinkPorts = Array.from({ length: wiring.physicalCount }, (_, physical) =>
      (wiring.ports[physical] ?? []).filter((port) => this.virtualAt(port) !== undefined));
    this.namingPorts = this.uplinkPorts.map((ports) => this.smallestOfEachKind(ports));
  }

  name(component: number): SegmentName {
    let smallest: Member | undefined;
    for (const zone of this.zonesOf.get(component) ?? []) {
      const overlay = this.overlayAt(zone);
      if (overlay !== undefined) return overlay;
      for (const member of this.membersOfZone(zone, this.namingPorts)) if (smallest === undefined || compareMembers(member, smallest) < 0) smallest = member;
    }
    if (smallest === undefined) throw new Error("a segment without a switch");
    return { switch: smallest.switch, vlan: smallest.vlan };
  }

  list(component: number): readonly Member[] {
    const zones = this.zonesOf.get(component) ?? [];
    const found = zones.flatMap((zone) => [...this.overlayMembers(zone), ...this.membersOfZone(zone, this.uplinkPorts)]).sort(compareMembers);
    return found.filter((member, at) => at === 0 || compareMembers(member, found[at - 1] as Member) !== 0);
  }

  private overlayAt(zone: number): SegmentName | undefined {
    const { zones, locals, ground } = this.classes;
    const local = locals[zone - zones.count];
    const instance = local === undefined ? undefined : ground.wiring.instances[local.instance];
    return local?.vni === undefined || instance === undefined ? undefined : { switch: instance.switch, vlan: 0, vni: local.vni };
  }

  private overlayMembers(zone: number): Member[] {
    const overlay = this.overlayAt(zone);
    return overlay === undefined ? [] : this.classes.ground.wiring.instancesOf(overlay.switch).map((instance) => member(instance, 0));
  }

  private *membersOfZone(zone: number, ports: readonly (readonly PortId[])[]): Generator<Member> {
    const { zones, locals, ground } = this.classes;
    const { instances } = ground.wiring;
    const { vlans } = ground.index;
    const local = locals[zone - zones.count];
    if (local !== undefined) {
      if (local.vlan !== -1) yield member(instances[local.instance] as Instance, vlans[local.vlan] as number);
      return;
    }
    for (const place of zones.places(zone)) {
      const vlan = place % zones.width;
      const physical = (place - vlan) / zones.width;
      yield member(instances[physical] as Instance, vlans[vlan] as number);
      for (const port of ports[physical] ?? []) {
        for (const joined of targetsOf(ground.crossing(port), vlan)) {
          // One-way neighbours are other segments.
          if (targetsOf(ground.crossing(otherSide(port)), joined).includes(vlan)) yield member(this.virtualAt(port) as Instance, vlans[joined] as number);
        }
      }
    }
  }

  private virtualAt(port: PortId): Instance | undefined {
    const { wiring } = this.classes.ground;
    const instance = wiring.instances[linkEnd(wiring, otherSide(port)).instance];
    return instance?.physical === false ? instance : undefined;
  }

  private smallestOfEachKind(ports: readonly PortId[]): PortId[] {
    const { ground } = this.classes;
    const kinds = new Map<object, Map<object, PortId>>();
    for (const port of ports) {
      const row = kinds.get(ground.crossing(port)) ?? new Map<object, PortId>();
      kinds.set(ground.crossing(port), row);
      const back = ground.crossing(otherSide(port));
      const before = row.get(back);
      if (before === undefined || compareIds(this.virtualAt(port)?.switch ?? "", this.virtualAt(before)?.switch ?? "") < 0) row.set(back, port);
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

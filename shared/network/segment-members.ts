/** The (switch, VLAN) pairs of a segment, and the one that names it: its smallest switch id and the VLAN there. */
import { compareIds } from "../model/topology";
import { Buckets } from "./buckets";
import { linkEnd } from "./ground";
import type { PlugClasses } from "./plug-classes";
import type { Segment } from "./types";
import { otherSide, type Instance } from "./wiring";
import { uplinkPorts, VLANS, ZoneNames } from "./zone-names";

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

export class SegmentMembers {
  private readonly zonesOf: Buckets;
  private readonly names: ZoneNames;

  constructor(private readonly classes: PlugClasses, componentOfZone: Int32Array) {
    this.zonesOf = new Buckets(componentOfZone.length, componentOfZone);
    this.names = new ZoneNames(classes.ground, classes.zones);
  }

  name(component: number): SegmentName {
    const sole = this.zonesOf.sole(component);
    if (sole !== -1) return this.nameOf(sole, sole);
    const zones = this.zonesOf.of(component);
    const [first = -1] = zones;
    const [name] = Array.from(zones, (zone) => this.nameOf(zone, first)).sort((a, b) => a.rank - b.rank || a.instance - b.instance);
    if (name === undefined) throw new Error("a segment without a switch");
    return name;
  }

  list(component: number): readonly Member[] {
    const found: Member[] = [];
    const { instances } = this.classes.ground.wiring;
    for (const zone of this.zonesOf.of(component)) {
      found.push(...this.overlayMembers(zone));
      this.visit(zone, (instance, vlan) => found.push(member(instances[instance] as Instance, vlan)));
    }
    found.sort(compareMembers);
    return found.filter((own, at) => at === 0 || compareMembers(own, found[at - 1] as Member) !== 0);
  }

  /** @param first of the zones of its component */
  private nameOf(zone: number, first: number): SegmentName {
    const { zones, locals, ground: { wiring, index } } = this.classes;
    const { rank, smallest, namedBy } = this.names;
    const switchOf = (instance: number): string => (wiring.instances[instance] as Instance).switch;
    if (zone < zones.count) {
      const [name, instance] = [smallest[zone] as number, namedBy[zone] as number];
      return { switch: switchOf(instance), vlan: name % VLANS, rank: name, instance, zone: first };
    }
    const local = locals.all[zone - zones.count];
    if (local === undefined) throw new Error("a segment without a switch");
    const { instance, vni } = local;
    const lowest = (rank[instance] as number) * VLANS;
    if (vni !== undefined) return { switch: switchOf(instance), vlan: 0, vni, rank: lowest, instance: -1, zone };
    const vlan = index.vlans[local.vlan] as number;
    return { switch: switchOf(instance), vlan, rank: lowest + vlan, instance, zone: first };
  }

  private overlayMembers(zone: number): Member[] {
    const { zones, locals, ground: { wiring } } = this.classes;
    const local = zone < zones.count ? undefined : locals.all[zone - zones.count];
    if (local?.vni === undefined) return [];
    return wiring.instancesOf(wiring.instances[local.instance]?.switch ?? "").map((instance) => member(instance, 0));
  }

  /** Every (instance, VLAN id) of a zone: its places, and the virtual instances that uplinks join to them both ways. */
  private visit(zone: number, visit: Visit): void {
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
      visit(physical, vlans[vlan] as number);
      for (const port of uplinkPorts(ground.wiring, physical)) {
        // Unknown ports, which alone have several targets, carry nothing here; one-way neighbours are other segments.
        const joined = ground.crossing(port).first[vlan] as number;
        if (joined === -1 || ground.crossing(otherSide(port)).first[joined] !== vlan) continue;
        visit(linkEnd(ground.wiring, otherSide(port)).instance, vlans[joined] as number);
      }
    }
  }
}

function member({ switch: id, hypervisor }: Instance, vlan: number): Member {
  return { switch: id, vlan, ...(hypervisor === undefined ? {} : { hypervisor }) };
}

function compareMembers(a: Member, b: Member): number {
  return compareIds(a.switch, b.switch) || a.vlan - b.vlan || compareIds(a.hypervisor ?? "", b.hypervisor ?? "");
}

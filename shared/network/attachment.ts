/**
 * How a virtual switch instance hangs on the physical network: the same for all instances whose uplinks are plugged in alike, which on
 * a large document is most of them. A virtual switch forwards nothing between its uplinks, so it is a leaf: its VLANs are either
 * part of one zone, or have ways out and in that are kept apart.
 */
import { linkEnd, sourcesOf, targetsOf, type Crossing, type Ground } from "./ground";
import { otherSide, type Instance } from "./wiring";
import type { Reach } from "./zone-entries";
import type { Zones } from "./zones";

export interface Uplink {
  /** Index of the physical switch. */
  readonly physical: number;
  readonly out: Crossing;
  readonly into: Crossing;
}

/** VLANs are by index; those that nobody asks about cost nothing. */
export interface Attachment {
  readonly uplinks: readonly Uplink[];
  /** The zone that the VLAN is part of, or -1. */
  zone(vlan: number): number;
  /** Zones that a frame of the VLAN gets to by the uplinks. */
  out(vlan: number): number[];
  /** Cells whose frames come in as this VLAN. */
  into(vlan: number): number[];
  /** VLAN pairs [sent, heard] that only a frame coming back by the port it left by would join: it does not. */
  readonly bounces: readonly (readonly [number, number])[];
}

/** Makes attachments, one for all instances that are plugged in alike. */
export class Attachments {
  private readonly known = new Map<string, Attachment>();
  private readonly crossingIds = new Map<Crossing, number>();
  private readonly bouncesOf = new Map<string, readonly (readonly [number, number])[]>();

  constructor(private readonly ground: Ground, private readonly zones: Zones, private readonly reach: Reach) {}

  of(instance: Instance): Attachment {
    const uplinks = (this.ground.wiring.ports[instance.index] ?? []).map((port): Uplink => ({
      physical: linkEnd(this.ground.wiring, otherSide(port)).instance,
      out: this.ground.crossing(port),
      into: this.ground.crossing(otherSide(port)),
    }));
    const kinds = uplinks.map(({ out, into }) => `${this.idOf(out)} ${this.idOf(into)}`);
    const key = uplinks.map(({ physical }, at) => `${physical} ${kinds[at]}`).sort().join();
    let found = this.known.get(key);
    if (found === undefined) {
      found = new Leaf(uplinks, uplinks.flatMap((uplink, at) => this.bounces(kinds[at] as string, uplink)), this.zones, this.reach);
      this.known.set(key, found);
    }
    return found;
  }

  private bounces(kind: string, { out, into }: Uplink): readonly (readonly [number, number])[] {
    let found = this.bouncesOf.get(kind);
    if (found === undefined) {
      const pairs: [number, number][] = [];
      // A VLAN that is tagged both ways comes back as itself.
      for (const vlan of new Set([...out.untagged, ...into.untagged])) {
        for (const target of targetsOf(out, vlan)) for (const back of targetsOf(into, target)) if (back !== vlan) pairs.push([vlan, back]);
      }
      this.bouncesOf.set(kind, (found = pairs));
    }
    return found;
  }

  private idOf(crossing: Crossing): number {
    let id = this.crossingIds.get(crossing);
    if (id === undefined) this.crossingIds.set(crossing, (id = this.crossingIds.size));
    return id;
  }
}

const NOT_ASKED = -2;

class Leaf implements Attachment {
  private readonly zoneOf: Int32Array;

  constructor(
    readonly uplinks: readonly Uplink[],
    readonly bounces: Attachment["bounces"],
    private readonly zones: Zones,
    private readonly reach: Reach,
  ) {
    this.zoneOf = new Int32Array(zones.width).fill(NOT_ASKED);
  }

  zone(vlan: number): number {
    let zone = this.zoneOf[vlan] as number;
    if (zone === NOT_ASKED) this.zoneOf[vlan] = zone = this.joinedZone(vlan);
    return zone;
  }

  out(vlan: number): number[] {
    return this.uplinks.flatMap(({ physical, out }) => targetsOf(out, vlan).map((target) => this.zones.of[physical * this.zones.width + target] as number));
  }

  into(vlan: number): number[] {
    return this.uplinks.flatMap(({ physical, into }) => sourcesOf(into, vlan).map((source) => this.reach.cellOf(physical * this.zones.width + source)));
  }

  /** The one zone to which every uplink that carries the VLAN at all joins it both ways. */
  private joinedZone(vlan: number): number {
    let zone = -1;
    for (const { physical, out, into } of this.uplinks) {
      const gone = targetsOf(out, vlan);
      const come = sourcesOf(into, vlan);
      if (gone.length === 0 && come.length === 0) continue;
      const [target] = gone;
      if (target === undefined || gone.length !== 1 || come.length !== 1 || come[0] !== target) return -1;
      const here = this.zones.of[physical * this.zones.width + target] as number;
      if (zone !== -1 && zone !== here) return -1;
      zone = here;
    }
    return zone;
  }
}

/**
 * How a virtual switch instance hangs on the physical network: the same for all instances whose uplinks are plugged in alike, which on
 * a large document is most of them. A virtual switch forwards nothing between its uplinks, so it is a leaf: its VLANs are either
 * part of one zone, or have ways out and in that are kept apart.
 */
import { linkEnd, targetsOf, type Crossing, type Ground } from "./ground";
import { otherSide, type Instance } from "./wiring";
import type { Reach } from "./zone-entries";
import type { Zones } from "./zones";

export interface Uplink {
  /** Index of the physical switch. */
  readonly physical: number;
  readonly out: Crossing;
  readonly into: Crossing;
}

export interface Attachment {
  readonly uplinks: readonly Uplink[];
  /** By VLAN index: the zone that the VLAN is part of, or -1. */
  readonly zone: Int32Array;
  /** Zones that a frame of the VLAN gets to by the uplinks. */
  readonly out: readonly (readonly number[])[];
  /** Cells whose frames come in as this VLAN. */
  readonly into: readonly (readonly number[])[];
  /** VLAN pairs [sent, heard] that only a frame coming back by the port it left by would join: it does not. */
  readonly bounces: readonly (readonly [number, number])[];
}

/** Makes attachments, one for all instances that are plugged in alike. */
export class Attachments {
  private readonly known = new Map<string, Attachment>();
  private readonly crossingIds = new Map<Crossing, number>();

  constructor(private readonly ground: Ground, private readonly zones: Zones, private readonly reach: Reach) {}

  of(instance: Instance): Attachment {
    const uplinks = (this.ground.wiring.ports[instance.index] ?? []).map((port): Uplink => ({
      physical: linkEnd(this.ground.wiring, otherSide(port)).instance,
      out: this.ground.crossing(port),
      into: this.ground.crossing(otherSide(port)),
    }));
    const key = uplinks.map(({ physical, out, into }) => `${physical} ${this.idOf(out)} ${this.idOf(into)}`).sort().join();
    let found = this.known.get(key);
    if (found === undefined) this.known.set(key, (found = attach(uplinks, this.zones, this.reach)));
    return found;
  }

  private idOf(crossing: Crossing): number {
    let id = this.crossingIds.get(crossing);
    if (id === undefined) this.crossingIds.set(crossing, (id = this.crossingIds.size));
    return id;
  }
}

function attach(uplinks: readonly Uplink[], zones: Zones, reach: Reach): Attachment {
  const { width } = zones;
  const zone = new Int32Array(width).fill(-1);
  const out = Array.from({ length: width }, () => [] as number[]);
  const into = Array.from({ length: width }, () => [] as number[]);
  const bounces: [number, number][] = [];
  const apart = new Set<number>();
  for (const uplink of uplinks) {
    const sources = sourcesOf(uplink.into, width);
    for (let vlan = 0; vlan < width; vlan++) {
      const gone = targetsOf(uplink.out, vlan);
      const come = sources[vlan] ?? [];
      const place = (physicalVlan: number): number => uplink.physical * width + physicalVlan;
      for (const target of gone) {
        out[vlan]?.push(zones.of[place(target)] as number);
        for (const back of targetsOf(uplink.into, target)) if (back !== vlan) bounces.push([vlan, back]);
      }
      for (const source of come) into[vlan]?.push(reach.cellOf(place(source)));
      if (gone.length === 0 && come.length === 0) continue;
      const [first] = gone;
      const here = first === undefined ? -1 : (zones.of[place(first)] as number);
      const agrees = gone.length === 1 && come.length === 1 && first === come[0];
      if (!agrees || (zone[vlan] !== -1 && zone[vlan] !== here)) apart.add(vlan);
      else zone[vlan] = here;
    }
  }
  for (const vlan of apart) zone[vlan] = -1;
  return { uplinks, zone, out, into, bounces };
}

/** By target VLAN: the VLANs of the physical switch whose frames come out as it. */
function sourcesOf(into: Crossing, width: number): number[][] {
  const sources = Array.from({ length: width }, () => [] as number[]);
  for (let vlan = 0; vlan < width; vlan++) for (const target of targetsOf(into, vlan)) sources[target]?.push(vlan);
  return sources;
}

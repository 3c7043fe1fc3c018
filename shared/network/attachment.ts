/**
 * How a virtual switch instance hangs on the physical network: the same for all instances whose uplinks are plugged in alike, which on
 * a large document is most of them. A virtual switch forwards nothing between its uplinks, so it is a leaf: its VLANs are either
 * part of one zone, or have ways out and in that are kept apart.
 */
import { linkEnd, NOWHERE, onlySource, onlyTarget, sourcesOf, targetsOf, type Crossing, type Ground } from "./ground";
import { otherSide, type PortId } from "./wiring";
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
  readonly index: number;
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
  private readonly byInstance: (Attachment | undefined)[] = [];
  /** By the key of its uplink, or the keys of several. */
  private readonly known = new Map<number | string, Leaf>();
  private readonly kinds = new Map<Crossing, Map<Crossing, number>>();
  private readonly bouncesOf: (readonly (readonly [number, number])[] | undefined)[] = [];
  private kindCount = 0;

  constructor(private readonly ground: Ground, private readonly zones: Zones, private readonly reach: Reach) {}

  /** How a virtual instance hangs on the physical network. */
  at(instance: number): Attachment {
    return (this.byInstance[instance] ??= this.find(instance));
  }

  private find(instance: number): Attachment {
    const ports = this.ground.wiring.ports[instance] ?? [];
    const keys = ports.map((port) => this.keyOf(port));
    const [only] = keys;
    const key = only !== undefined && keys.length === 1 ? only : keys.sort((a, b) => a - b).join();
    let found = this.known.get(key);
    if (found === undefined) this.known.set(key, (found = this.make(ports.map((port) => this.uplink(port)))));
    return found;
  }

  private make(uplinks: readonly Uplink[]): Leaf {
    return new Leaf(this.known.size, uplinks, uplinks.flatMap((uplink) => this.bounces(this.kindOf(uplink.out, uplink.into), uplink)), this.zones, this.reach);
  }

  /** Equal for uplinks of one physical switch that are set alike. */
  private keyOf(port: PortId): number {
    const { wiring } = this.ground;
    return this.kindOf(this.ground.crossing(port), this.ground.crossing(otherSide(port))) * wiring.physicalCount + linkEnd(wiring, otherSide(port)).instance;
  }

  private uplink(port: PortId): Uplink {
    return { physical: linkEnd(this.ground.wiring, otherSide(port)).instance, out: this.ground.crossing(port), into: this.ground.crossing(otherSide(port)) };
  }

  private bounces(kind: number, { out, into }: Uplink): readonly (readonly [number, number])[] {
    let found = this.bouncesOf[kind];
    if (found === undefined) {
      const pairs: [number, number][] = [];
      // A VLAN that is tagged both ways comes back as itself.
      for (const vlan of new Set([...out.untagged, ...into.untagged])) {
        for (const target of targetsOf(out, vlan)) for (const back of targetsOf(into, target)) if (back !== vlan) pairs.push([vlan, back]);
      }
      this.bouncesOf[kind] = found = pairs;
    }
    return found;
  }

  /** What the cable carries; most uplinks of a document are set alike. */
  private kindOf(out: Crossing, into: Crossing): number {
    let row = this.kinds.get(out);
    if (row === undefined) this.kinds.set(out, (row = new Map()));
    let kind = row.get(into);
    if (kind === undefined) row.set(into, (kind = this.kindCount++));
    return kind;
  }
}

const NOT_ASKED = -2;

class Leaf implements Attachment {
  private readonly zoneOf: Int32Array;

  constructor(
    readonly index: number,
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
      const target = onlyTarget(out, vlan);
      const source = onlySource(into, vlan);
      if (target === NOWHERE && source === NOWHERE) continue;
      if (target < 0 || target !== source) return -1;
      const here = this.zones.of[physical * this.zones.width + target] as number;
      if (zone !== -1 && zone !== here) return -1;
      zone = here;
    }
    return zone;
  }
}

/** Whose addresses a guest may take over: those written in its segment, and those that may be in it beyond ports that are not described. */
import { parseCidr } from "../model/address";
import type { AddressFamily } from "../model/ip";
import type { AddressBook, AddressClass } from "./addresses";
import type { Fabric } from "./fabric";
import type { Port } from "./forwarders";
import type { Model, Spot } from "./spots";
import type { End, Layer2, Segment } from "./types";

export class Neighbourhoods {
  private readonly bySegment = new Map<Segment, ReadonlySet<AddressClass>>();
  private readonly bySpot: (ReadonlySet<AddressClass> | undefined)[] = [];
  private readonly possibleBySpot: (ReadonlySet<AddressClass> | undefined)[] = [];
  /** Whether anyone hears anyone over absent fields only. */
  private doubtful: boolean | undefined;

  constructor(private readonly layer2: Layer2, private readonly fabric: Fabric, private readonly book: AddressBook) {}

  /** The classes of the addresses written on the ends of the spot's segments. */
  of(spot: Spot): ReadonlySet<AddressClass> {
    return (this.bySpot[spot.index] ??= this.gather(spot));
  }

  /** Ends that are in the segment if absent fields of links are the worst; none where nothing is absent. */
  possible(spot: Spot): readonly End[] {
    return this.isDoubtful() ? [...new Set([...this.possibleSegments(spot)].flatMap(({ ends }) => ends))] : [];
  }

  /** The spot, and the ports by which transparent firewalls may lead on from its segment. */
  sides(spot: Spot): readonly End[] {
    return [...spot.ends.slice(0, 1), ...this.exitsAround(spot, "open").map((exit) => exit.end)];
  }

  /** The classes of the addresses written on `possible` ends. */
  ofPossible(spot: Spot): ReadonlySet<AddressClass> {
    return (this.possibleBySpot[spot.index] ??= this.isDoubtful() ? new Set([...this.possibleSegments(spot)].flatMap((segment) => [...this.inSegment(segment)])) : new Set<AddressClass>());
  }

  private isDoubtful(): boolean {
    return (this.doubtful ??= this.layer2.classes.some((layer) => this.layer2.mayHearers(layer).length > 0));
  }

  private possibleSegments(spot: Spot): Set<Segment> {
    // Who hears whom is not all: isolated ports of one segment do not, and may still claim one another's addresses.
    return new Set(this.sides(spot).flatMap((side) => this.layer2.maySegmentsOf(side)));
  }

  /** An address of the class as it is written in the spot's segments, in CIDR form; of the family where there is one. */
  written(spot: Spot, address: AddressClass, family: AddressFamily | undefined): string | undefined {
    let other: string | undefined;
    for (const segment of this.segmentsAround(spot)) {
      for (const text of segment.ends.flatMap(({ addresses }) => addresses)) {
        if (this.book.classOf(text) !== address) continue;
        if (family === undefined || parseCidr(text)?.family === family) return text;
        other ??= text;
      }
    }
    return other;
  }

  private gather(spot: Spot): ReadonlySet<AddressClass> {
    const [only, ...others] = this.segmentsAround(spot);
    if (only !== undefined && others.length === 0) return this.inSegment(only);
    const found = new Set<AddressClass>();
    for (const segment of this.segmentsAround(spot)) for (const address of this.inSegment(segment)) found.add(address);
    return found;
  }

  /** The spot's own segments and those that transparent firewalls join to them: ARP crosses, and so does a claim to an address. */
  private segmentsAround(spot: Spot): Iterable<Segment> {
    const [end] = spot.ends;
    if (!this.fabric.bridging) return end === undefined ? [] : this.layer2.segmentsOf(end);
    const segments = new Set<Segment>(end === undefined ? [] : this.layer2.segmentsOf(end));
    for (const exit of this.exitsAround(spot, "closed")) for (const segment of this.layer2.segmentsOf(exit.end)) segments.add(segment);
    return segments;
  }

  /** Where the transparent firewalls around the spot, one behind the other, lead to. */
  private exitsAround(spot: Spot, model: Model): readonly Port[] {
    const entered = new Set(this.fabric.surroundings(spot, model).mutual.ports.filter(({ forwarder }) => forwarder.transparent));
    const exits: Port[] = [];
    for (const port of entered) {
      for (const exit of this.fabric.exits(port)) {
        exits.push(exit);
        for (const next of this.fabric.beyond(exit, model).mutual.ports) if (next.forwarder.transparent) entered.add(next);
      }
    }
    return exits;
  }

  private inSegment(segment: Segment): ReadonlySet<AddressClass> {
    const known = this.bySegment.get(segment);
    if (known !== undefined) return known;
    const found = new Set<AddressClass>();
    this.bySegment.set(segment, found);
    for (const { addresses } of segment.ends) {
      for (const text of addresses) {
        const address = this.book.classOf(text);
        if (address !== undefined) found.add(address);
      }
    }
    return found;
  }
}

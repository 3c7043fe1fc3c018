/** Whose addresses a guest may take over: those written in its segment, and those that may be in it beyond ports that are not described. */
import { parseCidr } from "../model/address";
import type { AddressFamily } from "../model/ip";
import type { AddressBook, AddressClass } from "./addresses";
import type { Fabric } from "./fabric";
import type { Port } from "./forwarders";
import type { Model, Spot } from "./spots";
import type { End, Layer2, Segment } from "./types";

export class Neighbourhoods {
  private readonly bySegment: (ReadonlySet<AddressClass> | undefined)[] = [];
  private readonly bySpot: (ReadonlySet<AddressClass> | undefined)[] = [];
  /** Whether anyone hears anyone over absent fields only. */
  private doubtful: boolean | undefined;

  constructor(private readonly layer2: Layer2, private readonly fabric: Fabric, private readonly book: AddressBook) {}

  /** The classes of the addresses written on the ends of the spot's segments. */
  of(spot: Spot): ReadonlySet<AddressClass> {
    return (this.bySpot[spot.index] ??= this.gather(spot));
  }

  /** Ends that are in the segment only if absent fields of links are the worst. */
  possible(spot: Spot): readonly End[] {
    const [end] = spot.ends;
    this.doubtful ??= this.layer2.classes.some((layer) => this.layer2.mayHearers(layer).length > 0);
    if (end === undefined || !this.doubtful) return [];
    const around = [end, ...this.exitsAround(spot, "open").map((exit) => exit.end)];
    return [...new Set(around.flatMap((here) => this.perhapsBeside(here)))];
  }

  /** The classes of the addresses written on `possible` ends. */
  ofPossible(spot: Spot): ReadonlySet<AddressClass> {
    return new Set(this.possible(spot).flatMap(({ addresses }) => addresses).map((text) => this.book.classOf(text)).filter((address) => address !== undefined));
  }

  /** Ends of which at least one direction rests on absent fields, and the other is not shut. */
  private perhapsBeside(here: End): readonly End[] {
    const own = this.layer2.classOf(here);
    const perhaps = new Set(this.layer2.mayHearers(own));
    return [...perhaps, ...this.layer2.hearers(own)].flatMap(({ ends }) => {
      const [there] = ends;
      if (there === undefined) return [];
      const back = this.layer2.mayHear(there, here);
      return back || (perhaps.has(this.layer2.classOf(there)) && this.layer2.hears(there, here)) ? ends : [];
    });
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
    return (this.bySegment[segment.index] ??= this.writtenIn(segment));
  }

  private writtenIn(segment: Segment): ReadonlySet<AddressClass> {
    const found = new Set<AddressClass>();
    for (const { addresses } of segment.ends) {
      for (const text of addresses) {
        const address = this.book.classOf(text);
        if (address !== undefined) found.add(address);
      }
    }
    return found;
  }
}

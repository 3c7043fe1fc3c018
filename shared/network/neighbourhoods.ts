/** Whose addresses a guest may take over: those written in its segment. */
import type { AddressBook, AddressClass } from "./addresses";
import type { Fabric } from "./fabric";
import type { Spot } from "./spots";
import type { Layer2, Segment } from "./types";

export class Neighbourhoods {
  private readonly bySegment: (ReadonlySet<AddressClass> | undefined)[] = [];
  private readonly bySpot: (ReadonlySet<AddressClass> | undefined)[] = [];

  constructor(private readonly layer2: Layer2, private readonly fabric: Fabric, private readonly book: AddressBook) {}

  /** The classes of the addresses written on the ends of the spot's segments. */
  of(spot: Spot): ReadonlySet<AddressClass> {
    return (this.bySpot[spot.index] ??= this.gather(spot));
  }

  private gather(spot: Spot): ReadonlySet<AddressClass> {
    const found = new Set<AddressClass>();
    for (const segment of this.segmentsAround(spot)) for (const address of this.inSegment(segment)) found.add(address);
    return found;
  }

  /** The spot's own segments and those that transparent firewalls join to them: ARP crosses, and so does a claim to an address. */
  private segmentsAround(spot: Spot): Set<Segment> {
    const [end] = spot.ends;
    const segments = new Set<Segment>(end === undefined ? [] : this.layer2.segmentsOf(end));
    const entered = new Set(this.fabric.surroundings(spot, "closed").mutual.ports.filter(({ forwarder }) => forwarder.transparent));
    for (const port of entered) {
      for (const exit of this.fabric.exits(port)) {
        for (const segment of this.layer2.segmentsOf(exit.end)) segments.add(segment);
        for (const next of this.fabric.beyond(exit, "closed").mutual.ports) if (next.forwarder.transparent) entered.add(next);
      }
    }
    return segments;
  }

  private inSegment(segment: Segment): ReadonlySet<AddressClass> {
    return (this.bySegment[segment.index] ??= new Set(
      segment.ends.flatMap(({ addresses }) => addresses).map((text) => this.book.classOf(text)).filter((address) => address !== undefined),
    ));
  }
}

/** Whose addresses a guest may take over: those written in its segment, and those that may be in it beyond ports that are not described. */
import { parseCidr } from "../model/address";
import type { AddressFamily } from "../model/ip";
import type { AddressBook, AddressClass } from "./addresses";
import type { Fabric, Surroundings } from "./fabric";
import type { Port } from "./forwarders";
import { withItem } from "./lists";
import type { Model, Spot } from "./spots";
import type { End, Layer2, Segment } from "./types";

const NOTHING: readonly AddressClass[] = [];

export class Neighbourhoods {
  /** By segment; of all at once when first asked for. */
  private byDomain: Map<number, readonly AddressClass[]> | undefined;
  private readonly byPossibleSegment = new Map<Segment, readonly AddressClass[]>();
  private readonly bySpot: (readonly AddressClass[] | undefined)[] = [];
  private readonly domainsOfSpot: (readonly number[] | undefined)[] = [];
  private readonly possibleBySpot: (readonly AddressClass[] | undefined)[] = [];
  /** Ports of transparent firewalls. */
  private readonly bridgesBySegment: Partial<Record<Model, Map<Segment, Port[]>>> = {};
  private foundTrunked: ReadonlySet<number> | undefined;
  /** Whether anyone hears anyone over absent fields only. */
  private doubtful: boolean | undefined;

  constructor(private readonly layer2: Layer2, private readonly fabric: Fabric, private readonly book: AddressBook) {}

  /** The classes of the addresses written on the ends of the spot's segments. */
  of(spot: Spot): readonly AddressClass[] {
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
  ofPossible(spot: Spot): readonly AddressClass[] {
    if (!this.isDoubtful()) return NOTHING;
    return (this.possibleBySpot[spot.index] ??= [...new Set([...this.possibleSegments(spot)].flatMap((segment) => this.inPossibleSegment(segment)))]);
  }

  private isDoubtful(): boolean {
    return (this.doubtful ??= this.layer2.classes.some((layer) => this.layer2.mayHearers(layer).length > 0));
  }

  private possibleSegments(spot: Spot): Set<Segment> {
    // Who hears whom is not all: isolated ports of one segment do not, and may still claim one another's addresses.
    return new Set(this.sides(spot).flatMap((side) => this.segmentsOf(side, "open")));
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

  /**
   * Goes along with ends that may be in other segments now; no firewall is transparent, and nothing about links is absent.
   *
   * @param before the spots that they were in
   * @param after those that they are in
   * @returns the ends in whose segments other classes of addresses are written now
   */
  revise(before: readonly Spot[], after: readonly Spot[]): Set<End> {
    const changed = new Set<End>();
    for (const domain of new Set([...before, ...after].flatMap((spot) => this.domainsOf(spot)))) {
      const old = this.byDomain?.get(domain);
      this.byDomain?.delete(domain);
      if (old === undefined || isSame(old, this.inDomain(domain))) continue;
      for (const end of this.layer2.domainEnds(domain)) changed.add(end);
    }
    return changed;
  }

  /** To be asked again. */
  forget(spot: Spot): void {
    this.bySpot[spot.index] = undefined;
  }

  /** The segments, by number, of vNICs that are in several. */
  get trunked(): ReadonlySet<number> {
    return (this.foundTrunked ??= this.findTrunked());
  }

  private findTrunked(): ReadonlySet<number> {
    const found = new Set<number>();
    for (const { ends } of this.layer2.classes) {
      const [end] = ends;
      const domains = end === undefined ? [] : this.layer2.domainsOf(end);
      if (domains.length > 1 && ends.some(({ kind }) => kind === "vnic")) for (const domain of domains) found.add(domain);
    }
    return found;
  }

  /** The segments of a spot, by number. */
  domainsOf(spot: Spot): readonly number[] {
    const known = this.domainsOfSpot[spot.index];
    if (known !== undefined) return known;
    const { first: end } = spot;
    return end === undefined ? [] : (this.domainsOfSpot[spot.index] = this.layer2.domainsOf(end));
  }

  private gather(spot: Spot): readonly AddressClass[] {
    const domains = this.fabric.bridging ? [...new Set(this.joined(spot).flatMap((end) => this.layer2.domainsOf(end)))] : this.domainsOf(spot);
    return domains.length === 1 ? this.inDomain(domains[0] as number) : [...new Set(domains.flatMap((domain) => this.inDomain(domain)))];
  }

  private segmentsAround(spot: Spot): Iterable<Segment> {
    return new Set(this.joined(spot).flatMap((end) => this.segmentsOf(end, "closed")));
  }

  /** An end in the spot's own segments, and those in the segments that transparent firewalls join to them: ARP crosses, and so does a claim to an address. */
  private joined(spot: Spot): readonly End[] {
    const own = spot.ends.slice(0, 1);
    return this.fabric.bridging ? [...own, ...this.exitsAround(spot, "closed").map(({ end }) => end)] : own;
  }

  /** Where the transparent firewalls around the spot, one behind the other, lead to. */
  private exitsAround(spot: Spot, model: Model): readonly Port[] {
    const entered = new Set(spot.ends.slice(0, 1).flatMap((end) => this.bridgesAround(end, this.fabric.surroundings(spot, model), model)));
    const exits: Port[] = [];
    for (const port of entered) {
      for (const exit of this.fabric.exits(port)) {
        exits.push(exit);
        for (const next of this.bridgesAround(exit.end, this.fabric.beyond(exit, model), model)) entered.add(next);
      }
    }
    return exits;
  }

  /** Ports of transparent firewalls that exchange frames with the end or share a segment with it: isolated ports of one do not hear one another. */
  private bridgesAround(end: End, { bridges }: Surroundings, model: Model): readonly Port[] {
    const bySegment = (this.bridgesBySegment[model] ??= this.surveyBridges(model));
    return [...bridges.ports, ...this.segmentsOf(end, model).flatMap((segment) => bySegment.get(segment) ?? [])];
  }

  private surveyBridges(model: Model): Map<Segment, Port[]> {
    const found = new Map<Segment, Port[]>();
    for (const port of this.fabric.bridgePorts) {
      for (const segment of this.segmentsOf(port.end, model)) found.set(segment, [...(found.get(segment) ?? []), port]);
    }
    return found;
  }

  private segmentsOf(end: End, model: Model): readonly Segment[] {
    return model === "open" ? this.layer2.maySegmentsOf(end) : this.layer2.segmentsOf(end);
  }

  private inDomain(domain: number): readonly AddressClass[] {
    const known = (this.byDomain ??= this.survey());
    let found = known.get(domain);
    if (found === undefined) known.set(domain, (found = this.classesOn(this.layer2.domainEnds(domain))));
    return found;
  }

  /** The same of every segment, in one pass over all ends. */
  private survey(): Map<number, readonly AddressClass[]> {
    const lists = new DistinctLists();
    const found = new Map<number, AddressClass[]>();
    const { ends } = this.layer2;
    for (let index = 0; index < ends.length; index++) {
      const end = ends[index] as End, domains = this.layer2.domainsOf(end);
      for (let at = 0; at < domains.length; at++) {
        const domain = domains[at] as number, before = found.get(domain), after = this.addClasses(end, before ?? NO_CLASSES, lists);
        if (after !== before) found.set(domain, after);
      }
    }
    return found;
  }

  private inPossibleSegment(segment: Segment): readonly AddressClass[] {
    let found = this.byPossibleSegment.get(segment);
    if (found === undefined) this.byPossibleSegment.set(segment, (found = this.classesOn(segment.ends)));
    return found;
  }

  /** Each once, in the order of the ends. */
  private classesOn(ends: readonly End[]): readonly AddressClass[] {
    const lists = new DistinctLists();
    let found = NO_CLASSES;
    for (const end of ends) found = this.addClasses(end, found, lists);
    return found;
  }

  private addClasses(end: End, to: AddressClass[], lists: DistinctLists): AddressClass[] {
    if (end.addresses.length === 1) return lists.add(to, this.book.classAt(end));
    let found = to;
    for (const text of end.addresses) found = lists.add(found, this.book.classOf(text));
    return found;
  }
}

/** So many are cheaper to look through than to hash. */
const FEW = 16;

/** Lists of classes of addresses, each once, in the order in which they come. */
class DistinctLists {
  /** What the long ones hold. */
  private readonly known = new Map<AddressClass[], Set<AddressClass>>();

  /** The list with the class: itself, or where it is short another one. */
  add(list: AddressClass[], address: AddressClass | undefined): AddressClass[] {
    if (address === undefined) return list;
    const known = list.length > FEW ? this.known.get(list) : undefined;
    if (known?.has(address) ?? list.includes(address)) return list;
    const found = withItem(list, address);
    if (known !== undefined) known.add(address);
    else if (found.length > FEW) this.known.set(found, new Set(found));
    return found;
  }
}

const NO_CLASSES: AddressClass[] = [];

function isSame(a: readonly AddressClass[], b: readonly AddressClass[]): boolean {
  const others = new Set(b);
  return a.length === b.length && a.every((address) => others.has(address));
}

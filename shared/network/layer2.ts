/** Layer 2 of a document: who hears whose frames, by which way, and what stops them. See section 3 of the semantics. */
import type { Topology } from "../model/topology";
import type { Assume, Hop } from "../analysis/result";
import { describePath, describeWitness } from "./l2-path";
import { listRoutes } from "./l2-routes";
import { blockedHops } from "./l2-blocked";
import { MissingFields } from "./l2-missing";
import { plugEnds, type Ends } from "./ends";
import { indexVlans, makeGround, type Ground } from "./ground";
import { EndClasses } from "./end-classes";
import { Hearing } from "./hearing";
import { OwnerIndex } from "./owner-index";
import { PortUses, revise, type Change } from "./revision";
import { Segments } from "./segments";
import type { Plug } from "./sockets";
import type { End, EndClass, Layer2, PathList, Segment } from "./types";
import { wire } from "./wiring";

/**
 * Compiles the document's switches, cables and ends. Answers are computed when asked for, and kept.
 *
 * @param assume `hostile`: guests send every tag that their port lets through; `configured`: those of their `guestVlans` only
 */
export function compileLayer2(topology: Topology, assume: Assume = "hostile"): Layer2 {
  const wiring = wire(topology);
  const ends = plugEnds(topology, wiring, assume);
  const { sockets } = ends.seats;
  const index = indexVlans(wiring, sockets.ports);
  const known = makeGround(wiring, index, "known");
  const complete = wiring.links.every((link) => link.ends.every((end) => end.missing === undefined)) && !sockets.incomplete;
  return new CompiledLayer2(ends, known, complete ? undefined : makeGround(wiring, index, "possible"));
}

class CompiledLayer2 implements Layer2 {
  readonly ends: readonly End[];
  readonly vmIds: readonly string[];
  readonly idle: readonly string[];
  private readonly known: Hearing;
  private owners: OwnerIndex | undefined;
  private possibleHearing: Hearing | undefined;
  private foundSegments: Segments | undefined;
  private foundMaySegments: Segments | undefined;
  private foundClasses: EndClasses | undefined;
  private missingFields: MissingFields | undefined;
  private uses: PortUses | undefined;
  /** By the ports of the sender, then of the receiver. */
  private readonly missingOf = new Map<string, Map<string, readonly string[]>>();
  private readonly plugsKeys = new Map<number, string>();

  /** @param possibleGround absent where no field is missing */
  constructor(private readonly plugged: Ends, private readonly ground: Ground, private readonly possibleGround: Ground | undefined) {
    this.ends = plugged.ends;
    this.vmIds = plugged.vmIds;
    this.idle = plugged.idle;
    this.known = new Hearing(ground, plugged);
  }

  get complete(): boolean {
    return this.possibleGround === undefined;
  }

  get segments(): readonly Segment[] {
    return this.segmentation.all;
  }

  get classes(): readonly EndClass[] {
    return this.grouping.all;
  }

  end(id: string): End | undefined {
    return this.byOwner.end(id);
  }

  endsOf(owner: string): readonly End[] {
    return this.byOwner.endsOf(owner);
  }

  hears(from: End, to: End): boolean {
    return this.known.hears(from, to);
  }

  mayHear(from: End, to: End): boolean {
    return this.possible !== undefined && !this.known.hears(from, to) && this.possible.hears(from, to);
  }

  missing(from: End, to: End): readonly string[] {
    if (this.possibleGround === undefined || !this.mayHear(from, to)) return [];
    const all = (this.missingFields ??= new MissingFields(this.known.classes, this.possibleGround));
    // Ends plugged in alike rest on the same fields.
    const known = this.missingFrom(from), key = this.plugsKeyOf(to);
    let fields = known.get(key);
    if (fields === undefined) known.set(key, (fields = all.between(this.plugsOf(from), this.plugsOf(to))));
    return fields;
  }

  missingBeyond(ends: readonly End[]): readonly string[] {
    if (this.possibleGround === undefined) return [];
    this.missingFields ??= new MissingFields(this.known.classes, this.possibleGround);
    return this.missingFields.beyond(ends.flatMap((end) => this.plugsOf(end)));
  }

  segmentsOf(end: End): readonly Segment[] {
    return this.segmentation.of(end);
  }

  maySegmentsOf(end: End): readonly Segment[] {
    if (this.possible === undefined) return this.segmentsOf(end);
    return (this.foundMaySegments ??= new Segments(this.possible, this.plugged)).of(end);
  }

  placesOf(end: End): readonly (readonly Segment[])[] {
    return this.segmentation.places(end);
  }

  domainsOf(end: End): readonly number[] {
    return this.segmentation.componentsOf(end);
  }

  domainEnds(domain: number): readonly End[] {
    return this.segmentation.endsIn(domain);
  }

  sharedSegments(a: End, b: End): readonly Segment[] {
    return this.hears(a, b) && this.hears(b, a) ? this.segmentation.shared(a, b) : [];
  }

  classOf(end: End): EndClass {
    return this.grouping.of(end);
  }

  hearers(of: EndClass): readonly EndClass[] {
    return this.grouping.hearers(this.known, of);
  }

  senders(of: EndClass): readonly EndClass[] {
    return this.grouping.senders(this.known, of);
  }

  maySenders(of: EndClass): readonly EndClass[] {
    if (this.possible === undefined) return [];
    const certain = new Set(this.senders(of));
    return this.grouping.senders(this.possible, of).filter((other) => !certain.has(other));
  }

  mayHearers(of: EndClass): readonly EndClass[] {
    if (this.possible === undefined) return [];
    const certain = new Set(this.hearers(of));
    return this.grouping.hearers(this.possible, of).filter((other) => !certain.has(other));
  }

  path(from: End, to: End): readonly Hop[] | undefined {
    return this.hears(from, to) ? describePath(this.ground, from, this.plugsOf(from), to, this.plugsOf(to)) : undefined;
  }

  paths(from: End, to: End, most: number): PathList {
    if (!this.hears(from, to)) return { paths: [], count: 0, exact: true };
    const { routes, exact } = listRoutes(this.ground, this.plugsOf(from), this.plugsOf(to));
    return { paths: routes.slice(0, most).map((route) => describeWitness(this.ground, from, to, route)), count: routes.length, exact };
  }

  blockedAt(from: End, to: End): readonly Hop[] {
    return this.hears(from, to) || from.index === to.index ? [] : blockedHops(this.ground, from, this.plugsOf(from), to, this.plugsOf(to));
  }

  revise(topology: Topology, change: Change): ReturnType<Layer2["revise"]> {
    const { plugged, ground } = this;
    this.uses ??= new PortUses(plugged.seats);
    const revision = revise({ plugged, ground, owners: this.byOwner, uses: this.uses, complete: this.possibleGround === undefined }, topology, change);
    if (revision === undefined) return undefined;
    for (const end of revision.renewed) plugged.ends[end.index] = end;
    const { ends, groups } = this.known.revise(revision.moves.keys(), revision.left);
    const touched = new Set([...ends, ...(this.possibleHearing?.revise(revision.moves.keys(), revision.left).ends ?? [])]);
    this.foundClasses?.revise(touched);
    const renumbered = this.foundSegments?.revise(groups) === false;
    if (renumbered) this.foundSegments = undefined;
    this.foundMaySegments = undefined;
    this.missingFields = undefined;
    this.missingOf.clear();
    this.plugsKeys.clear();
    return { ends: [...touched].map((index) => this.ends[index] as End), renumbered };
  }

  private plugsOf(end: End): readonly Plug[] {
    return this.plugged.seats.plugsOf(end.index);
  }

  private missingFrom(end: End): Map<string, readonly string[]> {
    const key = this.plugsKeyOf(end);
    let found = this.missingOf.get(key);
    if (found === undefined) this.missingOf.set(key, (found = new Map()));
    return found;
  }

  private plugsKeyOf({ index }: End): string {
    let key = this.plugsKeys.get(index);
    if (key === undefined) this.plugsKeys.set(index, (key = this.plugged.seats.plugsOf(index).map((plug) => `${plug.index}@${plug.instance}`).join()));
    return key;
  }

  private get byOwner(): OwnerIndex {
    return (this.owners ??= new OwnerIndex(this.ends));
  }

  private get possible(): Hearing | undefined {
    if (this.possibleGround === undefined) return undefined;
    return (this.possibleHearing ??= new Hearing(this.possibleGround, this.plugged));
  }

  private get segmentation(): Segments {
    return (this.foundSegments ??= new Segments(this.known, this.plugged));
  }

  private get grouping(): EndClasses {
    return (this.foundClasses ??= new EndClasses(this.ends, this.known, this.possible));
  }
}

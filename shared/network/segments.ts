/**
 * Segments: strongly connected components of (switch instance, VLAN), their names and their ends. Built from zones, whose places are
 * strongly connected already.
 */
import type { Buckets } from "./buckets";
import type { Ends } from "./ends";
import type { Hearing } from "./hearing";
import { MeetingPoints } from "./meeting-points";
import { Roll } from "./roll";
import { SegmentMembers, type SegmentName } from "./segment-members";
import type { Plug } from "./sockets";
import type { End, Segment } from "./types";
import { heardBy, sentBy } from "./walk";
import { ZoneComponents } from "./zone-components";

export class Segments {
  private described: readonly FoundSegment[] | undefined;
  private readonly joined: ZoneComponents;
  private readonly points: MeetingPoints;
  private foundMembers: SegmentMembers | undefined;
  private readonly names: (SegmentName | undefined)[] = [];
  private byComponent: (FoundSegment | undefined)[] = [];
  /** By component: ends of the private VLAN whose primary it is. */
  private readonly privateEnds = new Map<number, Set<End>>();
  /** By end: the same the other way round. */
  private readonly primaries = new Map<number, Set<number>>();
  private groupsOfComponent: Buckets | undefined;
  private endsOfComponent: (readonly End[])[] = [];
  private readonly endsOfGroup: Roll;
  private groupCount: number;
  private readonly localVlans: number;

  constructor(private readonly hearing: Hearing, private readonly plugged: Ends) {
    this.joined = new ZoneComponents(hearing.classes);
    this.points = new MeetingPoints(hearing, this.joined);
    this.endsOfGroup = new Roll(hearing.groupOf, () => hearing.groupCount);
    this.groupCount = hearing.groupCount;
    this.localVlans = hearing.classes.localVlans.version;
    this.findPrivateDomains();
  }

  get all(): readonly FoundSegment[] {
    return (this.described ??= this.describe());
  }

  /** Goes along with ends that were in some of these groups, or are now. Returns false where the components are others: then start anew. */
  revise(groups: ReadonlySet<number>): boolean {
    const { classes, groupCount } = this.hearing;
    if (classes.localVlans.version !== this.localVlans || classes.zones.count + classes.locals.all.length !== this.joined.of.length) return false;
    if (this.hasPrivateVlans()) return false;
    this.described = undefined;
    this.endsOfComponent = [];
    if (groupCount !== this.groupCount) this.groupsOfComponent = undefined;
    this.groupCount = groupCount;
    this.endsOfGroup.changed(groups);
    return true;
  }

  /** The components that the end both sends into and hears. */
  componentsOf(end: End): readonly number[] {
    const exact = this.exactly(end);
    const primaries = this.primaries.get(end.index);
    return primaries === undefined ? exact : [...new Set([...exact, ...primaries])];
  }

  of(end: End): readonly Segment[] {
    return this.sorted(this.componentsOf(end));
  }

  /** The same, where a VLAN of a virtual switch whose uplinks lead to several segments is in all of them, and one place all the same. */
  places(end: End): readonly (readonly Segment[])[] {
    const all = this.of(end);
    const { classes, ground } = this.hearing;
    const spread = (local: number): boolean => this.joined.containingLocal(local).length > 1;
    if (!this.hearing.classesOf(this.hearing.groupOf[end.index] as number).some(({ localHear }) => localHear.some(spread))) return all.map((segment) => [segment]);
    const found = new Map<string, readonly Segment[]>();
    const add = (segments: readonly Segment[]): unknown => found.set(segments.map(({ index }) => index).join(), segments);
    for (const plug of this.plugged.seats.plugsOf(end.index)) {
      const sent = new Set(sentBy(ground, plug));
      for (const vlan of heardBy(ground, plug)) {
        const zone = sent.has(vlan) ? classes.zoneAt(plug.instance, vlan) : undefined;
        if (zone !== undefined) add(this.sorted(this.joined.containing(zone)));
      }
    }
    // Those whose frames come in another VLAN than they go out in.
    const counted = new Set([...found.values()].flat());
    for (const segment of all) if (!counted.has(segment)) add([segment]);
    return [...found.values()];
  }

  /** Where two ends that hear one another meet; where they do so by one-way streets only, the segments of the one that has fewer. */
  shared(a: End, b: End): readonly Segment[] {
    const own = new Set(this.exactly(b));
    const exact = Array.from(this.exactly(a)).filter((component) => own.has(component));
    if (exact.length > 0) return this.sorted(exact);
    const [some, others] = [this.of(a), this.of(b)];
    const common = some.filter((segment) => others.includes(segment));
    if (common.length > 0) return common;
    return some.length < others.length || (some.length === others.length && a.index < b.index) ? some : others;
  }

  /** Sorted by id. */
  endsIn(component: number): readonly End[] {
    return (this.endsOfComponent[component] ??= this.findEnds(component));
  }

  private findEnds(component: number): readonly End[] {
    const groups = (this.groupsOfComponent ??= this.points.groupsByComponent());
    const own = this.privateEnds.get(component);
    const here = groups.of(component);
    if (own === undefined && here.length === 1) return Array.from(this.endsOfGroup.of(here[0] as number), (end) => this.plugged.ends[end] as End);
    const ends = new Set<End>(own);
    for (const group of here) for (const end of this.endsOfGroup.of(group)) ends.add(this.plugged.ends[end] as End);
    return [...ends].sort((a, b) => a.index - b.index);
  }

  private get members(): SegmentMembers {
    return (this.foundMembers ??= new SegmentMembers(this.hearing.classes, this.joined.of));
  }

  membersOf(component: number): Segment["members"] {
    return this.members.list(component);
  }

  private exactly(end: End): readonly number[] {
    return this.points.of(this.hearing.groupOf[end.index] as number);
  }

  private sorted(components: Iterable<number>): readonly Segment[] {
    this.described ??= this.describe();
    const found: Segment[] = [];
    for (const component of components) {
      const segment = this.byComponent[component];
      if (segment !== undefined) found.push(segment);
    }
    return found.length < 2 ? found : found.sort((a, b) => a.index - b.index);
  }

  /** Isolated and community ports send in their secondary and hear the primary: they are listed with the primary. */
  private findPrivateDomains(): void {
    const { seats, ends } = this.plugged;
    if (!this.hasPrivateVlans()) return;
    for (const end of ends) for (const plug of seats.plugsOf(end.index)) this.joinPrivateDomain(end, plug);
  }

  private hasPrivateVlans(): boolean {
    for (const { primary } of this.plugged.seats.ports) if (primary !== undefined) return true;
    return false;
  }

  private joinPrivateDomain(end: End, { port, instance }: Plug): void {
    const { classes, ground } = this.hearing;
    const zone = port.primary === undefined ? undefined : classes.zoneAt(instance, ground.index.indexOf[port.primary] as number);
    if (zone === undefined) return;
    for (const component of this.joined.containing(zone)) {
      this.privateEnds.set(component, (this.privateEnds.get(component) ?? new Set()).add(end));
      this.primaries.set(end.index, (this.primaries.get(end.index) ?? new Set()).add(component));
    }
  }

  private describe(): readonly FoundSegment[] {
    const inhabited = this.points.inhabited();
    for (const component of this.privateEnds.keys()) inhabited[component] = 1;
    const segments: FoundSegment[] = [];
    // Zones are numbered by switch and VLAN, so in this order they are nearly sorted by name.
    for (let component = 0; component < inhabited.length; component++) if (inhabited[component] === 1) segments.push(new FoundSegment(component, this.nameOf(component), this));
    segments.sort(byName);
    this.byComponent = [];
    for (let index = 0; index < segments.length; index++) {
      const segment = segments[index] as FoundSegment;
      segment.index = index;
      this.byComponent[segment.component] = segment;
    }
    return segments;
  }

  private nameOf(component: number): SegmentName {
    return (this.names[component] ??= this.members.name(component));
  }
}

function byName({ name: a }: FoundSegment, { name: b }: FoundSegment): number {
  return a.rank - b.rank || (a.vni ?? 0) - (b.vni ?? 0) || a.instance - b.instance || a.zone - b.zone;
}

/** Ends and members are listed when someone asks: a guest trunk of all VLANs is in thousands of segments. */
class FoundSegment implements Segment {
  index = -1;
  private foundEnds: readonly End[] | undefined;
  private foundMembers: Segment["members"] | undefined;

  constructor(readonly component: number, readonly name: SegmentName, private readonly segments: Segments) {}

  get id(): string {
    const { vni, vlan } = this.name;
    return vni === undefined ? `${this.switch}.${vlan}` : `${this.switch}.vni${vni}`;
  }

  get switch(): string {
    return this.name.switch;
  }

  get vlan(): number {
    return this.name.vlan;
  }

  get vni(): number | undefined {
    return this.name.vni;
  }

  get ends(): readonly End[] {
    return (this.foundEnds ??= this.segments.endsIn(this.component));
  }

  get members(): Segment["members"] {
    return (this.foundMembers ??= this.segments.membersOf(this.component));
  }
}

/**
 * Segments: strongly connected components of (switch instance, VLAN), their names and their ends. Built from zones, whose places are
 * strongly connected already.
 */
import { compareIds } from "../model/topology";
import { components } from "./scc";
import type { Ends } from "./ends";
import type { Hearing } from "./hearing";
import { sourcesOf, targetsOf } from "./ground";
import type { PlugClass } from "./plug-class";
import { SegmentMembers, type SegmentName } from "./segment-members";
import type { End, Segment } from "./types";

export class Segments {
  readonly all: readonly Segment[];
  private readonly componentOfZone: Int32Array;
  private readonly byComponent = new Map<number, Segment>();
  /** By group of ends: components that they send into and hear. Groups that are alike share the list. */
  private readonly exact: readonly Int32Array[];
  /** By component: ends of the private VLAN whose primary it is. */
  private readonly privateEnds = new Map<number, Set<End>>();
  /** By end: the same the other way round. */
  private readonly primaries = new Map<number, Set<number>>();
  private endsOfGroup: readonly (readonly End[])[] | undefined;

  constructor(private readonly hearing: Hearing, private readonly plugged: Ends) {
    this.componentOfZone = joinZones(hearing);
    this.exact = meetingPoints(hearing, this.componentOfZone);
    this.findPrivateDomains();
    this.all = this.describe();
  }

  of(end: End): readonly Segment[] {
    return this.sorted(new Set([...this.exactly(end), ...(this.primaries.get(end.index) ?? [])]));
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

  private exactly(end: End): Int32Array {
    return this.exact[this.hearing.groupOf[end.index] as number] as Int32Array;
  }

  private sorted(components: Iterable<number>): readonly Segment[] {
    return [...components].flatMap((component) => this.byComponent.get(component) ?? []).sort((a, b) => a.index - b.index);
  }

  /** Isolated and community ports send in their secondary and hear the primary: they are listed with the primary. */
  private findPrivateDomains(): void {
    const { classes, ground } = this.hearing;
    for (const end of this.plugged.ends) {
      for (const plug of this.plugged.seats.plugsOf(end.index)) {
        if (plug.port.primary === undefined) continue;
        const zone = classes.zoneAt(plug.instance, ground.index.indexOf[plug.port.primary] as number);
        if (zone === undefined) continue;
        const component = this.componentOfZone[zone] as number;
        this.privateEnds.set(component, (this.privateEnds.get(component) ?? new Set()).add(end));
        this.primaries.set(end.index, (this.primaries.get(end.index) ?? new Set()).add(component));
      }
    }
  }

  private describe(): readonly Segment[] {
    const groups = new Map<number, number[]>();
    for (const component of this.privateEnds.keys()) groups.set(component, []);
    this.exact.forEach((components, group) => {
      for (const component of components) {
        const own = groups.get(component);
        if (own === undefined) groups.set(component, [group]);
        else own.push(group);
      }
    });
    const members = new SegmentMembers(this.hearing.classes, this.componentOfZone, groups.keys());
    const named = [...groups].map(([component, own]) => ({ component, own, name: members.name(component) }));
    named.sort((a, b) => compareIds(a.name.switch, b.name.switch) || a.name.vlan - b.name.vlan || (a.name.vni ?? 0) - (b.name.vni ?? 0) || a.component - b.component);
    return named.map(({ component, own, name }, index) => {
      const segment = new FoundSegment(index, name, () => this.endsIn(component, own), () => members.list(component));
      this.byComponent.set(component, segment);
      return segment;
    });
  }

  private endsIn(component: number, groups: readonly number[]): readonly End[] {
    this.endsOfGroup ??= this.groupEnds();
    const ends = groups.flatMap((group) => this.endsOfGroup?.[group] ?? []);
    const own = this.privateEnds.get(component);
    return (own === undefined ? ends : [...new Set([...ends, ...own])]).sort((a, b) => a.index - b.index);
  }

  private groupEnds(): readonly (readonly End[])[] {
    const ends: End[][] = Array.from({ length: this.hearing.groupCount }, () => []);
    for (const end of this.plugged.ends) ends[this.hearing.groupOf[end.index] as number]?.push(end);
    return ends;
  }
}

/** Ends and members are listed when someone asks: a guest trunk of all VLANs is in thousands of segments. */
class FoundSegment implements Segment {
  readonly id: string;
  readonly switch: string;
  readonly vlan: number;
  readonly vni?: number;
  private foundEnds: readonly End[] | undefined;
  private foundMembers: Segment["members"] | undefined;

  constructor(readonly index: number, name: SegmentName, private readonly findEnds: () => readonly End[], private readonly findMembers: () => Segment["members"]) {
    this.id = name.vni === undefined ? `${name.switch}.${name.vlan}` : `${name.switch}.vni${name.vni}`;
    this.switch = name.switch;
    this.vlan = name.vlan;
    if (name.vni !== undefined) this.vni = name.vni;
  }

  get ends(): readonly End[] {
    return (this.foundEnds ??= this.findEnds());
  }

  get members(): Segment["members"] {
    return (this.foundMembers ??= this.findMembers());
  }
}

/** By group: the components that its ends both send into and hear. */
function meetingPoints(hearing: Hearing, componentOfZone: Int32Array): readonly Int32Array[] {
  const { classes, groupCount } = hearing;
  const { zones, reach } = classes;
  const ofZone = (zone: number): number => componentOfZone[zone] as number;
  const ofLocal = (local: number): number => ofZone(zones.count + local);
  const physical = new Map<Int32Array, Map<Int32Array, readonly number[]>>();
  const meet = ({ out, hear }: PlugClass): readonly number[] => {
    const row = physical.get(out) ?? new Map<Int32Array, readonly number[]>();
    physical.set(out, row);
    const heard = new Set(row.has(hear) ? [] : Array.from(hear, (cell) => ofZone(reach.zoneOf(cell))));
    const found = row.get(hear) ?? [...new Set(Array.from(out, ofZone))].filter((component) => heard.has(component));
    row.set(hear, found);
    return found;
  };
  return Array.from({ length: groupCount }, (_, index) => {
    const group = hearing.classesOf(index);
    const [only] = group;
    // A local VLAN may be in the component of a physical zone, where two uplinks lead to different ones.
    const simple = group.length === 1 && only !== undefined && only.localOut.length === 0 && only.localHear.length === 0;
    if (simple) return Int32Array.from(meet(only));
    const sent = new Set(group.flatMap(({ out, localOut }) => [...Array.from(out, ofZone), ...Array.from(localOut, ofLocal)]));
    const heard = new Set(group.flatMap(({ hear, localHear }) => [...Array.from(hear, (cell) => ofZone(reach.zoneOf(cell))), ...Array.from(localHear, ofLocal)]));
    return Int32Array.from([...sent].filter((component) => heard.has(component)));
  });
}

/** The component of every zone, physical and local. */
function joinZones({ classes }: Hearing): Int32Array {
  const { zones, locals: { all: locals }, attachments } = classes;
  const next = new Map<number, number[]>();
  const lead = (from: number, to: number): void => {
    const own = next.get(from);
    if (own === undefined) next.set(from, [to]);
    else own.push(to);
  };
  for (const { from, to } of zones.oneWay) if (zones.of[from] !== zones.of[to]) lead(zones.of[from] as number, zones.of[to] as number);
  locals.forEach(({ instance, vlan }, local) => {
    if (vlan === -1) return;
    for (const { physical, out, into } of attachments.at(instance).uplinks) {
      const zoneOf = (physicalVlan: number): number => zones.of[physical * zones.width + physicalVlan] as number;
      for (const target of targetsOf(out, vlan)) lead(zones.count + local, zoneOf(target));
      for (const source of sourcesOf(into, vlan)) lead(zoneOf(source), zones.count + local);
    }
  });
  return components(zones.count + locals.length, (zone) => next.get(zone) ?? []);
}

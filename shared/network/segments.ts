/**
 * Segments: strongly connected components of (switch instance, VLAN), their names and their ends. Built from zones, whose places are
 * strongly connected already.
 */
import { compareIds } from "../model/topology";
import { components } from "./scc";
import type { Ends } from "./ends";
import type { Hearing } from "./hearing";
import { sourcesOf, targetsOf } from "./ground";
import { SegmentMembers } from "./segment-members";
import type { End, Segment } from "./types";

export class Segments {
  readonly all: readonly Segment[];
  private readonly componentOfZone: Int32Array;
  private readonly byComponent = new Map<number, Segment>();
  /** By group of ends: components that they send into and hear. */
  private readonly exact: Int32Array[];
  /** By end: components of private VLANs' primaries. */
  private readonly primary = new Map<number, Set<number>>();

  constructor(private readonly hearing: Hearing, private readonly plugged: Ends) {
    this.componentOfZone = joinZones(hearing);
    this.exact = hearing.groups.map((group) => {
      const { zones, reach } = hearing.classes;
      const ofZone = (zone: number): number => this.componentOfZone[zone] as number;
      const heard = new Set(group.flatMap(({ hear, localHear }) => [
        ...Array.from(hear, (cell) => ofZone(reach.zoneOf(cell))), ...Array.from(localHear, (local) => ofZone(zones.count + local)),
      ]));
      const sent = new Set(group.flatMap(({ out, localOut }) => [...Array.from(out, ofZone), ...Array.from(localOut, (local) => ofZone(zones.count + local))]));
      return Int32Array.from([...sent].filter((component) => heard.has(component)));
    });
    this.findPrivateDomains();
    this.all = this.describe();
  }

  of(end: End): readonly Segment[] {
    return this.sorted(new Set([...this.exactly(end), ...(this.primary.get(end.index) ?? [])]));
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
      for (const plug of this.plugged.plugs[end.index] ?? []) {
        const instance = ground.wiring.instances[plug.instance];
        if (plug.port.primary === undefined || instance === undefined) continue;
        const zone = classes.zoneAt(instance, ground.index.indexOf[plug.port.primary] as number);
        if (zone === undefined) continue;
        const own = this.primary.get(end.index) ?? new Set();
        this.primary.set(end.index, own.add(this.componentOfZone[zone] as number));
      }
    }
  }

  private describe(): readonly Segment[] {
    const ends = new Map<number, Set<End>>();
    for (const end of this.plugged.ends) {
      for (const component of [...this.exactly(end), ...(this.primary.get(end.index) ?? [])]) {
        const own = ends.get(component);
        if (own === undefined) ends.set(component, new Set([end]));
        else own.add(end);
      }
    }
    const members = new SegmentMembers(this.hearing.classes, this.componentOfZone, ends.keys());
    const named = [...ends].map(([component, own]) => ({ component, own, name: members.name(component) }));
    named.sort((a, b) => compareIds(a.name.switch, b.name.switch) || a.name.vlan - b.name.vlan || (a.name.vni ?? 0) - (b.name.vni ?? 0) || a.component - b.component);
    return named.map(({ component, own, name }, index) => {
      const id = name.vni === undefined ? `${name.switch}.${name.vlan}` : `${name.switch}.vni${name.vni}`;
      let found: Segment["members"] | undefined;
      const segment: Segment = {
        index, id, ...name, ends: [...own],
        get members() {
          return (found ??= members.list(component));
        },
      };
      this.byComponent.set(component, segment);
      return segment;
    });
  }
}

/** The component of every zone, physical and local. */
function joinZones({ classes, ground }: Hearing): Int32Array {
  const { zones, locals } = classes;
  const next = new Map<number, number[]>();
  const lead = (from: number, to: number): void => {
    const own = next.get(from);
    if (own === undefined) next.set(from, [to]);
    else own.push(to);
  };
  for (const { from, to } of zones.oneWay) if (zones.of[from] !== zones.of[to]) lead(zones.of[from] as number, zones.of[to] as number);
  locals.forEach(({ instance, vlan }, local) => {
    const own = ground.wiring.instances[instance];
    if (vlan === -1 || own === undefined) return;
    for (const { physical, out, into } of classes.attachment(own).uplinks) {
      const zoneOf = (physicalVlan: number): number => zones.of[physical * zones.width + physicalVlan] as number;
      for (const target of targetsOf(out, vlan)) lead(zones.count + local, zoneOf(target));
      for (const source of sourcesOf(into, vlan)) lead(zoneOf(source), zones.count + local);
    }
  });
  return components(zones.count + locals.length, (zone) => next.get(zone) ?? []);
}

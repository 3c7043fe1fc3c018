/** The components that ends both send into and hear, group by group. */
import { Buckets } from "./buckets";
import type { Hearing } from "./hearing";
import type { PlugClass } from "./plug-class";
import type { ZoneComponents } from "./zone-components";

const SEVERAL = -1;

export class MeetingPoints {
  /** By group: its one component, or `SEVERAL`. */
  private readonly soleOf: Int32Array;
  /** By group, where it has several. Groups that are alike share the list. */
  private readonly several = new Map<number, readonly number[]>();
  private readonly physical = new Map<Int32Array, Map<Int32Array, readonly number[]>>();

  constructor(private readonly hearing: Hearing, private readonly joined: ZoneComponents) {
    this.soleOf = new Int32Array(hearing.groupCount);
    for (let group = 0; group < hearing.groupCount; group++) {
      this.soleOf[group] = SEVERAL;
      // Its ends have been plugged in elsewhere.
      if (hearing.sizeOf(group) === 0) continue;
      const plain = hearing.plainOf(group);
      this.soleOf[group] = plain === -1 ? SEVERAL : this.ofZone(plain);
      if (plain === -1) this.several.set(group, this.find(hearing.classesOf(group)));
    }
  }

  of(group: number): readonly number[] {
    const sole = this.soleOf[group] as number;
    return sole === SEVERAL ? (this.several.get(group) ?? []) : [sole];
  }

  components(): Set<number> {
    const found = new Set<number>();
    for (const component of this.soleOf) if (component !== SEVERAL) found.add(component);
    for (const list of new Set(this.several.values())) for (const component of list) found.add(component);
    return found;
  }

  /** The groups of each component. */
  groupsByComponent(): Buckets {
    const [components, groups]: [number[], number[]] = [[], []];
    for (let group = 0; group < this.soleOf.length; group++) {
      for (const component of this.of(group)) {
        components.push(component);
        groups.push(group);
      }
    }
    return new Buckets(this.joined.of.length, components, groups);
  }

  private find(group: readonly PlugClass[]): readonly number[] {
    const [only] = group;
    if (group.length === 1 && only !== undefined && only.localOut.length === 0 && only.localHear.length === 0) return this.meet(only);
    const sent = new Set<number>();
    const heard = new Set<number>();
    const locals = new Set<number>();
    for (const { out, hear, localOut } of group) {
      for (const zone of out) sent.add(this.ofZone(zone));
      for (const cell of hear) heard.add(this.ofCell(cell));
      for (const local of localOut) locals.add(local);
    }
    const found = new Set([...sent].filter((component) => heard.has(component)));
    // What is sent and heard on one VLAN of a virtual switch is so in all components that the VLAN is in.
    for (const { localHear } of group) for (const local of localHear) if (locals.has(local)) for (const component of this.joined.containingLocal(local)) found.add(component);
    return [...found];
  }

  private meet({ out, hear }: PlugClass): readonly number[] {
    let row = this.physical.get(out);
    if (row === undefined) this.physical.set(out, (row = new Map()));
    let found = row.get(hear);
    if (found === undefined) {
      const heard = new Set(Array.from(hear, (cell) => this.ofCell(cell)));
      row.set(hear, (found = [...new Set(Array.from(out, (zone) => this.ofZone(zone)))].filter((component) => heard.has(component))));
    }
    return found;
  }

  private ofZone(zone: number): number {
    return this.joined.of[zone] as number;
  }

  private ofCell(cell: number): number {
    return this.ofZone(this.hearing.classes.reach.zoneOf(cell));
  }
}

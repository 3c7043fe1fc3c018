/** The components that ends both send into and hear, group by group. */
import { Buckets } from "./buckets";
import type { Hearing } from "./hearing";
import { roomFor } from "./lists";
import type { PlugClass } from "./plug-class";
import type { ZoneComponents } from "./zone-components";

const SEVERAL = -1;

export class MeetingPoints {
  /** By group: its one component, or `SEVERAL`. */
  private readonly soleOf: number[] = [];
  private readonly listsOfOne: (readonly number[] | undefined)[];
  /** By group, where it has several. Groups that are alike share the list. */
  private readonly several = new Map<number, readonly number[]>();
  private readonly physical = new Map<Int32Array, Map<Int32Array, readonly number[]>>();

  constructor(private readonly hearing: Hearing, private readonly joined: ZoneComponents) {
    this.listsOfOne = roomFor(joined.of.length);
  }

  of(group: number): readonly number[] {
    const sole = this.soleAt(group);
    return sole === SEVERAL ? (this.several.get(group) ?? []) : (this.listsOfOne[sole] ??= [sole]);
  }

  /** By component: 1 where an end is in it. */
  inhabited(): Uint8Array {
    const found = new Uint8Array(this.joined.of.length);
    const lists = new Set<readonly number[]>();
    for (let group = 0; group < this.hearing.groupCount; group++) {
      if (this.hearing.sizeOf(group) === 0) continue;
      const sole = this.soleAt(group);
      if (sole === SEVERAL) lists.add(this.of(group));
      else found[sole] = 1;
    }
    for (const list of lists) for (const component of list) found[component] = 1;
    return found;
  }

  /** The groups of each component, those without ends too. */
  groupsByComponent(): Buckets {
    const [components, groups]: [number[], number[]] = [[], []];
    for (let group = 0; group < this.hearing.groupCount; group++) {
      const sole = this.soleAt(group);
      for (const component of sole === SEVERAL ? this.of(group) : [sole]) {
        components.push(component);
        groups.push(group);
      }
    }
    return new Buckets(this.joined.of.length, components, groups);
  }

  private soleAt(group: number): number {
    return (this.soleOf[group] ??= this.locate(group));
  }

  private locate(group: number): number {
    const plain = this.hearing.plainOf(group);
    if (plain !== -1) return this.ofZone(plain);
    this.several.set(group, this.find(this.hearing.classesOf(group)));
    return SEVERAL;
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

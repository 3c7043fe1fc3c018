/** The classes of ends that callers see: groups that neither what is known nor what is possible tells apart. */
import type { Hearing } from "./hearing";
import { withItem } from "./lists";
import { Roll } from "./roll";
import type { End, EndClass } from "./types";

/** Above the number of groups of any document. */
const MANY = 2 ** 26;

export class EndClasses {
  private readonly found: FoundClass[] = [];
  /** By end. With one hearing a class is a group. */
  private readonly classOf: Int32Array;
  private readonly sizes: number[] = [];
  private readonly byGroups = new Map<number, number>();
  private readonly groupsOfClass = new Map<Hearing, number[]>();
  private readonly classesOfGroup = new Map<Hearing, number[][]>();
  private readonly lists: (readonly End[] | undefined)[] = [];
  private readonly members: Roll;

  /** @param possible absent where no field is missing */
  constructor(private readonly ends: readonly End[], private readonly known: Hearing, private readonly possible: Hearing | undefined) {
    this.classOf = new Int32Array(ends.length);
    this.members = new Roll(this.classOf, () => this.found.length);
    for (let end = 0; end < ends.length; end++) this.enter(end);
  }

  get all(): readonly EndClass[] {
    return this.found;
  }

  /** Goes along with ends that are in other groups now, or have new records. */
  revise(changed: Iterable<number>): void {
    const touched = new Set<number>();
    for (const end of changed) {
      const before = this.classOf[end] as number;
      this.sizes[before] = (this.sizes[before] as number) - 1;
      touched.add(before).add(this.enter(end));
    }
    for (const index of touched) this.lists[index] = undefined;
    this.members.changed(touched);
  }

  private enter(end: number): number {
    const group = this.known.groupOf[end] as number;
    const index = this.possible === undefined ? group : this.join(group, this.possible, this.possible.groupOf[end] as number);
    while (this.found.length <= index) this.sizes[this.found.push(new FoundClass(this.found.length, this)) - 1] = 0;
    this.classOf[end] = index;
    this.sizes[index] = (this.sizes[index] as number) + 1;
    return index;
  }

  of(end: End): EndClass {
    return this.found[this.classOf[end.index] as number] as EndClass;
  }

  /** Classes with an end that hears a frame of the class, by index; of the class itself only another end counts. */
  hearers(hearing: Hearing, of: EndClass): readonly EndClass[] {
    return this.around(hearing, of, (group) => hearing.hearersOf(group));
  }

  /** Classes with an end whose frames the class hears, likewise. */
  senders(hearing: Hearing, of: EndClass): readonly EndClass[] {
    return this.around(hearing, of, (group) => hearing.sendersTo(group));
  }

  private around(hearing: Hearing, { index }: EndClass, groups: (group: number) => readonly number[]): readonly EndClass[] {
    let found: EndClass[] = [];
    for (const group of groups(this.groupsOfClass.get(hearing)?.[index] ?? index)) {
      for (const other of this.possible === undefined ? [group] : (this.classesOfGroup.get(hearing)?.[group] ?? [])) if ((this.sizes[other] as number) > (other === index ? 1 : 0)) found = withItem(found, this.found[other] as EndClass);
    }
    return this.possible === undefined ? found : found.sort((a, b) => a.index - b.index);
  }

  sizeOf(index: number): number {
    return this.sizes[index] ?? 0;
  }

  /** The ends of a class, sorted by id. */
  endsOf(index: number): readonly End[] {
    return (this.lists[index] ??= this.list(index));
  }

  private list(index: number): readonly End[] {
    if ((this.sizes[index] as number) === 0) return [];
    const found: End[] = [];
    for (const end of this.members.of(index)) found.push(this.ends[end] as End);
    return found;
  }

  /** The class of the ends of a group of each hearing. */
  private join(group: number, possible: Hearing, possibleGroup: number): number {
    const key = group * MANY + possibleGroup;
    let found = this.byGroups.get(key);
    if (found === undefined) {
      this.byGroups.set(key, (found = this.byGroups.size));
      for (const [hearing, own] of [[this.known, group], [possible, possibleGroup]] as const) this.relate(hearing, own, found);
    }
    return found;
  }

  private relate(hearing: Hearing, group: number, index: number): void {
    const groups = this.groupsOfClass.get(hearing) ?? [];
    const classes = this.classesOfGroup.get(hearing) ?? [];
    groups[index] = group;
    (classes[group] ??= []).push(index);
    this.groupsOfClass.set(hearing, groups);
    this.classesOfGroup.set(hearing, classes);
  }
}

class FoundClass implements EndClass {
  constructor(readonly index: number, private readonly classes: EndClasses) {}

  get ends(): readonly End[] {
    return this.classes.endsOf(this.index);
  }

  get size(): number {
    return this.classes.sizeOf(this.index);
  }
}

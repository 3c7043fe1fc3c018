/** The classes of ends that callers see: groups that neither what is known nor what is possible tells apart. */
import { Buckets } from "./buckets";
import type { Hearing } from "./hearing";
import type { End, EndClass } from "./types";

/** Above the number of groups of any document. */
const MANY = 2 ** 26;

export class EndClasses {
  readonly all: readonly EndClass[];
  /** By end. With one hearing a class is a group. */
  private readonly classOf: Int32Array;
  private readonly sizes: number[] = [];
  private readonly byGroups = new Map<number, number>();
  private readonly groupsOfClass = new Map<Hearing, number[]>();
  private readonly classesOfGroup = new Map<Hearing, number[][]>();
  private readonly lists: (readonly End[] | undefined)[] = [];
  private members: Buckets | undefined;

  /** @param possible absent where no field is missing */
  constructor(private readonly ends: readonly End[], private readonly known: Hearing, private readonly possible: Hearing | undefined) {
    this.classOf = possible === undefined ? known.groupOf : Int32Array.from(known.groupOf, (group, end) => this.join(group, possible, possible.groupOf[end] as number));
    for (const index of this.classOf) this.sizes[index] = (this.sizes[index] ?? 0) + 1;
    this.all = this.sizes.map((_, index) => new FoundClass(index, this));
  }

  of(end: End): EndClass {
    return this.all[this.classOf[end.index] as number] as EndClass;
  }

  /** Classes with an end that hears a frame of the class, by index; of the class itself only another end counts. */
  hearers(hearing: Hearing, { index }: EndClass): readonly EndClass[] {
    const found: EndClass[] = [];
    for (const group of hearing.hearersOf(this.groupsOfClass.get(hearing)?.[index] ?? index)) {
      for (const other of this.classesOfGroup.get(hearing)?.[group] ?? [group]) if (other !== index || (this.sizes[index] as number) > 1) found.push(this.all[other] as EndClass);
    }
    return this.possible === undefined ? found : found.sort((a, b) => a.index - b.index);
  }

  /** The ends of a class, sorted by id. */
  endsOf(index: number): readonly End[] {
    return (this.lists[index] ??= this.list(index));
  }

  private list(index: number): readonly End[] {
    return toEnds(this.ends, (this.members ??= new Buckets(this.all.length, this.classOf)).of(index));
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
}

function toEnds(ends: readonly End[], indices: Int32Array): End[] {
  const found: End[] = [];
  for (const index of indices) found.push(ends[index] as End);
  return found;
}

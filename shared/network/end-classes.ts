/** The classes of ends that callers see: groups that neither what is known nor what is possible tells apart. */
import type { Hearing } from "./hearing";
import type { End, EndClass } from "./types";

export class EndClasses {
  readonly all: readonly EndClass[];
  private readonly classOfEnd: EndClass[] = [];
  /** By hearing, by group: its classes. */
  private readonly ofGroup = new Map<Hearing, EndClass[][]>();

  constructor(ends: readonly End[], hearings: readonly Hearing[]) {
    const byKey = new Map<string, { index: number; ends: End[] }>();
    for (const end of ends) {
      const key = hearings.map((hearing) => hearing.groupOf[end.index]).join();
      let own = byKey.get(key);
      if (own === undefined) {
        byKey.set(key, (own = { index: byKey.size, ends: [] }));
        for (const hearing of hearings) this.classesOf(hearing, end).push(own);
      }
      own.ends.push(end);
      this.classOfEnd[end.index] = own;
    }
    this.all = [...byKey.values()];
  }

  of(end: End): EndClass {
    return this.classOfEnd[end.index] as EndClass;
  }

  /** Classes with an end that hears a frame of the class, by index; of the class itself only another end counts. */
  hearers(hearing: Hearing, of: EndClass): readonly EndClass[] {
    const [sample] = of.ends;
    if (sample === undefined) return [];
    const groups = hearing.hearersOf(hearing.groupOf[sample.index] as number);
    const found: EndClass[] = [];
    for (const group of groups) for (const other of this.ofGroup.get(hearing)?.[group] ?? []) if (other !== of || of.ends.length > 1) found.push(other);
    return found.sort((a, b) => a.index - b.index);
  }

  private classesOf(hearing: Hearing, end: End): EndClass[] {
    const groups = this.ofGroup.get(hearing) ?? [];
    this.ofGroup.set(hearing, groups);
    return (groups[hearing.groupOf[end.index] as number] ??= []);
  }
}

/** Who hears whom, end by end and group by group, in one of the two modes. A group is the ends whose ports are of the same classes. */
import type { Ends } from "./ends";
import type { Plug } from "./sockets";
import type { Ground } from "./ground";
import { HearerIndex } from "./hearer-index";
import { PlugClasses, type PlugClass } from "./plug-classes";
import type { End } from "./types";

export class Hearing {
  readonly classes: PlugClasses;
  /** By group: the classes of its ends' ports. */
  readonly groups: (readonly PlugClass[])[] = [];
  /** By end. */
  readonly groupOf: Int32Array;
  private index: HearerIndex | undefined;
  private readonly groupsOfClass: number[][] = [];
  private readonly hearerGroups: (Int32Array | undefined)[] = [];

  constructor(readonly ground: Ground, { ends, plugs, distinct }: Ends) {
    this.classes = new PlugClasses(ground, distinct);
    this.groupOf = new Int32Array(ends.length);
    const known = new Map<string | number, number>();
    const groupsOfPlugs = new Map<readonly Plug[], number>();
    for (const end of ends) {
      const own = plugs[end.index] ?? [];
      let group = groupsOfPlugs.get(own);
      if (group === undefined) groupsOfPlugs.set(own, (group = this.findGroup(own, known)));
      this.groupOf[end.index] = group;
    }
  }

  private findGroup(plugs: readonly Plug[], known: Map<string | number, number>): number {
    const own = [...new Set(plugs.map((plug) => this.classes.of(plug)))].sort((a, b) => a.index - b.index);
    const [only] = own;
    const key = own.length === 1 && only !== undefined ? only.index : own.map((plugClass) => plugClass.index).join();
    let group = known.get(key);
    if (group === undefined) {
      known.set(key, (group = this.groups.push(own) - 1));
      for (const plugClass of own) (this.groupsOfClass[plugClass.index] ??= []).push(group);
    }
    return group;
  }

  hears(from: End, to: End): boolean {
    return from.index !== to.index && this.groupHears(this.groupOf[from.index] as number, this.groupOf[to.index] as number);
  }

  /** Whether an end of a group hears another end, of a group. */
  groupHears(from: number, to: number): boolean {
    const hearers = this.groups[to] ?? [];
    return (this.groups[from] ?? []).some((a) => hearers.some((b) => this.classes.hears(a, b)));
  }

  /** The groups that hear a group, ascending. */
  hearersOf(group: number): Int32Array {
    let found = this.hearerGroups[group];
    if (found === undefined) this.hearerGroups[group] = found = this.findHearers(group);
    return found;
  }

  private findHearers(group: number): Int32Array {
    const index = (this.index ??= new HearerIndex(this.classes.classes));
    const found = new Set<number>();
    for (const from of this.groups[group] ?? []) {
      for (const to of index.candidates(from)) {
        if (this.classes.hears(from, to)) this.groupsOfClass[to.index]?.forEach((hearer) => found.add(hearer));
      }
    }
    return Int32Array.from(found).sort();
  }
}

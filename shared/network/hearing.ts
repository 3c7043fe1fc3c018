/** Who hears whom, end by end and group by group, in one of the two modes. A group is the ends whose ports are of the same classes. */
import type { Ends } from "./ends";
import type { Seats } from "./seats";
import type { Plug } from "./sockets";
import type { Ground } from "./ground";
import { HearerIndex } from "./hearer-index";
import type { PlugClass } from "./plug-class";
import { PlugClasses } from "./plug-classes";
import type { End } from "./types";

/** In `soleOf`: the group is of several classes, or of none. */
const SEVERAL = -1;

export class Hearing {
  readonly classes: PlugClasses;
  /** By end. */
  readonly groupOf: Int32Array;
  /** By group: its class, or `SEVERAL`. */
  private readonly soleOf: number[] = [];
  /** By class: the group of the ends that are in it alone. */
  private readonly groupOfSole: (number | undefined)[] = [];
  private readonly classesOfSeveral = new Map<number, readonly PlugClass[]>();
  private readonly severalOfClass = new Map<PlugClass, number[]>();
  private readonly severalByKey = new Map<string, number>();
  private readonly severalByPlugs = new Map<readonly Plug[], number>();
  private readonly hearers: HearerIndex;
  private foundSenders: HearerIndex | undefined;
  /** By group: the number of its ends. */
  private readonly sizes: number[] = [];
  private readonly seats: Seats;

  constructor(readonly ground: Ground, { ends, seats }: Ends) {
    this.seats = seats;
    this.classes = new PlugClasses(ground);
    this.hearers = new HearerIndex(this.classes, "hearers");
    this.groupOf = new Int32Array(ends.length);
    const zones = this.classes.settle(seats);
    for (let end = 0; end < ends.length; end++) {
      const zone = zones[end] as number;
      const group = zone === -1 ? this.findGroupOf(end) : this.soleGroup(this.classes.plain(zone));
      this.groupOf[end] = group;
      this.sizes[group] = (this.sizes[group] ?? 0) + 1;
    }
  }

  /**
   * Goes along with ends that have been plugged in elsewhere.
   *
   * @param moved by index
   * @param left the ports that they were in before
   * @returns those and other ends that may be in another group, and the groups that they have left and entered
   */
  revise(moved: Iterable<number>, left: readonly Plug[]): { readonly ends: Iterable<number>; readonly groups: ReadonlySet<number> } {
    const touched = new Set(moved);
    const entered = [...touched].flatMap((end) => this.seats.plugsOf(end));
    const others = this.classes.revise(this.seats, [...left, ...entered]);
    for (const end of others) touched.add(end);
    if (others.length > 0) this.severalByPlugs.clear();
    const groups = new Set<number>();
    for (const end of touched) {
      const [before, group] = [this.groupOf[end] as number, this.findGroupOf(end)];
      this.groupOf[end] = group;
      this.sizes[before] = this.sizeOf(before) - 1;
      this.sizes[group] = this.sizeOf(group) + 1;
      groups.add(before).add(group);
    }
    return { ends: touched, groups };
  }

  /** How many ends are in a group; none where all have been plugged in elsewhere. */
  sizeOf(group: number): number {
    return this.sizes[group] ?? 0;
  }

  private findGroupOf(end: number): number {
    const several = this.seats.severalOf(end);
    return several === undefined ? this.soleGroup(this.classes.at(this.seats.socketAt(end), this.seats.instanceAt(end))) : this.groupOfPlugs(several);
  }

  get groupCount(): number {
    return this.soleOf.length;
  }

  /** The classes of a group's ports. */
  classesOf(group: number): readonly PlugClass[] {
    const sole = this.soleOf[group] as number;
    return sole === SEVERAL ? (this.classesOfSeveral.get(group) ?? []) : [this.classes.classes[sole] as PlugClass];
  }

  /** The zone of a group that is of one plain class; -1 where there is more to it. */
  plainOf(group: number): number {
    return this.classes.classes[this.soleOf[group] as number]?.plain ?? -1;
  }

  hears(from: End, to: End): boolean {
    return from.index !== to.index && this.groupHears(this.groupOf[from.index] as number, this.groupOf[to.index] as number);
  }

  /** The groups that hear a group, ascending. */
  hearersOf(group: number): number[] {
    return this.around(group, this.hearers, (own, other) => this.classes.hears(own, other));
  }

  /** The groups that a group hears, ascending. */
  sendersTo(group: number): number[] {
    this.foundSenders ??= new HearerIndex(this.classes, "senders");
    return this.around(group, this.foundSenders, (own, other) => this.classes.hears(other, own));
  }

  private around(group: number, index: HearerIndex, meets: (own: PlugClass, other: PlugClass) => boolean): number[] {
    // Nearly all are of one access VLAN, in which there is nobody else.
    if (index.isAlone(this.plainOf(group)) && !this.severalOfClass.has(this.classes.classes[this.soleOf[group] as number] as PlugClass)) return [group];
    const found = new Set<number>();
    for (const own of this.classesOf(group)) {
      for (const other of index.candidates(own)) {
        if (!meets(own, other)) continue;
        const sole = this.groupOfSole[other.index];
        if (sole !== undefined) found.add(sole);
        for (const several of this.severalOfClass.get(other) ?? []) found.add(several);
      }
    }
    return found.size < 2 ? [...found] : [...found].sort((a, b) => a - b);
  }

  private groupHears(from: number, to: number): boolean {
    const [a, b] = [this.soleOf[from] as number, this.soleOf[to] as number];
    const { classes } = this.classes;
    if (a !== SEVERAL && b !== SEVERAL) return this.classes.hears(classes[a] as PlugClass, classes[b] as PlugClass);
    const hearers = this.classesOf(to);
    return this.classesOf(from).some((sender) => hearers.some((hearer) => this.classes.hears(sender, hearer)));
  }

  private soleGroup({ index }: PlugClass): number {
    return (this.groupOfSole[index] ??= this.soleOf.push(index) - 1);
  }

  private groupOfPlugs(plugs: readonly Plug[]): number {
    let group = this.severalByPlugs.get(plugs);
    if (group === undefined) this.severalByPlugs.set(plugs, (group = this.findGroup(plugs)));
    return group;
  }

  private findGroup(plugs: readonly Plug[]): number {
    const own = [...new Set(plugs.map((plug) => this.classes.of(plug)))].sort((a, b) => a.index - b.index);
    const [only] = own;
    if (only !== undefined && own.length === 1) return this.soleGroup(only);
    const key = own.map(({ index }) => index).join();
    let group = this.severalByKey.get(key);
    if (group === undefined) {
      this.severalByKey.set(key, (group = this.soleOf.push(SEVERAL) - 1));
      this.classesOfSeveral.set(group, own);
      for (const plugClass of own) this.joinSeveral(plugClass, group);
    }
    return group;
  }

  private joinSeveral(plugClass: PlugClass, group: number): void {
    const groups = this.severalOfClass.get(plugClass);
    if (groups === undefined) this.severalOfClass.set(plugClass, [group]);
    else groups.push(group);
  }
}

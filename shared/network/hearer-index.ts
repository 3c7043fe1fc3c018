/**
 * Which classes of ports may hear a class, or may be heard by it: by the cells that they hear, or get to. Classes share lists of cells, so a
 * list is looked up once for all of them.
 */
import type { PlugClass } from "./plug-class";
import type { PlugClasses } from "./plug-classes";

/** The cells at a class where a frame leaves it, and where it comes in. */
interface Side {
  readonly cells: Int32Array;
  readonly locals: Int32Array;
}

const sent = ({ reach, localOut }: PlugClass): Side => ({ cells: reach, locals: localOut });
const heard = ({ hear, localHear }: PlugClass): Side => ({ cells: hear, locals: localHear });

export class HearerIndex {
  /** Classes that are here; those made since are added when somebody asks. */
  private indexed = 0;
  /** Plain classes are found by their zone. */
  private readonly byList = new Map<Int32Array, PlugClass[]>();
  private readonly listsOfCell = new Map<number, Int32Array[]>();
  private readonly byLocal = new Map<number, PlugClass[]>();
  /** By list of cells on the near side: the lists on the far side that have one in common. */
  private readonly met = new Map<Int32Array, ReadonlySet<Int32Array>>();

  private readonly near: (of: PlugClass) => Side;
  private readonly far: (of: PlugClass) => Side;

  /** @param wanted those that hear a class, or those that it hears */
  constructor(private readonly classes: PlugClasses, wanted: "hearers" | "senders") {
    [this.near, this.far] = wanted === "hearers" ? [sent, heard] : [heard, sent];
  }

  /** Whether nobody but the plain class of the zone is wanted there; -1 is no zone. */
  isAlone(zone: number): boolean {
    this.update();
    return zone !== -1 && !this.listsOfCell.has(zone);
  }

  /** Everyone wanted, and perhaps some that are isolated from the class; each once. */
  candidates(from: PlugClass): Iterable<PlugClass> {
    this.update();
    if (from.plain !== -1) return this.hearing(from.plain);
    const found = new Set<PlugClass>();
    const { cells, locals } = this.near(from);
    for (const cell of cells) {
      const plain = this.classes.plainAt(cell);
      if (plain !== undefined) found.add(plain);
    }
    for (const list of this.listsMeeting(cells)) for (const to of this.byList.get(list) ?? []) found.add(to);
    for (const local of locals) for (const to of this.byLocal.get(local) ?? []) found.add(to);
    return found;
  }

  private hearing(cell: number): PlugClass[] {
    const plain = this.classes.plainAt(cell);
    const found = plain === undefined ? [] : [plain];
    for (const list of this.listsOfCell.get(cell) ?? []) found.push(...(this.byList.get(list) ?? []));
    return found;
  }

  private update(): void {
    const { classes } = this.classes;
    for (; this.indexed < classes.length; this.indexed++) {
      const added = classes[this.indexed] as PlugClass;
      if (added.plain === -1) this.add(added);
    }
  }

  private add(added: PlugClass): void {
    const { cells, locals } = this.far(added);
    if (!this.byList.has(cells)) {
      this.met.clear();
      for (const cell of cells) add(this.listsOfCell, cell, cells);
    }
    add(this.byList, cells, added);
    for (const local of locals) add(this.byLocal, local, added);
  }

  private listsMeeting(cells: Int32Array): ReadonlySet<Int32Array> {
    let lists = this.met.get(cells);
    if (lists === undefined) {
      const found = new Set<Int32Array>();
      for (const cell of cells) for (const list of this.listsOfCell.get(cell) ?? []) found.add(list);
      this.met.set(cells, (lists = found));
    }
    return lists;
  }
}

function add<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const own = map.get(key);
  if (own === undefined) map.set(key, [value]);
  else own.push(value);
}

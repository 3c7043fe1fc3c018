/** Which classes of ports may hear a class: by what they hear. Classes share lists of cells, so a list is looked up once for all of them. */
import type { PlugClass } from "./plug-class";
import type { PlugClasses } from "./plug-classes";

export class HearerIndex {
  /** Classes that are here; those made since are added when somebody asks. */
  private indexed = 0;
  /** Plain classes are found by their zone. */
  private readonly byList = new Map<Int32Array, PlugClass[]>();
  private readonly listsOfCell = new Map<number, Int32Array[]>();
  private readonly byLocal = new Map<number, PlugClass[]>();
  /** By list of cells reached: the lists of cells heard that have one in common. */
  private readonly met = new Map<Int32Array, ReadonlySet<Int32Array>>();

  constructor(private readonly classes: PlugClasses) {}

  /** Everyone that hears the class, and perhaps some that are isolated from it; each once. */
  candidates(from: PlugClass): Iterable<PlugClass> {
    this.update();
    if (from.plain !== -1) return this.hearing(from.plain);
    const found = new Set<PlugClass>();
    for (const cell of from.reach) {
      const plain = this.classes.plainAt(cell);
      if (plain !== undefined) found.add(plain);
    }
    for (const list of this.listsMeeting(from.reach)) for (const to of this.byList.get(list) ?? []) found.add(to);
    for (const local of from.localOut) for (const to of this.byLocal.get(local) ?? []) found.add(to);
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
    if (!this.byList.has(added.hear)) {
      this.met.clear();
      for (const cell of added.hear) add(this.listsOfCell, cell, added.hear);
    }
    add(this.byList, added.hear, added);
    for (const local of added.localHear) add(this.byLocal, local, added);
  }

  private listsMeeting(reach: Int32Array): ReadonlySet<Int32Array> {
    let lists = this.met.get(reach);
    if (lists === undefined) {
      const found = new Set<Int32Array>();
      for (const cell of reach) for (const list of this.listsOfCell.get(cell) ?? []) found.add(list);
      this.met.set(reach, (lists = found));
    }
    return lists;
  }
}

function add<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const own = map.get(key);
  if (own === undefined) map.set(key, [value]);
  else own.push(value);
}

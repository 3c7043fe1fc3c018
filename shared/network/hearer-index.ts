/** Which classes of ports may hear a class: by what they hear. Classes share lists of cells, so a list is looked up once for all of them. */
import type { PlugClass } from "./plug-classes";

export class HearerIndex {
  private readonly byList = new Map<Int32Array, PlugClass[]>();
  private readonly listsOfCell = new Map<number, Int32Array[]>();
  private readonly byLocal = new Map<number, PlugClass[]>();
  /** By list of cells reached: the lists of cells heard that have one in common. */
  private readonly met = new Map<Int32Array, ReadonlySet<Int32Array>>();

  constructor(classes: readonly PlugClass[]) {
    for (const plugClass of classes) {
      if (!this.byList.has(plugClass.hear)) for (const cell of plugClass.hear) add(this.listsOfCell, cell, plugClass.hear);
      add(this.byList, plugClass.hear, plugClass);
      for (const local of plugClass.localHear) add(this.byLocal, local, plugClass);
    }
  }

  /** Everyone that hears the class, and perhaps some that are isolated from it. */
  candidates(from: PlugClass): ReadonlySet<PlugClass> {
    const found = new Set<PlugClass>();
    for (const list of this.listsMeeting(from.reach)) for (const to of this.byList.get(list) ?? []) found.add(to);
    for (const local of from.localOut) for (const to of this.byLocal.get(local) ?? []) found.add(to);
    return found;
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

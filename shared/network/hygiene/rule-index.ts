/** Rules by their two lists, so that only rules that can meet are looked at. */
import { NO_SERVICES, unionServices, type ServiceSet } from "../../model/services";
import type { Group } from "./groups";
import type { Item } from "./list";
import { firstFrom, type Side } from "./sides";

/** The rules with one pair of lists. */
export interface Bucket {
  /** In order. */
  readonly items: Item[];
  /** The services of those that name no interface. */
  open: ServiceSet;
  /** Whether some name an interface. */
  narrowed: boolean;
}

type Rows = Map<number, Map<number, Bucket>>;

export class RuleIndex {
  private readonly bySource: Rows = new Map();
  private readonly byTarget: Rows = new Map();

  constructor(private readonly any: Side) {}

  /** Adds a rule; each must come after all before it. */
  add(item: Item): void {
    let bucket = this.bySource.get(item.from.id)?.get(item.to.id);
    if (bucket === undefined) {
      bucket = { items: [], open: NO_SERVICES, narrowed: false };
      rowOf(this.bySource, item.from.id).set(item.to.id, bucket);
      rowOf(this.byTarget, item.to.id).set(item.from.id, bucket);
    }
    bucket.items.push(item);
    if (item.in === undefined && item.out === undefined) bucket.open = unionServices(bucket.open, item.services);
    else bucket.narrowed = true;
  }

  /** The buckets whose rules match every packet from one group to the other, by their lists. */
  matching(from: Group, to: Group): Bucket[] {
    const forwards = from.sides.length <= to.sides.length;
    const [rows, own, other] = forwards ? [this.bySource, from.sides, to.sides] : [this.byTarget, to.sides, from.sides];
    const found: Bucket[] = [];
    const any = this.any.id;
    const visit = (row: ReadonlyMap<number, Bucket> | undefined): void => {
      if (row === undefined) return;
      if (row.size > other.length) {
        for (const id of other) add(found, row.get(id));
        add(found, row.get(any));
      } else for (const [id, bucket] of row) if (id === any || other[firstFrom(other, id)] === id) found.push(bucket);
    };
    visit(rows.get(any));
    for (const id of own) visit(rows.get(id));
    return found;
  }

  /** The buckets of every pair of these lists, given by their ids. */
  *between(sources: ReadonlySet<number>, targets: ReadonlySet<number>): Generator<Bucket> {
    const forwards = sources.size <= targets.size;
    const [rows, own, other] = forwards ? [this.bySource, sources, targets] : [this.byTarget, targets, sources];
    for (const key of own) {
      const row = rows.get(key);
      if (row === undefined) continue;
      if (row.size > other.size) {
        for (const id of other) {
          const bucket = row.get(id);
          if (bucket !== undefined) yield bucket;
        }
      } else for (const [id, bucket] of row) if (other.has(id)) yield bucket;
    }
  }
}

function rowOf(rows: Rows, id: number): Map<number, Bucket> {
  let row = rows.get(id);
  if (row === undefined) rows.set(id, (row = new Map<number, Bucket>()));
  return row;
}

function add(found: Bucket[], bucket: Bucket | undefined): void {
  if (bucket !== undefined) found.push(bucket);
}

/** Points that the same lists hold are one group: rules cannot tell them apart. */
import type { Side } from "./sides";

export interface Group {
  readonly id: number;
  /** Ids of the lists that hold it, ascending; `any` holds every group and is left out. */
  readonly sides: readonly number[];
}

/** The groups of the sources, or of the destinations, of a list of rules. */
export class Groups {
  private readonly ofPoint: Group[] = [];
  private readonly ofSide = new Map<Side, readonly Group[]>();
  private readonly around = new Map<Side, ReadonlySet<number>>();
  private readonly farAround = new Map<Side, ReadonlySet<number>>();
  private readonly all: readonly Group[];
  private readonly everyList: ReadonlySet<number>;
  private readonly ofAddresses: readonly number[];
  private readonly ofFreeEnds: readonly number[];

  /** `used` are the lists that some rule has on this side, by id, `any` left out; `size` is the number of points. */
  constructor(used: readonly Side[], private readonly any: Side, size: number) {
    const lists = Array.from({ length: size }, (): number[] => []);
    for (const side of used) for (const point of side.points) lists[point]?.push(side.id);
    const groups = new Map<string, Group>();
    for (const list of lists) {
      const key = list.join(",");
      let group = groups.get(key);
      if (group === undefined) groups.set(key, (group = { id: groups.size, sides: list }));
      this.ofPoint.push(group);
    }
    this.all = byFewest(groups.values());
    this.everyList = new Set([any, ...used].map(({ id }) => id));
    this.ofAddresses = used.filter(({ address }) => address).map(({ id }) => id);
    this.ofFreeEnds = used.filter(({ free }) => free).map(({ id }) => id);
  }

  /** The groups of a list, those that the fewest other lists hold first: there a rule is least likely to be covered. */
  of(side: Side): readonly Group[] {
    if (side.any) return this.all;
    let groups = this.ofSide.get(side);
    if (groups === undefined) {
      const found = new Set<Group>();
      for (const point of side.points) found.add(this.ofPoint[point] as Group);
      this.ofSide.set(side, (groups = byFewest(found)));
    }
    return groups;
  }

  /** Ids of the lists that hold a point of this one, itself and `any` among them. */
  near(side: Side): ReadonlySet<number> {
    if (side.any) return this.everyList;
    let ids = this.around.get(side);
    if (ids === undefined) this.around.set(side, (ids = new Set([this.any.id, ...this.of(side).flatMap((group) => group.sides)])));
    return ids;
  }

  /** Those, and the lists that meet it only where an end takes an address that the other names. */
  perhapsNear(side: Side): ReadonlySet<number> {
    if (side.any || (!side.free && !side.address)) return this.near(side);
    let ids = this.farAround.get(side);
    if (ids === undefined) this.farAround.set(side, (ids = new Set([...this.near(side), ...(side.free ? this.ofAddresses : []), ...(side.address ? this.ofFreeEnds : [])])));
    return ids;
  }
}

function byFewest(groups: Iterable<Group>): readonly Group[] {
  return [...groups].sort((a, b) => a.sides.length - b.sides.length || a.id - b.id);
}

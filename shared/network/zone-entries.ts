/**
 * How far a frame gets from a zone by what trunks pass one way. It enters another zone by a port that it must not leave by again, so it
 * may get to a part of that zone only: zones are cut into cells, each wholly reached or not at all by any frame.
 */
import { agreedTarget, type OneWay, type Zones } from "./zones";
import { linkEnd, type Ground } from "./ground";
import { sortedList } from "./interner";
import { OpenPorts } from "./open-ports";
import { components } from "./scc";
import { otherSide, type PortId } from "./wiring";

export interface Reach {
  readonly cellCount: number;
  /** The cell of a place. */
  cellOf(place: number): number;
  /** The zone of a cell. */
  zoneOf(cell: number): number;
  /** Every cell that a frame of the zone gets to, ascending. */
  from(zone: number): Int32Array;
}

/** A way into a zone from outside; also the zone itself, for frames that start in it. */
interface Entry {
  readonly zone: number;
  /** The places reached inside; absent: all of the zone. */
  readonly inside?: ReadonlySet<number>;
  /** The one exit that stays shut: the port of entry, unless the frame can come round to that place by another port. */
  readonly shut?: { readonly place: number; readonly port: PortId };
}

export function measureReach(ground: Ground, zones: Zones): Reach {
  if (zones.oneWay.length === 0) {
    const own = (zone: number): Int32Array => Int32Array.of(zone);
    return { cellCount: zones.count, cellOf: (place) => zones.of[place] as number, zoneOf: (cell) => cell, from: own };
  }
  return new DirectedReach(ground, zones);
}

class DirectedReach implements Reach {
  private readonly cells: Int32Array;
  private readonly zoneOfCell: number[];
  private readonly cellsOfZone: number[][];
  /** By zone: its one-way edges, by number. */
  private readonly exitsOf = new Map<number, number[]>();
  private readonly entries: Entry[] = [];
  private readonly entryOfEdge: number[];
  private readonly wholeZone = new Map<number, number>();
  private readonly narrow = new Map<string, number>();
  private reached: { readonly component: Int32Array; readonly cells: readonly Int32Array[] } | undefined;

  constructor(private readonly ground: Ground, private readonly zones: Zones) {
    this.cells = zones.of.slice();
    this.zoneOfCell = Array.from({ length: zones.count }, (_, zone) => zone);
    zones.oneWay.forEach(({ from }, edge) => {
      const zone = zones.of[from] as number;
      const exits = this.exitsOf.get(zone);
      if (exits === undefined) this.exitsOf.set(zone, [edge]);
      else exits.push(edge);
    });
    for (const zone of this.exitsOf.keys()) this.whole(zone);
    this.entryOfEdge = zones.oneWay.map((edge) => this.enter(edge));
    for (const { inside } of this.entries) if (inside !== undefined) this.cut(inside);
    this.cellsOfZone = Array.from({ length: zones.count }, () => []);
    this.zoneOfCell.forEach((zone, cell) => this.cellsOfZone[zone]?.push(cell));
  }

  get cellCount(): number {
    return this.zoneOfCell.length;
  }

  cellOf(place: number): number {
    return this.cells[place] as number;
  }

  zoneOf(cell: number): number {
    return this.zoneOfCell[cell] as number;
  }

  from(zone: number): Int32Array {
    const entry = this.wholeZone.get(zone);
    if (entry === undefined) return Int32Array.from(this.cellsOfZone[zone] ?? []);
    const { component, cells } = (this.reached ??= this.explore());
    return cells[component[entry] as number] as Int32Array;
  }

  /** What each entry leads to. Entries that lead to one another share one list: beyond an unknown trunk there are thousands. */
  private explore(): { component: Int32Array; cells: readonly Int32Array[] } {
    const next = this.entries.map((entry) => this.exits(entry));
    const component = components(this.entries.length, (entry) => next[entry] ?? []);
    const members: number[][] = [];
    component.forEach((own, entry) => (members[own] ??= []).push(entry));
    const cells: Int32Array[] = [];
    // Tarjan's components come in reverse order: what one leads to has a smaller number.
    members.forEach((own, at) => {
      const found = new Set<number>();
      const beyond = new Set(own.flatMap((entry) => (next[entry] ?? []).map((other) => component[other] as number)));
      for (const entry of own) for (const cell of this.cellsOf(this.entries[entry] as Entry)) found.add(cell);
      for (const other of beyond) if (other !== at) for (const cell of cells[other] ?? []) found.add(cell);
      cells.push(sortedList(found));
    });
    return { component, cells };
  }

  /** The entries that a frame gets to next. */
  private exits({ zone, inside, shut }: Entry): number[] {
    const next = (this.exitsOf.get(zone) ?? []).filter((number) => {
      const edge = this.zones.oneWay[number] as OneWay;
      return inside?.has(edge.from) !== false && (edge.from !== shut?.place || edge.exit !== shut.port);
    });
    return [...new Set(next.map((number) => this.entryOfEdge[number] as number))];
  }

  private cellsOf({ zone, inside }: Entry): readonly number[] {
    return inside === undefined ? (this.cellsOfZone[zone] ?? []) : [...new Set([...inside].map((place) => this.cellOf(place)))];
  }

  private whole(zone: number): number {
    let entry = this.wholeZone.get(zone);
    if (entry === undefined) this.wholeZone.set(zone, (entry = this.entries.push({ zone }) - 1));
    return entry;
  }

  private enter({ to: place, entry: port }: OneWay): number {
    const zone = this.zones.of[place] as number;
    const exitsBack = (this.exitsOf.get(zone) ?? []).some((number) => {
      const edge = this.zones.oneWay[number];
      return edge?.from === place && edge.exit === port;
    });
    const agrees = this.agreedAt(place, port) !== -1;
    // Where the port of entry leads nowhere else, a ring anywhere in the zone turns the frame round.
    if (!agrees && (!exitsBack || this.zones.rings.has(zone))) return this.whole(zone);
    const key = `${place} ${port}`;
    let entry = this.narrow.get(key);
    if (entry === undefined) {
      const { inside, cameRound } = agrees ? this.wander(place, port) : { inside: undefined, cameRound: false };
      const whole = inside === undefined || inside.size === this.zones.places(zone).length;
      const narrow: Entry = { zone, ...(whole ? {} : { inside }), ...(cameRound ? {} : { shut: { place, port } }) };
      this.narrow.set(key, (entry = this.entries.push(narrow) - 1));
    }
    return entry;
  }

  /** What a frame that came in by the port gets to inside its zone, and whether it can come back to where it came in. */
  private wander(start: number, port: PortId): { inside: ReadonlySet<number>; cameRound: boolean } {
    const open = new OpenPorts();
    open.enter(start, port);
    const inside = new Set([start]);
    const pending = [{ place: start, ingress: port }];
    let cameRound = false;
    for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
      for (const exit of this.ground.wiring.ports[Math.floor(at.place / this.zones.width)] ?? []) {
        const place = exit === at.ingress ? -1 : this.agreedAt(at.place, exit);
        const ingress = otherSide(exit);
        if (place === -1 || !open.enter(place, ingress)) continue;
        if (place === start) cameRound = true;
        inside.add(place);
        pending.push({ place, ingress });
      }
    }
    return { inside, cameRound };
  }

  /** The place of the same zone beyond a trunk's port, or -1. */
  private agreedAt(place: number, port: PortId): number {
    const { width } = this.zones;
    const far = otherSide(port);
    const { instance } = linkEnd(this.ground.wiring, far);
    if (this.ground.wiring.instances[instance]?.physical !== true) return -1;
    const target = agreedTarget(this.ground.crossing(port), this.ground.crossing(far), place % width);
    return target === -1 ? -1 : instance * width + target;
  }

  /** Splits every cell that lies partly inside. */
  private cut(inside: ReadonlySet<number>): void {
    const sizes = new Map<number, number>();
    for (const place of inside) sizes.set(this.cellOf(place), (sizes.get(this.cellOf(place)) ?? 0) + 1);
    for (const [cell, size] of sizes) {
      const zone = this.zoneOf(cell);
      if (this.zones.places(zone).reduce((count, place) => count + (this.cellOf(place) === cell ? 1 : 0), 0) === size) continue;
      const fresh = this.zoneOfCell.push(zone) - 1;
      for (const place of inside) if (this.cellOf(place) === cell) this.cells[place] = fresh;
    }
  }
}

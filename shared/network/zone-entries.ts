/**
 * How far a frame gets from a zone by what trunks pass one way. It enters another zone by a port that it must not leave by again, so it
 * may get to a part of that zone only: zones are cut into cells, each wholly reached or not at all by any frame.
 */
import { agreedTarget, type OneWay, type Zones } from "./zones";
import { linkEnd, type Ground } from "./ground";
import { OpenPorts } from "./open-ports";
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

/** A way into a zone from outside. */
interface Entry {
  readonly zone: number;
  /** The places reached inside; absent: all of the zone. */
  readonly inside?: ReadonlySet<number>;
  /** Their cells, once all cuts are made. */
  cells?: readonly number[];
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
  private readonly exitsOf = new Map<number, OneWay[]>();
  private readonly entries = new Map<string, Entry>();
  private readonly known = new Map<number, Int32Array>();
  private readonly lists = new Map<number, Int32Array[]>();

  constructor(private readonly ground: Ground, private readonly zones: Zones) {
    this.cells = zones.of.slice();
    this.zoneOfCell = Array.from({ length: zones.count }, (_, zone) => zone);
    for (const edge of zones.oneWay) {
      const zone = zones.of[edge.from] as number;
      const exits = this.exitsOf.get(zone);
      if (exits === undefined) this.exitsOf.set(zone, [edge]);
      else exits.push(edge);
    }
    for (const edge of zones.oneWay) {
      if (this.agreedAt(edge.to, edge.entry) === -1) continue;
      const { inside } = this.entry(edge);
      if (inside !== undefined) this.cut(inside);
    }
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
    let reached = this.known.get(zone);
    if (reached === undefined) this.known.set(zone, (reached = this.explore(zone)));
    return reached;
  }

  private explore(start: number): Int32Array {
    const cells = new Set(this.cellsOfZone[start]);
    const pending: Entry[] = [{ zone: start }];
    const seen = new Set<Entry>();
    for (let entry = pending.pop(); entry !== undefined; entry = pending.pop()) {
      const { inside, shut } = entry;
      for (const cell of this.cellsOf(entry)) cells.add(cell);
      for (const edge of this.exitsOf.get(entry.zone) ?? []) {
        if (inside?.has(edge.from) === false || (edge.from === shut?.place && edge.exit === shut.port)) continue;
        const next = this.entry(edge);
        if (seen.has(next)) continue;
        seen.add(next);
        pending.push(next);
      }
    }
    return this.keepOne(Int32Array.from(cells).sort());
  }

  private cellsOf(entry: Entry): readonly number[] {
    if (entry.inside === undefined) return this.cellsOfZone[entry.zone] ?? [];
    return (entry.cells ??= [...new Set([...entry.inside].map((place) => this.cellOf(place)))]);
  }

  /** Beyond an unknown trunk thousands of zones reach the same thousands of cells: one list for all of them. */
  private keepOne(list: Int32Array): Int32Array {
    const hash = list.reduce((sum, cell) => Math.imul(sum, 31) + cell, 7) | 0;
    const alike = this.lists.get(hash) ?? [];
    this.lists.set(hash, alike);
    const same = alike.find((other) => other.length === list.length && other.every((cell, at) => cell === list[at]));
    if (same === undefined) alike.push(list);
    return same ?? list;
  }

  private entry({ to, entry: port }: OneWay): Entry {
    const key = `${to} ${port}`;
    let found = this.entries.get(key);
    if (found === undefined) this.entries.set(key, (found = this.enter(to, port)));
    return found;
  }

  private enter(place: number, port: PortId): Entry {
    const zone = this.zones.of[place] as number;
    const exitsBack = (this.exitsOf.get(zone) ?? []).some((edge) => edge.from === place && edge.exit === port);
    if (this.agreedAt(place, port) === -1 && !exitsBack) return { zone };
    const { inside, cameRound } = this.wander(place, port);
    const whole = inside.size === this.zones.places(zone).length;
    return { zone, ...(whole ? {} : { inside }), ...(cameRound ? {} : { shut: { place, port } }) };
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

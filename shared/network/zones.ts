/**
 * Zones: the physical places (switch, VLAN) that frames join both ways. Where the two ends of every trunk agree, which is nearly
 * everywhere, a zone is all that a frame reaches. What trunks pass one way only leads from zone to zone; see `zone-entries.ts`.
 */
import { Buckets } from "./buckets";
import { targetsOf, type Crossing, type Ground } from "./ground";
import { otherSide, type PortId } from "./wiring";

/** A frame that leaves `from` by a port arrives at `to`, but does not come back that way. Places are `switch * width + VLAN index`. */
export interface OneWay {
  readonly from: number;
  readonly exit: PortId;
  readonly to: number;
  readonly entry: PortId;
}

export interface Zones {
  /** Number of VLANs: the width of a switch's row of places. */
  readonly width: number;
  readonly count: number;
  /** The zone of each place, numbered from 0. */
  readonly of: Int32Array;
  /** What trunks pass one way; none where all of it stays in its zone, which a frame from there reaches anyway. */
  readonly oneWay: readonly OneWay[];
  /** Zones in which trunks make a ring. */
  readonly rings: ReadonlySet<number>;
  /** The places of a zone. */
  places(zone: number): Int32Array;
}

export function findZones(ground: Ground): Zones {
  const width = ground.index.vlans.length;
  const parent = new Int32Array(ground.wiring.physicalCount * width);
  parent.forEach((_, place) => (parent[place] = place));
  const oneWay: OneWay[] = [];
  const onRings: number[] = [];
  for (const link of ground.wiring.links) {
    if (link.kind !== "trunk") continue;
    for (const port of [2 * link.index, 2 * link.index + 1]) joinByTrunk(ground, port, parent, oneWay, onRings);
  }
  const { of, count } = numberZones(parent);
  let members: Buckets | undefined;
  const leaves = oneWay.some(({ from, to }) => of[from] !== of[to]);
  const rings = new Set(onRings.map((place) => of[place] as number));
  return { width, count, of, oneWay: leaves ? oneWay : [], rings, places: (zone) => (members ??= new Buckets(count, of)).of(zone) };
}

/** Where a frame goes that leaves by the port, if the answer comes back the same way; -1 if not. */
export function agreedTarget(out: Crossing, back: Crossing, vlan: number): number {
  const target = out.first[vlan] as number;
  if (target === -1 || out.several?.has(vlan) === true || back.several?.has(target) === true) return -1;
  return back.first[target] === vlan ? target : -1;
}

function joinByTrunk(ground: Ground, port: PortId, parent: Int32Array, oneWay: OneWay[], onRings: number[]): void {
  const { wiring, index } = ground;
  const entry = otherSide(port);
  const link = wiring.links[port >>> 1];
  if (link === undefined) return;
  const here = (link.ends[port & 1]?.instance ?? 0) * index.vlans.length;
  const there = (link.ends[entry & 1]?.instance ?? 0) * index.vlans.length;
  const out = ground.crossing(port);
  const back = ground.crossing(entry);
  for (let vlan = 0; vlan < index.vlans.length; vlan++) {
    if (out.first[vlan] === -1) continue;
    const agreed = agreedTarget(out, back, vlan);
    if (agreed >= 0) {
      // Each agreeing pair is seen from both ends.
      if (port % 2 === 0 && !unite(parent, here + vlan, there + agreed)) onRings.push(here + vlan);
    } else for (const target of targetsOf(out, vlan)) oneWay.push({ from: here + vlan, exit: port, to: there + target, entry });
  }
}

function find(parent: Int32Array, place: number): number {
  let root = place;
  while (parent[root] !== root) {
    // Path halving (Tarjan and van Leeuwen, 1984).
    parent[root] = parent[parent[root] as number] as number;
    root = parent[root] as number;
  }
  return root;
}

/** False where the two were one already. */
function unite(parent: Int32Array, a: number, b: number): boolean {
  const left = find(parent, a);
  const right = find(parent, b);
  if (left < right) parent[right] = left;
  else parent[left] = right;
  return left !== right;
}

function numberZones(parent: Int32Array): { of: Int32Array; count: number } {
  const of = new Int32Array(parent.length);
  let count = 0;
  for (let place = 0; place < parent.length; place++) {
    const root = find(parent, place);
    // The smallest place of a zone is its root, so it has been numbered.
    of[place] = root === place ? count++ : (of[root] as number);
  }
  return { of, count };
}

/** Layout of the outermost level: storage above the hosts, distributed switches below them, then the physical network and the world. */
import type { NodeDraft } from "./nodes";
import { childrenOf, type Tree } from "./tree";
import { labelWidth, measure, placementOf, widen, type Inside, type Placing } from "./layout-inside";
import { shelves, stepAside } from "./packing";
import { height, hostBlock } from "./layout-hosts";
import { HOST_GAP, LABEL_LANE, LEVEL_GAP, snap, SWITCH_GAP } from "./sizes";
import type { Wire } from "./wires";

const DEVICE_GAP = 40;
/** Between the rows of one level: their labels and the cables to the lower one pass there. */
const SHELF_GAP = 64;

/** Places every outermost node; their insides are measured already. */
export function arrangeOutside(inside: Inside): void {
  const nodes = childrenOf(inside.tree, "").map((node) => ({ node, box: measure(inside, node) }));
  const of = (...kinds: NodeDraft["kind"][]): Placing[] => nodes.filter(({ node }) => kinds.includes(node.kind)).map(({ box }) => box);
  const hosts = of("host", "hypervisor", "vm", "managementInterface", "bmc");
  const lanes = nodes.filter(({ node }) => node.kind === "virtualSwitch" || node.kind === "portGroup").map(({ box }) => box);
  const block = hostBlock(hosts);
  const levels = levelsOf(inside.tree);
  const storage = of("datastore");

  const across = Math.max(640, block.width);
  let y = 0;
  centre(inside, storage, across, y);
  if (storage.length > 0) y += height(storage) + 56;
  y = block.set(snap((across - block.width) / 2), y);
  if (lanes.length > 0) y = setLanes(inside, lanes, across, y === 0 ? 0 : y + LABEL_LANE + 64);
  for (const level of levels) {
    const boxes = level.map((id) => inside.boxes.get(id)).filter((box) => box !== undefined);
    y = y === 0 ? 0 : y + LEVEL_GAP;
    for (const shelf of shelves(boxes, Math.max(across, 960), DEVICE_GAP)) {
      centre(inside, shelf, across, y);
      y += height(shelf) + SHELF_GAP;
    }
    y -= SHELF_GAP;
  }
  handPlaced(inside, nodes.map(({ box }) => box));
}

/** Distributed switches span the hosts; several share the row while they fit. Returns the bottom. */
function setLanes(inside: Inside, lanes: readonly Placing[], across: number, top: number): number {
  let y = top;
  for (const shelf of shelves(lanes, across, SWITCH_GAP)) {
    const used = shelf.reduce((sum, box) => sum + box.width + SWITCH_GAP, -SWITCH_GAP);
    const extra = Math.max(0, Math.floor((across - used) / shelf.length / 8) * 8);
    let x = 0;
    for (const box of shelf) {
      if (inside.tree.draft.get(box.id)?.kind === "virtualSwitch") widen(inside, box, extra);
      Object.assign(box, { x, y: y + height(shelf) - box.height });
      x += box.width + SWITCH_GAP;
    }
    y += height(shelf) + LABEL_LANE + 40;
  }
  return y - LABEL_LANE - 40;
}

/** One row in the middle, gaps wide enough for the labels of trunks between neighbours. */
function centre(inside: Inside, row: readonly Placing[], across: number, y: number): void {
  const trunks = inside.tree.wires.filter(({ kind }) => kind === "trunk");
  const gaps = row.map((box, index) => Math.max(DEVICE_GAP, trunkGap(trunks, box.id, row[index + 1]?.id)));
  const used = row.reduce((sum, box, index) => sum + box.width + (index + 1 < row.length ? (gaps[index] ?? 0) : 0), 0);
  let x = snap((across - used) / 2);
  row.forEach((box, index) => {
    Object.assign(box, { x, y });
    x += box.width + (gaps[index] ?? 0);
  });
}

function trunkGap(trunks: readonly Wire[], left: string, right: string | undefined): number {
  const between = trunks.filter(({ source, target }) => (source === left && target === right) || (source === right && target === left));
  return between.reduce((most, wire) => Math.max(most, Math.ceil((labelWidth(wire.label) + 48) / 8) * 8), 0);
}

/**
 * Physical things by their distance from the hosts: switches with uplinks first, then the switches behind them, then appliances and
 * networks. Inside a level in the order of what they are plugged into, so that cables cross little.
 */
function levelsOf(tree: Tree): string[][] {
  const outer = childrenOf(tree, "");
  const switches = outer.filter((node) => node.kind === "physicalSwitch").map((node) => node.id);
  const neighbours = new Map<string, string[]>(outer.map(({ id }) => [id, []]));
  const near = new Set<string>();
  for (const wire of tree.wires) {
    if (wire.kind === "uplink" || wire.kind === "bmc") near.add(wire.target);
    neighbours.get(wire.source)?.push(wire.target);
    neighbours.get(wire.target)?.push(wire.source);
  }
  const levels: string[][] = [];
  let level = switches.filter((id) => near.size === 0 || near.has(id));
  const seen = new Set<string>();
  while (level.length > 0) {
    levels.push(level);
    for (const id of level) seen.add(id);
    const next = new Set(level.flatMap((id) => neighbours.get(id) ?? []));
    level = switches.filter((id) => !seen.has(id) && next.has(id));
  }
  const first = levels[0] ?? [];
  first.push(...switches.filter((id) => !seen.has(id)));
  first.unshift(...outer.filter((node) => node.kind === "distributedFirewall").map((node) => node.id));
  const far = outer.filter((node) => node.kind === "externalNetwork" || node.kind === "firewall" || node.kind === "router").map((node) => node.id);
  const ordered: string[][] = [];
  for (const ids of [first, ...levels.slice(1), far]) if (ids.length > 0) ordered.push(byNeighbours(ids, neighbours, ordered));
  return ordered;
}

function byNeighbours(ids: readonly string[], neighbours: ReadonlyMap<string, readonly string[]>, above: readonly (readonly string[])[]): string[] {
  const position = new Map(above.flatMap((level) => level.map((id, index) => [id, (index + 0.5) / level.length] as const)));
  const middle = (id: string): number => {
    const known = (neighbours.get(id) ?? []).map((other) => position.get(other)).filter((place) => place !== undefined);
    return known.length === 0 ? 0.5 : known.reduce((sum, place) => sum + place, 0) / known.length;
  };
  const middles = new Map(ids.map((id) => [id, middle(id)]));
  return [...ids].sort((a, b) => (middles.get(a) ?? 0) - (middles.get(b) ?? 0));
}

/** Hand-placed nodes keep their places; the others make way. */
function handPlaced(inside: Inside, boxes: readonly Placing[]): void {
  const taken = boxes.filter((box) => box.placed);
  for (const box of taken) {
    const placement = placementOf(inside.topology, box.id);
    if (placement !== undefined) Object.assign(box, { x: placement.x, y: placement.y });
  }
  stepAside(boxes.filter((box) => !box.placed), taken, HOST_GAP);
}

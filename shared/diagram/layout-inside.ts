/** Layout inside containers, from the innermost outwards: containers grow to fit, hand-placed children keep their places. */
import type { Topology } from "../model/topology";
import type { Placement } from "../model/layout";
import { compareNatural } from "./order";
import { textWidth } from "./metrics";
import type { NodeDraft } from "./nodes";
import { columnsFor, dodge, grid, shelves, stepAside, type MutableBox } from "./packing";
import { BAR_HEIGHT, CABLE_GAP, CARD, CHIP, CLOSED, COLUMN_GAP, DEVICE, HEADER, LABEL_LIMIT, PADDING, PILL, ROW_GAP, snapUp, STUB, SWITCH_GAP } from "./sizes";
import { childrenOf, type Tree } from "./tree";

/** A box being placed: relative to its parent. */
export interface Placing extends MutableBox {
  readonly id: string;
  readonly placed: boolean;
}

export interface Inside {
  readonly tree: Tree;
  readonly topology: Topology;
  readonly boxes: Map<string, Placing>;
  /** Uplinks by virtual switch: how wide its bar must be for their labels. */
  readonly uplinkWidth: ReadonlyMap<string, number>;
  readonly deviceWidth: ReadonlyMap<string, number>;
  /** Whether any host has a BMC. */
  readonly controllers: boolean;
}

/** Pixels. The largest cluster laid out automatically takes a quarter of it; beyond, numbers in drawings lose their meaning. */
const FARTHEST = 250_000;
const WIDEST_ROW = 1280;
const WIDEST_DEVICE = 640;
/** Port groups of a lane stand in one row up to this many, and this far apart. */
const LANE_ROW = 8, LANE_GAP = 96;
const MINIMUM = { host: { width: 288, height: 120 }, hypervisor: { width: 256, height: 104 } } as const;

/** The hand placement of a node, within what can be drawn. */
export function placementOf(topology: Topology, id: string): Placement | undefined {
  const layout = topology.layout, written = layout !== undefined && Object.hasOwn(layout, id) ? layout[id] : undefined;
  if (written === undefined) return undefined;
  const { width, height } = written, within = (value: number): number => Math.min(FARTHEST, Math.max(-FARTHEST, value));
  return { ...written, x: within(written.x), y: within(written.y), ...(width === undefined ? {} : { width: within(width) }), ...(height === undefined ? {} : { height: within(height) }) };
}

/** How wide a device must be for its cables and, side by side, their labels. */
export function deviceWidths(tree: Tree): ReadonlyMap<string, number> {
  const labels = new Map<string, number>(), cables = new Map<string, number>();
  for (const wire of tree.wires) {
    if (wire.kind === "interface" && wire.telling) labels.set(wire.source, (labels.get(wire.source) ?? 8) + labelWidth(wire.label) + 16);
    cables.set(wire.target, (cables.get(wire.target) ?? 40) + 12);
  }
  return new Map([...labels, ...[...cables].map(([id, width]) => [id, Math.max(width, labels.get(id) ?? 0)] as const)]);
}

/** The width that labels of a switch's uplinks take side by side. */
export function uplinkWidths(tree: Tree): ReadonlyMap<string, number> {
  const widths = new Map<string, number>();
  for (const wire of tree.wires) {
    if (wire.kind === "uplink") widths.set(wire.source, (widths.get(wire.source) ?? 24) + labelWidth(wire.label) + 32);
  }
  return widths;
}

export function labelWidth(label: string): number {
  return Math.min(LABEL_LIMIT, Math.ceil(textWidth(label, 11)) + 12);
}

/** Sizes a node and places everything inside it. The node itself stays at 0, 0 unless it is hand-placed. */
export function measure(inside: Inside, node: NodeDraft): Placing {
  const placement = placementOf(inside.topology, node.id);
  const size = sizeOf(inside, node);
  const box: Placing = {
    id: node.id, placed: placement !== undefined && node.kind !== "bmc", x: placement?.x ?? 0, y: placement?.y ?? 0,
    width: Math.max(size.width, inside.tree.closed.has(node.id) ? 0 : snapUp(placement?.width ?? 0)),
    height: Math.max(size.height, inside.tree.closed.has(node.id) ? 0 : snapUp(placement?.height ?? 0)),
  };
  inside.boxes.set(node.id, box);
  return box;
}

function sizeOf(inside: Inside, node: NodeDraft): { width: number; height: number } {
  const closed = inside.tree.closed.has(node.id);
  switch (node.kind) {
    case "host": return closed ? CLOSED : host(inside, node);
    case "hypervisor": return closed ? CLOSED : hypervisor(inside, node);
    case "virtualSwitch": return closed ? { width: CLOSED.width, height: BAR_HEIGHT } : virtualSwitch(inside, node);
    case "vm": case "managementInterface": return CARD;
    case "firewall": case "router": return node.parent === undefined ? { width: deviceWidth(inside, node.id), height: DEVICE.height } : CARD;
    case "physicalSwitch": return { width: deviceWidth(inside, node.id), height: DEVICE.height };
    case "portGroup": return PILL;
    case "bmc": return CHIP;
    default: return DEVICE;
  }
}

function deviceWidth(inside: Inside, id: string): number {
  return snapUp(Math.min(WIDEST_DEVICE, Math.max(DEVICE.width, inside.deviceWidth.get(id) ?? 0)));
}

/** Keeps hand-placed children inside: not over the title, not beyond the left edge. */
function confine(boxes: readonly Placing[], top: number, left: number): Placing[] {
  const taken = boxes.filter((box) => box.placed);
  for (const box of taken) {
    box.x = Math.max(box.x, left);
    box.y = Math.max(box.y, top);
  }
  return taken;
}

function right(boxes: readonly MutableBox[]): number {
  return boxes.reduce((most, box) => Math.max(most, box.x + box.width), 0);
}

function bottom(boxes: readonly MutableBox[]): number {
  return boxes.reduce((most, box) => Math.max(most, box.y + box.height), 0);
}

/** Overrides the flow's places with the hand-placed ones. */
function restore(inside: Inside, boxes: readonly Placing[]): void {
  for (const box of boxes) {
    if (!box.placed) continue;
    const placement = placementOf(inside.topology, box.id);
    box.x = placement?.x ?? box.x;
    box.y = placement?.y ?? box.y;
  }
}

/** A longer name is cut short: it must not spread the picture. */
const LONGEST_NAME = 320;

/** Room for the line at the top of a frame, without icon and edges: a name and what stands at the right. */
function titleWidth({ title, meta }: NodeDraft, size: number): number {
  return Math.ceil(Math.min(LONGEST_NAME, textWidth(title, size, 600)) + textWidth(meta, 11));
}

/** Pills in even rows above the bar. A lane (no parent) has a frame around both. */
function virtualSwitch(inside: Inside, node: NodeDraft): { width: number; height: number } {
  const pad = node.parent === undefined ? PADDING : 0;
  const pills = childrenOf(inside.tree, node.id).map((child) => measure(inside, child));
  const columns = pad > 0 && pills.length <= LANE_ROW ? Math.max(1, pills.length) : columnsFor(pills.length, pad === 0 ? 1.2 : 4), gap = { x: COLUMN_GAP, y: ROW_GAP };
  const block = grid(pills, columns, PILL, gap, { x: pad, y: pad });
  const bar = titleWidth(node, 12) + 72;
  // In a switch that was made wider its port groups stand in the middle.
  const asked = inside.tree.closed.has(node.id) ? 0 : snapUp(placementOf(inside.topology, node.id)?.width ?? 0);
  const width = Math.max(asked, snapUp(Math.max(block.width, bar, Math.min(WIDEST_ROW, inside.uplinkWidth.get(node.id) ?? 0))) + 2 * pad);
  const at = { x: Math.floor((width - block.width) / 16) * 8, y: pad };
  grid(pills, columns, PILL, gap, at);
  restore(inside, pills);
  const taken = confine(pills, pad, pad);
  dodge(pills.filter((pill) => !pill.placed), taken, columns, PILL, gap, at);
  const under = bottom(pills);
  return { width: Math.max(width, snapUp(right(pills) + pad)), height: (pills.length === 0 ? pad : snapUp(under + STUB)) + BAR_HEIGHT + pad };
}

/** Workloads in a grid, their switches under it on shelves of equal width. */
function hypervisor(inside: Inside, node: NodeDraft): { width: number; height: number } {
  const children = childrenOf(inside.tree, node.id);
  const cards = children.filter((child) => child.kind !== "virtualSwitch").map((child) => measure(inside, child));
  const switches = children.filter((child) => child.kind === "virtualSwitch").sort((a, b) => compareNatural(a.id, b.id)).map((child) => measure(inside, child));
  const columns = columnsFor(cards.length, 0.6), gap = { x: COLUMN_GAP, y: ROW_GAP };
  const block = grid(cards, columns, CARD, gap, { x: 0, y: 0 });
  const row = Math.max(block.width, Math.min(WIDEST_ROW, switches.reduce((sum, box) => sum + box.width + SWITCH_GAP, -SWITCH_GAP)), right(switches.filter((box) => !box.placed)));
  const title = titleWidth(node, 12.5) + 64;
  const content = snapUp(Math.max(row, title, MINIMUM.hypervisor.width - 2 * PADDING));
  const at = { x: PADDING + Math.floor((content - block.width) / 16) * 8, y: HEADER };
  grid(cards, columns, CARD, gap, at);
  restore(inside, cards);
  restore(inside, switches);
  const taken = [...confine(cards, HEADER, 8), ...confine(switches, HEADER, 8)];
  dodge(cards.filter((card) => !card.placed), taken, columns, CARD, gap, at);
  const flowing = cards.filter((card) => !card.placed);
  const start = HEADER + (block.height === 0 ? 0 : Math.max(block.height, bottom(flowing) - HEADER) + CABLE_GAP);
  shelveSwitches(inside, switches.filter((box) => !box.placed), taken, content, snapUp(start));
  const all = [...cards, ...switches];
  return { width: Math.max(content, snapUp(right(all)) - PADDING) + 2 * PADDING, height: Math.max(MINIMUM.hypervisor.height, snapUp(bottom(all)) + PADDING) };
}

function shelveSwitches(inside: Inside, free: readonly Placing[], taken: readonly Placing[], content: number, start: number): void {
  let top = start;
  for (const shelf of shelves(free, content, SWITCH_GAP)) {
    const spare = Math.floor((content - shelf.reduce((sum, box) => sum + box.width + SWITCH_GAP, -SWITCH_GAP)) / shelf.length / 8) * 8;
    const height = Math.max(...shelf.map((box) => box.height));
    const below = taken.filter((box) => box.y + box.height > top).sort((a, b) => a.y - b.y);
    for (const box of below) if (box.y < top + height + 8) top = Math.max(top, snapUp(box.y + box.height + ROW_GAP));
    let x = PADDING;
    for (const box of shelf) {
      const extra = shelf.length === 1 ? content - box.width : Math.max(0, spare);
      widen(inside, box, extra);
      box.x = x;
      // Bars of one shelf stand on one line, whatever is above them.
      box.y = top + height - box.height;
      x += box.width + SWITCH_GAP;
    }
    top += height + ROW_GAP + 8;
  }
}

/** A wider switch keeps its port groups in the middle; one row of them moves apart. */
export function widen(inside: Inside, box: Placing, extra: number): void {
  if (extra <= 0 || inside.tree.closed.has(box.id)) return;
  box.width += extra;
  const pills = childrenOf(inside.tree, box.id).map((child) => inside.boxes.get(child.id)).filter((pill) => pill !== undefined && !pill.placed) as Placing[];
  const oneRow = pills.every((pill) => pill.y === pills[0]?.y) && pills.length > 1;
  const apart = oneRow ? Math.min(LANE_GAP - COLUMN_GAP, Math.floor(extra / pills.length / 16) * 8) : 0;
  const shift = Math.floor((extra - apart * (pills.length - 1)) / 16) * 8;
  pills.forEach((pill, index) => { pill.x += shift + index * apart; });
}

/** Hypervisors side by side; the controller in the corner below them. */
function host(inside: Inside, node: NodeDraft): { width: number; height: number } {
  const children = childrenOf(inside.tree, node.id);
  const bands = children.filter((child) => child.kind !== "bmc").map((child) => measure(inside, child));
  const chips = children.filter((child) => child.kind === "bmc").map((child) => measure(inside, child));
  let x = PADDING;
  for (const band of bands) {
    if (!band.placed) Object.assign(band, { x, y: HEADER });
    x += band.width + PADDING;
  }
  const taken = confine(bands, HEADER, PADDING);
  stepAside(bands.filter((band) => !band.placed), taken, PADDING);
  const title = titleWidth(node, 13) + 88;
  const width = snapUp(Math.max(right(bands) + PADDING, title, MINIMUM.host.width));
  const under = Math.max(bottom(bands), HEADER);
  for (const chip of chips) Object.assign(chip, { x: width - PADDING - chip.width, y: under + 8 });
  // Hosts without a controller leave room for one where others have it, so that their frames end on one line.
  const foot = inside.controllers ? CHIP.height + 8 : 0;
  return { width, height: snapUp(Math.max(MINIMUM.host.height, under + foot + PADDING)) };
}

/** The block of hosts: rows and columns of the page's shape. */
import type { MutableBox } from "./packing";
import { HOST_GAP, LABEL_LANE } from "./sizes";

/** Canvases and pages are wider than high. */
const ASPECT = 1.7;
const SINGLE_ROW = 4;
/** Between rows: the labels of uplinks stand there. */
const LANE = LABEL_LANE + 40;
/** From so many hosts on the small ones stand apart, where a block of equal columns would leave this share of itself blank. */
const MANY = 12, BLANK = 0.6;

export interface HostBlock {
  readonly width: number;
  /** Places the hosts with their top left corner there. Returns the bottom. */
  set(left: number, top: number): number;
}

/**
 * Up to four hosts stand in one row; more make a block of the page's shape. Columns share a width, so that cables find straight gutters.
 * Where most hosts are much smaller than the widest, those follow below, several side by side in each column: its gutters stay open.
 */
export function hostBlock(hosts: readonly MutableBox[]): HostBlock {
  const plain = bestBlock(hosts, []);
  const used = hosts.reduce((sum, box) => sum + (box.width + HOST_GAP) * (box.height + LANE), 0), widest = Math.max(0, ...hosts.map(({ width }) => width));
  if (hosts.length < MANY || used > (1 - BLANK) * plain.width * plain.height) return plain;
  const fitsTwice = ({ width }: MutableBox): boolean => 2 * width + HOST_GAP <= widest, small = hosts.filter(fitsTwice);
  return small.length === 0 ? plain : bestBlock(hosts.filter((box) => !fitsTwice(box)), small);
}

interface Block extends HostBlock {
  readonly height: number;
}

function bestBlock(large: readonly MutableBox[], small: readonly MutableBox[]): Block {
  if (small.length === 0 && large.length <= SINGLE_ROW) return blockOf(large, small, Math.max(1, large.length));
  let best: Block | undefined, distance = Infinity;
  // With more columns the block becomes wider and lower, as a rule: once it is wider than the best one is off, the search is over.
  for (let count = small.length === 0 ? 2 : 1; count <= large.length; count++) {
    const block = blockOf(large, small, count), shape = Math.log(block.width / block.height / ASPECT);
    if (Math.abs(shape) < distance) [best, distance] = [block, Math.abs(shape)];
    if (shape > distance) break;
  }
  return best ?? blockOf(large, small, 1);
}

function blockOf(large: readonly MutableBox[], small: readonly MutableBox[], count: number): Block {
  const widths = widthsOf(large, count), width = sumOf(widths, HOST_GAP), slots = slotsOf(widths, small);
  return {
    width, height: rowsHeight(large, count) + rowsHeight(small, slots.length),
    set: (left, top) => {
      const below = setRows(large, offsetsOf(widths).map((x) => left + x), top);
      return small.length === 0 ? below : setRows(small, slots.map((x) => left + x), large.length === 0 ? top : below + LANE);
    },
  };
}

/** Where small hosts begin: as many in each column as it has room for. */
function slotsOf(widths: readonly number[], small: readonly MutableBox[]): number[] {
  const each = Math.max(0, ...small.map(({ width }) => width)) + HOST_GAP;
  return small.length === 0 ? [] : offsetsOf(widths).flatMap((x, column) => Array.from({ length: Math.max(1, Math.floor(((widths[column] ?? 0) + HOST_GAP) / each)) }, (_, slot) => x + slot * each));
}

function offsetsOf(widths: readonly number[]): number[] {
  let x = 0;
  return widths.map((width) => (x += width + HOST_GAP) - width - HOST_GAP);
}

function widthsOf(hosts: readonly MutableBox[], count: number): number[] {
  const widths = new Array<number>(count).fill(0);
  hosts.forEach((box, index) => { widths[index % count] = Math.max(widths[index % count] ?? 0, box.width); });
  return widths;
}

function sumOf(sizes: readonly number[], gap: number): number {
  return sizes.reduce((sum, size) => sum + size + gap, -gap);
}

export function height(boxes: readonly { readonly height: number }[]): number {
  return boxes.reduce((most, box) => Math.max(most, box.height), 0);
}

function rowsHeight(hosts: readonly MutableBox[], columns: number): number {
  let sum = 0;
  for (let start = 0; start < hosts.length; start += columns) sum += height(hosts.slice(start, start + columns)) + LANE;
  return sum;
}

/** Row by row, a host at each of the places. Returns the bottom. */
function setRows(hosts: readonly MutableBox[], places: readonly number[], top: number): number {
  let y = top, bottom = top;
  for (let start = 0; start < hosts.length; start += places.length) {
    const row = hosts.slice(start, start + places.length);
    row.forEach((box, index) => Object.assign(box, { x: places[index] ?? 0, y }));
    bottom = y + height(row);
    y = bottom + LANE;
  }
  return bottom;
}

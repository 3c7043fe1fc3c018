/** Grids and shelves: how boxes of one level are set beside and under one another, and how they make way for hand-placed ones. */
import { overlaps, type Box } from "./geometry";

export interface MutableBox {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** How many columns make `count` cards a block that is about as wide as high, rows filled evenly. */
export function columnsFor(count: number, widthOverHeight: number): number {
  if (count <= 4) return Math.max(1, count);
  const wanted = Math.max(4, Math.round(Math.sqrt(count * widthOverHeight)));
  return Math.ceil(count / Math.ceil(count / wanted));
}

/** Equal cells, row by row. Returns the block's size. */
export function grid(boxes: readonly MutableBox[], columns: number, cell: { width: number; height: number }, gap: { x: number; y: number }, at: { x: number; y: number }): { width: number; height: number } {
  boxes.forEach((box, index) => {
    box.x = at.x + (index % columns) * (cell.width + gap.x);
    box.y = at.y + Math.floor(index / columns) * (cell.height + gap.y);
  });
  const rows = Math.ceil(boxes.length / columns), across = Math.min(columns, boxes.length);
  return { width: Math.max(0, across * (cell.width + gap.x) - gap.x), height: Math.max(0, rows * (cell.height + gap.y) - gap.y) };
}

/** Boxes in rows no wider than `limit` (one box may be). Returns the rows. */
export function shelves<T extends { readonly width: number }>(boxes: readonly T[], limit: number, gap: number): T[][] {
  const rows: T[][] = [];
  let used = Infinity;
  for (const box of boxes) {
    if (used + gap + box.width > limit) {
      rows.push([]);
      used = -gap;
    }
    rows.at(-1)?.push(box);
    used += gap + box.width;
  }
  return rows;
}

/** Moves free cards that a hand-placed box covers to the next free cells under the block. */
export function dodge(free: readonly MutableBox[], taken: readonly Box[], columns: number, cell: { width: number; height: number }, gap: { x: number; y: number }, at: { x: number; y: number }): void {
  if (taken.length === 0) return;
  let next = Math.ceil(free.length / columns) * columns;
  const hit = (box: Box): boolean => taken.some((other) => overlaps(box, other));
  for (const box of free.filter(hit)) {
    do {
      box.x = at.x + (next % columns) * (cell.width + gap.x);
      box.y = at.y + Math.floor(next / columns) * (cell.height + gap.y);
      next++;
    } while (hit(box));
  }
}

/** Moves each free box right until nothing placed earlier covers it; `gap` stays between them. */
export function stepAside(free: readonly MutableBox[], taken: readonly Box[], gap: number): void {
  if (taken.length === 0) return;
  const settled: Box[] = [...taken];
  for (const box of free) {
    for (let other = settled.find((candidate) => overlaps(box, candidate)); other !== undefined; other = settled.find((candidate) => overlaps(box, candidate))) {
      box.x = other.x + other.width + gap;
    }
    settled.push(box);
  }
}

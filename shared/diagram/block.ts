/** Pieces of an audit page: a height and a drawing at the origin. Stacked into columns and pages. */
import { wrapText } from "./metrics";
import { line, printable } from "./shapes/shape";
import type { FontWeight, Primitive } from "./primitives";
import type { Paint } from "./theme";

export interface Block {
  readonly height: number;
  readonly primitives: readonly Primitive[];
  /** Must not stand alone at the foot of a page: headings. */
  readonly keepWithNext?: boolean;
  /** Of a row of a table, or of what says more of an entry: what stands again at the top of a page that begins with it. */
  readonly head?: Block;
  /** The section that begins with it. */
  readonly section?: string;
}

export interface TextStyle {
  readonly size: number;
  readonly weight?: FontWeight;
  readonly fill: Paint;
}

/** Line pitch in sizes of the type. */
const LEADING = 1.4;

export const BODY: TextStyle = { size: 8.5, fill: "text" };
export const NOTE: TextStyle = { size: 8, fill: "muted" };
export const STRONG: TextStyle = { size: 8.5, weight: 600, fill: "text" };

/** A paragraph of wrapped lines; at most `most` of them, the last cut with an ellipsis. */
export function paragraph(text: string, width: number, style: TextStyle, most = Infinity): Block {
  const lines = wrapText(printable(text), width, style.size, style.weight);
  const shown = lines.length > most ? [...lines.slice(0, most - 1), lines.slice(most - 1).join(" ")] : lines;
  const pitch = style.size * LEADING;
  return {
    height: shown.length * pitch,
    primitives: shown.flatMap((words, index) => line(words, { x: 0, y: pitch * (index + 1) - style.size * 0.45 }, width + 1, { ...style, prose: true })),
  };
}

export function heading(text: string, width: number): Block {
  return {
    height: 30, keepWithNext: true,
    primitives: [...line(text, { x: 0, y: 19 }, width, { size: 12, weight: 600, fill: "text", prose: true }), { type: "line", x1: 0, y1: 25, x2: width, y2: 25, stroke: "frameLine", strokeWidth: 0.75 }],
  };
}

export function gap(height: number): Block {
  return { height, primitives: [] };
}

/** One under another. */
export function stack(blocks: readonly Block[]): Block {
  let y = 0;
  const primitives: Primitive[] = [];
  for (const block of blocks) {
    if (block.primitives.length > 0) primitives.push({ type: "group", y, children: block.primitives });
    y += block.height;
  }
  return { height: y, primitives };
}

/** Beside one another at the given left edges. */
export function row(cells: readonly { readonly x: number; readonly block: Block }[]): Block {
  return {
    height: cells.reduce((most, { block }) => Math.max(most, block.height), 0),
    primitives: cells.flatMap(({ x, block }) => (block.primitives.length === 0 ? [] : [{ type: "group" as const, x, children: block.primitives }])),
  };
}

/** Down to the end of what a heading must not be parted from: other headings, the space between, and the first block that says something. */
function heightBehind(blocks: readonly Block[], index: number): number {
  let height = 0;
  for (let next = index + 1; next < blocks.length; next++) {
    const block = blocks[next] as Block;
    height += block.height;
    if (block.primitives.length > 0 && block.keepWithNext !== true) break;
  }
  return height;
}

/** Fills columns of `height` one after another. A block higher than a column gets one of its own and is cut there. */
export function paginate(blocks: readonly Block[], height: number): Block[][] {
  const pages: Block[][] = [];
  let page: Block[] = [], used = 0;
  blocks.forEach((block, index) => {
    const next = block.keepWithNext === true ? heightBehind(blocks, index) : 0;
    if (page.length > 0 && used + block.height + next > height) {
      pages.push(page);
      page = [];
      used = 0;
    }
    if (page.length === 0 && block.primitives.length === 0) return;
    if (page.length === 0 && block.head !== undefined) {
      page.push(block.head);
      used += block.head.height;
    }
    page.push(block);
    used += block.height;
  });
  if (page.length > 0) pages.push(page);
  return pages;
}

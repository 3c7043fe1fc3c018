/** Who reaches whom on paper: a heat map that reads without colour. */
import type { Verdict } from "../analysis/result";
import { gap, paragraph, row, stack, NOTE, type Block } from "./block";
import { cellWords, VERDICT_TAGS, type GroupMatrix } from "./group-matrix";
import type { Primitive } from "./primitives";
import type { Paint } from "./theme";
import { line, markAt } from "./shapes/shape";

/** Cells are as wide as there is room, so that names are not cut without need. */
const LABEL = 110, LEAST_CELL = 58, MOST_CELL = 104, CELL_HEIGHT = 24;
/** So many rows are never torn apart. */
const MOST_WHOLE = 12;

/** Blocks for pages `width` points wide. */
export function matrixBlocks(groups: GroupMatrix, width: number): Block[] {
  const across = Math.max(1, Math.floor((width - LABEL) / LEAST_CELL)), cell = Math.min(MOST_CELL, Math.max(LEAST_CELL, (width - LABEL) / groups.groups.length)), key = keyBlock(width), blocks: Block[] = [];
  for (let start = 0; start < groups.groups.length; start += across) {
    const columns = groups.groups.slice(start, start + across), titles = head(columns, cell), rows = groups.groups.map((from) => matrixRow(groups, from, columns, cell)), last = start + across >= groups.groups.length;
    blocks.push(...(rows.length <= MOST_WHOLE ? [stack([titles, ...rows, ...(last ? [gap(16), key] : [])])] : [titles, ...rows.map((each): Block => ({ ...each, head: titles })), ...(last ? [gap(16), key] : [])]), gap(last ? 0 : 16));
  }
  return blocks;
}

function head(columns: GroupMatrix["groups"], width: number): Block {
  return {
    height: 28, keepWithNext: true,
    primitives: [...line("from ↓ · to →", { x: 0, y: 22 }, LABEL, { size: 7.5, fill: "muted" }), ...columns.flatMap(({ name }, index) => line(name, { x: LABEL + index * width + width / 2, y: 22 }, width - 4, { size: 8, weight: 600, fill: "text", anchor: "middle" }))],
  };
}

function matrixRow(groups: GroupMatrix, from: GroupMatrix["groups"][number], columns: GroupMatrix["groups"], width: number): Block {
  return row([
    { x: 0, block: { height: CELL_HEIGHT, primitives: line(from.name, { x: 0, y: 15 }, LABEL - 8, { size: 8.5, weight: 600, fill: "text" }) } },
    ...columns.map((to, index) => ({ x: LABEL + index * width, block: { height: CELL_HEIGHT, primitives: cell(groups, from.id, to.id, width) } })),
  ]);
}

function cell(groups: GroupMatrix, from: string, to: string, width: number): Primitive[] {
  const found = groups.cells.get(`${from}\n${to}`), verdict = from === to ? undefined : (found?.verdict ?? "isolated");
  const fill: Paint = verdict === undefined ? "bar" : verdict === "violating" ? "violationSoft" : "surface";
  const box: Primitive = { type: "rect", x: 0.5, y: 0.5, width: width - 1, height: CELL_HEIGHT - 1, fill, stroke: verdict === "violating" ? "violation" : "bandLine", strokeWidth: verdict === "violating" ? 1 : 0.5 };
  if (verdict === undefined || verdict === "isolated") return [box];
  const tag = VERDICT_TAGS[verdict];
  return [box, markAt(tag.mark, 5, 8.5, 7, tag.paint), ...line(cellWords(found) || verdict, { x: 15, y: 15 }, width - 18, { size: 7.5, fill: "text" })];
}

function keyBlock(width: number): Block {
  const order: readonly Verdict[] = ["violating", "unknown", "permitted"];
  return stack([{
    height: 14,
    primitives: order.flatMap((verdict, index) => {
      const tag = VERDICT_TAGS[verdict];
      return [markAt(tag.mark, index * 76, 2, 7.5, tag.paint), ...line(tag.text, { x: index * 76 + 12, y: 9 }, 60, { size: 8, fill: "text" })];
    }),
  }, paragraph("An empty cell: nothing passes. A cell names the services that pass both ways, or one way only where no answer comes back.", width, NOTE)]);
}

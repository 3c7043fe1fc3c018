/** The head and the title block of an audit sheet: what was looked at, when, by whom, and how it came out. */
import { SEVERITIES, type Summary } from "../analysis/result";
import type { Topology } from "../model/topology";
import { scopeOf, type AuditInput } from "./audit-input";
import { gap, NOTE, paragraph, stack, type Block } from "./block";
import type { LensTag } from "./lens";
import { SEVERITY_MARKS } from "./lens";
import { textWidth } from "./metrics";
import type { Primitive } from "./primitives";
import type { Paint } from "./theme";
import { line, markAt, printable } from "./shapes/shape";
import { UNKNOWN_TITLE, unknownLetters } from "./unknown-letters";
import { plural } from "./words";

/** One sentence and the colour that goes with it. */
export function resultOf(summary: Summary): { readonly text: string; readonly paint: Paint; readonly tag: LensTag["mark"] } {
  const { violating, unknown, isolated, permitted } = summary.tenantPairs;
  if (violating > 0) return { text: `${plural(violating, "tenant pair")} ${violating === 1 ? "violates" : "violate"} isolation`, paint: "violation", tag: "square" };
  if (summary.managementExposedTo.length > 0) return { text: `Management is exposed to ${plural(summary.managementExposedTo.length, "party", "parties")}`, paint: "violation", tag: "square" };
  if (unknown > 0) return { text: `${plural(unknown, "tenant pair")} not decided: data is missing`, paint: "unknown", tag: "cross" };
  const pairs = isolated + permitted;
  // Nothing to isolate is no proof of isolation.
  if (pairs === 0) return { text: "No tenant pairs to isolate", paint: "muted", tag: "ring" };
  return { text: `All ${plural(pairs, "tenant pair")} isolated or permitted`, paint: "permitted", tag: "circle" };
}

/** The document's name at the left, the result at the right, a rule below. */
export function headBlock(input: AuditInput, width: number): Block {
  const result = resultOf(input.summary), { tenantPairs: pairs } = input.summary, side = Math.min(width * 0.62, 330);
  const counts = `${pairs.isolated} isolated · ${pairs.permitted} permitted · ${pairs.violating} violating · ${pairs.unknown} unknown`;
  const resultWidth = textWidth(result.text, 11, 600);
  return {
    height: 48,
    primitives: [
      ...line(input.topology.name, { x: 0, y: 15 }, width - Math.min(resultWidth, side - 14) - 30, { size: 16, weight: 600, fill: "text" }),
      { type: "group", y: 22, children: paragraph(input.topology.description ?? "Isolation audit", width - side - 16, { size: 8.5, fill: "muted" }, 2).primitives },
      // Right of its words: another font's may be wider.
      markAt(result.tag, width - 9, 5.5, 9, result.paint),
      ...line(result.text, { x: width - 14, y: 14 }, side - 14, { size: 11, weight: 600, fill: result.paint, anchor: "end" }),
      ...severityCounts(input.summary, width, 31),
      ...line(counts, { x: width, y: 42 }, side, { size: 8, fill: "muted", anchor: "end" }),
      { type: "line", x1: 0, y1: 48, x2: width, y2: 48, stroke: "frameLine", strokeWidth: 0.75 },
    ],
  };
}

/** `■ 2 critical  ▲ 1 high …  1 accepted`, right-aligned. */
function severityCounts(summary: Summary, right: number, y: number): Primitive[] {
  const parts: Primitive[] = [];
  let x = right;
  const accepted = `${summary.accepted} accepted`;
  parts.push(...line(accepted, { x, y }, 80, { size: 8.5, fill: "muted", anchor: "end" }));
  x -= textWidth(accepted, 8.5) + 12;
  for (const severity of [...SEVERITIES].reverse()) {
    const text = `${summary[severity]} ${severity}`, width = textWidth(text, 8.5);
    parts.push(...line(text, { x: x - width, y }, 80, { size: 8.5, fill: "text" }), markAt(SEVERITY_MARKS[severity], x - width - 10, y - 7, 7, severity));
    x -= width + 20;
  }
  return parts;
}

interface Cell {
  readonly label: string;
  readonly value: string;
  readonly share: number;
}

const ROW = 30, TWO_ROWS_BELOW = 640;

export function titleBlockHeight(width: number): number {
  return width < TWO_ROWS_BELOW ? 2 * ROW : ROW;
}

/** Ruled cells, as engineers sign their drawings; in two rows on narrow paper. `sheet` is `1 / 5` or empty. */
export function titleBlock(input: AuditInput, width: number, sheet: string): Block {
  const cells: Cell[] = [
    { label: "Document", value: input.topology.name, share: 4 },
    { label: "SHA-256", value: input.sha256.slice(0, 16), share: 3 },
    { label: "Analysed for", value: input.date, share: 1.8 },
    { label: "Author", value: input.author ?? "–", share: 2.2 },
    { label: "Scope", value: scopeOf(input), share: 2.6 },
    { label: "Guests", value: input.assume ?? "hostile", share: 1.5 },
    { label: "Analyzer", value: `Bulkhead ${input.analyzer}`, share: 2.2 },
    ...(sheet === "" ? [] : [{ label: "Sheet", value: sheet, share: 1.2 }]),
  ];
  const rows = width < TWO_ROWS_BELOW ? [cells.filter((cell) => cell.share >= 2.5), cells.filter((cell) => cell.share < 2.5)] : [cells];
  return stack(rows.map((row) => cellRow(row, width)));
}

function cellRow(cells: readonly Cell[], width: number): Block {
  const unit = width / cells.reduce((sum, cell) => sum + cell.share, 0);
  const primitives: Primitive[] = [{ type: "rect", x: 0, y: 0, width, height: ROW, stroke: "muted", strokeWidth: 0.75 }];
  let x = 0;
  for (const { label, value, share } of cells) {
    const room = share * unit - 10;
    if (x > 0) primitives.push({ type: "line", x1: x, y1: 0, x2: x, y2: ROW, stroke: "muted", strokeWidth: 0.5 });
    primitives.push(...line(label, { x: x + 5, y: 10.5 }, room, { size: 6.5, fill: "muted" }), ...line(value, { x: x + 5, y: 23 }, room, { size: 8.5, weight: 600, fill: "text" }));
    x += share * unit;
  }
  return { height: ROW, primitives };
}

/** Marks with their words, flowing over as many lines as they need; then what lines and numbers mean. */
export function legendBlock(tags: readonly LensTag[], width: number, path = false, most = 40): Block {
  const primitives: Primitive[] = [];
  let x = 0, y = 0;
  const place = (drawing: (at: { x: number; y: number }) => Primitive[], text: string): void => {
    const used = 14 + Math.min(180, textWidth(printable(text), 8.5)) + 16;
    if (x > 0 && x + used > width) {
      x = 0;
      y += 14;
    }
    primitives.push(...drawing({ x, y }), ...line(text, { x: x + 13, y: y + 9 }, 181, { size: 8.5, fill: "text" }));
    x += used;
  };
  for (const tag of tags.slice(0, most)) place((at) => [markAt(tag.mark, at.x, at.y + 2, 8, tag.paint)], tag.text);
  if (tags.length > most) place(() => [], `and ${tags.length - most} more`);
  place((at) => [{ type: "line", x1: at.x - 2, y1: at.y + 6, x2: at.x + 9, y2: at.y + 6, stroke: "violation", strokeWidth: 2.5 }], path ? "the way of the finding" : "on the way of a critical or high finding");
  place((at) => [
    { type: "circle", cx: at.x + 4, cy: at.y + 6, r: 5, fill: "violation" },
    { type: "text", x: at.x + 4, y: at.y + 8.5, text: "1", size: 7, weight: 600, fill: "onBadge", anchor: "middle" },
  ], path ? "number of the hop" : "number of the finding in the list");
  return { height: y + 14, primitives };
}

/** Below the legend: which letters are not shown as the document writes them. Nothing where all are. */
export function lettersNote(topology: Topology, author: string | undefined, width: number): Block[] {
  const found = unknownLetters(topology, author);
  return found === undefined ? [] : [gap(4), paragraph(`${UNKNOWN_TITLE}: ${found}`, width, NOTE)];
}

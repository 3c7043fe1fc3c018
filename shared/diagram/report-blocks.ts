/** The audit report on paper: its pieces as blocks. */
import { BODY, gap, heading, NOTE, paragraph, row, stack, STRONG, type Block, type TextStyle } from "./block";
import { isGrave } from "./draw-node";
import { SEVERITY_MARKS } from "./lens";
import { matrixBlocks } from "./matrix-blocks";
import { textWidth } from "./metrics";
import type { Primitive } from "./primitives";
import type { Paint } from "./theme";
import type { Entry, Piece, Section, TablePiece } from "./report";
import { line, markAt } from "./shapes/shape";

const LEAD: TextStyle = { size: 14, weight: 600, fill: "text" };
/** Long lines are hard to read. */
const MEASURE = 560;

export function sectionBlocks({ title, pieces }: Section, width: number): Block[] {
  return [{ ...heading(title, width), section: title }, gap(4), ...pieces.flatMap((piece) => pieceBlocks(piece, width)), gap(14)];
}

export function pieceBlocks(piece: Piece, width: number): Block[] {
  const measure = Math.min(width, MEASURE);
  switch (piece.kind) {
    case "text": return [paragraph(piece.text, piece.tone === "lead" ? width : measure, piece.tone === "lead" ? LEAD : piece.tone === "note" ? NOTE : BODY), gap(piece.tone === "lead" ? 6 : 5)];
    case "subhead": return [{ ...stack([gap(6), paragraph(piece.text, width, { size: 10, weight: 600, fill: "text" }), gap(2)]), keepWithNext: true }];
    case "list": return withoutWidow(piece.items.map((item) => stack([row([{ x: 2, block: paragraph("•", 8, BODY) }, { x: 12, block: paragraph(item, measure - 12, BODY) }]), gap(3)])));
    case "facts": return withoutWidow(piece.facts.map(({ label, text }) => stack([row([{ x: 0, block: paragraph(label, 86, NOTE) }, { x: 92, block: paragraph(text, measure - 92, BODY) }]), gap(2)])));
    case "table": return tableBlocks(piece, width);
    case "entry": return entryBlocks(piece, width);
    case "matrix": return [...matrixBlocks(piece.groups, width), gap(6)];
    case "picture": return [];
  }
}

/** The last of several does not begin a page alone. */
function withoutWidow(blocks: readonly Block[]): Block[] {
  return blocks.map((block, index) => (index === blocks.length - 2 ? { ...block, keepWithNext: true } : block));
}

const CELL_GAP = 8;

function tableBlocks({ columns, rows, none, more }: TablePiece, width: number): Block[] {
  if (rows.length === 0) return [paragraph(none, width, BODY), gap(6)];
  const lefts: number[] = [];
  let left = 0;
  for (const each of columnWidths(columns, rows, width)) {
    lefts.push(left);
    left += each;
  }
  const cells = (texts: readonly string[], style: TextStyle): Block =>
    row(texts.map((text, index) => ({ x: lefts[index] ?? 0, block: paragraph(text, (lefts[index + 1] ?? width) - (lefts[index] ?? 0) - CELL_GAP, style) })));
  const head: Block = { ...ruled(stack([cells(columns.map(({ title }) => title), { ...STRONG, size: 8 }), gap(2)]), width, "muted"), keepWithNext: true };
  return [
    head, ...withoutWidow(rows.map((texts): Block => ({ ...ruled(stack([gap(1.5), cells(texts, { ...BODY, size: 8 }), gap(1.5)]), width, "bandLine"), head }))),
    ...(more === undefined ? [] : [paragraph(`and ${more.count} more${more.where === "" ? "" : `: ${more.where}`}`, width, NOTE)]), gap(8),
  ];
}

/** So much of a table's width a column may take for a word that it would have to break. */
const MOST_FOR_A_WORD = 0.3;
/** And all such columns together. */
const MOST_HELD = 0.9;

/** By the shares, but none narrower than its longest word while the others have room; where they have not, the one that wants most does without. */
function columnWidths(columns: TablePiece["columns"], rows: TablePiece["rows"], width: number): readonly number[] {
  const longest = (text: string, weight: 400 | 600): number => text.split(" ").reduce((most, word) => Math.max(most, textWidth(word, 8, weight)), 0);
  const least = columns.map(({ title }, index) => Math.min(width * MOST_FOR_A_WORD, CELL_GAP + 1 + rows.reduce((most, row) => Math.max(most, longest(row[index] ?? "", 400)), longest(title, 600))));
  const held = new Set<number>();
  for (;;) {
    const taken = [...held].reduce((sum, index) => sum + (least[index] ?? 0), 0), total = columns.reduce((sum, { share }, index) => sum + (held.has(index) ? 0 : share), 0);
    if (total === 0 || taken > width * MOST_HELD) {
      least[least.indexOf(Math.max(...least))] = 0;
      held.clear();
      continue;
    }
    const widths = columns.map(({ share }, index) => (held.has(index) ? (least[index] ?? 0) : (share / total) * (width - taken)));
    const short = widths.findIndex((each, index) => each < (least[index] ?? 0));
    if (short === -1) return widths;
    held.add(short);
  }
}

/** With a line below. */
function ruled(block: Block, width: number, stroke: Paint): Block {
  return { height: block.height + 1, primitives: [...block.primitives, { type: "line", x1: 0, y1: block.height + 0.5, x2: width, y2: block.height + 0.5, stroke, strokeWidth: 0.4 }] };
}

/** Of one fact or command of a finding: nothing that the analyzer writes is as long; what somebody wrote into a document may be. */
const MOST_LINES = 24;
const NUMBER = 26, SEVERITY = 62, RULE = 54, LABEL = 48;

/** One finding, with its number as it stands on the diagram. In pieces, for it may be longer than what is left of a page. */
function entryBlocks(entry: Entry, width: number): Block[] {
  const room = width - NUMBER;
  const indented = (block: Block): Block => row([{ x: NUMBER, block }]);
  const labelled = (label: string, text: string, style: TextStyle, most: number): Block =>
    indented(row([{ x: 0, block: paragraph(label, LABEL - 4, { ...NOTE, size: 7.5 }) }, { x: LABEL, block: paragraph(text, room - LABEL, style, most) }]));
  // An id is never cut, so that a search finds it.
  const beside = textWidth(entry.id, 7.5) <= width - ENTRY_INDENT;
  const head: Block = { height: 14, primitives: [...entryHead(entry), ...(beside ? line(entry.id, { x: ENTRY_INDENT, y: 8.5 }, width - ENTRY_INDENT, { size: 7.5, fill: "muted" }) : [])] };
  const rest = [
    ...(beside ? [] : [labelled("Id", entry.id, NOTE, Infinity)]), ...entry.facts.map(({ label, text }) => labelled(label, text, NOTE, MOST_LINES)),
    ...entry.commands.map((command, index) => labelled(index === 0 ? "Commands" : "", command, { size: 7.5, fill: "text" }, MOST_LINES)),
  ];
  const again: Block = { height: 17, primitives: [...badge(entry), ...line(`${entry.rule}, continued`, { x: NUMBER, y: 8.5 }, room, { size: 8.5, fill: "muted" })] };
  return [stack([head, indented(paragraph(entry.title, room, STRONG)), indented(paragraph(entry.detail, room, BODY))]), ...rest.map((block) => ({ ...block, head: again })), gap(10)];
}

/** Number, severity and rule. */
export function entryHead({ number, accepted, severity, rule }: Pick<Entry, "number" | "accepted" | "severity" | "rule">): Primitive[] {
  return [
    ...badge({ number, accepted, severity }), markAt(SEVERITY_MARKS[severity], NUMBER, 1.5, 7.5, severity), ...line(severity, { x: NUMBER + 12, y: 8.5 }, SEVERITY - 14, { size: 8.5, fill: "text" }),
    ...line(rule, { x: NUMBER + SEVERITY, y: 8.5 }, RULE - 4, { size: 8.5, fill: "text" }),
  ];
}

export const ENTRY_INDENT = NUMBER + SEVERITY + RULE;

/** Filled as on the diagram, where only critical and high findings are red; outlined for accepted findings, which it does not mark. */
function badge({ number, accepted, severity }: Pick<Entry, "number" | "accepted" | "severity">): Primitive[] {
  const text = String(number), width = Math.max(14, 6 + text.length * 5), fill: Paint = accepted ? "surface" : isGrave(severity) ? "violation" : "muted";
  const style: { fill: Paint; stroke: Paint } = { fill, stroke: accepted ? "muted" : fill };
  return [
    { type: "rect", x: 0, y: -1.5, width, height: 14, radius: 7, ...style, strokeWidth: 0.75 },
    { type: "text", x: width / 2, y: 8.6, text, size: 8.5, weight: 600, fill: accepted ? "muted" : "onBadge", anchor: "middle" },
  ];
}

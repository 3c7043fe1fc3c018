/** The audit report for a wiki; the diagram itself is a file of its own. */
import { cellWords, type GroupMatrix } from "../diagram/group-matrix";
import type { Entry, Piece, Report, Section, TablePiece } from "../diagram/report";
import { markdownTable, markdownText as text } from "./markdown";
import { plain } from "./plain";

export function reportMarkdown(report: Report, title: string): string {
  return `${[`# ${text(title)}`, ...report.sections.map(sectionMarkdown)].join("\n\n")}\n`;
}

function sectionMarkdown({ title, pieces }: Section): string {
  return [`## ${text(title)}`, ...pieces.map(pieceMarkdown)].join("\n\n");
}

function pieceMarkdown(piece: Piece): string {
  switch (piece.kind) {
    case "text": return piece.tone === "lead" ? `**${text(piece.text)}**` : text(piece.text);
    case "subhead": return `### ${text(piece.text)}`;
    case "list": return piece.items.map((item) => `- ${text(item)}`).join("\n");
    case "facts": return facts(piece.facts);
    case "table": return tableMarkdown(piece);
    case "entry": return entryMarkdown(piece);
    case "matrix": return matrixMarkdown(piece.groups);
    case "picture": return "The diagram is not part of this text: `bulkhead export FILE --to svg` draws it, with the numbers of the findings.";
  }
}

function facts(list: readonly { readonly label: string; readonly text: string }[]): string {
  return list.map(({ label, text: value }) => `- ${text(label)}: ${text(value)}`).join("\n");
}

function tableMarkdown({ columns, rows, none, more }: TablePiece): string {
  if (rows.length === 0) return text(none);
  const left = more === undefined ? [] : [`and ${more.count} more${more.where === "" ? "" : `: ${text(more.where)}`}`];
  return [markdownTable(columns.map(({ title }) => text(title)), rows.map((row) => row.map(text))), ...left].join("\n\n");
}

function entryMarkdown({ number, severity, accepted, title, id, detail, facts: list, commands }: Entry): string {
  return [
    `### ${number}. ${text(title)}`, `${severity}${accepted ? ", accepted" : ""} · ${code(id)}`, text(detail), ...(list.length === 0 ? [] : [facts(list)]),
    ...(commands.length === 0 ? [] : [`${fence(commands)}\n${commands.map(plain).join("\n")}\n${fence(commands)}`]),
  ].join("\n\n");
}

/** Longer than any run of backticks inside. */
function fence(lines: readonly string[]): string {
  return "`".repeat(Math.max(3, ...lines.flatMap((line) => (line.match(/`+/g) ?? []).map((run) => run.length + 1))));
}

function code(value: string): string {
  return value.includes("`") ? text(value) : `\`${plain(value)}\``;
}

function matrixMarkdown({ groups, cells }: GroupMatrix): string {
  const rows = groups.map((from) => [text(from.name), ...groups.map((to) => {
    const cell = cells.get(`${from.id}\n${to.id}`), words = cellWords(cell);
    return from.id === to.id ? "–" : cell === undefined || cell.verdict === "isolated" ? "" : text(words === "" ? cell.verdict : `${cell.verdict}: ${words}`);
  })]);
  return markdownTable(["from ↓ to →", ...groups.map(({ name }) => text(name))], rows);
}

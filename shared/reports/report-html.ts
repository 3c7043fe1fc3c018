/** The audit report as a page: self-contained, no script, nothing loaded from elsewhere; it prints well. */
import { GENERATOR } from "../diagram/evidence";
import { cellWords, type GroupMatrix } from "../diagram/group-matrix";
import type { Entry, Piece, Report, Section, TablePiece } from "../diagram/report";
import { inOrder } from "../diagram/directions";
import { fontFaces } from "../diagram/font-faces";
import { OTHER_FONTS, type FontFiles } from "../diagram/fonts";
import { fontFamily } from "../diagram/svg-writer";
import { sealText } from "../diagram/seal";
import { plain } from "./plain";
import { xmlText } from "./xml";

const STYLE = `:root{color-scheme:light}body{font-size:14px;line-height:1.55;color:#171b22;margin:32px auto;max-width:1080px;padding:0 24px}
h1{font-size:26px;line-height:1.2;margin:0 0 16px}h2{font-size:18px;margin:40px 0 12px;padding-bottom:4px;border-bottom:1px solid #8d95a3}h3{font-size:14px;margin:20px 0 8px}
p,ul{margin:0 0 8px;max-width:760px}.lead{font-size:18px;font-weight:600}.note,.label,.id{color:#434a57}.note{font-size:13px}
figure{margin:16px 0;border:1px solid #b4bac5;overflow:auto}figure svg{display:block;max-width:100%;height:auto}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:12.5px;margin:8px 0 16px}th,td{text-align:left;padding:4px 8px 4px 0;border-bottom:1px solid #d3d8e2;vertical-align:top;overflow-wrap:anywhere}th{border-bottom-color:#6f7786}
dl{display:grid;grid-template-columns:112px 1fr;gap:2px 12px;margin:8px 0}dt{color:#434a57}dd{margin:0;overflow-wrap:anywhere}
article{border:1px solid #b4bac5;border-left:4px solid #6f7786;padding:10px 16px;margin:12px 0;break-inside:avoid}article.critical,article.high{border-left-color:#b00020}article.accepted{border-left-style:dashed}
article h3{margin:0 0 4px}.number{display:inline-block;min-width:20px;padding:0 5px;border-radius:10px;background:#434a57;color:#fff;text-align:center;font-size:12px}.critical .number,.high .number{background:#b00020}article.accepted .number{background:#fff;color:#434a57;box-shadow:inset 0 0 0 1px #434a57}
pre{font:12px/1.5 ui-monospace,Consolas,monospace;white-space:pre-wrap;overflow-wrap:anywhere;background:#f3f4f6;padding:8px;margin:8px 0 0}
.matrix td,.matrix th{border:1px solid #b4bac5;padding:4px 8px;overflow-wrap:normal}.matrix .violating{background:#fbeaed;outline:2px solid #b00020;outline-offset:-2px;font-weight:600}.matrix .self{background:#e9ebef}
nav ul{columns:2;padding-left:18px}@media print{body{margin:0;max-width:none;padding:0}.wide,figure{overflow:visible}nav{display:none}thead{display:table-header-group}tr{break-inside:avoid}}`;

/** @param title of the page; @param svg the diagram, an SVG document with its seal blank; @param fonts of which the letters in use are put into the page */
export function reportHtml(report: Report, title: string, svg: string, fonts: FontFiles): string {
  const diagram = svg.replace(/^<\?xml[^>]*\?>\s*/, "");
  const body = `<h1>${text(title)}</h1>
<nav aria-label="Contents"><ul>${report.sections.map(({ id, title: name }) => `<li><a href="#${id}">${text(name)}</a></li>`).join("")}</ul></nav>
${report.sections.map((section) => sectionHtml(section, diagram)).join("\n")}`;
  // Escaped letters are not in the text as themselves.
  const letters = new Set(Array.from(`${body}<>&"'`, (character) => character.codePointAt(0) as number));
  return sealText(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
${GENERATOR}
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:">
<title>${text(title)}</title>
<style>${fontFaces({ 400: letters, 600: letters }, fonts)}body{font-family:${fontFamily(OTHER_FONTS.filter((font) => fonts.others?.has(font)))}}${STYLE}</style>
</head>
<body>
${body}
</body>
</html>
`);
}

function sectionHtml({ id, title, pieces }: Section, diagram: string): string {
  return `<section id="${id}">\n<h2>${text(title)}</h2>\n${pieces.map((piece) => pieceHtml(piece, diagram)).join("\n")}\n</section>`;
}

function pieceHtml(piece: Piece, diagram: string): string {
  switch (piece.kind) {
    case "text": return `<p${piece.tone === undefined ? "" : ` class="${piece.tone}"`}>${text(piece.text)}</p>`;
    case "subhead": return `<h3>${text(piece.text)}</h3>`;
    case "list": return `<ul>${piece.items.map((item) => `<li>${text(item)}</li>`).join("")}</ul>`;
    case "facts": return facts(piece.facts);
    case "table": return tableHtml(piece);
    case "entry": return entryHtml(piece);
    case "matrix": return matrixHtml(piece.groups);
    case "picture": return `<figure>${diagram}</figure>`;
  }
}

function facts(list: readonly { readonly label: string; readonly text: string }[]): string {
  return list.length === 0 ? "" : `<dl>${list.map(({ label, text: value }) => `<dt>${text(label)}</dt><dd>${text(value)}</dd>`).join("")}</dl>`;
}

function tableHtml({ columns, rows, none, more }: TablePiece): string {
  if (rows.length === 0) return `<p>${text(none)}</p>`;
  const left = more === undefined ? "" : `<p class="note">and ${more.count} more${more.where === "" ? "" : `: ${text(more.where)}`}</p>`;
  return `<div class="wide"><table><thead><tr>${columns.map(({ title }, index) => `<th scope="col" style="min-width:${leastWidth([title, ...rows.map((row) => row[index] ?? "")])}ch">${text(title)}</th>`).join("")}</tr></thead><tbody>${rows.map((row) => `<tr>${row.map((cell) => `<td>${text(cell)}</td>`).join("")}</tr>`).join("\n")}</tbody></table></div>${left}`;
}

/** Of its longest word, in digits' widths, up to which none in a column is broken while there is room. */
const LONGEST_WHOLE = 14;

function leastWidth(texts: readonly string[]): number {
  let most = 0;
  for (const each of texts) for (const word of each.split(/\s/u)) if (word.length > most) most = word.length;
  return Math.min(most, LONGEST_WHOLE);
}

function entryHtml({ number, severity, accepted, rule, id, title, detail, facts: list, commands }: Entry): string {
  return `<article id="finding-${number}" class="${severity}${accepted ? " accepted" : ""}"><h3><span class="number">${number}</span> ${text(title)}</h3>`
    + `<p class="id">${severity}${accepted ? ", accepted" : ""} · ${text(rule)} · ${text(id)}</p><p>${text(detail)}</p>${facts(list)}${commands.length === 0 ? "" : `<pre>${commands.map(text).join("\n")}</pre>`}</article>`;
}

function matrixHtml({ groups, cells }: GroupMatrix): string {
  const rows = groups.map((from) => `<tr><th scope="row">${text(from.name)}</th>${groups.map((to) => {
    const cell = cells.get(`${from.id}\n${to.id}`), verdict = from.id === to.id ? "self" : (cell?.verdict ?? "isolated");
    const words = cellWords(cell);
    return `<td class="${verdict}">${verdict === "self" || verdict === "isolated" ? "" : words === "" ? verdict : `${verdict}: ${text(words)}`}</td>`;
  }).join("")}</tr>`);
  return `<div class="wide"><table class="matrix"><thead><tr><th>from ↓ · to →</th>${groups.map(({ name }) => `<th scope="col">${text(name)}</th>`).join("")}</tr></thead><tbody>${rows.join("\n")}</tbody></table></div>`
    + `<p class="note">An empty cell: nothing passes. A cell names the services that pass both ways, or one way only where no answer comes back.</p>`;
}

function text(value: string): string {
  return xmlText(inOrder(plain(value).normalize("NFC")));
}

/** Cells as text, as spreadsheets put them on the clipboard and into files. Pure. */
import Papa from "papaparse";
import { csv } from "../../shared/reports/csv";

export type Cells = readonly (readonly string[])[];

export type Delimited = { readonly ok: true; readonly cells: Cells } | { readonly ok: false; readonly message: string };

/** What a spreadsheet would take for a formula; written with an apostrophe before it, which is taken away again when it comes back. */
const FORMULA = /^[=+\-@\t\r]/;

/**
 * Cells parted by tabs, as spreadsheets copy them. A text without a tab is one column, for a cell may hold commas (`trunk 10,20`); only
 * where `isHeader` knows its first line as names of columns it is CSV, with commas or semicolons.
 */
export function readDelimited(text: string, isHeader: (names: readonly string[]) => boolean): Delimited {
  const bare = text.replace(/^\ufeff/, "");
  if (bare.includes("\t")) return parsed(bare, "\t");
  for (const delimiter of [",", ";"]) {
    const first = parsed(bare.slice(0, (bare.search(/[\r\n]/) + 1 || bare.length + 1) - 1), delimiter);
    const names = first.ok ? (first.cells[0] ?? []) : [];
    if (names.length > 1 && isHeader(names)) return parsed(bare, delimiter);
  }
  return parsed(bare, "\t");
}

function parsed(text: string, delimiter: string): Delimited {
  const { data, errors } = Papa.parse<string[]>(text, { delimiter });
  const wrong = errors.find(({ type }) => type === "Quotes");
  if (wrong !== undefined) return { ok: false, message: `Line ${(wrong.row ?? 0) + 1} begins a cell with a quotation mark that is not closed` };
  const cells = data.map((row) => row.map(unguarded));
  while (cells.length > 1 && (cells.at(-1) ?? []).every((cell) => cell === "")) cells.pop();
  return { ok: true, cells };
}

function unguarded(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell.slice(1)) ? cell.slice(1) : cell;
}

/** For the clipboard: cells parted by tabs, lines by line feeds. */
export function tsv(cells: Cells): string {
  return cells.map((row) => row.map(quoted).join("\t")).join("\n");
}

function quoted(cell: string): string {
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return /["\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** For a file that a spreadsheet opens (RFC 4180), with a mark that it is UTF-8. */
export function csvFile(cells: Cells): Uint8Array {
  return new TextEncoder().encode(`\ufeff${csv(cells)}`);
}

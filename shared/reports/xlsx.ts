import { unzipSync, zipSync } from "fflate";
import writeExcelFile from "write-excel-file/universal";
import type { RuleInfo } from "../rules/rule";
import type { Audit } from "./audit";
import { plain } from "./plain";
import { workbookSheets } from "./workbook";

/** The first day that a ZIP entry can carry, in local time as the entry has it: the same document gives the same bytes, wherever the clock stands. */
const firstDay = (): Date => new Date(1980, 0, 1, 12);
/** What a cell holds, and how many rows a sheet has with its head (ECMA-376, and Excel's own limits). */
const MAX_CELL = 32767, MAX_ROWS = 1_048_576;
/** Of columns, in characters. */
const NARROWEST = 8, WIDEST = 60;

/** A workbook (Office Open XML) with sheets for findings, who reaches whom, tenants, the inventory of adapters, and the rules. */
export async function xlsx(audit: Audit, rules: readonly RuleInfo[]): Promise<Uint8Array> {
  const sheets = workbookSheets(audit, rules).map(({ name, head, rows }) => sheet(name, head, rows));
  const blob: { arrayBuffer(): Promise<ArrayBuffer> } = await writeExcelFile(sheets).toBlob();
  const files = unzipSync(new Uint8Array(await blob.arrayBuffer()));
  return zipSync(Object.fromEntries(Object.keys(files).sort().map((name) => [name, files[name] ?? new Uint8Array()])), { mtime: firstDay() });
}

function sheet(name: string, header: readonly string[], rows: readonly (readonly string[])[]) {
  const head = header.map((value) => ({ value, fontWeight: "bold" as const }));
  const left = rows.length + 1 - MAX_ROWS, shown = left > 0 ? [...rows.slice(0, MAX_ROWS - 2), [`and ${left + 1} more; --format json has all`]] : rows;
  const columns = header.map((title, column) => ({ width: Math.min(WIDEST, Math.max(NARROWEST, title.length + 2, ...rows.slice(0, 200).map((row) => row[column]?.length ?? 0))) }));
  return { sheet: name, stickyRowsCount: 1, columns, data: [head, ...shown.map((row) => row.map((value) => ({ value: plain(value).slice(0, MAX_CELL), type: String })))] };
}

import { unzipSync, zipSync } from "fflate";
import writeExcelFile, { type Feature, type Image } from "write-excel-file/universal";
import { getCellAddress } from "write-excel-file/utility";
import type { RuleInfo } from "../rules/rule";
import type { Audit } from "./audit";
import { plain } from "./plain";
import { workbookSheets, type WorkbookSheet } from "./workbook";

/** The first day that a ZIP entry can carry, in local time as the entry has it: the same document gives the same bytes, wherever the clock stands. */
const firstDay = (): Date => new Date(1980, 0, 1, 12);
/** What a cell holds, and how many rows a sheet has with its head (ECMA-376, and Excel's own limits). */
const MAX_CELL = 32767, MAX_ROWS = 1_048_576;
/** Of columns, in characters. */
const NARROWEST = 8, WIDEST = 36;
/** Of a line in a row, in points; of a row, as Excel has it at most. A row that gives no height is one line high in some programs, whatever it holds. */
const LINE = 14, TALLEST = 409;

/** A workbook (Office Open XML) with sheets for findings, who reaches whom, tenants, the inventory of adapters, and the rules. */
export async function xlsx(audit: Audit, rules: readonly RuleInfo[]): Promise<Uint8Array> {
  const sheets = workbookSheets(audit, rules).map(sheet);
  const blob: { arrayBuffer(): Promise<ArrayBuffer> } = await writeExcelFile(sheets, { features: [PRINTED] }).toBlob();
  const files = unzipSync(new Uint8Array(await blob.arrayBuffer()));
  return zipSync(Object.fromEntries(Object.keys(files).sort().map((name) => [name, files[name] ?? new Uint8Array()])), { mtime: firstDay() });
}

const CELL = { alignVertical: "top", wrap: true } as const;

/** As wide as a sheet of A4 with the head on every page, and with filters in the head. What the library has no options for goes where ECMA-376 has it, in its order. */
const PRINTED: Feature<Image["content"]> = {
  files: {
    transform: {
      "xl/worksheets/sheet{id}.xml": {
        transform: (content, { columns = [] }) => content.replace(/<worksheet[^>]*>/u, (start) => `${start}<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>`)
          .replace("</worksheet>", `<autoFilter ref="A1:${getCellAddress(lastRow(content), columns.length - 1)}"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/><headerFooter><oddFooter>&amp;A, page &amp;P of &amp;N</oddFooter></headerFooter></worksheet>`),
      },
      "xl/workbook.xml": {
        transform: (content, sheets) => content.replace("<definedNames/>", `<definedNames>${sheets.map(({ sheet: name }, index) => `<definedName name="_xlnm.Print_Titles" localSheetId="${index}">'${name}'!$1:$1</definedName>`).join("")}</definedNames>`),
      },
    },
  },
};

/** From 0. */
function lastRow(content: string): number {
  return Number(/^\d+/u.exec(content.slice(content.lastIndexOf('<row r="') + '<row r="'.length))?.[0] ?? 1) - 1;
}

function sheet({ name, head: header, rows, numbers = [] }: WorkbookSheet) {
  const head = header.map((value) => ({ value, fontWeight: "bold" as const })), isNumber = header.map((title) => numbers.includes(title));
  const left = rows.length + 1 - MAX_ROWS, shown = left > 0 ? [...rows.slice(0, MAX_ROWS - 2), [`and ${left + 1} more; --format json has all`]] : rows;
  const columns = header.map((title, column) => ({ width: Math.min(WIDEST, Math.max(NARROWEST, title.length + 2, ...rows.slice(0, 200).map((row) => row[column]?.length ?? 0))) }));
  return { sheet: name, stickyRowsCount: 1, columns, data: [head, ...shown.map((row) => row.map((text, column) => cell(text, isNumber[column] === true, column === 0 ? rowHeight(row, columns) : {})))] };
}

function cell(text: string, isNumber: boolean, row: { readonly height?: number }) {
  return isNumber && /^\d+$/u.test(text) ? { value: Number(text), align: "left" as const, ...CELL, ...row } : { value: plain(text).slice(0, MAX_CELL), type: String, ...CELL, ...row };
}

/** Of a row that is more than a line high. */
function rowHeight(row: readonly string[], columns: readonly { readonly width: number }[]): { readonly height?: number } {
  const lines = row.reduce((most, { length }, column) => (length > (columns[column]?.width ?? WIDEST) ? Math.max(most, Math.ceil(length / WIDEST)) : most), 1);
  return lines === 1 ? {} : { height: Math.min(TALLEST, lines * LINE) };
}

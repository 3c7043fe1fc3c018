/** Cells from a spreadsheet, put where they belong: at the cursor, into the rows that they name, or as new rows. Pure. */
import type { Topology } from "../../shared/model/topology";
import { columnsOf, type Column } from "./columns";
import type { Cells } from "./delimited";
import { counted, type TableKind } from "./kinds";
import type { RowWrite } from "./plan";
import { rowName, rowsOf, type Row } from "./rows";

export interface Target {
  readonly topology: Topology;
  readonly kind: TableKind;
  /** As shown. */
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** Of `rows`, those that are selected, and the place of the first of them. */
  readonly selected: readonly Row[];
  readonly top: number;
  /** Of `columns`, those that are selected. */
  readonly span: readonly Column[];
}

export interface Pasting {
  readonly writes: readonly RowWrite[];
  /** Of each column of the source; undefined: left out. */
  readonly columns: readonly (Column | undefined)[];
  /** Names in the first line that are those of no column. */
  readonly unknown: readonly string[];
  /** The cells without the names. */
  readonly cells: Cells;
}

/** A column as spreadsheets name it: with its unit. */
export function headerOf({ title, field: { unit } }: Column): string {
  return unit === undefined ? title : `${title} (${unit})`;
}

function columnNamed(kind: TableKind, name: string): Column | undefined {
  const wanted = name.trim().toLowerCase();
  return columnsOf(kind).find((column) => [headerOf(column), column.title, column.key].some((each) => each.toLowerCase() === wanted));
}

/** Whether a line names columns: at least half of what it says are names of some, and none of them twice. */
export function isHeader(kind: TableKind, line: readonly string[]): boolean {
  const said = line.filter((name) => name.trim() !== "");
  const named = said.map((name) => columnNamed(kind, name)).filter((column) => column !== undefined);
  return named.length > 0 && named.length * 2 >= said.length && new Set(named).size === named.length;
}

/** The rows to be written. With `asNew` every line is a new row; else those that name one, or stand where one is, change it. */
export function planPaste(target: Target, source: Cells, asNew: boolean, header: boolean): Pasting {
  const [names = [], ...rest] = source;
  const cells = header ? rest : source;
  const columns = header ? names.map((name) => columnNamed(target.kind, name)) : positional(target, source, asNew);
  const unknown = header ? names.filter((name, index) => columns[index] === undefined && name.trim() !== "") : [];
  if (asNew) return { writes: cells.filter((line) => line.some((cell) => cell.trim() !== "")).map((line) => writeOf(undefined, line, columns, header)), columns, unknown, cells: cells.filter((line) => line.some((cell) => cell.trim() !== "")) };
  if (header && keyColumn(target.kind, columns) !== undefined) return { writes: named(target, cells, columns), columns, unknown, cells };
  return { ...placed(target, cells, columns, header), unknown };
}

function positional({ columns, span }: Target, source: Cells, asNew: boolean): readonly (Column | undefined)[] {
  const width = Math.max(...source.map((line) => line.length));
  if (source.length === 1 && width === 1 && !asNew) return span;
  const writable = asNew ? columns.filter(({ access }) => access !== "read") : columns;
  const first = asNew ? 0 : Math.max(0, writable.findIndex(({ key }) => key === span[0]?.key));
  return Array.from({ length: width }, (_, index) => writable[first + index]);
}

/** The column that says which row is meant: its id, else what it is called. */
function keyColumn(kind: TableKind, columns: readonly (Column | undefined)[]): Column | undefined {
  const first = columnsOf(kind)[0];
  return columns.find((column) => column?.key === "id") ?? columns.find((column) => column !== undefined && column.key === first?.key);
}

function writeOf(row: Row | undefined, line: readonly string[], columns: readonly (Column | undefined)[], header: boolean): RowWrite {
  const cells = line.flatMap((text, index) => {
    const column = columns[index];
    return column === undefined ? [] : [{ column, text }];
  });
  const more = header ? line.slice(columns.length) : line.filter((_, index) => columns[index] === undefined);
  const beyond = more.find((text) => text.trim() !== "");
  return { row, cells, ...(beyond === undefined ? {} : { refused: `There is no column here for “${beyond.trim()}”` }) };
}

/** Rows by their ids or names; those that name none are new. */
function named({ topology, kind }: Target, cells: Cells, columns: readonly (Column | undefined)[]): RowWrite[] {
  const key = keyColumn(kind, columns);
  const place = columns.indexOf(key);
  const byName = new Map<string, Row[]>();
  const add = (name: string, row: Row): void => void byName.set(name, [...(byName.get(name) ?? []), row]);
  for (const row of rowsOf(topology, kind)) {
    if (key?.key === "id") add(row.id, row);
    if (key?.key !== "id" || kind.part !== undefined) {
      const name = rowName(topology, kind.collection, row);
      if (name !== row.id || key?.key !== "id") add(name, row);
    }
  }
  const seen = new Set<Row>();
  return cells.filter((line) => line.some((cell) => cell.trim() !== "")).map((line) => {
    const name = line[place]?.trim() ?? "";
    const found = byName.get(name) ?? [];
    const [row] = found;
    const write = writeOf(row, line, columns, true);
    if (found.length > 1) return { ...write, row: undefined, refused: `${counted(kind, found.length)} are called “${name}”: add the column Id to say which` };
    if (row !== undefined && seen.has(row)) return { ...write, refused: `“${name}” stands in a line above already` };
    if (row !== undefined) seen.add(row);
    return row === undefined ? write : { ...write, cells: write.cells.filter(({ column }) => column !== key) };
  });
}

/** Rows by their place: the selected ones where their number fits, else from the first one on; past the end they are new. */
function placed({ rows, selected, top }: Target, cells: Cells, columns: readonly (Column | undefined)[], header: boolean): Omit<Pasting, "unknown"> {
  const repeats = cells.length === 1 && selected.length > 1;
  const lines = repeats ? selected.map(() => cells[0] ?? []) : cells;
  const into = (index: number): Row | undefined => (lines.length === selected.length ? selected[index] : rows[top + index]);
  const wide = lines.map((line) => (line.length === 1 && columns.length > 1 && !header && cells.length === 1 ? columns.map(() => line[0] ?? "") : line));
  return { writes: wide.map((line, index) => writeOf(into(index), line, columns, header)), columns, cells: wide };
}

/** The table: which kind it shows and how, the cell in hand, and what others may ask of it while it is shown. */
import { create } from "zustand";
import { locate } from "../../shared/model/ids";
import { select, setView, useSession } from "./session";
import { useDocument } from "./document";

/** By the text of a column, or by what the findings say. */
export interface Sort {
  readonly column: string;
  readonly descending: boolean;
}

/** A cell by the id of its row and the key of its column; no row: the header. */
export interface CellPlace {
  readonly row: string | undefined;
  readonly column: string;
}

interface TableState {
  readonly kind: string;
  readonly query: string;
  readonly sort: Sort | undefined;
  readonly cursor: CellPlace;
  /** The other end of what is selected: rows between are selected, and columns between are meant. */
  readonly anchor: CellPlace;
  /** The cell is being written; `initial` replaces what is there. */
  readonly editing: { readonly initial: string | undefined } | undefined;
  /** By kind, which columns the reader wants to see or not. */
  readonly columns: Readonly<Record<string, Readonly<Record<string, boolean>>>>;
  /** Pixels, by kind and key of the column. */
  readonly widths: Readonly<Record<string, number>>;
  /** The view has just been opened, and the grid is to have the keys. */
  readonly entering: boolean;
  /** What was last done, for those who do not see it. */
  readonly said: string;
}

const NOWHERE: CellPlace = { row: undefined, column: "" };
const CLEAN: Pick<TableState, "query" | "sort" | "cursor" | "anchor" | "editing"> = { query: "", sort: undefined, cursor: NOWHERE, anchor: NOWHERE, editing: undefined };

export const useTable = create<TableState>(() => ({ kind: "vms", ...CLEAN, columns: {}, widths: {}, entering: false, said: "" }));

const set = useTable.setState;

/** Where a part of a record has a table of its own. */
const PARTS: Readonly<Record<string, string>> = { vms: "vms.nics", routers: "routers.interfaces", firewalls: "firewalls.interfaces", hosts: "hosts.nics", virtualSwitches: "virtualSwitches.mirrors" };

/** Shows the table: of a kind, of what is selected, or as it was. */
export function openTable(kind?: string, query = ""): void {
  const [first] = useSession.getState().selection;
  const place = first === undefined ? undefined : locate(useDocument.getState().topology, first);
  const own = place === undefined ? undefined : place.local === undefined ? place.collection : PARTS[place.collection];
  showKind(kind ?? own ?? useTable.getState().kind, query);
  if (kind === undefined && own !== undefined && first !== undefined) set({ cursor: { row: first, column: "" }, anchor: { row: first, column: "" } });
  if (useSession.getState().view !== "table") set({ entering: true });
  setView("table");
}

/** Another kind is looked at from its beginning. */
export function showKind(kind: string, query = ""): void {
  set((state) => (state.kind === kind && state.query === query ? state : { kind, ...CLEAN, query }));
}

export function entered(): void {
  set({ entering: false });
}

export function setQuery(query: string): void {
  set({ query, editing: undefined });
}

export function setSort(sort: Sort | undefined): void {
  set({ sort, editing: undefined });
}

/** Puts a cell in hand and selects rows; without `anchor` it is the only one that is meant. */
export function setCell(cursor: CellPlace, rows: readonly string[], anchor: CellPlace = cursor): void {
  set({ cursor, anchor, editing: undefined });
  select(rows);
}

export function startEditing(initial?: string): void {
  set({ editing: { initial } });
}

export function stopEditing(): void {
  set({ editing: undefined });
}

export function showColumn(kind: string, column: string, shown: boolean): void {
  set((state) => ({ columns: { ...state.columns, [kind]: { ...state.columns[kind], [column]: shown } } }));
}

/** Columns as they are by themselves. */
export function resetColumns(kind: string): void {
  set((state) => ({ columns: { ...state.columns, [kind]: {} }, widths: Object.fromEntries(Object.entries(state.widths).filter(([key]) => !key.startsWith(`${kind} `))) }));
}

export function setWidth(kind: string, column: string, width: number): void {
  set((state) => ({ widths: { ...state.widths, [`${kind} ${column}`]: Math.round(Math.max(48, Math.min(640, width))) } }));
}

export function say(said: string): void {
  set({ said });
}

/** Forgets what belongs to the document that was open before; how the columns are wanted stays. */
export function resetTable(): void {
  set(CLEAN);
}

/** What commands ask of the table, which alone knows what it shows. */
export interface TableView {
  /** Puts the selected cells on the clipboard, with the names of their columns where they are wanted. */
  copy(withNames: boolean): void;
  paste(asNew: boolean): void;
  fillDown(): void;
  /** Gives the selected cells back to their defaults. */
  clear(): void;
  selectAll(): void;
  addRow(): void;
  duplicateRows(): void;
  deleteRows(): void;
  exportCsv(): void;
}

let shown: TableView | undefined;

export function registerTableView(view: TableView): () => void {
  shown = view;
  return () => {
    if (shown === view) shown = undefined;
  };
}

/** Undefined while the table is not shown. */
export function tableView(): TableView | undefined {
  return shown;
}

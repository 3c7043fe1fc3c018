import { useEffect } from "react";
import { FRAGMENT_PREFIX } from "../../shared/ipc";
import type { Topology } from "../../shared/model/topology";
import { duplicateThings, pasteFragment } from "../actions/clipboard";
import { remove } from "../actions/remove";
import { fileNameFor } from "../files/files";
import { attempt } from "../store/attempt";
import { useDocument } from "../store/document";
import { perform } from "../store/perform";
import { openDialog, select, toast, useSession } from "../store/session";
import { registerTableView, setCell, startEditing, useTable, type TableView } from "../store/table";
import { isTyping } from "../ui/keys";
import { useLive } from "../ui/useLive";
import { addRow } from "./add-row";
import { write } from "./carry-out";
import { cellText } from "./cells";
import { copied, exported } from "./clip";
import { columnsOf, type Column } from "./columns";
import { csvFile, readDelimited, tsv } from "./delimited";
import type { TableKind } from "./kinds";
import type { Badge } from "./order";
import { isHeader, planPaste, type Target } from "./paste";
import { ownerOf, type RowWrite } from "./plan";
import { rowsOf, type Row } from "./rows";
import { selectedRows, spanOf } from "./selection";

export interface Shown {
  readonly topology: Topology;
  readonly kind: TableKind;
  readonly rows: readonly Row[];
  readonly columns: readonly Column[];
  readonly badges: ReadonlyMap<string, Badge>;
}

/** What is selected of what is shown. */
export function targetOf({ topology, kind, rows, columns }: Omit<Shown, "badges">): Target {
  const { cursor, anchor } = useTable.getState();
  const selected = selectedRows(rows, new Set(useSession.getState().selection), cursor);
  const top = rows.findIndex(({ id }) => id === selected[0]?.id);
  return { topology, kind, rows, columns, selected, top: top < 0 ? rows.length : top, span: spanOf(columns, anchor.column, cursor.column) };
}

/** Lets commands and the clipboard reach what the table shows. */
export function useTableView(shown: Shown): void {
  const live = useLive(shown);
  useEffect(() => {
    const clipboard = { withNames: false, asNew: false };
    const view: TableView = {
      copy: (withNames) => {
        clipboard.withNames = withNames;
        attempt(window.bulkhead.editText("copy"), "Nothing was copied");
      },
      paste: (asNew) => {
        clipboard.asNew = asNew;
        attempt(window.bulkhead.editText("paste"), "Nothing was pasted");
      },
      fillDown: () => fillDown(live.current),
      clear: () => clear(live.current),
      selectAll: () => {
        const { rows, columns } = live.current;
        setCell({ row: rows[0]?.id, column: columns.at(-1)?.key ?? "" }, rows.map(({ id }) => id), { row: rows[0]?.id, column: columns[0]?.key ?? "" });
      },
      addRow: () => add(live.current),
      duplicateRows: () => duplicate(live.current),
      deleteRows: () => deleteRows(live.current),
      exportCsv: () => attempt(exportCsv(live.current), "The table was not exported"),
    };
    // The page may not read the clipboard; what the user copies and pastes is handed to it with these events.
    const onCopy = (event: ClipboardEvent): void => {
      if (isTyping(event.target) || useSession.getState().dialog !== undefined) return;
      const { topology, kind } = live.current;
      const { selected, span } = targetOf(live.current);
      event.clipboardData?.setData("text/plain", tsv(copied(topology, kind, selected, span, clipboard.withNames)));
      event.preventDefault();
      clipboard.withNames = false;
    };
    const onPaste = (event: ClipboardEvent): void => {
      if (isTyping(event.target) || useSession.getState().dialog !== undefined) return;
      event.preventDefault();
      paste(live.current, event.clipboardData?.getData("text/plain") ?? "", clipboard.asNew);
      clipboard.asNew = false;
    };
    document.addEventListener("copy", onCopy);
    document.addEventListener("paste", onPaste);
    const unregister = registerTableView(view);
    return () => {
      unregister();
      document.removeEventListener("copy", onCopy);
      document.removeEventListener("paste", onPaste);
    };
  }, [live]);
}

function tell(reason: string | undefined): void {
  if (reason !== undefined) toast(`Nothing was changed. ${reason}`, "error");
}

function clear(shown: Shown): void {
  const { selected, span } = targetOf(shown);
  const columns = span.filter(({ access, field }) => access === "write" && (field.optional || span.length === 1));
  if (columns.length === 0) return toast("That is not for writing", "warning");
  tell(write(shown.kind, selected.map((row): RowWrite => ({ row, cells: columns.map((column) => ({ column, text: "" })) }))));
}

/** The cells of the first selected row, into those below. */
function fillDown(shown: Shown): void {
  const { topology, kind } = shown;
  const { selected: [first, ...others], span } = targetOf(shown);
  if (first === undefined || others.length === 0) return toast("Select the rows to fill, from the one to fill them with", "warning");
  const cells = span.filter(({ access }) => access === "write").map((column) => ({ column, text: cellText({ topology, collection: kind.collection, owner: ownerOf(topology, kind, first) }, kind, first, column) }));
  tell(write(kind, others.map((row) => ({ row, cells }))));
}

/** One text for one cell is written at once; whatever does more is shown before it is done. */
function paste(shown: Shown, text: string, asNew: boolean): void {
  if (text.trim() === "") return toast("The clipboard holds no text", "warning");
  if (text.startsWith(FRAGMENT_PREFIX)) return void perform(pasteFragment(shown.topology, text, { onto: useSession.getState().selection[0], offset: 0 }));
  const target = targetOf(shown);
  const read = readDelimited(text, (names) => isHeader(shown.kind, names));
  const [line = []] = read.ok ? read.cells : [];
  const single = read.ok && !asNew && read.cells.length === 1 && line.length === 1 && target.selected.length === 1 && target.span.length === 1;
  if (single) tell(write(shown.kind, planPaste(target, read.cells, false, false).writes));
  else openDialog({ type: "paste-cells", text, asNew });
}

function add({ topology, kind, rows }: Shown): void {
  const { cursor } = useTable.getState();
  const near = rows.find(({ id }) => id === cursor.row);
  const before = new Set(rowsOf(topology, kind).map(({ id }) => id));
  if (!perform(addRow(topology, kind, near, useSession.getState().currentTenant))) return;
  const made = rowsOf(useDocument.getState().topology, kind).find(({ id }) => !before.has(id));
  const first = columnsOf(kind).find(({ access }) => access === "write");
  if (made === undefined || first === undefined) return;
  setCell({ row: made.id, column: first.key }, [made.id]);
  startEditing();
}

function duplicate(shown: Shown): void {
  perform(duplicateThings(shown.topology, targetOf(shown).selected.map(({ id }) => id)));
}

/** What needs them goes along, and the next row is in hand. */
function deleteRows(shown: Shown): void {
  const { selected, rows, top } = targetOf(shown);
  if (selected.length === 0 || !perform(remove(shown.topology, selected.map(({ id }) => id)))) return;
  const gone = new Set(selected.map(({ id }) => id));
  const next = rows.slice(top).find(({ id }) => !gone.has(id)) ?? rows.slice(0, top).findLast(({ id }) => !gone.has(id));
  if (next === undefined) select([]);
  else setCell({ row: next.id, column: useTable.getState().cursor.column }, [next.id]);
}

async function exportCsv({ topology, kind, rows, columns, badges }: Shown): Promise<void> {
  const name = fileNameFor(`${topology.name} ${kind.plural}`, "csv");
  const result = await window.bulkhead.saveExport(name, csvFile(exported(topology, kind, rows, columns, badges)));
  if (result.status === "saved") toast(`Wrote ${result.name}.`);
  else if (result.status === "failed") toast(`${result.name} was not written: ${result.message}`, "error");
}

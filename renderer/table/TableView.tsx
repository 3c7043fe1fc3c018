import { useDeferredValue, useMemo } from "react";
import type { Finding } from "../../shared/analysis/result";
import { useAnalysis } from "../store/analysis";
import { useDocument } from "../store/document";
import { useSession } from "../store/session";
import { tableView, useTable } from "../store/table";
import { Button } from "../ui/Button";
import { keyCaps } from "../ui/keys";
import { KindIcon } from "../ui/KindIcon";
import { columnsOf, usedColumns } from "./columns";
import { shownColumns } from "./importance";
import { kindOf, type TableKind } from "./kinds";
import { gridColumns } from "./layout";
import { badgesOf } from "./order";
import { PasteDialog } from "./PasteDialog";
import { rowsOf } from "./rows";
import { TableGrid } from "./TableGrid";
import { TableHead } from "./TableHead";
import { useShownRows } from "./useShownRows";
import { useTableView } from "./useTableView";
import "./table.css";

const NO_FINDINGS: readonly Finding[] = [];
const NOTHING_SAID: Readonly<Record<string, boolean>> = {};

/** Every thing of a kind as a line, to be typed, sorted, filled and pasted. */
export function TableView() {
  const topology = useDocument((state) => state.topology);
  const { kind: kindId, query, sort, widths, said } = useTable();
  const kind = kindOf(kindId);
  const wanted = useTable((state) => state.columns[kindId] ?? NOTHING_SAID);
  // The rows come first, and what the findings say of them right after.
  const findings = useDeferredValue(useAnalysis((state) => state.findings), NO_FINDINGS);
  const selection = useSession((state) => state.selection);
  const dialog = useSession((state) => state.dialog);
  const all = rowsOf(topology, kind);
  const columns = columnsOf(kind);
  const used = useMemo(() => usedColumns(columns, all), [columns, all]);
  const shown = useMemo(() => shownColumns(kind, columns, used, wanted), [kind, columns, used, wanted]);
  const placed = useMemo(() => gridColumns(kind.id, shown, widths), [kind, shown, widths]);
  const badges = useMemo(() => badgesOf(findings), [findings]);
  const rows = useShownRows(topology, { kind, columns: shown, badges, sort, query });
  const selected = useMemo(() => countSelected(rows, selection), [rows, selection]);
  useTableView({ topology, kind, rows, columns: shown, badges });
  return (
    <section className="table" aria-label="Table">
      <TableHead topology={topology} kind={kind} query={query} shown={rows.length} total={all.length} selected={selected} columns={columns} shownColumns={useMemo(() => new Set(shown.map(({ key }) => key)), [shown])} used={used} />
      {all.length === 0 ? <NoRows kind={kind} /> : rows.length === 0 ? <p className="table-empty">No {kind.noun} has “{query.trim()}” in what is shown of it.</p> : <TableGrid key={kind.id} topology={topology} kind={kind} rows={rows} columns={placed} badges={badges} />}
      <p className="visually-hidden" role="status">{said}</p>
      <p className="table-keys muted">{`Enter or typing writes a cell · ${keyCaps("CmdOrCtrl+D")} fills down · ${keyCaps("CmdOrCtrl+V")} pastes from a spreadsheet · ${keyCaps("Delete")} sets to default · double click on a name shows it on the canvas`}</p>
      {dialog?.type === "paste-cells" && <PasteDialog key={dialog.text} text={dialog.text} asNew={dialog.asNew} topology={topology} kind={kind} rows={rows} columns={shown} />}
    </section>
  );
}

function countSelected(rows: readonly { readonly id: string }[], selection: readonly string[]): number {
  if (selection.length === 0) return 0;
  const chosen = new Set(selection);
  return rows.reduce((sum, { id }) => sum + Number(chosen.has(id)), 0);
}

function NoRows({ kind }: { readonly kind: TableKind }) {
  return (
    <div className="table-empty">
      <span className="table-empty-icon"><KindIcon name={kind.icon} size={28} /></span>
      <p><strong>No {kind.plural} yet.</strong> Add one, or paste rows from a spreadsheet: its first line names the columns, such as {columnsOf(kind).slice(0, 3).map(({ title }) => title).join(", ")}.</p>
      <p><Button variant="primary" onClick={() => tableView()?.addRow()}>Add {kind.noun}</Button> <Button onClick={() => tableView()?.paste(true)}>Paste {kind.plural}…</Button></p>
    </div>
  );
}

import { useMemo } from "react";
import { ClipboardPaste, FileDown, ListOrdered, Plus, Search, Trash2 } from "lucide-react";
import type { Topology } from "../../shared/model/topology";
import { filtersOf, rulesOf } from "../actions/rules";
import { openRules } from "../store/rules";
import { useSession } from "../store/session";
import { setQuery, showKind, tableView } from "../store/table";
import { Button, IconButton } from "../ui/Button";
import { KindIcon } from "../ui/KindIcon";
import { Select } from "../ui/Select";
import { ColumnMenu } from "./ColumnMenu";
import type { Column } from "./columns";
import { TABLE_KINDS, titleOf, type TableKind } from "./kinds";
import { countRows } from "./rows";
import "../ui/field.css";

interface TableHeadProps {
  readonly topology: Topology;
  readonly kind: TableKind;
  readonly query: string;
  /** How many rows the filter leaves, of how many. */
  readonly shown: number;
  readonly total: number;
  /** How many of them are selected. */
  readonly selected: number;
  readonly columns: readonly Column[];
  readonly shownColumns: ReadonlySet<string>;
  readonly used: ReadonlySet<string>;
}

/** They are in order, and have an editor of their own. */
const RULES = "rules";
const FILTERS = ["firewalls", "routers", "distributedFirewalls"];

/** Which kind, which rows of it, and what can be done with them. */
export function TableHead({ topology, kind, query, shown, total, selected, columns, shownColumns, used }: TableHeadProps) {
  const options = useMemo(() => [
    ...TABLE_KINDS.map((each) => ({ value: each.id, label: titleOf(each), icon: <KindIcon name={each.icon} size={14} />, note: countRows(topology, each).toLocaleString("en") })),
    { value: RULES, label: "Rules…", icon: <ListOrdered />, note: filtersOf(topology).reduce((sum, place) => sum + rulesOf(topology, place).length, 0).toLocaleString("en") },
  ], [topology]);
  const first = useSession((state) => state.selection[0]);
  const note = selected > 1 ? `${selected.toLocaleString("en")} of ${shown.toLocaleString("en")} selected` : shown === total ? `${total.toLocaleString("en")} ${total === 1 ? "row" : "rows"}` : `${shown.toLocaleString("en")} of ${total.toLocaleString("en")} rows`;
  return (
    <header className="table-head">
      <div className="table-kind"><Select label="Kind" value={kind.id} options={options} onChange={(id) => (id === RULES ? openRules() : showKind(id))} /></div>
      <div className="field-box table-filter">
        <Search aria-hidden />
        <input type="text" aria-label="Filter rows" placeholder="Filter rows" spellCheck={false} autoComplete="off" value={query} onChange={(event) => setQuery(event.target.value)} />
      </div>
      <span className="muted table-note tabular" role="status">{note}</span>
      <span className="table-gap" />
      {FILTERS.includes(kind.id) && <Button size="small" icon={<ListOrdered aria-hidden />} onClick={() => openRules(first)}>Rules</Button>}
      <ColumnMenu kind={kind} columns={columns} shown={shownColumns} used={used} />
      <div className="table-tools" role="group" aria-label="Rows">
        <IconButton label="Export as CSV…" icon={<FileDown />} disabled={total === 0} onClick={() => tableView()?.exportCsv()} />
        <IconButton label="Paste as new rows…" keys="CmdOrCtrl+Shift+V" icon={<ClipboardPaste />} onClick={() => tableView()?.paste(true)} />
        <IconButton label={selected > 1 ? `Delete ${selected} rows` : "Delete row"} keys="CmdOrCtrl+Delete" icon={<Trash2 />} disabled={selected === 0} onClick={() => tableView()?.deleteRows()} />
      </div>
      <Button size="small" icon={<Plus aria-hidden />} onClick={() => tableView()?.addRow()}>Add {kind.noun}</Button>
    </header>
  );
}

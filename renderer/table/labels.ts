/** Names of the steps that the table makes, for the undo menu. Pure. */
import type { Topology } from "../../shared/model/topology";
import { nameList } from "../actions/names";
import { columnsOf } from "./columns";
import { counted, type TableKind } from "./kinds";
import type { Plan } from "./plan";
import { rowName } from "./rows";

const MOST_NAMED = 2;
const LONGEST = 40;

/** "set VLAN of 12 port groups to 20", "paste 10 VMs", "change 14 cells of 3 VMs". */
export function labelOf(topology: Topology, kind: TableKind, { changes, added, ids }: Plan): string {
  const isNew = new Set(added);
  const changed = changes.filter(({ at }) => !isNew.has(ids[at] ?? ""));
  const rows = [...new Set(changed.map(({ at }) => at))];
  const parts = changed.length === 0 ? [] : [changeWords(topology, kind, changed, rows.map((at) => ids[at] ?? ""))];
  if (added.length > 0) parts.push(`${parts.length === 0 ? "paste" : "add"} ${counted(kind, added.length)}`);
  return parts.join(", ");
}

function changeWords(topology: Topology, kind: TableKind, changed: Plan["changes"], rows: readonly string[]): string {
  const [first] = changed;
  const whom = rows.length > MOST_NAMED ? counted(kind, rows.length) : nameList(rows.map((id) => nameOfRow(topology, kind, id)));
  if (first === undefined || changed.some(({ column }) => column !== first.column)) return `change ${changed.length.toLocaleString("en")} cells of ${whom}`;
  const title = columnsOf(kind).find(({ key }) => key === first.column)?.title ?? first.column;
  const what = /^[A-Z][a-z]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
  const same = changed.every(({ after }) => after === first.after);
  if (same && first.after === "") return `clear ${what} of ${whom}`;
  return `set ${what} of ${whom}${same ? ` to ${first.after.length > LONGEST ? `${first.after.slice(0, LONGEST - 1)}…` : first.after}` : ""}`;
}

function nameOfRow(topology: Topology, kind: TableKind, id: string): string {
  const [owner = id, local] = id.split("/");
  return rowName(topology, kind.collection, { owner, local });
}

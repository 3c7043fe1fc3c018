import { useCallback, useMemo } from "react";
import { useDocument } from "../store/document";
import { CellInput, type Leave } from "../ui/CellInput";
import { completed, matching } from "../ui/completion";
import { ALONE, cellText, defaultText, readCell, suggestionsFor } from "./cells";
import { columnValue, type Column } from "./columns";
import { counted, type TableKind } from "./kinds";
import { ownerOf } from "./plan";
import { rowName, type Row } from "./rows";

const MOST = 40;

export interface RowActions {
  /** Takes the text for the row, or for all that are selected; answers why it was not taken. */
  readonly commit: (row: Row, column: Column, text: string, leave: Leave) => string | undefined;
  readonly cancel: (reason: string | undefined) => void;
}

interface CellEditorProps {
  readonly kind: TableKind;
  readonly row: Row;
  readonly column: Column;
  /** What has been typed to begin with; undefined: what is there. */
  readonly initial: string | undefined;
  /** How many rows it is for. */
  readonly count: number;
  readonly actions: RowActions;
}

/** Writes a cell, and with it that of every selected row. */
export function CellEditor({ kind, row, column, initial, count, actions }: CellEditorProps) {
  const topology = useDocument((state) => state.topology);
  const scope = useMemo(() => ({ topology, collection: kind.collection, owner: ownerOf(topology, kind, row) }), [topology, kind, row]);
  const { control, unit } = column.field;
  const isList = control.type === "list";
  const offered = useMemo(() => suggestionsFor(scope, column, defaultText(topology, kind, row, column)), [scope, column, topology, kind, row]);
  const suggest = useCallback((text: string) => matching(isList, offered, text, MOST), [isList, offered]);
  const check = (text: string): string | undefined => {
    const read = readCell(scope, column, text, columnValue(column, row.value));
    return read.ok || text === cellText(scope, kind, row, column) ? undefined : read.message;
  };
  const commit = (text: string, leave: Leave): string | undefined => actions.commit(row, column, text, leave);
  return (
    <CellInput
      label={`${column.title} of ${count > 1 ? counted(kind, count) : rowName(topology, kind.collection, row)}`} text={initial ?? cellText(scope, kind, row, column)} begun={initial !== undefined} isList={isList} note={unit}
      {...(count > 1 ? { hint: `Set ${column.title} of ${counted(kind, count)}` } : {})}
      check={check} suggest={suggest} complete={(text, by) => completed(isList, text, by, ALONE)} onCommit={commit} onCancel={actions.cancel}
    />
  );
}

import { useCallback, useMemo } from "react";
import { selectorCandidates } from "../actions/selectors";
import { useDocument } from "../store/document";
import { CellInput, type Leave } from "../ui/CellInput";
import { matching } from "../ui/completion";
import { candidatesFor, completedCell, LISTS, readCell, type Typed } from "./cells";
import type { ColumnKey } from "./columns";

const MOST = 40;

interface CellEditorProps {
  readonly column: ColumnKey;
  /** For those who do not see it: "From of rule web". */
  readonly label: string;
  readonly text: string;
  /** Whether the text is what has just been typed, and not what was there. */
  readonly begun: boolean;
  readonly interfaces: readonly string[];
  readonly onCommit: (value: Extract<Typed, { ok: true }>["value"], leave: Leave) => void;
  readonly onCancel: (reason: string | undefined) => void;
}

/** Writes a cell of a rule. */
export function CellEditor({ column, label, text, begun, interfaces, onCommit, onCancel }: CellEditorProps) {
  const topology = useDocument((state) => state.topology);
  const candidates = useMemo(() => candidatesFor(column, column === "from" || column === "to" ? selectorCandidates(topology) : [], interfaces), [column, topology, interfaces]);
  const suggest = useCallback((typed: string) => matching(LISTS.includes(column), candidates, typed, MOST), [column, candidates]);
  const check = (typed: string): string | undefined => {
    const read = readCell(column, typed, topology, interfaces);
    return read.ok ? undefined : read.message;
  };
  const commit = (typed: string, leave: Leave): string | undefined => {
    const read = readCell(column, typed, topology, interfaces);
    if (!read.ok) return read.message;
    onCommit(read.value, leave);
    return undefined;
  };
  return <CellInput label={label} text={text} begun={begun} isList={LISTS.includes(column)} check={check} suggest={suggest} complete={(typed, by) => completedCell(column, typed, by)} onCommit={commit} onCancel={onCancel} />;
}

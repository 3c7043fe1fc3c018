import { useMemo, type KeyboardEvent } from "react";
import { openFinding, toggleCause } from "../store/findings";
import type { Group, Row } from "../store/findings-list";
import { showFinding, useSession } from "../store/session";

/** Keys of a tree: up, down, Home and End go through what is in sight, right and left unfold and fold, Escape closes the evidence. */
export function useTreeKeys(groups: readonly Group[]): (event: KeyboardEvent) => void {
  const rows = useMemo(() => groups.flatMap((group) => group.rows), [groups]);
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") return showFinding(undefined, undefined);
    const active = useSession.getState().activeFinding;
    const target = step(rows, rows.findIndex((row) => row.finding.id === active), event.key);
    if (target === undefined) return;
    event.preventDefault();
    if (target.toggle !== undefined) toggleCause(target.toggle);
    if (target.row !== undefined && target.row.finding.id !== active) openFinding(target.row.finding);
  };
}

interface Target {
  readonly row?: Row | undefined;
  /** The root cause to fold or unfold. */
  readonly toggle?: string;
}

/** Where a key leads from a row; undefined for a key that means nothing here. -1: from no row. */
export function step(rows: readonly Row[], index: number, key: string): Target | undefined {
  const row = rows[index];
  const fold = row?.fold;
  switch (key) {
    case "ArrowDown": return { row: rows[Math.min(index + 1, rows.length - 1)] };
    case "ArrowUp": return { row: rows[Math.max(0, index - 1)] };
    case "Home": return { row: rows[0] };
    case "End": return { row: rows.at(-1) };
    case "ArrowRight": return fold === undefined ? {} : fold.open ? { row: rows[index + 1] } : { toggle: fold.id };
    case "ArrowLeft": {
      if (fold?.open === true) return { toggle: fold.id };
      return row?.parent === undefined ? {} : { row: rows.find(({ finding }) => finding === row.parent) };
    }
    case "Enter": case " ": return row === undefined ? { row: rows[0] } : fold === undefined ? {} : { toggle: fold.id };
    default: return undefined;
  }
}

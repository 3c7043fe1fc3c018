import type { ReactNode } from "react";
import type { Rule } from "../../shared/model/kinds/forwarder";
import { CellEditor } from "./CellEditor";
import type { Column } from "./columns";
import { ActionWord, cellId, CheckWords, hitClass, type RowProps } from "./RuleRow";

interface DefaultRowProps extends RowProps {
  readonly action: Rule["action"];
  /** Nobody wrote it: it is what the kind of filter does. */
  readonly assumed: boolean;
}

const NO_INTERFACES: readonly string[] = [];

/** What is done with a packet that no rule decides: the last row. */
export function DefaultRow({ action, assumed, index, columns, top, tracks, current, editing, mark, hit, actions }: DefaultRowProps) {
  const content = (column: Column): ReactNode => {
    switch (column.key) {
      case "name": return <span className="truncate">Default action</span>;
      case "action": return current === "action" && editing !== undefined
        ? <CellEditor column="action" label="Default action" text={editing.initial ?? action} begun={editing.initial !== undefined} interfaces={NO_INTERFACES} onCommit={(value, leave) => actions.commit(index, column, value, leave)} onCancel={actions.cancel} />
        : <ActionWord action={action} muted={assumed} />;
      case "from": return <span className="truncate muted">{assumed ? "what no rule decides · not set" : "what no rule decides"}</span>;
      case "check": return <CheckWords mark={mark} hit={hit} />;
      default: return null;
    }
  };
  return (
    <div className={`rules-row rules-default ${current === undefined ? "" : "current"} ${hitClass(hit)}`} role="row" aria-rowindex={index + 2} aria-selected={current !== undefined} style={{ top, gridTemplateColumns: tracks }}>
      {columns.map((column, place) => (
        <div
          key={column.key} id={cellId(index, column.key)} role="gridcell" aria-colindex={place + 1} data-row={index} data-column={column.key}
          className={`rules-cell rules-${column.key}${current === column.key ? " current" : ""}${current === column.key && editing !== undefined && column.key === "action" ? " editing" : ""}`}
        >
          {content(column)}
        </div>
      ))}
    </div>
  );
}

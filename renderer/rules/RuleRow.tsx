import { memo } from "react";
import { Check, GripVertical } from "lucide-react";
import type { Rule } from "../../shared/model/kinds/forwarder";
import { ruleName } from "../actions/rules";
import type { Leave } from "../ui/CellInput";
import { SeverityMark } from "../ui/SeverityMark";
import { tooltip } from "../ui/Tooltip";
import { CellEditor } from "./CellEditor";
import type { Typed } from "./cells";
import { cellText, draftText, isOn, type Column } from "./columns";
import type { RowHit } from "./hit-words";
import type { Mark } from "./marks";

/** What rows hand back; the same functions for all of them. */
export interface RowActions {
  readonly commit: (row: number, column: Column, value: Extract<Typed, { ok: true }>["value"], leave: Leave) => void;
  readonly cancel: (reason: string | undefined) => void;
}

/** What every row is given, that of the default action too. */
export interface RowProps {
  readonly index: number;
  readonly columns: readonly Column[];
  /** Pixels from the top of the list. */
  readonly top: number;
  readonly tracks: string;
  /** Key of the cell in hand, where it is in this row. */
  readonly current: string | undefined;
  readonly editing: { readonly initial: string | undefined } | undefined;
  readonly mark: Mark | undefined;
  readonly hit: RowHit | undefined;
  readonly actions: RowActions;
}

interface RuleRowProps extends RowProps {
  readonly rule: Rule;
  readonly interfaces: readonly string[];
  /** It is one of those that make the rule in hand void. */
  readonly covers: boolean;
  readonly lifted: boolean;
}

export const RuleRow = memo(function RuleRow({ rule, index, columns, top, tracks, current, editing, interfaces, mark, covers, lifted, hit, actions }: RuleRowProps) {
  const off = rule.enabled === false;
  const classes = ["rules-row", current === undefined ? "" : "current", off ? "off" : "", covers ? "covers" : "", lifted ? "lifted" : "", hitClass(hit)].filter((name) => name !== "").join(" ");
  return (
    <div className={classes} role="row" aria-rowindex={index + 2} aria-selected={current !== undefined} style={{ top, gridTemplateColumns: tracks }}>
      {columns.map((column, place) => {
        const isCurrent = current === column.key;
        const isEditing = isCurrent && editing !== undefined && column.edit === "text";
        return (
          <div
            key={column.key} id={cellId(index, column.key)} role="gridcell" aria-colindex={place + 1} data-row={index} data-column={column.key} className={`rules-cell rules-${column.key}${isCurrent ? " current" : ""}${isEditing ? " editing" : ""}`}
            {...(column.key === "number" ? { "data-grip": index } : {})} {...nameOfCell(rule, index, column, mark, hit)}
          >
            {isEditing
              ? <CellEditor column={column.key} label={`${column.title} of rule ${ruleName(rule)}`} text={editing.initial ?? draftText(rule, column.key)} begun={editing.initial !== undefined} interfaces={interfaces} onCommit={(value, leave) => actions.commit(index, column, value, leave)} onCancel={actions.cancel} />
              : <CellContent rule={rule} index={index} column={column} mark={mark} hit={hit} />}
          </div>
        );
      })}
    </div>
  );
});

export function cellId(row: number, column: string): string {
  return `rule-${row}-${column}`;
}

export function hitClass(hit: RowHit | undefined): string {
  return hit === undefined ? "" : hit.role === "decides" ? `hit-${hit.allows ? "allows" : "denies"}` : `hit-${hit.role}`;
}

/** Cells that show a glyph, or cut their text off, have their words as name and tooltip. */
function nameOfCell(rule: Rule, index: number, column: Column, mark: Mark | undefined, hit: RowHit | undefined) {
  switch (column.key) {
    case "number": return { "aria-label": `${index + 1}, drag to move`, ...tooltip("Drag to move, or Alt+↑ and Alt+↓") };
    case "enabled": return { "aria-label": `${isOn(rule, "enabled") ? "on" : "off"}` };
    case "log": return { "aria-label": isOn(rule, "log") ? "logged" : "not logged" };
    case "name": return tooltip([rule.id, rule.name, rule.description].filter((text) => text !== undefined && text !== "").join(" · "), { cut: rule.description === undefined });
    case "check": return tooltip(hit?.words ?? mark?.words ?? "", { cut: true });
    case "action": return {};
    default: return tooltip(cellText(rule, column.key), { cut: true });
  }
}

function CellContent({ rule, index, column: { key }, mark, hit }: { readonly rule: Rule; readonly index: number; readonly column: Column; readonly mark: Mark | undefined; readonly hit: RowHit | undefined }) {
  switch (key) {
    case "number": return <><span className="rules-place tabular">{index + 1}</span><GripVertical className="rules-grip" aria-hidden /></>;
    case "enabled": case "log": return <span className={`rules-flag${isOn(rule, key) ? " set" : ""}`} aria-hidden>{isOn(rule, key) && <Check />}</span>;
    case "name": return <><span className="truncate">{ruleName(rule)}</span>{ruleName(rule) !== rule.id && <code className="muted rules-id">{rule.id}</code>}</>;
    case "action": return <ActionWord action={rule.action} />;
    case "check": return <CheckWords mark={mark} hit={hit} />;
    default: {
      const text = cellText(rule, key);
      return <span className={`truncate${text === "any" ? " muted" : text === "nothing" ? " rules-nothing" : ""}`}>{text}</span>;
    }
  }
}

export function ActionWord({ action, muted = false }: { readonly action: Rule["action"]; readonly muted?: boolean }) {
  return <span className={`rules-action-word ${action === "allow" ? "allows" : "denies"}${muted ? " by-default" : ""}`}>{action}</span>;
}

/** What the hit test, or else the findings, say of a row. */
export function CheckWords({ mark, hit }: { readonly mark: Mark | undefined; readonly hit: RowHit | undefined }) {
  if (hit !== undefined) return <span className={`truncate${hit.role === "decides" ? " rules-decides" : " muted"}`}>{hit.words}</span>;
  return mark === undefined ? null : <><SeverityMark severity={mark.severity} labelled /><span className="truncate">{mark.words}</span></>;
}

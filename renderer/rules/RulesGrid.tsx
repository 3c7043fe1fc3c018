import { useCallback, useEffect, useMemo, useRef, type KeyboardEvent, type MouseEvent } from "react";
import type { Rule } from "../../shared/model/kinds/forwarder";
import { setDefaultAction, setRuleField, type FilterPlace } from "../actions/rules";
import { showFindingById } from "../store/findings";
import { addRuleAt, changeRules, deleteRuleInHand, entered, moveRuleInHand, moveRuleTo, setCell, startEditing, stopEditing, useRules } from "../store/rules";
import { toast } from "../store/session";
import { useDocument } from "../store/document";
import { indexesInView, moveCursor, offsetShowing } from "../ui/grid-window";
import { useLive } from "../ui/useLive";
import { useScrolled } from "../ui/useScrolled";
import type { RowHit } from "./hit-words";
import { isOn, tracksOf, type Column } from "./columns";
import { DefaultRow } from "./DefaultRow";
import type { Marks } from "./marks";
import { RowMenu } from "./RowMenu";
import { cellId, RuleRow, type RowActions } from "./RuleRow";
import { useRowDrag } from "./useRowDrag";

const ROW = 28;
const HEAD = 28;
const FIRST_SIGHT = { width: 800, height: 600 };

interface RulesGridProps {
  readonly place: FilterPlace;
  readonly rules: readonly Rule[];
  readonly columns: readonly Column[];
  readonly interfaces: readonly string[];
  readonly defaultAction: { readonly value: Rule["action"]; readonly assumed: boolean };
  readonly marks: Marks;
  /** What the hit test says of a row; behind the last rule stands the default action. */
  readonly hitOf: ((row: number) => RowHit) | undefined;
}

/** Ordered rules, a line each, only those in sight drawn. The keys are told in the head. */
export function RulesGrid({ place, rules, columns, interfaces, defaultAction, marks, hitOf }: RulesGridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const view = useScrolled(scroller, FIRST_SIGHT);
  const { row: wanted, column: key, editing, entering } = useRules();
  const count = rules.length + 1;
  const row = Math.min(wanted, rules.length);
  const column = columns.some((each) => each.key === key) ? key : "name";
  const { drag, onPointerDown } = useRowDrag(scroller, { height: ROW, head: HEAD, count: rules.length }, moveRuleTo);
  const down = view.height - HEAD;

  useEffect(() => {
    const box = scroller.current;
    if (box !== null) box.scrollTop = offsetShowing(row, box.scrollTop, box.clientHeight - HEAD, ROW);
  }, [row]);

  useEffect(() => {
    if (!entering) return;
    entered();
    // Unless a field of the hit test has them.
    if (document.activeElement?.closest(".rules") === null) scroller.current?.focus({ preventScroll: true });
  }, [entering]);

  const live = useLive({ place, rules, columns });
  const back = useCallback((): void => scroller.current?.focus({ preventScroll: true }), []);
  const actions = useMemo((): RowActions => ({
    cancel: (reason) => {
      stopEditing();
      if (reason === undefined) back();
      else toast(`Not changed. ${reason}`, "warning");
    },
    commit: (at, { key: field }, value, leave) => {
      const { place: filter, rules: list, columns: all } = live.current;
      const { topology } = useDocument.getState();
      stopEditing();
      changeRules(at === list.length ? setDefaultAction(topology, filter, value as Rule["action"]) : setRuleField(topology, filter, at, field as keyof Rule, value as never));
      back();
      const texts = all.filter((each) => each.edit === "text");
      const next = (leave !== "right" && leave !== "left") || at === list.length ? undefined : texts[texts.findIndex((each) => each.key === field) + (leave === "right" ? 1 : -1)];
      if (next === undefined) return;
      setCell(at, next.key);
      startEditing();
    },
  }), [live, back]);

  const open = (at: number, field: string): void => {
    const found = columns.find((each) => each.key === field);
    const rule = rules[at];
    const mark = rule === undefined ? marks.byDefault : marks.byRule.get(rule.id);
    if (field === "check" && mark !== undefined) showFindingById(mark.finding);
    else if (found?.edit === "flag" && rule !== undefined) toggle(place, at, found, rule);
    else if (found?.edit === "text" && (rule !== undefined || field === "action")) startEditing();
  };
  const onClick = (event: MouseEvent): void => {
    const cell = cellOf(event.target);
    if (cell === undefined || (editing !== undefined && cell.row === row && cell.column === column)) return;
    const again = cell.row === row && cell.column === column;
    setCell(cell.row, cell.column);
    if (again || cell.column === "enabled" || cell.column === "log" || cell.column === "check") open(cell.row, cell.column);
    else back();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (editing !== undefined) return;
    if (!actOn(event, { row, column, count: rules.length, open })) {
      const at = columns.findIndex((each) => each.key === column);
      const next = event.altKey ? undefined : moveCursor({ row, column: at }, event.key, event.ctrlKey || event.metaKey, count, columns.length, Math.max(1, Math.floor(down / ROW) - 1));
      if (next !== undefined) setCell(next.row, columns[next.column]?.key ?? "name");
      else if (isPrinted(event) && columns[at]?.edit === "text" && (row < rules.length || column === "action")) startEditing(event.key);
      else return;
    }
    event.preventDefault();
  };

  const seen = indexesInView(view.top, down, ROW, count);
  const tracks = tracksOf(columns);
  const covering = new Set(marks.byRule.get(rules[row]?.id ?? "")?.by ?? []);
  return (
    <RowMenu row={row} count={rules.length}>
      <div
        ref={scroller} className="rules-grid" role="grid" aria-label="Rules, the first that matches decides" aria-rowcount={count + 1} aria-colcount={columns.length} tabIndex={0} aria-activedescendant={cellId(row, column)}
        onKeyDown={onKeyDown} onClick={onClick} onPointerDown={onPointerDown} onContextMenuCapture={(event) => { const cell = cellOf(event.target); if (cell !== undefined) setCell(cell.row, cell.column); }}
      >
        <div className="rules-space" role="presentation" style={{ height: HEAD + count * ROW }}>
          <div className="rules-head-row" role="row" aria-rowindex={1} style={{ height: HEAD, gridTemplateColumns: tracks }}>
            {columns.map((each, index) => <div key={each.key} role="columnheader" aria-colindex={index + 1} className={`rules-cell rules-${each.key}`}>{each.key === "check" && hitOf !== undefined ? "Hit test" : each.title}</div>)}
          </div>
          {rules.slice(seen.first, Math.min(seen.end, rules.length)).map((rule, offset) => {
            const index = seen.first + offset;
            return (
              <RuleRow
                key={rule.id} rule={rule} index={index} columns={columns} top={HEAD + index * ROW} tracks={tracks} current={index === row ? column : undefined} editing={index === row ? editing : undefined} interfaces={interfaces}
                mark={marks.byRule.get(rule.id)} covers={covering.has(rule.id)} lifted={drag?.from === index} hit={hitOf?.(index)} actions={actions}
              />
            );
          })}
          {seen.end === count && (
            <DefaultRow
              action={defaultAction.value} assumed={defaultAction.assumed} index={rules.length} columns={columns} top={HEAD + rules.length * ROW} tracks={tracks} current={row === rules.length ? column : undefined} editing={row === rules.length ? editing : undefined}
              mark={marks.byDefault} hit={hitOf?.(rules.length)} actions={actions}
            />
          )}
          {drag !== undefined && <div className="rules-drop" style={{ top: HEAD + drag.to * ROW }} />}
        </div>
      </div>
    </RowMenu>
  );
}

interface InHand {
  readonly row: number;
  readonly column: string;
  readonly count: number;
  readonly open: (row: number, column: string) => void;
}

/** Keys that do something with the rule or the cell in hand. */
function actOn(event: KeyboardEvent, { row, column, count, open }: InHand): boolean {
  const { key, altKey } = event;
  const command = event.ctrlKey || event.metaKey;
  if (altKey && (key === "ArrowUp" || key === "ArrowDown")) moveRuleInHand(key === "ArrowUp" ? -1 : 1);
  else if (key === "Insert" || (key === "Enter" && command)) addRuleAt(event.shiftKey ? row : row + 1);
  else if ((key === "Enter" || key === "F2") && !command) open(row, column);
  else if (key === " " && (column === "enabled" || column === "log")) open(row, column);
  else if ((key === "Delete" || key === "Backspace") && !command) {
    if (row < count) deleteRuleInHand();
  } else return false;
  return true;
}

function isPrinted({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return key.length === 1 && key !== " " && !ctrlKey && !metaKey && !altKey;
}

function toggle(place: FilterPlace, at: number, { key }: Column, rule: Rule): void {
  const { topology } = useDocument.getState();
  if (key === "enabled") changeRules(setRuleField(topology, place, at, "enabled", isOn(rule, "enabled") ? false : undefined));
  else changeRules(setRuleField(topology, place, at, "log", isOn(rule, "log") ? undefined : true));
}

/** The cell that an event hit. */
function cellOf(target: EventTarget): { readonly row: number; readonly column: string } | undefined {
  const cell = target instanceof Element ? target.closest<HTMLElement>("[role=gridcell]") : null;
  return cell === null ? undefined : { row: Number(cell.dataset["row"]), column: cell.dataset["column"] ?? "name" };
}

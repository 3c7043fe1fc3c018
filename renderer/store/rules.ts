/** The rule editor: which list it shows, the cell in hand, the packet that is tried, and what is done with the rule in hand. */
import { create } from "zustand";
import { addRule, deleteRule, duplicateRule, filterPlace, filtersOf, moveRule, ruleName, rulesOf, type FilterPlace } from "../actions/rules";
import type { Topology } from "../../shared/model/topology";
import { edit, useDocument, type Change } from "./document";
import { select, setView, toast, useSession } from "./session";

/** The packet of a hit test, as typed. */
export interface HitForm {
  readonly from: string;
  readonly to: string;
  readonly service: string;
  readonly in: string | undefined;
  readonly out: string | undefined;
}

interface RulesState {
  /** Id of the filter; undefined: the one that is selected, or the first. */
  readonly filter: string | undefined;
  /** Place of the rule in hand; behind the last stands the default action. */
  readonly row: number;
  /** Key of its column. */
  readonly column: string;
  /** The cell is being written; `initial` replaces what is there. */
  readonly editing: { readonly initial: string | undefined } | undefined;
  /** Absent: no packet is tried. */
  readonly hit: HitForm | undefined;
  /** The editor has just been opened, and the list is to have the keys. */
  readonly entering: boolean;
  /** What was last done, for those who do not see it. */
  readonly said: string;
}

const NEW_HIT: HitForm = { from: "", to: "", service: "", in: undefined, out: undefined };

export const useRules = create<RulesState>(() => ({ filter: undefined, row: 0, column: "name", editing: undefined, hit: undefined, entering: false, said: "" }));

const set = useRules.setState;

/** The filter that the editor shows: the one that was chosen, else the one that is selected, else the first. */
export function shownFilter(topology: Topology, filter: string | undefined, selection: readonly string[]): FilterPlace | undefined {
  return filterPlace(topology, filter) ?? filterPlace(topology, selection[0]) ?? filtersOf(topology)[0];
}

/** Shows the rules of a filter, by default the selected one's or those shown last, and puts one of them in hand. */
export function openRules(filter?: string, rule?: string): void {
  const { topology } = useDocument.getState();
  const { selection } = useSession.getState();
  const place = filterPlace(topology, filter ?? selection[0]) ?? shownFilter(topology, useRules.getState().filter, selection);
  if (place !== undefined) {
    const row = rule === undefined ? 0 : Math.max(0, rulesOf(topology, place).findIndex(({ id }) => id === rule));
    set((state) => (state.filter === place.id ? { row: rule === undefined ? state.row : row, editing: undefined } : { filter: place.id, row, editing: undefined, hit: forOther(state.hit) }));
    select([place.id]);
  }
  if (useSession.getState().view !== "rules") set({ entering: true });
  setView("rules");
}

export function entered(): void {
  set({ entering: false });
}

/** Interfaces are those of one filter. */
function forOther(hit: HitForm | undefined): HitForm | undefined {
  return hit === undefined ? undefined : { ...hit, in: undefined, out: undefined };
}

export function setCell(row: number, column: string): void {
  set({ row, column, editing: undefined });
}

export function startEditing(initial?: string): void {
  set({ editing: { initial } });
}

export function stopEditing(): void {
  set({ editing: undefined });
}

/** Opens the hit test, or closes it. */
export function toggleHit(shown?: boolean): void {
  set((state) => ({ hit: (shown ?? state.hit === undefined) ? (state.hit ?? NEW_HIT) : undefined }));
}

export function setHit(change: Partial<HitForm>): void {
  set((state) => ({ hit: { ...(state.hit ?? NEW_HIT), ...change } }));
}

/** Makes the step; what would be wrong with the document is told, and then nothing has changed. */
export function changeRules(change: Change): boolean {
  const [problem] = edit(change);
  if (problem !== undefined) toast(`Not changed: ${problem}`, "error");
  return problem === undefined;
}

/** Adds a rule at a place and begins to write it. */
export function addRuleAt(at: number): void {
  withShown((topology, place) => {
    const row = Math.min(at, rulesOf(topology, place).length);
    if (changeRules(addRule(topology, place, row))) set({ row, column: "from", editing: { initial: undefined } });
  });
}

/** False where the default action is in hand, or no filter is shown. */
export function hasRuleInHand(): boolean {
  let has = false;
  withShown((topology, place, row) => { has = row < rulesOf(topology, place).length; });
  return has;
}

export function duplicateRuleInHand(): void {
  withShown((topology, place, row) => {
    if (row < rulesOf(topology, place).length && changeRules(duplicateRule(topology, place, row))) set({ row: row + 1, editing: undefined });
  });
}

export function deleteRuleInHand(): void {
  withShown((topology, place, row) => {
    const rules = rulesOf(topology, place);
    const rule = rules[row];
    // The next rule is in hand then; behind the last, the one before: the default action is nobody's next.
    if (rule !== undefined && changeRules(deleteRule(topology, place, row))) set({ row: Math.max(0, Math.min(row, rules.length - 2)), editing: undefined, said: `Rule ${ruleName(rule)} deleted` });
  });
}

/** Moves the rule in hand up (-1) or down (1). */
export function moveRuleInHand(by: 1 | -1): void {
  withShown((_topology, _place, row) => moveRuleTo(row, row + by));
}

export function moveRuleTo(from: number, to: number): void {
  withShown((topology, place) => {
    const rules = rulesOf(topology, place);
    const rule = rules[from];
    if (rule === undefined || to < 0 || to >= rules.length || from === to || !changeRules(moveRule(topology, place, from, to))) return;
    set({ row: to, editing: undefined, said: `${ruleName(rule)} is now rule ${to + 1} of ${rules.length}` });
  });
}

function withShown(act: (topology: Topology, place: FilterPlace, row: number) => void): void {
  const { topology } = useDocument.getState();
  const { filter, row } = useRules.getState();
  const place = shownFilter(topology, filter, useSession.getState().selection);
  if (place !== undefined) act(topology, place, Math.min(row, rulesOf(topology, place).length));
}

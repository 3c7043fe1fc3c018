/**
 * Writing texts into cells: what would change, and what is wrong, cell by cell, before anything is done. Typing, filling down, clearing and
 * pasting are all made of this, so that all of them are one step that either fits the document or is not taken. Pure.
 */
import { equalJson } from "../../shared/model/json";
import { jsonPath } from "../../shared/model/path";
import { formatProblem, type Problem } from "../../shared/model/problem";
import { collectionSchemas, record, type Topology } from "../../shared/model/topology";
import { validateTopology } from "../../shared/model/validate/validate";
import { Draft } from "../actions/draft";
import { sentence } from "../fields/try-change";
import { cellText, readCell, valueText } from "./cells";
import { columnsOf, columnValue, placeOf, type Column } from "./columns";
import type { TableKind } from "./kinds";
import { NewRows } from "./new-rows";
import type { Scope } from "./references";
import { partsOf, prefixOf, withValue, type Row, type RowValue } from "./rows";

/** A text for a cell; empty takes the value away. */
export interface CellWrite {
  readonly column: Column;
  readonly text: string;
}

export interface RowWrite {
  /** Absent: a new row. */
  readonly row: Row | undefined;
  readonly cells: readonly CellWrite[];
  /** Why this row cannot be written at all. */
  readonly refused?: string;
}

export interface CellProblem {
  /** Place of the row among those written. */
  readonly at: number;
  /** Key of the column; absent: the row as a whole. */
  readonly column: string | undefined;
  readonly message: string;
}

export interface CellChange {
  readonly at: number;
  readonly column: string;
  /** Empty of a new row. */
  readonly before: string;
  readonly after: string;
}

export interface Plan {
  readonly problems: readonly CellProblem[];
  readonly changes: readonly CellChange[];
  /** Ids of the rows, those of new ones too; undefined where a new row cannot be made. */
  readonly ids: readonly (string | undefined)[];
  readonly added: readonly string[];
  /** The edits are worked out when they are wanted. */
  readonly draft: Draft;
}

interface Filled {
  readonly value: RowValue;
  readonly changes: readonly CellChange[];
}

const CONTAINERS = ["host", "hypervisor", "virtualSwitch"] as const;

/** Rows planned between two looks at the clock. */
const SLICE = 20;

/** Plans the writing, a few rows a step. */
export function* planWrites(topology: Topology, kind: TableKind, writes: readonly RowWrite[]): Generator<undefined, Plan, undefined> {
  const planning = new Planning(topology, kind);
  for (const [at, write] of writes.entries()) {
    planning.write(at, write);
    if (at % SLICE === SLICE - 1) yield undefined;
  }
  yield undefined;
  return planning.finish();
}

/** The same at once, for a few cells. */
export function planNow(topology: Topology, kind: TableKind, writes: readonly RowWrite[]): Plan {
  return atOnce(planWrites(topology, kind, writes));
}

/** Takes all steps without a rest. */
export function atOnce<T>(steps: Generator<undefined, T, undefined>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

class Planning {
  private readonly draft: Draft;
  private readonly problems: CellProblem[] = [];
  private readonly changes: CellChange[] = [];
  private readonly ids: (string | undefined)[] = [];
  private readonly added: string[] = [];
  private readonly newRows: NewRows;

  constructor(private readonly topology: Topology, private readonly kind: TableKind) {
    this.draft = new Draft(topology);
    this.newRows = new NewRows(topology, kind);
  }

  write(at: number, { row, cells, refused }: RowWrite): void {
    this.ids[at] = row?.id;
    if (refused !== undefined) this.problems.push({ at, column: undefined, message: refused });
    else if (row === undefined) this.make(at, cells);
    else this.change(at, row, cells);
  }

  private change(at: number, row: Row, cells: readonly CellWrite[]): void {
    const { collection, part } = this.kind;
    const owner = this.draft.get(collection, row.owner) as RowValue | undefined;
    const value = part === undefined || row.local === undefined ? owner : owner === undefined ? undefined : partsOf(owner, part)[row.local];
    if (owner === undefined || value === undefined) return;
    const filled = this.fill(at, { ...row, value }, owner, cells, false);
    if (filled === undefined || filled.value === value) return;
    if (this.put(at, row.owner, row.local, owner, filled.value, cells)) this.changes.push(...filled.changes);
  }

  private make(at: number, cells: readonly CellWrite[]): void {
    const made = this.newRows.begin(this.draft, cells);
    if (!made.ok) {
      this.problems.push({ at, column: made.column, message: made.message });
      return;
    }
    const blank: Row = { id: "", owner: made.owner, local: made.local, value: {} };
    const filled = this.fill(at, blank, made.record ?? {}, cells.filter(({ column }) => column.key !== "id"), true);
    if (filled === undefined) return;
    const completed = this.newRows.complete(filled.value);
    if (!completed.ok) {
      this.problems.push({ at, column: completed.column, message: completed.message });
      return;
    }
    const owner = made.local === undefined ? this.newRows.idFor(made.owner, completed.value) : made.owner;
    const id = made.local === undefined ? owner : `${owner}/${made.local}`;
    if (!this.put(at, owner, made.local, made.record ?? {}, completed.value, cells)) return;
    this.ids[at] = id;
    this.added.push(id);
    this.changes.push(...filled.changes);
  }

  /** The row's value with the texts in it; undefined where any is wrong. What others depend on is read first. */
  private fill(at: number, row: Row, owner: RowValue, cells: readonly CellWrite[], isNew: boolean): Filled | undefined {
    const { topology, kind } = this;
    const changes: CellChange[] = [];
    let value = row.value;
    let failed = false;
    const scope = (): Scope => ({ topology, collection: kind.collection, owner: kind.part === undefined ? value : owner });
    for (const { column, text } of [...cells].sort((a, b) => Number(b.column.key === "hypervisor") - Number(a.column.key === "hypervisor"))) {
      // What it would name depends on the hypervisor, which cannot be told.
      if (failed && column.field.control.type === "reference" && this.problems.at(-1)?.column === "hypervisor") continue;
      const before = isNew ? "" : cellText(scope(), kind, { ...row, value }, column);
      if (text.trim() === before.trim() && (!isNew || text.trim() === "")) continue;
      const place = placeOf(column, value);
      const refusal = column.access !== "write" ? readOnly(column) : place === undefined ? `${row.id} has several vNICs: change them in the table of vNICs` : undefined;
      const old = columnValue(column, value);
      const read = refusal === undefined ? readCell(scope(), column, text, old) : { ok: false as const, message: refusal };
      if (!read.ok) {
        failed = true;
        this.problems.push({ at, column: column.key, message: read.message });
      } else if (place !== undefined && !equalJson(read.value, old)) {
        value = withValue(value, place, read.value, column.through === undefined ? 0 : 2);
        changes.push({ at, column: column.key, before, after: read.value === undefined ? "" : valueText(scope(), column.field.control, read.value) });
      }
    }
    return failed ? undefined : { value, changes };
  }

  /** Puts the row into the draft, where its record is what the schema wants. */
  private put(at: number, owner: string, local: string | undefined, before: RowValue, value: RowValue, cells: readonly CellWrite[]): boolean {
    const { collection, part } = this.kind;
    const whole = part === undefined || local === undefined ? value : { ...before, [part]: { ...partsOf(before, part), [local]: value } };
    const issue = collectionSchemas[collection].safeParse(whole).error?.issues[0];
    if (issue !== undefined) {
      const path = issue.path.map(String).slice(prefixOf(this.kind, local).length);
      const field = columnsOf(this.kind).find((column) => column.key === path.join("."));
      const asked = cells.find(({ column }) => path.join(".").startsWith(column.path.slice(0, 1).join("."))) ?? cells[0];
      this.problems.push({ at, column: (field ?? asked?.column)?.key, message: issue.code === "invalid_type" ? `${field?.title ?? path.join(" ")} is required with it` : sentence(issue.message, "").replace(/\.$/, "") });
      return false;
    }
    this.draft.put(collection, owner, whole as never);
    // A hand-made place is relative to what the thing stands in.
    if (CONTAINERS.some((key) => before[key] !== undefined && before[key] !== whole[key])) this.draft.unplace(owner);
    return true;
  }

  finish(): Plan {
    const { draft, problems, changes, ids, added } = this;
    problems.push(...this.misfits());
    return { draft, problems: [...problems].sort((a, b) => a.at - b.at), changes, ids, added };
  }

  /** What is wrong with the document as a whole then, and was not before: at the cell where it can be told. */
  private misfits(): CellProblem[] {
    if (this.changes.length === 0 && this.added.length === 0) return [];
    const all = validateTopology(this.draft.topology);
    if (all.length === 0) return [];
    const before = problemsOf(this.topology);
    const prefixes = new Map(this.ids.flatMap((id, at) => (id === undefined ? [] : [[placeOfRow(this.kind, id), at] as const])));
    const found = all.filter((problem) => !before.has(formatProblem(problem)));
    return found.map((problem) => ({ ...this.cellOf(problem, prefixes), message: sentence(problem.message, problem.expected).replace(/\.$/, "") + (problem.value === undefined ? "" : ` (${problem.value})`) }));
  }

  private cellOf({ path }: Problem, prefixes: ReadonlyMap<string, number>): Pick<CellProblem, "at" | "column"> {
    const prefix = [...prefixes.keys()].find((each) => path === each || path.startsWith(`${each}.`) || path.startsWith(`${each}[`));
    const at = prefix === undefined ? undefined : prefixes.get(prefix);
    if (prefix === undefined || at === undefined) return { at: this.changes[0]?.at ?? 0, column: this.changes[0]?.column };
    const rest = path.slice(prefix.length + 1);
    const touched = this.changes.filter((change) => change.at === at).map(({ column }) => column);
    const column = columnsOf(this.kind).find(({ key, path: inside }) => touched.includes(key) && inside.length > 0 && rest.split(/[.[]/).includes(inside.at(-1) ?? ""));
    return { at, column: column?.key ?? touched[0] };
  }
}

function readOnly({ title, access, key }: Column): string {
  return access === "new" ? `${key === "id" ? "An id" : title} is chosen when a thing is made, and then for good` : `${title} are changed in a table of their own, or in the inspector`;
}

function placeOfRow(kind: TableKind, id: string): string {
  const slash = id.indexOf("/");
  return kind.part === undefined || slash < 0 ? jsonPath(kind.collection, id) : jsonPath(kind.collection, id.slice(0, slash), kind.part, id.slice(slash + 1));
}

const known = new WeakMap<Topology, ReadonlySet<string>>();

/** What was wrong with a document already is nobody's fault now. */
function problemsOf(topology: Topology): ReadonlySet<string> {
  const found = known.get(topology) ?? new Set(validateTopology(topology).map(formatProblem));
  known.set(topology, found);
  return found;
}

/** The record that a row is, or is a part of. */
export function ownerOf(topology: Topology, kind: TableKind, row: Row): RowValue {
  return (record(topology, kind.collection, row.owner) ?? {}) as RowValue;
}

/** The answers to pairs of classes that meet, as they were added up: so that they can be taken out again when one of the two changes. */
import { append } from "./lists";
import type { PartyClass } from "./parties";
import type { Answer } from "./verdicts";

/** Beyond this many pairs the answers are not kept: they would take more memory than asking them anew takes time. */
const MOST = 4_000_000;

interface Row {
  readonly from: PartyClass;
  readonly to: PartyClass[];
  readonly answers: Answer[];
}

export class Ledger {
  /** By class: the answers to those that it meets, and the classes that have it in their rows. */
  private rows: (Row | undefined)[] = [];
  /** Made from the rows when something changes for the first time. */
  private columns: PartyClass[][] | undefined;
  private count = 0;

  /** Whether every pair is kept. */
  get isWhole(): boolean {
    return this.count <= MOST;
  }

  /** The whole row of a class. */
  set(from: PartyClass, to: PartyClass[], answers: Answer[]): void {
    this.count += to.length;
    if (!this.keeps()) return;
    this.rows[from.index] = { from, to, answers };
    if (this.columns !== undefined) for (const other of to) append(this.columns, other.index, from);
  }

  /** A pair more. */
  add(from: PartyClass, to: PartyClass, answer: Answer): void {
    this.count += 1;
    if (!this.keeps()) return;
    const row = (this.rows[from.index] ??= { from, to: [], answers: [] });
    row.to.push(to);
    row.answers.push(answer);
    if (this.columns !== undefined) append(this.columns, to.index, from);
  }

  private listColumns(): PartyClass[][] {
    const columns: PartyClass[][] = [];
    for (const row of this.rows) if (row !== undefined) for (const { index } of row.to) append(columns, index, row.from);
    return columns;
  }

  private keeps(): boolean {
    if (this.isWhole) return true;
    this.rows = [];
    this.columns = undefined;
    return false;
  }

  /** Puts another answer in the place of a pair's; returns the one before, undefined where the two do not meet. */
  replace(from: PartyClass, to: PartyClass, answer: Answer): Answer | undefined {
    const row = this.rows[from.index];
    const at = row?.to.indexOf(to) ?? -1;
    if (row === undefined || at === -1) return undefined;
    const before = row.answers[at];
    row.answers[at] = answer;
    return before;
  }

  forEach(from: PartyClass, visit: (to: PartyClass, answer: Answer) => void): void {
    const row = this.rows[from.index];
    row?.to.forEach((to, at) => {
      visit(to, row.answers[at] as Answer);
    });
  }

  /** Takes out every pair that the class is one side of. */
  withdraw(own: PartyClass, visit: (from: PartyClass, to: PartyClass, answer: Answer) => void): void {
    const columns = (this.columns ??= this.listColumns());
    const row = this.rows[own.index];
    row?.to.forEach((to, at) => {
      remove(columns[to.index] ?? [], own);
      visit(own, to, row.answers[at] as Answer);
    });
    this.count -= row?.to.length ?? 0;
    this.rows[own.index] = undefined;
    for (const from of columns[own.index] ?? []) {
      const others = this.rows[from.index];
      const at = others?.to.indexOf(own) ?? -1;
      if (others === undefined || at === -1) continue;
      visit(from, own, others.answers[at] as Answer);
      moveLast(others.to, at);
      moveLast(others.answers, at);
      this.count -= 1;
    }
    columns[own.index] = [];
  }
}

function remove<Item>(items: Item[], item: Item): void {
  const at = items.indexOf(item);
  if (at !== -1) moveLast(items, at);
}

/** The last item takes the place, in lists whose order says nothing. */
function moveLast<Item>(items: Item[], at: number): void {
  items[at] = items[items.length - 1] as Item;
  items.pop();
}

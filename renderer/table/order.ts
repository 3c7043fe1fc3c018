/** Which rows are shown, and in which order. Pure. */
import { SEVERITIES, type Finding, type Severity } from "../../shared/analysis/result";
import { naturalKey } from "../../shared/model/natural-order";
import { compareIds } from "../../shared/model/topology";
import type { Sort } from "../store/table";
import type { Column } from "./columns";
import type { Row } from "./rows";

/** A click on a header: ascending, descending, as in the document. */
export function nextSort(sort: Sort | undefined, column: string): Sort | undefined {
  if (sort?.column !== column) return { column, descending: false };
  return sort.descending ? undefined : { column, descending: true };
}

/** Rows between two looks at the clock. */
const SLICE = 100;

/** Rows sorted by their texts, numbers in them by value; what says nothing comes last either way. Equal ones keep their order. */
export function* sortRows(rows: readonly Row[], textOf: (row: Row) => string, descending: boolean): Generator<undefined, readonly Row[], undefined> {
  const sign = descending ? -1 : 1;
  const keyed: { readonly row: Row; readonly text: string }[] = [];
  for (const row of rows) {
    keyed.push({ row, text: naturalKey(textOf(row)) });
    if (keyed.length % SLICE === 0) yield undefined;
  }
  keyed.sort((a, b) => (a.text === "" || b.text === "" ? Number(a.text === "") - Number(b.text === "") : sign * compareIds(a.text, b.text)));
  return keyed.map(({ row }) => row);
}

/** Rows of which a shown cell, or the id, has every word. */
export function* filterRows(rows: readonly Row[], query: string, columns: readonly Column[], textOf: (row: Row, column: Column) => string): Generator<undefined, readonly Row[], undefined> {
  const words = query.toLowerCase().split(/\s+/).filter((word) => word !== "");
  if (words.length === 0) return rows;
  const found: Row[] = [];
  for (const [at, row] of rows.entries()) {
    const texts = [row.id.toLowerCase(), ...columns.map((column) => textOf(row, column).toLowerCase())];
    if (words.every((word) => texts.some((text) => text.includes(word)))) found.push(row);
    if (at % SLICE === SLICE - 1) yield undefined;
  }
  return found;
}

/**
 * The rows of a sorted or filtered view after an edit: where they were, so that nothing jumps away under the hand. Those that are gone are
 * left out, new ones come last.
 */
export function keptOrder(before: readonly string[], shownBefore: ReadonlySet<string>, rows: readonly Row[]): readonly Row[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const kept = before.flatMap((id) => byId.get(id) ?? []);
  return [...kept, ...rows.filter(({ id }) => !shownBefore.has(id))];
}

/** What the findings say of a thing. */
export interface Badge {
  readonly severity: Severity;
  readonly count: number;
  /** Of the worst one. */
  readonly finding: string;
}

/** By the ids of things and of their parts: what a finding says of a part, it says of the whole too. */
export function badgesOf(findings: readonly Finding[]): ReadonlyMap<string, Badge> {
  const badges = new Map<string, { severity: Severity; count: number; finding: string; rank: number }>();
  for (const { id, severity, subjects, accepted } of findings) {
    if (accepted) continue;
    const rank = SEVERITIES.indexOf(severity);
    for (const thing of thingsOf(subjects)) {
      const badge = badges.get(thing);
      if (badge === undefined) badges.set(thing, { severity, count: 1, finding: id, rank });
      else {
        badge.count += 1;
        if (rank < badge.rank) Object.assign(badge, { severity, finding: id, rank });
      }
    }
  }
  return badges;
}

/** The subjects and what they are parts of, each once. */
function thingsOf(subjects: readonly string[]): Iterable<string> {
  if (subjects.length === 1 && subjects[0]?.includes("/") === false) return subjects;
  return new Set(subjects.flatMap((subject) => (subject.includes("/") ? [subject, subject.slice(0, subject.indexOf("/"))] : [subject])));
}

/** A text that sorts badges: the mildest first, then by count. */
export function badgeKey(badge: Badge | undefined): string {
  return badge === undefined ? "" : `${SEVERITIES.length - SEVERITIES.indexOf(badge.severity)} ${badge.count}`;
}

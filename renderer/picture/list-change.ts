/** What is different between two lists of things with ids, so that only that is handed over. Pure. */
import type { ListChange } from "./protocol";

export function changeOf<T extends { readonly id: string }>(before: readonly T[], after: readonly T[]): ListChange<T> {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start]?.id === after[start]?.id) start += 1;
  let same = 0;
  while (same < shorter - start && before[before.length - 1 - same]?.id === after[after.length - 1 - same]?.id) same += 1;
  const changed: [number, T][] = [];
  const compare = (index: number, now: number): void => {
    const item = after[now];
    if (item !== undefined && !sameValue(before[index], item)) changed.push([now, item]);
  };
  for (let index = 0; index < start; index += 1) compare(index, index);
  for (let index = 1; index <= same; index += 1) compare(before.length - index, after.length - index);
  return { changed, start, removed: before.length - start - same, inserted: after.slice(start, after.length - same) };
}

/** So many things are handed over at a time: to receive them takes a few milliseconds. */
const PIECE = 500;

/** The same change in pieces, to be applied one after another; at least one. */
export function* piecesOfChange<T>({ changed, start, removed, inserted }: ListChange<T>): Generator<ListChange<T>> {
  yield { start, removed, inserted: inserted.slice(0, PIECE), changed: [] };
  for (let at = PIECE; at < inserted.length; at += PIECE) yield { start: start + at, removed: 0, inserted: inserted.slice(at, at + PIECE), changed: [] };
  for (let at = 0; at < changed.length; at += PIECE) yield { start: 0, removed: 0, inserted: [], changed: changed.slice(at, at + PIECE) };
}

/** Makes the change in a list. Indices of what has changed are those of the new list. */
export function applyChange<T>(list: T[], { changed, start, removed, inserted }: ListChange<T>): void {
  list.splice(start, removed, ...inserted);
  for (const [index, item] of changed) list[index] = item;
}

/** The same, so far as plain data go. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, index) => sameValue(item, b[index]));
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => sameValue((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]));
}

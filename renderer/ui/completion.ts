/** Completing what is typed into a cell, of one thing or of a list parted by commas. Pure. */
import type { Suggestion } from "./CellInput";

/** The part of the text that is being typed: after the last comma of a list. */
export function beingTyped(isList: boolean, text: string): string {
  return isList ? (text.split(",").at(-1) ?? "").trim() : text.trim();
}

/** The text with what is being typed replaced. Words such as `any` stand alone, also in a list. */
export function completed(isList: boolean, text: string, by: string, alone: readonly string[] = []): string {
  if (!isList || alone.includes(by)) return by;
  const before = text.split(",").slice(0, -1).map((part) => part.trim()).filter((part) => part !== "" && !alone.includes(part));
  return [...before, by].join(", ");
}

/** Candidates with the text in them, those that begin with it first; none that the list has already. */
export function matching<T extends Suggestion>(isList: boolean, all: readonly T[], text: string, most: number): readonly T[] {
  const query = beingTyped(isList, text).toLowerCase();
  const taken = new Set(isList ? text.split(",").slice(0, -1).map((part) => part.trim()) : []);
  const rank = ({ id, name }: T): number => {
    const [small, called] = [id.toLowerCase(), name.toLowerCase()];
    if (small === query) return 0;
    return small.startsWith(query) || called.startsWith(query) || small.slice(small.indexOf(":") + 1).startsWith(query) ? 1 : small.includes(query) || called.includes(query) ? 2 : 3;
  };
  const buckets: [T[], T[], T[]] = [[], [], []];
  for (const each of all) {
    const place = taken.has(each.id) ? 3 : rank(each);
    if (place < 3) buckets[place]?.push(each);
  }
  return buckets.flat().slice(0, most);
}

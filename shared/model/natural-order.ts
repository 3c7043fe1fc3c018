/** The order in which people expect a list of names. The same on every machine: exported pictures are drawn again to the byte. */
import { compareIds } from "./topology";

/** Longer numbers are ordered as text. */
const DIGITS = 15;

/** A text whose order by code unit is that of the name: `t2` before `t10`, whatever the case, letters with marks beside those without. */
export function naturalKey(name: string): string {
  return name.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase().replaceAll(/\d+/g, (number) => number.padStart(DIGITS, "0"));
}

/** The items in the order of their names; those of one name stay as they were. */
export function inNaturalOrder<T>(items: readonly T[], nameOf: (item: T) => string): T[] {
  return items.map((item) => ({ item, key: naturalKey(nameOf(item)) })).sort((a, b) => compareIds(a.key, b.key)).map(({ item }) => item);
}

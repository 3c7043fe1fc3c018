/** Orders for people: `esx-2` before `esx-10`, the same in every locale. */
import { compareIds } from "../model/topology";

const PARTS = /\d+|\D+/g;

export function compareNatural(a: string, b: string): number {
  if (a === b) return 0;
  const left = a.match(PARTS) ?? [], right = b.match(PARTS) ?? [];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const x = left[i] ?? "", y = right[i] ?? "";
    const numbers = /^\d/.test(x) && /^\d/.test(y) ? Number(x) - Number(y) : 0;
    const order = numbers !== 0 ? numbers : compareIds(x, y);
    if (order !== 0) return order;
  }
  return left.length - right.length || compareIds(a, b);
}

/**
 * Exact sets of VLAN ids (1–4094, IEEE 802.1Q) and their written form: `10,20-29` or `all`.
 *
 * A set is a flat list of inclusive intervals `[lo, hi, lo, hi, …]`, sorted, disjoint and not adjacent, as in `services.ts`;
 * so two sets are equal when their lists are, and `all` costs two numbers.
 */
export type VlanSet = readonly number[];

export const MIN_VLAN = 1;
export const MAX_VLAN = 4094;
export const NO_VLANS: VlanSet = [];
export const ALL_VLANS: VlanSet = [MIN_VLAN, MAX_VLAN];

const ITEM = /^(\d{1,5})(?:-(\d{1,5}))?$/;

/** What a list means, or why it is none. */
export type VlanListResult = { readonly ok: true; readonly vlans: VlanSet } | { readonly ok: false; readonly reason: string };

/** Reads `10,20-29` or `all`; blanks around an item are taken. Ranges may overlap and come in any order. */
export function readVlanList(text: string): VlanListResult {
  if (text.trim() === "all") return { ok: true, vlans: ALL_VLANS };
  if (text.trim() === "") return { ok: false, reason: "an empty VLAN list" };
  const intervals: [number, number][] = [];
  for (const item of text.split(",")) {
    const match = ITEM.exec(item.trim());
    if (match === null) return { ok: false, reason: item.trim() === "" ? "an empty item in the VLAN list" : "not a VLAN list" };
    const low = Number(match[1]);
    const high = match[2] === undefined ? low : Number(match[2]);
    if (low < MIN_VLAN || high > MAX_VLAN || low > MAX_VLAN) return { ok: false, reason: "a VLAN outside 1-4094" };
    if (low > high) return { ok: false, reason: "a reversed VLAN range" };
    intervals.push([low, high]);
  }
  return { ok: true, vlans: merge(intervals) };
}

/** The set that a list stands for; undefined where it is not a list. */
export function parseVlanList(text: string): VlanSet | undefined {
  const result = readVlanList(text);
  return result.ok ? result.vlans : undefined;
}

/** The shortest list of the set, such as `10,20-29`; `all` for every VLAN; the empty text (not a legal list) for none. */
export function formatVlanList(set: VlanSet): string {
  if (equalVlans(set, ALL_VLANS)) return "all";
  const items: string[] = [];
  for (let i = 0; i < set.length; i += 2) items.push(set[i] === set[i + 1] ? `${set[i]}` : `${set[i]}-${set[i + 1]}`);
  return items.join(",");
}

export function hasVlan(set: VlanSet, vlan: number): boolean {
  for (let i = 0; i < set.length; i += 2) {
    if (vlan < (set[i] as number)) return false;
    if (vlan <= (set[i + 1] as number)) return true;
  }
  return false;
}

export function equalVlans(a: VlanSet, b: VlanSet): boolean {
  return a === b || (a.length === b.length && a.every((value, index) => value === b[index]));
}

export function unionVlans(a: VlanSet, b: VlanSet): VlanSet {
  return merge([...intervalsOf(a), ...intervalsOf(b)]);
}

export function intersectVlans(a: VlanSet, b: VlanSet): VlanSet {
  const common: [number, number][] = [];
  for (const [lowA, highA] of intervalsOf(a)) {
    for (const [lowB, highB] of intervalsOf(b)) {
      if (lowA <= highB && lowB <= highA) common.push([Math.max(lowA, lowB), Math.min(highA, highB)]);
    }
  }
  return merge(common);
}

/** What is in `a` and not in `b`. */
export function subtractVlans(a: VlanSet, b: VlanSet): VlanSet {
  return intersectVlans(a, complement(b));
}

/** How many VLANs the set holds. */
export function countVlans(set: VlanSet): number {
  return intervalsOf(set).reduce((count, [low, high]) => count + high - low + 1, 0);
}

/** Every VLAN of the set in ascending order; up to 4094 of them. */
export function listVlans(set: VlanSet): number[] {
  return intervalsOf(set).flatMap(([low, high]) => Array.from({ length: high - low + 1 }, (_, index) => low + index));
}

/** The list with one VLAN more, in canonical form; undefined where `text` is not a list. */
export function addVlan(text: string, vlan: number): string | undefined {
  const set = parseVlanList(text);
  return set === undefined ? undefined : formatVlanList(unionVlans(set, [vlan, vlan]));
}

/** The list with one VLAN less, in canonical form; undefined where `text` is not a list or no VLAN would be left. */
export function removeVlan(text: string, vlan: number): string | undefined {
  const set = parseVlanList(text);
  const rest = set === undefined ? NO_VLANS : subtractVlans(set, [vlan, vlan]);
  return rest.length === 0 ? undefined : formatVlanList(rest);
}

function complement(set: VlanSet): VlanSet {
  const gaps: [number, number][] = [];
  let next = MIN_VLAN;
  for (const [low, high] of intervalsOf(set)) {
    if (low > next) gaps.push([next, low - 1]);
    next = high + 1;
  }
  if (next <= MAX_VLAN) gaps.push([next, MAX_VLAN]);
  return gaps.flat();
}

function intervalsOf(set: VlanSet): [number, number][] {
  const intervals: [number, number][] = [];
  for (let i = 0; i + 1 < set.length; i += 2) intervals.push([set[i] as number, set[i + 1] as number]);
  return intervals;
}

function merge(intervals: [number, number][]): VlanSet {
  const result: number[] = [];
  for (const [low, high] of intervals.sort((a, b) => a[0] - b[0])) {
    const last = result.length - 1;
    if (last > 0 && low <= (result[last] as number) + 1) result[last] = Math.max(result[last] as number, high);
    else result.push(low, high);
  }
  return result;
}

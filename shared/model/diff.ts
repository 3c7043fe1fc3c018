/** What changed between two documents, as a JSON Patch that turns the first into the second. */
import type { Edit } from "../analysis/result";
import { equalJson, isObject } from "./json";
import { pointer } from "./path";
import { childShape, orderedKeys, TOPOLOGY_SHAPE, type Shape } from "./shape";
import type { Topology } from "./topology";

type Json = Readonly<Record<string, unknown>>;
type Path = readonly (string | number)[];

/** Above this many comparisons, lists are compared place by place and not for their longest common part. */
const MOST_COMPARISONS = 1_000_000;

/** The edits from `before` to `after`, in document order; none where they are equal. Keys that are absent on one side are added or removed whole. */
export function diffTopologies(before: Topology, after: Topology): Edit[] {
  const edits: Edit[] = [];
  diffObjects(before, after, TOPOLOGY_SHAPE, [], edits);
  return edits;
}

function diffValues(before: unknown, after: unknown, shape: Shape, path: Path, edits: Edit[]): void {
  if (before === after) return;
  if (isObject(before) && isObject(after) && !replacesWhole(before, after)) diffObjects(before, after, shape, path, edits);
  else if (Array.isArray(before) && Array.isArray(after)) diffLists(before, after, shape, path, edits);
  else if (!equalJson(before, after)) edits.push({ op: "replace", path: pointer(...path), value: after });
}

/** Settings of another mode are another thing: one edit says so better than a removal and an addition of each field. */
function replacesWhole(before: Json, after: Json): boolean {
  return before["mode"] !== after["mode"] && Object.keys(before).every((key) => typeof before[key] !== "object");
}

function diffObjects(before: Json, after: Json, shape: Shape, path: Path, edits: Edit[]): void {
  if (before === after) return;
  for (const key of orderedKeys(shape, before)) {
    if (after[key] === undefined || !Object.hasOwn(after, key)) edits.push({ op: "remove", path: pointer(...path, key) });
  }
  for (const key of orderedKeys(shape, after)) {
    if (before[key] === after[key] && Object.hasOwn(before, key)) continue;
    if (before[key] === undefined || !Object.hasOwn(before, key)) edits.push({ op: "add", path: pointer(...path, key), value: after[key] });
    else diffValues(before[key], after[key], childShape(shape, key), [...path, key], edits);
  }
}

/** Walks the longest common part of two lists; entries with the same `id` are one entry that may have changed. */
function diffLists(before: readonly unknown[], after: readonly unknown[], shape: Shape, path: Path, edits: Edit[]): void {
  const element = childShape(shape, 0);
  let at = 0;
  for (const step of alignLists(before, after)) {
    if (step.before === undefined) edits.push({ op: "add", path: pointer(...path, at++), value: after[step.after as number] });
    else if (step.after === undefined) edits.push({ op: "remove", path: pointer(...path, at) });
    else diffValues(before[step.before], after[step.after], element, [...path, at++], edits);
  }
}

interface Step {
  readonly before?: number;
  readonly after?: number;
}

/** Which entry of one list becomes which of the other, in order. */
function alignLists(before: readonly unknown[], after: readonly unknown[]): Step[] {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && isSame(before[head], after[head])) head += 1;
  let tail = 0;
  while (tail < shorter - head && isSame(before[before.length - 1 - tail], after[after.length - 1 - tail])) tail += 1;
  return [
    ...Array.from({ length: head }, (_, index) => ({ before: index, after: index })),
    ...alignMiddle(before.slice(head, before.length - tail), after.slice(head, after.length - tail), head),
    ...Array.from({ length: tail }, (_, index) => ({ before: before.length - tail + index, after: after.length - tail + index })),
  ];
}

function alignMiddle(before: readonly unknown[], after: readonly unknown[], offset: number): Step[] {
  const kept = before.length * after.length > MOST_COMPARISONS ? [] : longestCommon(before, after);
  const steps: Step[] = [];
  let i = 0;
  let j = 0;
  for (const [nextI, nextJ] of [...kept, [before.length, after.length] as const]) {
    // Between two kept entries, places that both lists have are changed, the rest is added or removed.
    while (i < nextI && j < nextJ && isChange(before[i], after[j])) steps.push({ before: offset + i++, after: offset + j++ });
    while (i < nextI) steps.push({ before: offset + i++ });
    while (j < nextJ) steps.push({ after: offset + j++ });
    if (nextI < before.length && nextJ < after.length) steps.push({ before: offset + i++, after: offset + j++ });
  }
  return steps;
}

/** The pairs of a longest common subsequence (Wagner and Fischer), ascending. */
function longestCommon(before: readonly unknown[], after: readonly unknown[]): (readonly [number, number])[] {
  const width = after.length + 1;
  const lengths = new Uint32Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] = isSame(before[i], after[j])
        ? (lengths[(i + 1) * width + j + 1] as number) + 1
        : Math.max(lengths[(i + 1) * width + j] as number, lengths[i * width + j + 1] as number);
    }
  }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < before.length && j < after.length;) {
    if (isSame(before[i], after[j])) pairs.push([i++, j++]);
    else if ((lengths[(i + 1) * width + j] as number) >= (lengths[i * width + j + 1] as number)) i += 1;
    else j += 1;
  }
  return pairs;
}

/** The same entry, perhaps changed inside: by its id, else by its value. */
function isSame(a: unknown, b: unknown): boolean {
  const id = idOf(a);
  return id !== undefined || idOf(b) !== undefined ? id === idOf(b) : equalJson(a, b);
}

/** Whether one entry at a place may be told as a change of another: never where both have ids of their own. */
function isChange(a: unknown, b: unknown): boolean {
  return idOf(a) === undefined && idOf(b) === undefined;
}

function idOf(value: unknown): unknown {
  return isObject(value) ? value["id"] : undefined;
}

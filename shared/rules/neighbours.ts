/** Who hears whom inside a segment, asked once per kind of port and not once per pair of ports. */
import type { End, Layer2, Segment } from "../network/types";
import { groupBy } from "./group-by";

type Groups = readonly (readonly End[])[];

const groups = new WeakMap<Segment, Map<string, Groups>>();

/**
 * The ends of the segment that `wanted` picks and that exchange frames with `end` there, sorted by id. `kind` names the choice, under
 * which the picked ends are remembered.
 */
export function neighboursIn(layer2: Layer2, segment: Segment, end: End, kind: "workloads" | "strangers" | "intruders", wanted: (other: End) => boolean): End[] {
  let byKind = groups.get(segment);
  if (byKind === undefined) groups.set(segment, (byKind = new Map()));
  let picked = byKind.get(kind);
  if (picked === undefined) byKind.set(kind, (picked = [...groupBy(segment.ends.filter(wanted), (other) => layer2.classOf(other).index).values()]));
  return picked.flatMap((likes) => {
    const like = likes.find((other) => other !== end);
    return like !== undefined && layer2.sharedSegments(end, like).includes(segment) ? likes.filter((other) => other !== end) : [];
  });
}

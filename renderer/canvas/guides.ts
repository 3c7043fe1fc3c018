/** With what else a dragged box is in line: it is drawn to the nearest, and a line shows it. Pure. */
import type { Box, Point } from "../../shared/diagram/geometry";

/** A straight line, from end to end of the dragged box and the nearest that is in line with it there. */
export interface Guide {
  readonly from: Point;
  readonly to: Point;
}

export interface Aligned {
  /** How far the box goes from where it is, to be in line: at most `reach` each way. */
  readonly by: Point;
  readonly guides: readonly Guide[];
}

/** Places nearer than this are one. */
const SAME = 0.01;

/** The box among its neighbours: an edge that is within `reach` of an edge, or the middle of a middle, comes to lie on it; across and down apart. */
export function aligned(box: Box, others: readonly Box[], reach: number): Aligned {
  const x = nearest(across(box), others.map(across), reach), y = nearest(down(box), others.map(down), reach);
  const placed = { ...box, x: box.x + (x ?? 0), y: box.y + (y ?? 0) };
  const guides: Guide[] = [];
  if (x !== undefined) for (const { at, inLine } of shared(placed, others, across)) guides.push(guide(down(placed), inLine.map(down), (along) => ({ x: at, y: along })));
  if (y !== undefined) for (const { at, inLine } of shared(placed, others, down)) guides.push(guide(across(placed), inLine.map(across), (along) => ({ x: along, y: at })));
  return { by: { x: x ?? 0, y: y ?? 0 }, guides };
}

/** What of a length can be in line: its ends with ends, its middle with middles. */
interface Length {
  readonly start: number;
  readonly middle: number;
  readonly end: number;
}

function across({ x, width }: Box): Length {
  return { start: x, middle: x + width / 2, end: x + width };
}

function down({ y, height }: Box): Length {
  return { start: y, middle: y + height / 2, end: y + height };
}

/** The shortest way into line with another; undefined where none is within reach. */
function nearest(own: Length, others: readonly Length[], reach: number): number | undefined {
  let best: number | undefined;
  // Half open: of two places of a grid that are as far from a line, one is drawn to it.
  const offer = (way: number): void => { if (way > -reach && way <= reach && (best === undefined || Math.abs(way) < Math.abs(best))) best = way; };
  for (const { start, middle, end } of others) {
    offer(middle - own.middle);
    for (const edge of [start, end]) {
      offer(edge - own.start);
      offer(edge - own.end);
    }
  }
  return best;
}

/** The places of the box that others share, each with those that are in line there. */
function shared(box: Box, others: readonly Box[], length: (box: Box) => Length): readonly { readonly at: number; readonly inLine: readonly Box[] }[] {
  const { start, middle, end } = length(box);
  const isEdge = (at: number) => (other: Box): boolean => Math.abs(length(other).start - at) < SAME || Math.abs(length(other).end - at) < SAME;
  const isMiddle = (other: Box): boolean => Math.abs(length(other).middle - middle) < SAME;
  const places = ([[start, isEdge(start)], [middle, isMiddle], [end, isEdge(end)]] as const)
    .map(([at, isInLine]) => ({ at, inLine: others.filter(isInLine) }))
    .filter(({ inLine }) => inLine.length > 0);
  // A line through the middle would strike out what is written there, and tells nothing that those along the edges do not.
  const edges = places.filter(({ at }) => at !== middle);
  return edges.length > 0 ? edges : places;
}

function guide(own: Length, inLine: readonly Length[], at: (along: number) => Point): Guide {
  const away = (other: Length): number => Math.abs(other.middle - own.middle);
  const near = inLine.reduce((best, other) => (away(other) < away(best) ? other : best));
  return { from: at(Math.min(own.start, near.start)), to: at(Math.max(own.end, near.end)) };
}

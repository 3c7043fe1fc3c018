/** The room that a thing of the palette takes where it is placed on the bare canvas. Pure. */
import { union, type Box } from "../../shared/diagram/geometry";
import { buildScene } from "../../shared/diagram/scene";
import { applyEdits } from "../../shared/model/edit";
import { FORMAT, type Topology } from "../../shared/model/topology";
import type { Outcome, Point } from "../actions/draft";

const EMPTY: Topology = { format: FORMAT, name: "" };

/** How a thing comes to be: `at` a place of a document. */
export type Build = (topology: Topology, at: Point) => Outcome;

/** Its box where its place is the origin, as it is in a document of its own; undefined where the layout places some of it. */
export function boxAtOrigin(build: Build): Box | undefined {
  const outcome = build(EMPTY, { x: 0, y: 0 });
  if (!outcome.ok || !isPlaced(outcome)) return undefined;
  const topology = applyEdits(EMPTY, outcome.change.edits);
  const outer = buildScene(topology).nodes.filter(({ parent }) => parent === undefined);
  return outer.every(({ id }) => topology.layout?.[id] !== undefined) ? union(outer.map(({ absolute, width, height }) => ({ ...absolute, width, height }))) : undefined;
}

/** Whether it comes to the place that was chosen. */
export function isPlaced(outcome: Outcome): boolean {
  return outcome.ok && outcome.change.edits.some(({ path }) => path.startsWith("/layout"));
}

/** Where a new thing was dropped, and what its creation answers. */
import type { CollectionName } from "../../shared/model/topology";
import type { Draft, Outcome, Point } from "./draft";
import { KINDS } from "./kinds";
import { nameOf } from "./names";

export interface Placing {
  /** What it was dropped on; undefined: the bare canvas. */
  readonly target?: string | undefined;
  /** Where, in canvas coordinates. Things inside others are placed by the layout. */
  readonly at?: Point | undefined;
  /** The tenant of new VMs. */
  readonly tenant?: string | undefined;
}

export function added(draft: Draft, id: string, kind: CollectionName, note?: string): Outcome {
  return draft.done(`add ${KINDS[kind].noun} ${nameOf(draft.topology, id)}`, [id], note);
}

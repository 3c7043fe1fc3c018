import type { Topology } from "../model/topology";
import type { Edit, PlanStep } from "../analysis/result";
export function commandsFor(_before: Topology, _after: Topology, _edits: readonly Edit[]): PlanStep["commands"] { return []; }

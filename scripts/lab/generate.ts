/**
 * Random documents: small networks in which coincidences are frequent. Everything is written (nothing that decides is absent), ids
 * are short, and what a laboratory cannot measure reliably is left out: physical loops, and two legs of one node in one segment.
 */
import { parseObject, formatProblem } from "../../shared/model/parse";
import type { Topology } from "../../shared/model/topology";
import { draw } from "../../shared/network/testing";
import { Chance } from "./chance";
import { addEnds } from "./generate-ends";
import { addDistributedFirewalls, addForwarders } from "./generate-filters";
import { addGateways } from "./generate-gateways";
import { addSwitches } from "./generate-switches";
import type { Sketch } from "./sketch";

/** The document of a seed, checked by the project's own parser. */
export function generate(seed: number): Topology {
  const chance = new Chance(seed);
  const drawing = draw().tenant("ta").tenant("tb").tenant("shared", "shared");
  const physical = (["tor-1", "tor-2", "tor-3"] as const).slice(0, 1 + chance.below(3)) as unknown as [string, ...string[]];
  const sketch: Sketch = { chance, drawing, document: drawing.build(), used: new Map(), physical };
  addSwitches(sketch);
  addEnds(sketch);
  addForwarders(sketch);
  addDistributedFirewalls(sketch);
  addGateways(sketch);
  const parsed = parseObject({ ...structuredClone(sketch.document), name: `laboratory ${seed}` });
  if (!parsed.ok) throw new Error(`seed ${seed}: ${parsed.problems.map(formatProblem).join("; ")}`);
  return parsed.topology;
}

/** Layer 2 against networkx, on the same graph, with the same answer. */
import { z } from "zod";
import { compileLayer2 } from "../shared/network/layer2";
import type { Layer2 } from "../shared/network/types";
import { SIZES, type Results } from "./analysis-ratios";
import { parse, textOf } from "./documents";
import { layer2Graph } from "./layer2-graph";
import { askPython, hasModule } from "./python";
import { medianRatio, timeOf, work } from "./statistics";

const answerSchema = z.object({ graphMs: z.number(), componentsMs: z.number(), componentOfEnd: z.array(z.number()) });

/** Layer 2 of 10,000 VMs is short work, so the engine takes more rounds to compile it. */
const LONG_WARM_UP = 10;

/**
 * Ours is from the parsed document to its segments; theirs is the components of a graph that is there already, and with its building.
 * Throws if the two part the ends differently.
 */
export function againstNetworkx(script: string, rounds: number): Results {
  if (!hasModule("networkx")) return {};
  const text = textOf({ vms: SIZES["10k"], defaultAction: "deny" });
  const { ends, edges } = layer2Graph(parse(text));
  const input = { ends: [...ends.values()], edges };
  const ours = work(() => parse(text), (document) => compileLayer2(document).segments);
  for (let round = 0; round < LONG_WARM_UP; round++) timeOf(ours);
  const [own, components, withGraph]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < rounds; round++) {
    own.push(timeOf(ours));
    const answer = answerSchema.parse(askPython(script, input));
    components.push(answer.componentsMs);
    withGraph.push(answer.componentsMs + answer.graphMs);
    if (round === 0) comparePartitions(compileLayer2(parse(text)), [...ends.keys()], answer.componentOfEnd);
  }
  return { networkxOverL2At10k: medianRatio(components, own), networkxWithGraphOverL2At10k: medianRatio(withGraph, own) };
}

/** Throws unless ends of one component are exactly those of one segment. */
export function comparePartitions(layer2: Layer2, ends: readonly string[], components: readonly number[]): void {
  if (layer2.ends.length !== ends.length) throw new Error(`${layer2.ends.length} ends, and ${ends.length} in the graph`);
  const [componentOf, segmentOf] = [new Map<number, number>(), new Map<number, number>()];
  ends.forEach((id, place) => {
    const end = layer2.end(id);
    const segments = end === undefined ? [] : layer2.segmentsOf(end);
    const [segment, component] = [segments[0]?.index, components[place]];
    if (segments.length !== 1 || segment === undefined || component === undefined) throw new Error(`${id}: in ${segments.length} segments`);
    if (!componentOf.has(segment)) componentOf.set(segment, component);
    if (!segmentOf.has(component)) segmentOf.set(component, segment);
    if (componentOf.get(segment) !== component || segmentOf.get(component) !== segment) throw new Error(`${id}: networkx and Bulkhead differ`);
  });
}

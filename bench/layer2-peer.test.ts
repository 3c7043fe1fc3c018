import { expect, it } from "vitest";
import { compileLayer2 } from "../shared/network/layer2";
import { generate } from "./generate";
import { layer2Graph } from "./layer2-graph";
import { comparePartitions } from "./layer2-peer";

const document = generate({ vms: 300, defaultAction: "deny" });
const layer2 = compileLayer2(document);
const { ends, edges } = layer2Graph(document);

/** The component of each end, the slow way. */
function components(): number[] {
  const label = new Map<number, number>();
  const at = (vertex: number): number => label.get(vertex) ?? vertex;
  for (let changed = true; changed; ) {
    changed = false;
    for (let i = 0; i < edges.length; i += 2) {
      const [a, b] = [edges[i] ?? -1, edges[i + 1] ?? -1];
      const least = Math.min(at(a), at(b));
      if (at(a) === least && at(b) === least) continue;
      label.set(a, least).set(b, least);
      changed = true;
    }
  }
  return [...ends.values()].map(at);
}

it("finds the analyzer's segments in the components of the plain graph", () => {
  expect(() => comparePartitions(layer2, [...ends.keys()], components())).not.toThrow();
});

it("notices an end that is elsewhere, segments that are joined and ends that are left out", () => {
  const found = components();
  expect(() => comparePartitions(layer2, [...ends.keys()], [-1, ...found.slice(1)])).toThrow("differ");
  expect(() => comparePartitions(layer2, [...ends.keys()], found.map(() => 1))).toThrow("differ");
  expect(() => comparePartitions(layer2, [...ends.keys()].slice(1), found.slice(1))).toThrow("in the graph");
});

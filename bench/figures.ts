/** Every figure of the benchmark: its key in `results.json`, what it is, and its goal where it has one. */

export interface Figure {
  readonly key: string;
  readonly what: string;
  readonly unit: "×" | "ms" | "fps" | "nodes";
  readonly goal?: { readonly atMost: number } | { readonly atLeast: number };
}

const parseRatio = (action: "deny" | "allow", size: string, goal?: Figure["goal"]): Figure => ({
  key: `full${action === "deny" ? "Deny" : "Allow"}OverParse${size}`,
  what: `Full analysis of ${size} VMs, default ${action}, over JSON.parse`,
  unit: "×",
  ...(goal === undefined ? {} : { goal }),
});

export const FIGURES: readonly Figure[] = [
  parseRatio("deny", "100"), parseRatio("deny", "1k"), parseRatio("deny", "10k"), parseRatio("deny", "40k", { atMost: 3 }),
  parseRatio("allow", "1k"), parseRatio("allow", "10k"), parseRatio("allow", "40k", { atMost: 10 }),
  { key: "growth10kTo40k", what: "Full analysis of 40k VMs over that of 10k, default deny", unit: "×", goal: { atMost: 5 } },
  { key: "rules100kOver10k", what: "Full analysis of 40k VMs with 100,000 distributed rules over that with 10,000", unit: "×", goal: { atMost: 10 } },
  { key: "l2OverParse40k", what: "Layer 2 of 40k VMs, from the document to its segments, over JSON.parse", unit: "×" },
  { key: "tracePairOverParse40k", what: "Compiling 40k VMs and answering for one pair, without the matrix, over JSON.parse", unit: "×" },
  { key: "traceMs40k", what: "One trace between two of 40k VMs, compiling excluded", unit: "ms" },
  { key: "editMedianMs40k", what: "One edit of 40k VMs and its analysis, median", unit: "ms", goal: { atMost: 1 } },
  { key: "editP95Ms40k", what: "The same, 95th percentile", unit: "ms", goal: { atMost: 16 } },
  { key: "retainedOverBytes40k", what: "Memory that the network of 40k VMs keeps, without the document, over the document's bytes", unit: "×", goal: { atMost: 4 } },
  { key: "retainedWithDocumentOverBytes40k", what: "The same with the parsed document", unit: "×" },
  { key: "networkxOverL2At10k", what: "networkx, connected components of 10k VMs' layer 2, graph building excluded, over our layer 2", unit: "×", goal: { atLeast: 10 } },
  { key: "networkxWithGraphOverL2At10k", what: "The same, graph building included", unit: "×" },
  { key: "z3OverQuery5k", what: "z3, one question to an ACL of 5,000 rules, over ours", unit: "×", goal: { atLeast: 1000 } },
  { key: "naiveOverFull1k", what: "Naive search of 1k VMs, extrapolated from a sample of pairs, over full analysis", unit: "×" },
  { key: "checkOverNode", what: "`check` of a small document as a process, over `node -e 0`", unit: "×", goal: { atMost: 2 } },
];

/** Whether a goal is met; undefined where there is none. */
export function meets({ goal }: Figure, value: number): boolean | undefined {
  if (goal === undefined) return undefined;
  return "atMost" in goal ? value <= goal.atMost : value >= goal.atLeast;
}

const overCytoscape = (gesture: string, what: string, size: string, atLeast?: number): Figure[] => [
  { key: `canvas${gesture}OverCytoscape${size}`, what: `${what} of ${size} things: what a frame costs cytoscape.js, over Bulkhead`, unit: "×", ...(atLeast === undefined ? {} : { goal: { atLeast } }) },
  { key: `canvas${gesture}PerRefreshOverCytoscape${size}`, what: "The same for a refresh of the screen, whether or not it shows anything new", unit: "×" },
];
const fps = (gesture: string, size: string): Figure[] => [
  { key: `canvas${gesture}Fps${size}`, what: "The same, frames a second of Bulkhead", unit: "fps" },
  { key: `canvas${gesture}FpsCytoscape${size}`, what: "The same, frames a second of cytoscape.js", unit: "fps" },
];

/** What `npm run bench:canvas` measures. */
export const CANVAS_FIGURES: readonly Figure[] = [...["5k", "10k"].flatMap((size) => [
  ...overCytoscape("NearPan", "Panning near by", size, size === "5k" ? 1.5 : undefined), ...fps("NearPan", size),
  ...overCytoscape("NearDrag", "Dragging one thing near by", size, size === "5k" ? 3 : undefined), ...fps("NearDrag", size),
  ...overCytoscape("FarPan", "Panning the whole picture", size, size === "5k" ? 1 : undefined), ...fps("FarPan", size),
  { key: `canvasNodes${size}`, what: `DOM nodes of Bulkhead, ${size} things near by`, unit: "nodes" as const },
  { key: `canvasNodesOverReactFlow${size}`, what: `DOM nodes of ${size} things, over React Flow as it comes`, unit: "×" as const, ...(size === "10k" ? { goal: { atMost: 1 / 20 } } : {}) },
  { key: `canvasOpenMs${size}`, what: `From the command to open a file of ${size} things to the first picture`, unit: "ms" as const },
  { key: `canvasFirstDrawMs${size}`, what: `First draw of ${size} things, from the bytes of the file`, unit: "ms" as const },
  { key: `canvasFirstDrawOverCytoscape${size}`, what: `The same, over cytoscape.js`, unit: "×" as const },
  { key: `canvasFirstDrawOverReactFlow${size}`, what: `The same, over React Flow as it comes`, unit: "×" as const, ...(size === "10k" ? { goal: { atMost: 1 / 10 } } : {}) },
  { key: `canvasWholeDrawMs${size}`, what: `First draw of ${size} things with their cables`, unit: "ms" as const },
  { key: `canvasWholeDrawOverCytoscape${size}`, what: `The same, over cytoscape.js`, unit: "×" as const },
  { key: `canvasWholeDrawOverReactFlow${size}`, what: `The same, over React Flow as it comes`, unit: "×" as const },
]),
  { key: "canvasOpenMs40k", what: "From the command to open a file of 40k VMs to the first picture", unit: "ms", goal: { atMost: 3000 } },
  { key: "canvasStartMs", what: "From the start of the packaged program to its first paint", unit: "ms", goal: { atMost: 1000 } },
];

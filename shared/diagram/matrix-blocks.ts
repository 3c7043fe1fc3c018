/** Who reaches whom: tenants, management and external networks, as a heat map that reads without colour. */
import type { Matrix, MatrixPair, Verdict } from "../analysis/result";
import { compareIds, record, type Topology } from "../model/topology";
import { gap, paragraph, row, stack, BODY, NOTE, type Block } from "./block";
import type { LensTag } from "./lens";
import type { Paint, Primitive } from "./primitives";
import { line, markAt } from "./shapes/shape";

export interface GroupMatrix {
  readonly groups: readonly { readonly id: string; readonly name: string }[];
  /** By `from\nto`; pairs between which nothing passes are absent. */
  readonly cells: ReadonlyMap<string, GroupCell>;
}

export interface GroupCell {
  readonly verdict: Verdict;
  readonly services: readonly string[];
}

const WORSE: Readonly<Record<Verdict, number>> = { isolated: 0, permitted: 1, unknown: 2, violating: 3 };
const MANAGEMENT = "\u0000management", NO_TENANT = "\u0000none";

export const VERDICT_TAGS: Readonly<Record<Verdict, LensTag>> = {
  violating: { paint: "violation", mark: "square", text: "violating" },
  unknown: { paint: "unknown", mark: "cross", text: "unknown" },
  permitted: { paint: "permitted", mark: "circle", text: "permitted" },
  isolated: { paint: "faint", mark: "ring", text: "isolated" },
};

/** Sums a matrix by VM up to tenants, management (interfaces, BMCs) and external networks; one by tenant stays as it is. */
export function groupMatrix(topology: Topology, matrix: Matrix): GroupMatrix {
  const groupOf = matrix.by === "vm" ? (id: string) => partyGroup(topology, id) : (id: string) => id;
  const cells = new Map<string, GroupCell>();
  for (const pair of matrix.pairs) {
    const from = groupOf(pair.from), to = groupOf(pair.to);
    if (from === to) continue;
    const key = `${from}\n${to}`, known = cells.get(key);
    cells.set(key, known === undefined ? { verdict: pair.verdict, services: servicesOf(pair) } : merge(known, pair));
  }
  const order = (id: string): number => (id === MANAGEMENT ? 2 : id === NO_TENANT ? 1 : record(topology, "tenants", id) !== undefined ? 0 : 3);
  const ids = [...new Set(matrix.rows.map(groupOf))].sort((a, b) => order(a) - order(b) || compareIds(a, b));
  return { groups: ids.map((id) => ({ id, name: nameOf(topology, id) })), cells };
}

function partyGroup(topology: Topology, id: string): string {
  const vm = record(topology, "vms", id);
  if (vm !== undefined) return vm.tenant ?? NO_TENANT;
  return record(topology, "externalNetworks", id) === undefined ? MANAGEMENT : id;
}

function nameOf(topology: Topology, id: string): string {
  if (id === MANAGEMENT) return "Management";
  if (id === NO_TENANT) return "No tenant";
  return record(topology, "tenants", id)?.name ?? record(topology, "externalNetworks", id)?.name ?? record(topology, "portGroups", id)?.name ?? id;
}

function servicesOf(pair: MatrixPair): readonly string[] {
  return pair.services.length > 0 ? pair.services : pair.oneWay.map((service) => `${service} one way`);
}

function merge(cell: GroupCell, pair: MatrixPair): GroupCell {
  const services = new Set([...cell.services, ...servicesOf(pair)]);
  return { verdict: WORSE[pair.verdict] > WORSE[cell.verdict] ? pair.verdict : cell.verdict, services: services.has("any") ? ["any"] : [...services].sort(compareIds) };
}

const LABEL = 110, CELL = 58, CELL_HEIGHT = 24;
/** Above this a table of pairs says more than a wall of cells. */
const MOST_GROUPS = 40;
const MOST_PAIRS = 2000;

/** Blocks for pages `width` points wide. */
export function matrixBlocks(groups: GroupMatrix, width: number): Block[] {
  if (groups.groups.length === 0) return [paragraph("There are no parties to compare.", width, BODY)];
  if (groups.groups.length > MOST_GROUPS) return pairList(groups, width);
  const across = Math.max(1, Math.floor((width - LABEL) / CELL)), blocks: Block[] = [];
  for (let start = 0; start < groups.groups.length; start += across) {
    const columns = groups.groups.slice(start, start + across);
    blocks.push(head(columns), ...groups.groups.map((from) => matrixRow(groups, from, columns)), gap(16));
  }
  return [...blocks, keyBlock(width)];
}

function head(columns: GroupMatrix["groups"]): Block {
  return {
    height: 28, keepWithNext: true,
    primitives: [...line("from ↓ · to →", { x: 0, y: 22 }, LABEL, { size: 7.5, fill: "muted" }), ...columns.flatMap(({ name }, index) => line(name, { x: LABEL + index * CELL + CELL / 2, y: 22 }, CELL - 4, { size: 8, weight: 600, fill: "text", anchor: "middle" }))],
  };
}

function matrixRow(groups: GroupMatrix, from: GroupMatrix["groups"][number], columns: GroupMatrix["groups"]): Block {
  return row([
    { x: 0, block: { height: CELL_HEIGHT, primitives: line(from.name, { x: 0, y: 15 }, LABEL - 8, { size: 8.5, weight: 600, fill: "text" }) } },
    ...columns.map((to, index) => ({ x: LABEL + index * CELL, block: { height: CELL_HEIGHT, primitives: cell(groups, from.id, to.id) } })),
  ]);
}

function cell(groups: GroupMatrix, from: string, to: string): Primitive[] {
  const found = groups.cells.get(`${from}\n${to}`), verdict = from === to ? undefined : (found?.verdict ?? "isolated");
  const fill: Paint = verdict === undefined ? "bar" : verdict === "violating" ? "violationSoft" : "surface";
  const box: Primitive = { type: "rect", x: 0.5, y: 0.5, width: CELL - 1, height: CELL_HEIGHT - 1, fill, stroke: verdict === "violating" ? "violation" : "bandLine", strokeWidth: verdict === "violating" ? 1 : 0.5 };
  if (verdict === undefined || verdict === "isolated") return [box];
  const tag = VERDICT_TAGS[verdict], services = found?.services ?? [];
  const text = services.length > 1 ? `${services[0]} +${services.length - 1}` : (services[0] ?? "frames");
  return [box, markAt(tag.mark, 5, 8.5, 7, tag.paint), ...line(text, { x: 15, y: 15 }, CELL - 18, { size: 7.5, fill: "text" })];
}

/** A table of what passes, for many groups. */
function pairList(groups: GroupMatrix, width: number): Block[] {
  const names = new Map(groups.groups.map(({ id, name }) => [id, name]));
  const found = [...groups.cells].filter(([, { verdict }]) => verdict !== "isolated").sort(([a, x], [b, y]) => WORSE[y.verdict] - WORSE[x.verdict] || compareIds(a, b));
  const third = (width - 100) / 3;
  return [
    paragraph(`${groups.groups.length} parties; only pairs between which anything passes are listed, violations first.`, width, NOTE),
    ...found.slice(0, MOST_PAIRS).map(([key, { verdict, services }]): Block => {
      const [from = "", to = ""] = key.split("\n"), tag = VERDICT_TAGS[verdict];
      return {
        height: 13,
        primitives: [
          markAt(tag.mark, 0, 2.5, 7, tag.paint), ...line(tag.text, { x: 12, y: 9.5 }, 80, { size: 8, fill: "text" }),
          ...line(`${names.get(from) ?? from} → ${names.get(to) ?? to}`, { x: 100, y: 9.5 }, 2 * third - 10, { size: 8, fill: "text" }),
          ...line(services.join(", "), { x: 100 + 2 * third, y: 9.5 }, third, { size: 8, fill: "muted" }),
        ],
      };
    }),
    ...(found.length > MOST_PAIRS ? [paragraph(`and ${found.length - MOST_PAIRS} more pairs`, width, NOTE)] : []),
    gap(12), keyBlock(width),
  ];
}

function keyBlock(width: number): Block {
  const order: readonly Verdict[] = ["violating", "unknown", "permitted"];
  return stack([{
    height: 14,
    primitives: order.flatMap((verdict, index) => {
      const tag = VERDICT_TAGS[verdict];
      return [markAt(tag.mark, index * 76, 2, 7.5, tag.paint), ...line(tag.text, { x: index * 76 + 12, y: 9 }, 60, { size: 8, fill: "text" })];
    }),
  }, paragraph("An empty cell: nothing passes. A cell names the services that pass both ways, or one way only where no answer comes back.", width, NOTE)]);
}

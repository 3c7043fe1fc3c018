/** The rows and cells of the matrix at a grain. Pure. */
import type { Matrix, MatrixPair, Verdict } from "../../shared/analysis/result";
import { tenantTags } from "../../shared/diagram/facts";
import { MANAGEMENT_TAG } from "../../shared/diagram/lens";
import type { Mark } from "../../shared/diagram/marks";
import type { Paint } from "../../shared/diagram/theme";
import { inNaturalOrder } from "../../shared/model/natural-order";
import { compareIds, entries, record, type Topology } from "../../shared/model/topology";
import { listParties } from "../../shared/network/parties";
import { mergePairs } from "./merge";

export type Grain = Matrix["by"];

export interface Row {
  readonly id: string;
  readonly name: string;
  /** Absent: no tenant, an external network or a port group. */
  readonly tag?: { readonly paint: Paint; readonly mark: Mark };
  /** What a trace asks for: a party id or a selector; absent: the row is no one group. */
  readonly selector?: string;
}

export interface Grid {
  readonly grain: Grain;
  readonly rows: readonly Row[];
  /** By `cellKey`; pairs between which nothing passes are absent. */
  readonly cells: ReadonlyMap<string, MatrixPair>;
  /** The pairs of VMs, management interfaces and external networks that a cell sums up; empty where the cell is one pair. */
  members(from: string, to: string): readonly MatrixPair[];
  /** Whether the pair has been looked at; absent: all have. */
  isKnown?(from: string, to: string): boolean;
  /** Pairs in sight are being looked at. */
  readonly isWaiting?: boolean;
}

/** Ids of the rows of a cell whose flows are shown. */
export interface OpenCell {
  readonly from: string;
  readonly to: string;
}

/** Ids hold no control characters, so these name no tenant. */
const MANAGEMENT = "\u0000management";
const NO_TENANT = "\u0000none";

export function cellKey(from: string, to: string): string {
  return `${from}\n${to}`;
}

/** Undefined: a row and itself, where that compares nothing, or a pair that was not looked at yet. A pair that the matrix does not list is isolated. */
export function verdictOf({ cells, grain, isKnown }: Grid, from: string, to: string): Verdict | undefined {
  if (isKnown?.(from, to) === false) return undefined;
  const listed = cells.get(cellKey(from, to))?.verdict;
  return from === to ? (grain === "portgroup" ? listed : undefined) : (listed ?? "isolated");
}

/** How many ordered pairs of different rows have each verdict. */
export function countVerdicts({ rows, cells }: Grid): Readonly<Record<Verdict, number>> {
  const counts = { isolated: rows.length * Math.max(0, rows.length - 1), permitted: 0, violating: 0, unknown: 0 };
  for (const { from, to, verdict } of cells.values()) {
    if (from === to || verdict === "isolated") continue;
    counts[verdict] += 1;
    counts.isolated -= 1;
  }
  return counts;
}

/** By tenant, a matrix by VM is summed up to tenants, management and external networks; one by tenant shows tenants only. */
export function gridOf(topology: Topology, grain: Grain, matrix: Matrix): Grid {
  if (grain === "tenant" && matrix.by === "vm") return groupedGrid(topology, matrix);
  const rows = inOrder(topology, grain, matrix.rows).map(describer(topology));
  const cells = new Map(matrix.pairs.map((pair) => [cellKey(pair.from, pair.to), pair]));
  return { grain, rows, cells, members: () => [] };
}

/** The rows of a matrix that is made cell by cell. */
export function rowsOf(topology: Topology, grain: Grain): Row[] {
  const ids = grain === "tenant" ? Object.keys(topology.tenants ?? {}) : grain === "portgroup" ? Object.keys(topology.portGroups ?? {}) : listParties(topology).map(({ id }) => id);
  return inOrder(topology, grain, ids.sort(compareIds)).map(describer(topology));
}

/** By name; VMs by tenant, then management and external networks. */
function inOrder(topology: Topology, grain: Grain, ids: readonly string[]): readonly string[] {
  const named = inNaturalOrder(ids, nameIn(topology));
  if (grain !== "vm") return named;
  const order = orderOf(topology);
  const groups: string[][] = [];
  for (const id of named) (groups[order(partyGroup(topology, id))] ??= []).push(id);
  return groups.flat();
}

function groupedGrid(topology: Topology, matrix: Matrix): Grid {
  const groups = new Map(matrix.rows.map((id) => [id, partyGroup(topology, id)]));
  const groupOf = (id: string): string => groups.get(id) ?? id;
  const byCell = new Map<string, MatrixPair[]>();
  for (const pair of matrix.pairs) {
    const from = groupOf(pair.from), to = groupOf(pair.to);
    if (from === to) continue;
    const key = cellKey(from, to), known = byCell.get(key);
    if (known === undefined) byCell.set(key, [pair]);
    else known.push(pair);
  }
  const cells = new Map([...byCell].map(([key, pairs]) => {
    const [from = "", to = ""] = key.split("\n");
    return [key, mergePairs(from, to, pairs)];
  }));
  const order = orderOf(topology);
  const ids = [...new Set([...Object.keys(topology.tenants ?? {}), ...groups.values()])].sort((a, b) => order(a) - order(b) || compareIds(a, b));
  return { grain: "tenant", rows: ids.map(describer(topology)), cells, members: (from, to) => byCell.get(cellKey(from, to)) ?? [] };
}

function partyGroup(topology: Topology, id: string): string {
  const vm = record(topology, "vms", id);
  if (vm !== undefined) return vm.tenant ?? NO_TENANT;
  return record(topology, "externalNetworks", id) === undefined ? MANAGEMENT : id;
}

/** Tenants by name, then workloads without one, management, external networks. */
function orderOf(topology: Topology): (group: string) => number {
  const tenants = new Map(inNaturalOrder(entries(topology, "tenants"), ([, { name }]) => name).map(([id], index) => [id, index]));
  return (group) => tenants.get(group) ?? tenants.size + (group === NO_TENANT ? 0 : group === MANAGEMENT ? 1 : 2);
}

function nameIn(topology: Topology): (id: string) => string {
  return (id) => (record(topology, "tenants", id) ?? record(topology, "portGroups", id) ?? record(topology, "vms", id) ?? record(topology, "externalNetworks", id))?.name ?? id;
}

function describer(topology: Topology): (id: string) => Row {
  const tags = tenantTags(topology);
  return (id) => {
    if (id === MANAGEMENT) return { id, name: "Management", tag: MANAGEMENT_TAG, selector: "management" };
    if (id === NO_TENANT) return { id, name: "No tenant" };
    const tenant = tags.get(id);
    if (tenant !== undefined) return { id, name: tenant.name, tag: tenant, selector: `tenant:${id}` };
    const portGroup = record(topology, "portGroups", id);
    if (portGroup !== undefined) return { id, name: portGroup.name ?? id, selector: `portgroup:${id}` };
    return { id, ...partyName(topology, id, tags), selector: id };
  };
}

function partyName(topology: Topology, id: string, tags: ReadonlyMap<string, { readonly paint: Paint; readonly mark: Mark }>): Pick<Row, "name" | "tag"> {
  const vm = record(topology, "vms", id);
  const tag = vm === undefined ? (record(topology, "externalNetworks", id) === undefined ? MANAGEMENT_TAG : undefined) : tags.get(vm.tenant ?? "");
  const name = vm?.name ?? record(topology, "externalNetworks", id)?.name ?? id;
  return { name, ...(tag === undefined ? {} : { tag }) };
}

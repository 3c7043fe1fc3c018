/** Who reaches whom: tenants, management and external networks. */
import type { Matrix, MatrixPair, Verdict } from "../analysis/result";
import { compareIds, record, type Topology } from "../model/topology";
import type { LensTag } from "./lens";

export interface GroupMatrix {
  readonly groups: readonly { readonly id: string; readonly name: string }[];
  /** By `from\nto`; pairs between which nothing passes are absent. */
  readonly cells: ReadonlyMap<string, GroupCell>;
}

export interface GroupCell {
  readonly verdict: Verdict;
  readonly services: readonly string[];
  /** Whether frames pass directly, which a distributed firewall does not filter. */
  readonly frames: boolean;
  /** Absent fields on which unknown pairs of the two rest. */
  readonly missing: readonly string[];
}

const WORSE: Readonly<Record<Verdict, number>> = { isolated: 0, permitted: 1, unknown: 2, violating: 3 };
/** Id of the group of management interfaces and BMCs. */
export const MANAGEMENT = "\u0000management";
const NO_TENANT = "\u0000none";

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
    cells.set(key, known === undefined ? { verdict: pair.verdict, services: servicesOf(pair), frames: pair.frames !== undefined, missing: pair.missing ?? NONE } : merge(known, pair));
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

const NONE: readonly string[] = [];
const ONE_WAY = " one way";

/** What passes both ways, then what is delivered without an answer. */
function servicesOf(pair: MatrixPair): readonly string[] {
  return inOrder([...pair.services, ...pair.oneWay.map((service) => `${service}${ONE_WAY}`)]);
}

function merge(cell: GroupCell, pair: MatrixPair): GroupCell {
  const missing = pair.missing === undefined || pair.missing.every((field) => cell.missing.includes(field)) ? cell.missing : [...new Set([...cell.missing, ...pair.missing])];
  return { verdict: WORSE[pair.verdict] > WORSE[cell.verdict] ? pair.verdict : cell.verdict, services: inOrder([...cell.services, ...servicesOf(pair)]), frames: cell.frames || pair.frames !== undefined, missing };
}

/** Each service once: one way only where it nowhere passes both ways. */
function inOrder(services: readonly string[]): readonly string[] {
  const all = new Set(services), isOneWay = (service: string): boolean => service.endsWith(ONE_WAY);
  if (all.has("any")) return ["any"];
  const kept = [...all].filter((service) => !isOneWay(service) || !all.has(service.slice(0, -ONE_WAY.length)));
  return kept.sort((a, b) => Number(isOneWay(a)) - Number(isOneWay(b)) || compareIds(a, b));
}

/** Above this a table of pairs says more than a wall of cells. */
export const MOST_GROUPS = 40;

/** Pairs between which anything passes or might, the worst first. */
export function passingPairs(groups: GroupMatrix): { readonly from: string; readonly to: string; readonly cell: GroupCell }[] {
  const names = new Map(groups.groups.map(({ id, name }) => [id, name]));
  return [...groups.cells].filter(([, { verdict }]) => verdict !== "isolated").sort(([a, x], [b, y]) => WORSE[y.verdict] - WORSE[x.verdict] || compareIds(a, b)).map(([key, cell]) => {
    const [from = "", to = ""] = key.split("\n");
    return { from: names.get(from) ?? from, to: names.get(to) ?? to, cell };
  });
}

/** What is certain to pass, in few words: `tcp/443 +2`, `icmp one way`, `frames`; empty where nothing is. */
export function cellWords(cell: GroupCell | undefined): string {
  if (cell === undefined || cell.verdict === "isolated") return "";
  return cell.services.length > 1 ? `${cell.services[0]} +${cell.services.length - 1}` : (cell.services[0] ?? (cell.frames ? "frames" : ""));
}

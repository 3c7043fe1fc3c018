/** Containment of the drawn things, in the order in which layout sets them. */
import { ownerOf } from "../model/ids";
import { record, type Topology } from "../model/topology";
import type { NodeKind } from "./elements";
import { draftNodes, type NodeDraft } from "./nodes";
import { compareNatural } from "./order";
import { draftWires, type Wire } from "./wires";

export interface Tree {
  /** Parents before children. */
  readonly drafts: readonly NodeDraft[];
  readonly draft: ReadonlyMap<string, NodeDraft>;
  /** Children by parent id, in layout order; the outermost under the empty id. */
  readonly children: ReadonlyMap<string, readonly NodeDraft[]>;
  readonly wires: readonly Wire[];
  /** Containers that the user closed. */
  readonly closed: ReadonlySet<string>;
}

const CONTAINERS: ReadonlySet<NodeKind> = new Set<NodeKind>(["host", "hypervisor", "virtualSwitch"]);
/** Workloads first, then what serves them. */
const RANK: Partial<Record<NodeKind, number>> = { managementInterface: 1, firewall: 2, router: 3 };

export function isContainer(kind: NodeKind): boolean {
  return CONTAINERS.has(kind);
}

export function childrenOf(tree: Tree, id: string): readonly NodeDraft[] {
  return tree.children.get(id) ?? [];
}

export function growTree(topology: Topology): Tree {
  const drafts = draftNodes(topology);
  const draft = new Map(drafts.map((node) => [node.id, node]));
  const wires = draftWires(topology, (id) => draft.has(id));
  const children = new Map<string, NodeDraft[]>();
  for (const node of drafts) {
    const siblings = children.get(node.parent ?? "");
    if (siblings === undefined) children.set(node.parent ?? "", [node]);
    else siblings.push(node);
  }
  const tenant = (node: NodeDraft): string => (node.kind === "vm" ? (record(topology, "vms", node.id)?.tenant ?? "~") : "");
  const order = (a: NodeDraft, b: NodeDraft): number =>
    (RANK[a.kind] ?? 0) - (RANK[b.kind] ?? 0) || compareNatural(tenant(a), tenant(b)) || compareNatural(a.id, b.id);
  for (const siblings of children.values()) siblings.sort(order);
  orderPortGroups(children, wires);
  const closed = new Set(drafts.filter((node) => isContainer(node.kind) && isClosed(topology, node.id)).map((node) => node.id));
  return { drafts, draft, children, wires, closed };
}

function isClosed(topology: Topology, id: string): boolean {
  const layout = topology.layout;
  return layout !== undefined && Object.hasOwn(layout, id) && layout[id]?.collapsed === true;
}

/** Port groups stand in the order of what is plugged into them, so that cables cross little. */
function orderPortGroups(children: ReadonlyMap<string, NodeDraft[]>, wires: readonly Wire[]): void {
  const position = new Map<string, number>();
  for (const siblings of children.values()) siblings.forEach((node, index) => position.set(node.id, index));
  const sums = new Map<string, { sum: number; count: number }>();
  for (const { kind, source, target } of wires) {
    if (kind !== "nic" && kind !== "managementInterface" && kind !== "interface") continue;
    const entry = sums.get(target) ?? { sum: 0, count: 0 };
    entry.sum += position.get(ownerOf(source)) ?? 0;
    entry.count++;
    sums.set(target, entry);
  }
  const middle = (node: NodeDraft): number => {
    const entry = sums.get(node.id);
    return entry === undefined ? Number.MAX_VALUE : entry.sum / entry.count;
  };
  for (const siblings of children.values()) {
    if (siblings[0]?.kind === "portGroup") siblings.sort((a, b) => middle(a) - middle(b) || compareNatural(a.id, b.id));
  }
}

/** The scene as nodes of the flow library, which moves, selects and focuses them. Objects are kept where nothing changed. */
import type { SceneNode } from "../../shared/diagram/elements";
import { KINDS } from "../actions/kinds";
import type { Drag } from "./drag";
import { sameLook, type Looks } from "./looks";
import type { FlowNode } from "./NodeView";

const LAYER = { host: 0, hypervisor: 1, virtualSwitch: 2 } as const;
const OVER_CABLES = 20;

/** What was made last. */
export interface FlowNodeCache {
  readonly made: Map<string, FlowNode>;
  last?: { readonly shown: Shown; readonly nodes: FlowNode[] };
}

export interface Shown {
  /** Parents before children, and every parent of a child. */
  readonly nodes: readonly SceneNode[];
  readonly looks: Looks;
  readonly drag: Drag | undefined;
  readonly far: number;
  /** Drawn by the painted layers; the element is there for the pointer, the keys and what is emphasised. */
  readonly painted: boolean;
  /** Under the pointer, in a painted picture. */
  readonly hovered: string | undefined;
  /** Id of the one thing that Tab comes to; arrows go on from there. */
  readonly tabStop: string | undefined;
}

/** `cache` is brought up to date. While things are dragged only they are made anew. */
export function flowNodes(shown: Shown, cache: FlowNodeCache): FlowNode[] {
  const { made, last } = cache;
  const isDragged = last !== undefined && isOneDragOn(last.shown, shown);
  const nodes = shown.nodes.map((node, index) => {
    const kept = isDragged && shown.drag?.roots.has(node.id) !== true ? last.nodes[index] : undefined;
    if (kept !== undefined) return kept;
    const now = flowNode(node, shown, made.get(node.id));
    made.set(node.id, now);
    return now;
  });
  if (made.size > nodes.length) {
    const now = new Set(nodes.map(({ id }) => id));
    for (const id of made.keys()) if (!now.has(id)) made.delete(id);
  }
  cache.last = { shown, nodes };
  return nodes;
}

/** Whether nothing differs but how far the same things have been dragged. */
function isOneDragOn(before: Shown, now: Shown): boolean {
  return before.drag !== undefined && before.drag.moving === now.drag?.moving && before.nodes === now.nodes && before.looks === now.looks
    && before.far === now.far && before.painted === now.painted && before.hovered === now.hovered && before.tabStop === now.tabStop;
}

function flowNode(node: SceneNode, { looks, drag, far, painted, hovered, tabStop }: Shown, old: FlowNode | undefined): FlowNode {
  const look = looks.node(node);
  const by = drag?.roots.has(node.id) === true ? drag.by : undefined;
  const x = node.x + (by?.x ?? 0);
  const y = node.y + (by?.y ?? 0);
  const selected = look.selected ?? false;
  const part = !painted ? "all" : look.selected === true || look.target === true || look.onPath === true ? "emphasis" : "none";
  const hasHandles = node.kind !== "bmc" && far === 0 && (!painted || selected || hovered === node.id);
  const sameData = old !== undefined && old.data.node === node && old.data.far === far && old.data.part === part && old.data.hasHandles === hasHandles && sameLook(old.data.look, look);
  const tabIndex = node.id === tabStop ? 0 : -1;
  if (sameData && old.domAttributes?.tabIndex === tabIndex && old.selected === selected && old.position.x === x && old.position.y === y) return old;
  const dragged = drag?.moving.has(node.id) === true;
  return {
    id: node.id,
    type: "thing",
    position: { x, y },
    data: sameData ? old.data : { node, look, far, part, hasHandles },
    width: node.width,
    height: node.height,
    measured: { width: node.width, height: node.height },
    selected,
    draggable: node.movable,
    zIndex: (node.container ? LAYER[node.kind as keyof typeof LAYER] : OVER_CABLES) + (dragged && !node.container ? 20 : 0),
    className: `thing thing-${node.kind}${node.container ? " thing-container" : ""}`,
    domAttributes: { tabIndex },
    ariaLabel: `${ariaLabel(node)}${selected ? ", selected" : ""}`,
    ...(node.parent === undefined ? {} : { parentId: node.parent }),
  };
}

/** "VM a-web, Tenant A, 2 findings, worst critical". */
function ariaLabel(node: SceneNode): string {
  const { facts } = node;
  const findings = facts.findings === 0 ? "" : `${facts.findings} ${facts.findings === 1 ? "finding" : "findings"}, worst ${facts.severity ?? "info"}`;
  const noun = node.kind === "bmc" ? "BMC" : KINDS[node.collection].noun;
  return [`${noun} ${node.title}`, node.subtitle, node.meta, findings].filter((part) => part !== "").join(", ");
}

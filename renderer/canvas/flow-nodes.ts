/** The scene as nodes of the flow library, which moves, selects and focuses them. Objects are kept where nothing changed. */
import type { SceneNode } from "../../shared/diagram/elements";
import { KINDS } from "../actions/kinds";
import type { Drag } from "./drag";
import { sameLook, type Looks } from "./looks";
import type { FlowNode } from "./NodeView";

const LAYER = { host: 0, hypervisor: 1, virtualSwitch: 2 } as const;
const OVER_CABLES = 20;

/** What was made last, by id. */
export type FlowNodeCache = Map<string, FlowNode>;

export interface Shown {
  /** Parents before children, and every parent of a child. */
  readonly nodes: readonly SceneNode[];
  readonly looks: Looks;
  readonly drag: Drag | undefined;
  readonly far: number;
  /** Drawn by the painted layers; the element is there for the pointer, the keys and what is emphasised. */
  readonly painted: boolean;
  /** What is selected is painted as that, too. */
  readonly hasPaintedSelection: boolean;
  /** Under the pointer, in a painted picture. */
  readonly hovered: string | undefined;
  /** Id of the one thing that Tab comes to; arrows go on from there. */
  readonly tabStop: string | undefined;
}

/** `made` is brought up to date. Where things are dragged to the hand knows (`useDraggedElements`): here they are at their places. */
export function flowNodes(shown: Shown, made: FlowNodeCache): FlowNode[] {
  const nodes = shown.nodes.map((node) => {
    const now = flowNode(node, shown, made.get(node.id));
    made.set(node.id, now);
    return now;
  });
  if (made.size > nodes.length) {
    const now = new Set(nodes.map(({ id }) => id));
    for (const id of made.keys()) if (!now.has(id)) made.delete(id);
  }
  return nodes;
}

function flowNode(node: SceneNode, { looks, drag, far, painted, hasPaintedSelection, hovered, tabStop }: Shown, old: FlowNode | undefined): FlowNode {
  const look = looks.node(node);
  const selected = look.selected ?? false;
  const isChosen = selected && !hasPaintedSelection;
  const part = !painted ? "all" : isChosen || look.target === true || look.onPath === true ? "emphasis" : "none";
  const hasHandles = node.kind !== "bmc" && far === 0 && (!painted || isChosen || hovered === node.id);
  const sameData = old !== undefined && old.data.node === node && old.data.far === far && old.data.part === part && old.data.hasHandles === hasHandles && sameLook(old.data.look, look);
  const tabIndex = node.id === tabStop ? 0 : -1;
  const zIndex = node.container ? LAYER[node.kind as keyof typeof LAYER] : OVER_CABLES + (drag?.moving.has(node.id) === true ? 20 : 0);
  if (sameData && old.domAttributes?.tabIndex === tabIndex && old.selected === selected && old.zIndex === zIndex) return old;
  return {
    id: node.id,
    type: "thing",
    position: { x: node.x, y: node.y },
    data: sameData ? old.data : { node, look, far, part, hasHandles },
    width: node.width,
    height: node.height,
    measured: { width: node.width, height: node.height },
    selected,
    draggable: node.movable,
    zIndex,
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

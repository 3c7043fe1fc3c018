import { memo, useEffect, useMemo, type KeyboardEvent } from "react";
import { Handle, Position, useUpdateNodeInternals, type Node, type NodeProps } from "@xyflow/react";
import { drawFar, drawOver, drawUnder } from "../../shared/diagram/draw-node";
import type { SceneNode } from "../../shared/diagram/elements";
import type { Primitive } from "../../shared/diagram/primitives";
import type { NodeState } from "../../shared/diagram/shapes/shape";
import { rename } from "../actions/fields";
import { edit, useDocument } from "../store/document";
import { setRenaming, useSession } from "../store/session";
import { Primitives } from "./Primitives";

export interface NodeData extends Record<string, unknown> {
  readonly node: SceneNode;
  readonly look: NodeState;
  /** 0: in full; else the zoom at which the far view is drawn. */
  readonly far: number;
  /** How much the element draws of it: all, what is to be seen over its painted picture, or nothing. */
  readonly part: "all" | "emphasis" | "none";
  /** With the dots from which cables are pulled. */
  readonly hasHandles: boolean;
}
export type FlowNode = Node<NodeData, "thing">;

const SIDES = [["top", Position.Top], ["right", Position.Right], ["bottom", Position.Bottom], ["left", Position.Left]] as const;

/** One box of the picture. */
export const NodeView = memo(function NodeView({ id, data: { node, look, far, part, hasHandles } }: NodeProps<FlowNode>) {
  const renaming = useSession((state) => state.renaming === node.id);
  const primitives = useMemo(() => drawingOf(node, look, far, part), [node, look, far, part]);
  const announceHandles = useUpdateNodeInternals();
  useEffect(() => {
    if (part !== "all" && hasHandles) announceHandles(id);
  }, [id, part, hasHandles, announceHandles]);
  return (
    <>
      {primitives.length > 0 && <svg className="node-drawing" width={node.width} height={node.height} aria-hidden><Primitives of={primitives} /></svg>}
      {hasHandles && SIDES.map(([side, position]) => <Handle key={side} id={side} type="source" position={position} className="node-handle" />)}
      {renaming && <RenameField node={node} />}
    </>
  );
});

/** Open containers draw what lies under the cables; what lies over them is `OverLayer`. Over their painted picture they must not hide it. */
function drawingOf(node: SceneNode, look: NodeState, far: number, part: NodeData["part"]): readonly Primitive[] {
  if (part === "none") return [];
  const under = far > 0 ? drawFar(node, look, far) : drawUnder(node, look);
  if (part === "all") return far > 0 || node.container ? under : [...under, ...drawOver(node, look)];
  if (!node.container) return far > 0 ? under : [...under, ...drawOver(node, look)];
  return [...under.flatMap(outlineOf), ...(far > 0 ? [] : drawOver(node, look))];
}

function outlineOf(primitive: Primitive): readonly Primitive[] {
  if (primitive.type !== "rect") return [];
  const { fill: _, ...outline } = primitive;
  return [outline];
}

function RenameField({ node }: { readonly node: SceneNode }) {
  const finish = (text: string): void => {
    setRenaming(undefined);
    const name = text.trim();
    if (name !== "" && name !== node.title) edit(rename(useDocument.getState().topology, node.id, name));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    event.stopPropagation();
    if (event.key !== "Enter" && event.key !== "Escape") return;
    if (event.key === "Escape") event.currentTarget.value = node.title;
    // Leaving the field ends the renaming, and the next key means the thing again.
    event.currentTarget.closest<HTMLElement>(".react-flow__node")?.focus({ preventScroll: true });
  };
  return (
    <input
      className={`node-rename nodrag nopan rename-${node.kind}`} aria-label={`Name of ${node.title}`} defaultValue={node.title} autoFocus spellCheck={false}
      onFocus={(event) => event.currentTarget.select()} onBlur={(event) => finish(event.currentTarget.value)} onKeyDown={onKeyDown}
    />
  );
}

import { memo, useMemo, type KeyboardEvent } from "react";
import { Handle, Position, type Node, type NodeProps } from "@xyflow/react";
import { drawFar, drawOver, drawUnder } from "../../shared/diagram/draw-node";
import type { SceneNode } from "../../shared/diagram/elements";
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
}
export type FlowNode = Node<NodeData, "thing">;

const SIDES = [["top", Position.Top], ["right", Position.Right], ["bottom", Position.Bottom], ["left", Position.Left]] as const;

/** One box of the picture. Open containers draw what lies under the cables; what lies over them is `OverLayer`. */
export const NodeView = memo(function NodeView({ data: { node, look, far } }: NodeProps<FlowNode>) {
  const renaming = useSession((state) => state.renaming === node.id);
  const primitives = useMemo(
    () => (far > 0 ? drawFar(node, look, far) : node.container ? drawUnder(node, look) : [...drawUnder(node, look), ...drawOver(node, look)]),
    [node, look, far],
  );
  return (
    <>
      <svg className="node-drawing" width={node.width} height={node.height} aria-hidden><Primitives of={primitives} /></svg>
      {node.kind !== "bmc" && far === 0 && SIDES.map(([id, position]) => <Handle key={id} id={id} type="source" position={position} className="node-handle" />)}
      {renaming && <RenameField node={node} />}
    </>
  );
});

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

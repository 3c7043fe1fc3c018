import { use } from "react";
import { MiniMap, type MiniMapNodeProps } from "@xyflow/react";
import { blockPaint } from "../../shared/diagram/draw-node";
import { paintOf } from "../../shared/diagram/theme";
import type { FlowNode } from "./NodeView";
import { ThemeContext } from "./Primitives";

/** The whole picture in small; dragging in it moves the camera. */
export function Minimap() {
  const theme = use(ThemeContext);
  return (
    <MiniMap<FlowNode>
      className="canvas-control minimap" pannable zoomable ariaLabel="Minimap" maskColor="var(--minimap-mask)" bgColor="transparent" nodeComponent={Block}
      nodeColor={(node) => paintOf(theme, blockPaint(node.data.node, node.data.look))}
    />
  );
}

/** Smooth edges: with crisp ones, blocks smaller than a pixel vanish. */
function Block({ x, y, width, height, color }: MiniMapNodeProps) {
  return <rect x={x} y={y} width={width} height={height} rx={4} fill={color} />;
}

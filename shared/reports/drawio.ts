import type { Scene, SceneNode } from "../diagram/elements";
import { plain } from "./plain";
import { nodeText } from "./scene-text";
import { xmlText } from "./xml";

const NODE_STYLE = "rounded=1;arcSize=6;whiteSpace=wrap;html=0;";
const CONTAINER_STYLE = "rounded=1;arcSize=2;whiteSpace=wrap;html=0;container=1;collapsible=0;verticalAlign=top;align=left;spacingLeft=12;fillColor=none;";
const EDGE_STYLE = "endArrow=none;html=0;edgeStyle=orthogonalEdgeStyle;rounded=1;fontSize=10;";

/** The diagram for draw.io: shapes, containers and cables stay what they are and can be edited there. */
export function drawio(scene: Scene, name: string): string {
  const ids = new Map(scene.nodes.map((node, index) => [node.id, `n${index}`]));
  const cells = [
    ...scene.nodes.map((node) => vertex(node, ids)),
    ...scene.cables.filter(({ source, target }) => ids.has(source) && ids.has(target)).map((cable, index) =>
      `<mxCell id="c${index}" value="${xmlText(plain(cable.label))}" style="${EDGE_STYLE}${cable.disconnected ? "dashed=1;" : ""}" edge="1" parent="1" source="${ids.get(cable.source)}" target="${ids.get(cable.target)}"><mxGeometry relative="1" as="geometry"/></mxCell>`),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<mxfile host="Bulkhead"><diagram id="bulkhead" name="${xmlText(plain(name))}"><mxGraphModel dx="0" dy="0" grid="1" gridSize="8" page="0"><root>\n`
    + `<mxCell id="0"/>\n<mxCell id="1" parent="0"/>\n${cells.join("\n")}\n</root></mxGraphModel></diagram></mxfile>\n`;
}

function vertex(node: SceneNode, ids: ReadonlyMap<string, string>): string {
  const parent = node.parent === undefined ? "1" : (ids.get(node.parent) ?? "1");
  const style = `${node.container ? CONTAINER_STYLE : NODE_STYLE}${node.dashed ? "dashed=1;" : ""}`;
  return `<mxCell id="${ids.get(node.id)}" value="${xmlText(nodeText(node).map(plain).join("\n")).replaceAll("\n", "&#10;")}" style="${style}" vertex="1" parent="${parent}">`
    + `<mxGeometry x="${node.x}" y="${node.y}" width="${node.width}" height="${node.height}" as="geometry"/></mxCell>`;
}

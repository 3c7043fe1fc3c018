import type { Scene, SceneNode } from "../diagram/elements";
import { plain } from "./plain";
import { nodesByParent, nodeText } from "./scene-text";

/** The diagram as a Graphviz DOT graph: containers are clusters, cables undirected edges. */
export function dot(scene: Scene, name: string): string {
  const children = nodesByParent(scene);
  const lines = [`graph ${quoted(name)} {`, "  graph [compound=true, rankdir=TB, fontname=\"sans-serif\"];", "  node [shape=box, style=rounded, fontname=\"sans-serif\"];", "  edge [fontname=\"sans-serif\", fontsize=10];"];
  const write = (node: SceneNode, indent: string): void => {
    const inside = children.get(node.id) ?? [];
    if (inside.length === 0) {
      lines.push(`${indent}${quoted(node.id)} [label=${label(node)}];`);
      return;
    }
    lines.push(`${indent}subgraph ${quoted(`cluster ${node.id}`)} {`, `${indent}  label=${label(node)};`, `${indent}  ${quoted(node.id)} [shape=point, style=invis];`);
    for (const child of inside) write(child, `${indent}  `);
    lines.push(`${indent}}`);
  };
  for (const node of children.get(undefined) ?? []) write(node, "  ");
  for (const cable of scene.cables) {
    const attributes = [...(cable.label === "" ? [] : [`label=${quoted(cable.label)}`]), ...(cable.disconnected ? ["style=dashed"] : [])];
    lines.push(`  ${quoted(cable.source)} -- ${quoted(cable.target)}${attributes.length > 0 ? ` [${attributes.join(", ")}]` : ""};`);
  }
  return `${lines.join("\n")}\n}\n`;
}

function label(node: SceneNode): string {
  return `"${nodeText(node).map(escaped).join("\\n")}"`;
}

function quoted(text: string): string {
  return `"${escaped(text)}"`;
}

/** In a DOT string a quote and a backslash are escaped. */
function escaped(text: string): string {
  return plain(text).replace(/["\\]/g, (character) => `\\${character}`);
}

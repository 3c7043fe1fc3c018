import type { Scene, SceneNode } from "../diagram/elements";
import { plain } from "./plain";
import { nodesByParent, nodeText } from "./scene-text";

/** The diagram as a Mermaid flowchart: containers are subgraphs. Ids are numbered, for Mermaid takes few characters in them. */
export function mermaid(scene: Scene): string {
  const children = nodesByParent(scene);
  const ids = new Map(scene.nodes.map((node, index) => [node.id, `n${index}`]));
  const lines = ["flowchart TB"];
  const write = (node: SceneNode, indent: string): void => {
    const inside = children.get(node.id) ?? [];
    const id = ids.get(node.id) ?? "n";
    if (inside.length === 0) {
      lines.push(`${indent}${id}["${text(nodeText(node).join(" · "))}"]`);
      return;
    }
    lines.push(`${indent}subgraph ${id}["${text(node.title)}"]`);
    for (const child of inside) write(child, `${indent}  `);
    lines.push(`${indent}end`);
  };
  for (const node of children.get(undefined) ?? []) write(node, "  ");
  for (const cable of scene.cables) {
    const line = cable.disconnected ? "-.-" : "---";
    lines.push(`  ${ids.get(cable.source)} ${line}${cable.label === "" ? "" : `|"${text(cable.label)}"|`} ${ids.get(cable.target)}`);
  }
  return `${lines.join("\n")}\n`;
}

/** Mermaid writes special characters in a quoted label as entity codes. */
function text(value: string): string {
  return plain(value).replace(/["#&<>;`|]/g, (character) => `#${character.charCodeAt(0)};`);
}

/** Where the marks of a comparison stand on the picture. Pure. */
import type { Scene } from "../../shared/diagram/elements";
import type { Marks } from "../store/compare";

/** Radius of a mark. */
export const BADGE = 8;

export interface Badge {
  /** Of the node or cable that it is on. */
  readonly id: string;
  readonly sign: "+" | "~";
  readonly x: number;
  readonly y: number;
}

/** On the lower right corner of a node, or on the label or the middle of a cable. What stands in a closed container changes that container. */
export function badgesOf(scene: Scene, marks: Marks): Badge[] {
  const badges = new Map<string, Badge>();
  for (const [id, sign] of marks) {
    const shown = scene.shownAs.get(id) ?? id;
    const node = scene.node.get(shown), cable = scene.cable.get(id);
    if (node !== undefined) {
      if (shown === id || !badges.has(shown)) badges.set(shown, { id: shown, sign: shown === id ? sign : "~", x: node.absolute.x + node.width - BADGE / 2, y: node.absolute.y + node.height - BADGE / 2 });
    } else if (cable !== undefined) {
      const middle = cable.route[Math.floor(cable.route.length / 2)];
      const { x, y } = cable.label === "" ? middle ?? cable.labelBox : { x: cable.labelBox.x - BADGE, y: cable.labelBox.y + cable.labelBox.height / 2 };
      badges.set(id, { id, sign, x, y });
    }
  }
  return [...badges.values()];
}

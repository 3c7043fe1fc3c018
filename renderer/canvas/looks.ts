/** How each node and cable of the scene is drawn now: selection, lens, and the path that is shown. */
import { attackOverlay, type AttackOverlay } from "../../shared/diagram/attack-overlay";
import type { CableState } from "../../shared/diagram/draw-cable";
import type { Lens, Scene, SceneCable, SceneNode } from "../../shared/diagram/elements";
import { lensTags } from "../../shared/diagram/lens";
import { pathOverlay, type PathOverlay } from "../../shared/diagram/overlay";
import type { NodeState } from "../../shared/diagram/shapes/shape";
import { ownerOf } from "../../shared/model/ids";
import type { ShownPath } from "../store/session";

export interface Looks {
  readonly overlay: PathOverlay | AttackOverlay | undefined;
  node(node: SceneNode): NodeState;
  cable(cable: SceneCable): CableState;
}

export interface LooksOf {
  readonly scene: Scene;
  readonly lens: Lens;
  readonly selection: readonly string[];
  readonly path: ShownPath | undefined;
  /** The drop target while something is dragged. */
  readonly target: string | undefined;
  readonly hovered: string | undefined;
}

export function looksOf({ scene, lens, selection, path, target, hovered }: LooksOf): Looks {
  const tagOf = lensTags(scene, lens);
  const selected = new Set(selection);
  const overlay = path === undefined ? undefined : path.steps === undefined ? pathOverlay(scene, path.hops) : attackOverlay(scene, path.steps);
  const subjects = new Set(path?.subjects.flatMap((id) => [id, scene.shownAs.get(id) ?? scene.shownAs.get(ownerOf(id)) ?? id]));
  return {
    overlay,
    node: (node) => {
      const numbers = overlay?.nodes.get(node.id) ?? [];
      const onPath = overlay !== undefined && (overlay.nodes.has(node.id) || subjects.has(node.id));
      return {
        tag: tagOf(node), numbers, onPath, selected: selected.has(node.id), target: target === node.id, severities: lens === "violations",
        dimmed: overlay !== undefined && !onPath && !node.container,
      };
    },
    cable: (cable) => {
      const onPath = overlay?.cables.has(cable.id) ?? false;
      return { onPath, selected: selected.has(cable.id), hovered: hovered === cable.id, dimmed: overlay !== undefined && !onPath && !selected.has(cable.id) };
    },
  };
}

/** Whether a cable is drawn over its painted picture. */
export function isEmphasised({ selected, hovered, onPath }: CableState): boolean {
  return selected === true || hovered === true || onPath === true;
}

/** Whether two looks draw the same, so that nothing has to be drawn again. */
export function sameLook(a: NodeState | CableState, b: NodeState | CableState): boolean {
  const keys = Object.keys(b) as (keyof (NodeState | CableState))[];
  return keys.every((key) => a[key] === b[key] || sameValue(a[key], b[key]));
}

function sameValue(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const keys = Object.keys(b);
  return Object.keys(a).length === keys.length && keys.every((key) => (a as Record<string, unknown>)[key] === (b as Record<string, unknown>)[key]);
}

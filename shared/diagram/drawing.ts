/** A whole scene as primitives, layer by layer: frames, cables, the path, nodes, labels, badges. */
import { drawArrow, drawCable, drawCableLabel, drawCableNumbers, drawPath, type CableState } from "./draw-cable";
import { drawFar, drawFarTitle, drawOver, drawUnder, isGrave } from "./draw-node";
import type { Lens, Scene, SceneCable, SceneNode } from "./elements";
import { overlaps, type Box, type Route } from "./geometry";
import { lensPaints, lensTags } from "./lens";
import type { PathOverlay } from "./overlay";
import type { Primitive } from "./primitives";
import type { NodeState } from "./shapes/shape";

export interface DrawingOptions {
  readonly lens: Lens;
  /** The path of one finding: everything else is dimmed. */
  readonly overlay?: PathOverlay;
  /** Numbers of findings by node id and by the id of an uplink or trunk. */
  readonly numbers?: ReadonlyMap<string, readonly number[]>;
  /** Cables that a critical or high finding is about, or that are on its way: drawn as violations. */
  readonly violating?: ReadonlySet<string>;
  /** Only what touches this box, absolute: for tiles. */
  readonly within?: Box;
  /** The scale at which it will be seen; below `FAR` nodes are blocks with their names. */
  readonly scale?: number;
}

/** Below this, the second lines of cards are too small to read on screen and paper. */
export const FAR = 0.28;

/** Every node is a group with its id and its name, so that a reader of the file finds its way. */
export function drawScene(scene: Scene, options: DrawingOptions): Primitive[] {
  const tagOf = lensTags(scene, options.lens), paintOfCable = lensPaints(scene, options.lens), { overlay } = options;
  const nodeState = (node: SceneNode): NodeState => {
    const numbers = overlay?.nodes.get(node.id) ?? options.numbers?.get(node.id) ?? [];
    const onPath = overlay === undefined ? numbers.length > 0 && isGrave(node.facts.severity) : overlay.nodes.has(node.id);
    return { tag: tagOf(node), numbers, onPath, quiet: overlay === undefined && !onPath, severities: options.lens === "violations", dimmed: overlay !== undefined && !onPath && node.kind !== "host" && node.kind !== "hypervisor" };
  };
  const cableNumbers = (cable: SceneCable): readonly number[] => (overlay === undefined ? options.numbers : overlay.numberedCables)?.get(cable.id) ?? [];
  const cableState = (cable: SceneCable): CableState => {
    const onPath = overlay === undefined ? options.violating?.has(cable.id) === true : overlay.cables.has(cable.id);
    return { onPath, dimmed: overlay !== undefined && !onPath, paint: paintOfCable(cable) };
  };
  const group = (node: SceneNode, children: Primitive[]): Primitive[] =>
    children.length === 0 ? [] : [{ type: "group", x: node.absolute.x, y: node.absolute.y, id: node.id, title: titleOf(node), children }];
  const { within } = options;
  const nodes = within === undefined ? scene.nodes : scene.nodes.filter((node) => overlaps(within, { x: node.absolute.x - 12, y: node.absolute.y - 12, width: node.width + 24, height: node.height + 24 }));
  const cables = within === undefined ? scene.cables : scene.cables.filter((cable) => overlaps(within, cable.labelBox) || routeTouches(cable.route, within));
  const scale = options.scale ?? 1;
  if (scale < FAR) {
    return [
      ...nodes.flatMap((node) => (node.container ? group(node, drawFar(node, nodeState(node), scale)) : [])),
      ...cables.filter((cable) => cable.kind !== "nic" || cableState(cable).onPath).flatMap((cable) => drawCable(cable, cableState(cable))),
      ...nodes.flatMap((node) => group(node, node.container ? drawFarTitle(node, scale) : drawFar(node, nodeState(node), scale))),
    ];
  }
  return [
    ...nodes.flatMap((node) => group(node, drawUnder(node, nodeState(node)))),
    ...cables.flatMap((cable) => drawCable(cable, cableState(cable))),
    ...(overlay === undefined ? [] : drawPath(overlay.route)),
    ...nodes.flatMap((node) => group(node, drawOver(node, nodeState(node)))),
    ...cables.flatMap((cable) => [...drawCableLabel(cable, cableState(cable)), ...drawCableNumbers(cable, cableNumbers(cable), cableState(cable))]),
    ...(overlay === undefined ? [] : drawArrow(overlay.route)),
  ];
}

/** Whether the box around a route, with room for its line, meets the area. */
function routeTouches(route: Route, area: Box): boolean {
  let left = Infinity, top = Infinity, right = -Infinity, bottom = -Infinity;
  for (const { x, y } of route) {
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    if (y > bottom) bottom = y;
  }
  return left - 3 < area.x + area.width && area.x < right + 3 && top - 3 < area.y + area.height && area.y < bottom + 3;
}

function titleOf(node: SceneNode): string {
  return [node.title, node.subtitle, node.meta].filter((part) => part !== "").join(" · ");
}

/** A whole scene as primitives, layer by layer: frames, cables, the path, nodes, labels, badges. */
import { drawArrow, drawCable, drawCableLabel, drawCableNumbers, drawPath, type CableState } from "./draw-cable";
import { drawOver, drawUnder } from "./draw-node";
import type { Lens, Scene, SceneCable, SceneNode } from "./elements";
import { lensTags } from "./lens";
import type { PathOverlay } from "./overlay";
import type { Primitive } from "./primitives";
import type { NodeState } from "./shapes/shape";

export interface DrawingOptions {
  readonly lens: Lens;
  /** The path of one finding: everything else is dimmed. */
  readonly overlay?: PathOverlay;
  /** Numbers of findings by node id and by the id of an uplink or trunk: marked as violations. */
  readonly numbers?: ReadonlyMap<string, readonly number[]>;
  /** Cables on the way of a violation. */
  readonly violating?: ReadonlySet<string>;
}

/** Every node is a group with its id and its name, so that a reader of the file finds its way. */
export function drawScene(scene: Scene, options: DrawingOptions): Primitive[] {
  const tagOf = lensTags(scene, options.lens), { overlay } = options;
  const nodeState = (node: SceneNode): NodeState => {
    const numbers = overlay?.nodes.get(node.id) ?? options.numbers?.get(node.id) ?? [];
    const onPath = overlay === undefined ? numbers.length > 0 : overlay.nodes.has(node.id);
    return { tag: tagOf(node), numbers, onPath, severities: options.lens === "violations", dimmed: overlay !== undefined && !onPath && node.kind !== "host" && node.kind !== "hypervisor" };
  };
  const cableNumbers = (cable: SceneCable): readonly number[] => (overlay === undefined ? options.numbers : overlay.numberedCables)?.get(cable.id) ?? [];
  const cableState = (cable: SceneCable): CableState => {
    const onPath = overlay === undefined ? cableNumbers(cable).length > 0 || options.violating?.has(cable.id) === true : overlay.cables.has(cable.id);
    return { onPath, dimmed: overlay !== undefined && !onPath };
  };
  const group = (node: SceneNode, children: Primitive[]): Primitive[] =>
    children.length === 0 ? [] : [{ type: "group", x: node.absolute.x, y: node.absolute.y, id: node.id, title: titleOf(node), children }];
  return [
    ...scene.nodes.flatMap((node) => group(node, drawUnder(node, nodeState(node)))),
    ...scene.cables.flatMap((cable) => drawCable(cable, cableState(cable))),
    ...(overlay === undefined ? [] : drawPath(overlay.route)),
    ...scene.nodes.flatMap((node) => group(node, drawOver(node, nodeState(node)))),
    ...scene.cables.flatMap((cable) => [...drawCableLabel(cable, cableState(cable)), ...drawCableNumbers(cable, cableNumbers(cable))]),
    ...(overlay === undefined ? [] : drawArrow(overlay.route)),
  ];
}

function titleOf(node: SceneNode): string {
  return [node.title, node.subtitle, node.meta].filter((part) => part !== "").join(" · ");
}

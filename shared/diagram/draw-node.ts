/** Draws nodes: which shape a kind has, what every kind shares (badges, dimming), and the far view. */
import type { Severity } from "../analysis/result";
import type { NodeKind, SceneNode } from "./elements";
import { SEVERITY_MARKS } from "./lens";
import { MARK_PATHS } from "./marks";
import { fitEnds } from "./metrics";
import type { Primitive, Stroke } from "./primitives";
import type { Paint } from "./theme";
import { numberBadges } from "./shapes/badge";
import { bmcShape } from "./shapes/bmc";
import { datastoreShape } from "./shapes/datastore";
import { distributedFirewallShape } from "./shapes/distributed-firewall";
import { externalNetworkShape } from "./shapes/external-network";
import { firewallShape } from "./shapes/firewall";
import { hostShape } from "./shapes/host";
import { hypervisorShape } from "./shapes/hypervisor";
import { managementInterfaceShape } from "./shapes/management-interface";
import { physicalSwitchShape } from "./shapes/physical-switch";
import { portGroupShape } from "./shapes/port-group";
import { routerShape } from "./shapes/router";
import { line, printable, type NodeState, type Shape } from "./shapes/shape";
import { BAR_HEIGHT, PADDING } from "./sizes";
import { virtualSwitchShape } from "./shapes/virtual-switch";
import { vmShape } from "./shapes/vm";

const SHAPES: Readonly<Record<NodeKind, Shape>> = {
  host: hostShape, hypervisor: hypervisorShape, vm: vmShape, managementInterface: managementInterfaceShape, portGroup: portGroupShape,
  virtualSwitch: virtualSwitchShape, physicalSwitch: physicalSwitchShape, router: routerShape, firewall: firewallShape,
  distributedFirewall: distributedFirewallShape, externalNetwork: externalNetworkShape, datastore: datastoreShape, bmc: bmcShape,
};

const FAINT = 0.32;
/** Names smaller than this cannot be read, on paper in points or on a screen in pixels. */
const SMALLEST = 4.5;

/** What lies under the cables: frames, bands, lanes. Empty for everything else. */
export function drawUnder(node: SceneNode, state: NodeState): Primitive[] {
  return faded(SHAPES[node.kind].under?.(node, state) ?? [], state, node.collapsed ? FAINT : 0.6);
}

/** What lies over the cables: cards, pills, bars, closed containers, badges. */
export function drawOver(node: SceneNode, state: NodeState): Primitive[] {
  return [...faded([...(SHAPES[node.kind].over?.(node, state) ?? []), ...severityBadge(node, state)], state, FAINT), ...badges(node, state)];
}

/** Both at once, for places without cables: palettes, drag previews. */
export function drawNode(node: SceneNode, state: NodeState): Primitive[] {
  return [...drawUnder(node, state), ...drawOver(node, state)];
}

const RADIUS = 6;
/** Pixels of the screen: a corner that is rounded less cannot be told from a square one, which is painted at a fraction of the cost. */
const FLATTEST = 0.5;

/** The far view: a block in the lens's colour, with its name while that can be read. `scale` is the zoom (1 = life size). */
export function drawFar(node: SceneNode, state: NodeState, scale: number): Primitive[] {
  const { width, height } = node;
  if (node.container) return drawUnder(node, state).filter((primitive) => primitive.type === "rect").map((primitive) => ({ ...primitive, ...(emphasis(state, scale) ?? {}) }));
  const fill = blockPaint(node, state);
  const size = Math.min(height * 0.5, 10 / scale);
  const name = size * scale < SMALLEST ? "" : fitEnds(printable(node.title), width - size * 0.6, size, 600);
  return [
    { type: "rect", x: 0, y: 0, width, height, radius: RADIUS * scale < FLATTEST ? 0 : RADIUS, fill, opacity: state.dimmed === true ? FAINT : 1, ...(emphasis(state, scale) ?? {}) },
    ...(name === "" ? [] : [{ type: "text", x: width / 2, y: height / 2 + size * 0.36, text: name, size, weight: 600, fill: "onBadge", anchor: "middle" } as const]),
    ...farBadge(node, state, scale),
  ];
}

/** An outline that is seen from far away: of what is selected, or what a drop would act on. */
function emphasis(state: NodeState, scale: number): Pick<Stroke, "stroke" | "strokeWidth"> | undefined {
  return state.selected === true || state.target === true ? { stroke: "accent", strokeWidth: 2 / scale } : undefined;
}

/** A container's name over its blocks, as large as can be read; nothing where it cannot. */
export function drawFarTitle(node: SceneNode, scale: number): Primitive[] {
  if (node.kind === "virtualSwitch") return [];
  const size = Math.min(30, 9 / scale);
  return size * scale < SMALLEST ? [] : line(node.title, { x: 14, y: 28 }, node.width - 28, { size, weight: 600, fill: "text" });
}

/** Smaller than this, in pixels of the screen, the shape of a badge cannot be told. */
const SMALLEST_BADGE = 5;

/** The worst finding's shape in the corner of a block, about as large on the screen as near by. */
function farBadge(node: SceneNode, state: NodeState, scale: number): Primitive[] {
  const worst = node.facts.severity, size = Math.min(node.height * 0.7, 10 / scale);
  if (!showsSeverity(node, state) || worst === undefined || size * scale < SMALLEST_BADGE) return [];
  return [{ type: "group", x: node.width - size * 0.7, y: -size * 0.3, scale: size / 10, children: [{ type: "path", d: MARK_PATHS[SEVERITY_MARKS[worst]], fill: worst, stroke: "surface", strokeWidth: 0.8 }] }];
}

/** The colour of a node's block in the far view and in the minimap. */
export function blockPaint(node: SceneNode, state: NodeState): Paint {
  if (state.onPath === true) return "violation";
  if (state.severities === true && isGrave(node.facts.severity)) return node.facts.severity;
  return state.tag?.paint ?? (node.container ? "frameLine" : "faint");
}

/** Findings that make a node stand out; the others are hints. */
export function isGrave(severity: Severity | undefined): severity is "critical" | "high" {
  return severity === "critical" || severity === "high";
}

function faded(children: Primitive[], state: NodeState, opacity: number): Primitive[] {
  return state.dimmed === true && children.length > 0 ? [{ type: "group", opacity, children }] : children;
}

/** In the lens of findings; a closed container says it always, because what it is about cannot be seen. */
function showsSeverity(node: SceneNode, state: NodeState): boolean {
  return state.severities === true || node.collapsed;
}

/** Top right: the shape and colour of the worst finding. */
function severityBadge(node: SceneNode, state: NodeState): Primitive[] {
  const worst = node.facts.severity;
  if (!showsSeverity(node, state) || worst === undefined || (state.numbers?.length ?? 0) > 0) return [];
  const lane = node.kind === "virtualSwitch" && node.parent === undefined && node.height > BAR_HEIGHT;
  const bar = node.kind === "virtualSwitch" ? node.height - BAR_HEIGHT - (lane ? PADDING : 0) : 0, x = node.width - 9 - (lane ? PADDING : 0);
  return [{ type: "group", x, y: bar - 5, scale: 1.3, children: [{ type: "path", d: MARK_PATHS[SEVERITY_MARKS[worst]], fill: worst, stroke: "surface", strokeWidth: 0.8 }] }];
}

/** Top left: hops of the shown path, or numbers of findings. Several stand on the edge, so that they leave the title free. */
function badges(node: SceneNode, state: NodeState): Primitive[] {
  const numbers = state.numbers ?? [], lane = node.kind === "virtualSwitch" && node.parent === undefined && node.height > BAR_HEIGHT;
  const y = node.kind === "virtualSwitch" ? node.height - BAR_HEIGHT - (lane ? PADDING : 0) : 0, rise = numbers.length > 1 ? 3 : 0;
  return numberBadges(numbers, (lane ? PADDING : 0) + rise, y - rise, state.quiet === true ? "muted" : "violation");
}

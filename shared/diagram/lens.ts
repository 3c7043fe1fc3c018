/** Lenses: the same picture coloured by tenant, segment, trust, violations or hardening; always with a shape and a word besides. */
import { SEVERITIES, type Severity } from "../analysis/result";
import { inNaturalOrder } from "../model/natural-order";
import type { Lens, Scene, SceneCable, SceneNode, Trust } from "./elements";
import { markOf, type Mark } from "./marks";
import { categoryRole, type Paint } from "./theme";

/** What a lens says about a node, and a line of its legend. */
export interface LensTag {
  readonly paint: Paint;
  readonly mark: Mark;
  readonly text: string;
}

export const SEVERITY_MARKS: Readonly<Record<Severity, Mark>> = { critical: "square", high: "triangle", medium: "diamond", low: "circle", info: "ring" };

export const MANAGEMENT_TAG: LensTag = { paint: "management", mark: "diamond", text: "Management" };
const UNOWNED: LensTag = { paint: "unowned", mark: "ring", text: "no tenant" };
const MIXED: LensTag = { paint: "violation", mark: "cross", text: "several tenants" };
const SEVERAL_SEGMENTS = { paint: "unknown", mark: "cross" } as const;
const HARDENED: LensTag = { paint: "permitted", mark: "circle", text: "no finding" };

const TRUST: Record<Trust, LensTag> = {
  management: MANAGEMENT_TAG,
  exposing: { paint: "violation", mark: "square", text: "mgmt access" },
  untrusted: { paint: "high", mark: "triangle", text: "untrusted" },
  corporate: { paint: "category4", mark: "circle", text: "corporate" },
  admin: { paint: "category0", mark: "star", text: "admin" },
  ordinary: { paint: "unowned", mark: "ring", text: "no mgmt access" },
};

/** Tells what a lens says about each node of a scene; undefined for nodes that it does not concern. */
export function lensTags(scene: Scene, lens: Lens): (node: SceneNode) => LensTag | undefined {
  const segments = new Map(scene.segments.map((segment, index) => [segment, segmentTag(segment, index)]));
  switch (lens) {
    case "tenants": case "violations": return tenantTag;
    case "segments": return (node) => {
      const [first, ...more] = node.facts.segments;
      return first === undefined ? undefined : more.length === 0 ? segments.get(first) : { ...SEVERAL_SEGMENTS, text: `${more.length + 1} segments` };
    };
    case "trust": return (node) => (isEnd(node) ? TRUST[node.facts.trust] : undefined);
    case "hardening": return (node) => {
      const worst = node.facts.hardening;
      if (worst !== undefined) return { paint: worst, mark: SEVERITY_MARKS[worst], text: worst };
      return isEnd(node) || node.kind === "hypervisor" || node.kind === "host" ? HARDENED : undefined;
    };
  }
}

/** How a lens colours cables; undefined for those that keep their plain colour. */
export function lensPaints(scene: Scene, lens: Lens): (cable: SceneCable) => Paint | undefined {
  if (lens !== "segments") return () => undefined;
  const paints = new Map(scene.segments.map((segment, index) => [segment, categoryRole(index)]));
  return (cable) => (cable.segments.length === 1 ? paints.get(cable.segments[0] ?? "") : undefined);
}

/** The lines of a lens's legend: by name, severities from the worst, what stands for several last. Only what occurs in the scene. */
export function lensLegend(scene: Scene, lens: Lens): LensTag[] {
  const tagOf = lensTags(scene, lens), found = new Map<string, LensTag>();
  const legend: LensTag[] = lens === "tenants" || lens === "violations" ? inNaturalOrder(scene.tenants, ({ name }) => name).map(({ paint, mark, name }) => ({ paint, mark, text: name })) : [];
  for (const node of scene.nodes) {
    const tag = tagOf(node);
    if (tag !== undefined && tag !== MIXED && node.kind !== "portGroup") found.set(tag.text, tag.paint === "management" ? MANAGEMENT_TAG : tag);
  }
  const known = new Set(legend.map((tag) => tag.text));
  for (const [text, tag] of inNaturalOrder([...found], ([text]) => text).sort(([, a], [, b]) => rankOf(a) - rankOf(b))) {
    if (!known.has(text) && !(tag.paint === "management" && legend.includes(MANAGEMENT_TAG))) legend.push(tag);
  }
  return legend;
}

/** Severities from the worst, then what has no finding; segments before things that are in several. */
function rankOf({ paint, mark, text }: LensTag): number {
  const severity = (SEVERITIES as readonly string[]).indexOf(text);
  return severity >= 0 ? severity : paint === HARDENED.paint ? SEVERITIES.length : paint === SEVERAL_SEGMENTS.paint && mark === SEVERAL_SEGMENTS.mark ? 1 : 0;
}

function segmentTag(segment: string, index: number): LensTag {
  return { paint: categoryRole(index), mark: markOf(index), text: segment };
}

function isEnd(node: SceneNode): boolean {
  return node.kind === "vm" || node.kind === "managementInterface" || node.kind === "bmc" || node.kind === "externalNetwork";
}

function tenantTag(node: SceneNode): LensTag | undefined {
  if (node.kind === "managementInterface") return { ...MANAGEMENT_TAG, text: node.subtitle };
  if (node.kind === "bmc") return MANAGEMENT_TAG;
  const [first, ...more] = node.facts.tenants;
  if (node.kind === "vm") return first === undefined ? { ...UNOWNED, text: node.subtitle } : { paint: first.paint, mark: first.mark, text: first.name };
  if (node.kind !== "portGroup" || first === undefined) return undefined;
  return more.length === 0 ? { paint: first.paint, mark: first.mark, text: first.name } : MIXED;
}

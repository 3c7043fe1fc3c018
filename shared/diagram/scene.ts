/** The picture of a document as geometry: boxes, cables, labels. The canvas and every export draw the same scene. */
import type { Finding } from "../analysis/result";
import { compareIds, record, type Topology } from "../model/topology";
import { placeLabels } from "./cable-labels";
import { Corridors } from "./corridors";
import type { NodeFacts, Scene, SceneCable, SceneNode, TenantTag, Trust } from "./elements";
import { findingsByNode, tenantTags, type NodeFindings } from "./facts";
import { union, type Box } from "./geometry";
import { layOut } from "./layout";
import type { NodeDraft } from "./nodes";
import { placeAll, type Placed } from "./placed";
import { routeOf } from "./routes";
import { plugIn } from "./slots";
import { growTree, isContainer, type Tree } from "./tree";
import type { Wire } from "./wires";

export interface SceneOptions {
  readonly analysis?: {
    readonly findings: readonly Finding[];
    /** `summary.managementExposedTo`: for the trust lens. */
    readonly managementExposedTo?: readonly string[];
    /** Segment ids of an end (`a-web/eth0`, `esx-1-vmk0`), from `network.layer2`; VLAN labels stand in where absent. */
    readonly segmentsOf?: (end: string) => readonly string[];
  };
}

/** The whole picture. Deterministic; linear in the document but for crowded hypervisors. Dangling references draw nothing. */
export function buildScene(topology: Topology, options: SceneOptions = {}): Scene {
  const stages = sceneStages(topology, options);
  for (;;) {
    const stage = stages.next();
    if (stage.done === true) return stage.value;
  }
}

/** The same in two stages: the boxes without cables first, for pictures whose cables take long. */
export function* sceneStages(topology: Topology, options: SceneOptions = {}): Generator<Scene, Scene, undefined> {
  const tree = growTree(topology);
  const relative = layOut(topology, tree);
  const placed = placeAll(tree, relative);
  const tenants = tenantTags(topology);
  const facts = new Facts(topology, tree, tenants, options);
  const nodes = sceneNodes(tree, relative, placed, facts);
  const segments = [...new Set(nodes.flatMap((node) => node.facts.segments))].sort(compareIds);
  const common = { nodes, tenants: [...tenants.values()], segments, node: new Map(nodes.map((node) => [node.id, node])), shownAs: placed.shownAs };
  yield { ...common, cables: [], bounds: boundsOf(nodes, []), cable: new Map() };
  const cables = sceneCables(tree, placed, facts);
  return { ...common, cables, bounds: boundsOf(nodes, cables), cable: new Map(cables.map((cable) => [cable.id, cable])) };
}

/** Controls count like the points of a route: it lies within them. */
function boundsOf(nodes: readonly SceneNode[], cables: readonly SceneCable[]): Box {
  const boxes: Box[] = [];
  for (const { parent, absolute, width, height } of nodes) if (parent === undefined) boxes.push({ x: absolute.x, y: absolute.y, width, height });
  for (const { labelShown, labelBox } of cables) if (labelShown === "always") boxes.push(labelBox);
  const around = union(boxes);
  let left = around.x, top = around.y, right = around.x + around.width, bottom = around.y + around.height;
  for (const { route } of cables) {
    for (const { x, y } of route) {
      if (x < left) left = x; else if (x > right) right = x;
      if (y < top) top = y; else if (y > bottom) bottom = y;
    }
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function sceneNodes(tree: Tree, relative: ReadonlyMap<string, Box>, placed: Placed, facts: Facts): SceneNode[] {
  const contents = new Map<string, number>(), guests = new Map<string, number>();
  for (const { kind, parent } of tree.drafts) {
    for (let id = parent; id !== undefined; id = tree.draft.get(id)?.parent) {
      contents.set(id, (contents.get(id) ?? 0) + 1);
      if (kind === "vm") guests.set(id, (guests.get(id) ?? 0) + 1);
    }
  }
  const nodes: SceneNode[] = [];
  for (const draft of tree.drafts) {
    const box = relative.get(draft.id), absolute = placed.boxes.get(draft.id);
    if (box === undefined || absolute === undefined) continue;
    const { id, kind, collection, parent, title, subtitle, meta, icon, dashed } = draft, collapsed = tree.closed.has(id);
    const node = {
      id, kind, collection, x: box.x, y: box.y, width: box.width, height: box.height, absolute: { x: absolute.x, y: absolute.y },
      container: isContainer(kind) && !collapsed, collapsed, contents: contents.get(id) ?? 0, guests: guests.get(id) ?? 0, movable: kind !== "bmc",
      title, subtitle, meta, icon, dashed, facts: collapsed ? facts.ofClosed(draft, placed.shownAs) : facts.of(draft),
    };
    nodes.push(parent === undefined ? node : { ...node, parent });
  }
  return nodes;
}

function sceneCables(tree: Tree, placed: Placed, facts: Facts): SceneCable[] {
  const routing = { placed, corridors: new Corridors(placed) };
  const ends = plugIn(placed, tree.wires);
  const routed = ends.map((each) => routeOf(routing, each));
  const labels = placeLabels(ends.map(({ wire }, index) => {
    const { route = [], labelAt } = routed[index] ?? {};
    return { kind: wire.kind, label: wire.label, telling: wire.telling, route, ...(labelAt === undefined ? {} : { at: labelAt }) };
  }));
  return ends.map(({ wire, source, target }, index) => {
    const label = labels[index];
    return {
      id: wire.id, kind: wire.kind, entity: wire.entity, source, target, label: wire.label, vlans: wire.vlans, segments: facts.segmentsOf(wire), disconnected: wire.disconnected,
      route: routed[index]?.route ?? [], labelBox: label?.box ?? { x: 0, y: 0, width: 0, height: 0 }, labelShown: label?.shown ?? "focus",
    };
  });
}

/** What the lenses colour by, gathered once. */
class Facts {
  private readonly findings: ReadonlyMap<string, NodeFindings>;
  private readonly exposed: ReadonlySet<string>;
  private readonly guests = new Map<string, Set<string>>();
  private readonly segments = new Map<string, Set<string>>();
  private closed: ReadonlyMap<string, NodeFindings> | undefined;

  constructor(private readonly topology: Topology, tree: Tree, private readonly tenants: ReadonlyMap<string, TenantTag>, private readonly options: SceneOptions) {
    this.findings = findingsByNode(options.analysis?.findings ?? []);
    this.exposed = new Set(options.analysis?.managementExposedTo);
    for (const wire of tree.wires) this.plug(wire);
  }

  /** Port groups and switches take over the tenants and segments of what is plugged into them. */
  private plug(wire: Wire): void {
    if (!isPlug(wire)) return;
    const segments = this.segmentsOf(wire), tenant = record(this.topology, "vms", wire.source)?.tenant;
    for (const id of [wire.source, wire.target]) {
      for (const segment of segments) include(this.segments, id, segment);
      if (tenant !== undefined) include(this.guests, id, tenant);
    }
  }

  /** Where the analysis knows none, the port group's VLAN in words. */
  segmentsOf(wire: Wire): readonly string[] {
    if (!isPlug(wire)) return [];
    const end = wire.kind === "managementInterface" ? wire.source : wire.id;
    return this.options.analysis?.segmentsOf?.(end) ?? (wire.label === "" ? [] : [wire.label]);
  }

  of(draft: NodeDraft): NodeFacts {
    const found = this.findings.get(draft.id), tags: TenantTag[] = [];
    for (const id of [...(this.guests.get(draft.id) ?? [])].sort(compareIds)) this.addTag(tags, id);
    const own = record(this.topology, "vms", draft.kind === "vm" ? draft.id : undefined)?.tenant;
    if (own !== undefined && tags.length === 0) this.addTag(tags, own);
    return {
      tenants: tags, segments: [...(this.segments.get(draft.id) ?? [])].sort(compareIds), trust: this.trust(draft, own),
      ...factsOfFindings(found),
    };
  }

  /** Of something closed: what was found about it and what is inside it, each finding once. */
  ofClosed(draft: NodeDraft, shownAs: ReadonlyMap<string, string>): NodeFacts {
    this.closed ??= findingsByNode(this.options.analysis?.findings ?? [], (id) => shownAs.get(id) ?? id);
    return { ...this.of(draft), ...factsOfFindings(this.closed.get(draft.id)) };
  }

  private addTag(tags: TenantTag[], id: string): void {
    const tag = this.tenants.get(id);
    if (tag !== undefined) tags.push(tag);
  }

  private trust(draft: NodeDraft, tenant: string | undefined): Trust {
    if (draft.kind === "managementInterface" || draft.kind === "bmc") return "management";
    if (this.exposed.has(draft.id) || (tenant !== undefined && this.exposed.has(tenant))) return "exposing";
    if (draft.kind === "externalNetwork") return record(this.topology, "externalNetworks", draft.id)?.trust ?? "untrusted";
    return "ordinary";
  }
}

function factsOfFindings(found: NodeFindings | undefined): Pick<NodeFacts, "findings" | "severity" | "hardening"> {
  return {
    findings: found?.count ?? 0, ...(found?.worst === undefined ? {} : { severity: found.worst }), ...(found?.hardening === undefined ? {} : { hardening: found.hardening }),
  };
}

function isPlug(wire: Wire): boolean {
  return wire.kind === "nic" || wire.kind === "managementInterface" || wire.kind === "interface";
}

function include(map: Map<string, Set<string>>, key: string, value: string): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, new Set([value]));
  else values.add(value);
}

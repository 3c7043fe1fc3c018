/** Who hears whom: every frame that an end can send, followed cable by cable. And segments: what of the network hears itself both ways. */
import { record, type Topology } from "../../model/topology";
import type { Box, End, Plant } from "./ends";
import { OVERLAY } from "./ports";
import { vlansOf } from "./vlans";

export class Frames {
  private readonly heard: boolean[][];
  private readonly segments: readonly (readonly End[])[];
  private readonly own = new Map<End, Set<number>>();
  /** By VLAN that the end sends into and hears: the segments it is in by that one. */
  private readonly legs = new Map<End, (readonly number[])[]>();

  constructor(private readonly topology: Topology, private readonly plant: Plant) {
    this.heard = plant.ends.map(() => []);
    const tags = [undefined, ...vlansOf(topology)];
    for (const [name, { stations }] of plant.boxes) {
      for (const { end, rules, isolated } of stations) {
        const vlans = new Set(tags.map((tag) => rules.takes(tag)));
        for (const vlan of vlans) if (vlan !== undefined) this.send(end, isolated, name, vlan);
      }
    }
    this.segments = this.findSegments();
  }

  hears(from: End, to: End): boolean {
    return this.heard[from.index]?.[to.index] === true;
  }

  mutual(a: End, b: End): boolean {
    return this.hears(a, b) && this.hears(b, a);
  }

  /** Numbers of the segments that the end both sends into and hears; a private port is in its primary's too. */
  segmentsOf(end: End): ReadonlySet<number> {
    return this.own.get(end) ?? new Set();
  }

  /** The same by VLAN: where uplinks of its switch lead to several segments, one VLAN is in several. */
  placesOf(end: End): readonly (readonly number[])[] {
    const legs = this.legs.get(end) ?? [];
    const others = [...this.segmentsOf(end)].filter((segment) => !legs.some((leg) => leg.includes(segment)));
    return [...legs, ...others.map((segment) => [segment])];
  }

  endsIn(segment: number): readonly End[] {
    return this.segments[segment] ?? [];
  }

  private send(sender: End, isolated: boolean, start: string, vlan: number): void {
    const pending: { at: string; vlan: number; ingress?: string }[] = [{ at: start, vlan }];
    const seen = new Set<string>();
    for (let frame = pending.pop(); frame !== undefined; frame = pending.pop()) {
      const { at, ingress } = frame;
      const key = `${at} ${frame.vlan} ${ingress ?? ""}`;
      const box = this.plant.boxes.get(at);
      if (box === undefined || seen.has(key)) continue;
      seen.add(key);
      for (const station of box.stations) {
        const apart = at === start && isolated && station.isolated;
        const heard = this.heard[sender.index];
        if (heard !== undefined && station.end !== sender && !apart && station.rules.gives(frame.vlan) !== undefined) heard[station.end.index] = true;
      }
      // A virtual switch passes nothing on from one uplink to another.
      if (ingress !== undefined && !box.physical) continue;
      for (const next of this.leave(box, frame.vlan, ingress)) pending.push(next);
    }
  }

  private *leave(box: Box, vlan: number, ingress?: string): Generator<{ at: string; vlan: number; ingress: string }> {
    for (const [port, { to, port: far, rules }] of box.cables) {
      const out = port === ingress ? undefined : rules.gives(vlan);
      const taken = out === undefined ? undefined : this.plant.boxes.get(to)?.cables.get(far)?.rules.takes(out.tag);
      if (taken !== undefined) yield { at: to, vlan: taken, ingress: far };
    }
  }

  /** Strongly connected (box, VLAN), with the ends that send into and hear each. */
  private findSegments(): End[][] {
    const components = new Components((vertex) => this.reach(vertex), (vertex) => this.plant.boxes.get(boxOf(vertex))?.physical === true);
    const tags = vlansOf(this.topology);
    const vlans = [...this.overlays(), 0, ...tags];
    const sends = new Map<End, Set<number>>();
    const hears = new Map<End, Set<number>>();
    for (const [name, { stations }] of this.plant.boxes) {
      for (const { end, rules } of stations) {
        const sent = new Set([undefined, ...tags].map((tag) => rules.takes(tag)).filter((vlan) => vlan !== undefined));
        const heard = vlans.filter((vlan) => rules.gives(vlan) !== undefined);
        for (const vlan of sent) for (const component of components.of(`${name} ${vlan}`)) addTo(sends, end, component);
        for (const vlan of heard) for (const component of components.of(`${name} ${vlan}`)) addTo(hears, end, component);
        for (const vlan of heard) if (sent.has(vlan)) this.legs.set(end, [...(this.legs.get(end) ?? []), components.of(`${name} ${vlan}`)]);
        const primary = this.primaryOf(end);
        if (primary !== undefined) for (const component of components.of(`${name} ${primary}`)) addTo(this.own, end, component);
      }
    }
    for (const [end, components] of sends) for (const component of components) if (hears.get(end)?.has(component) === true) addTo(this.own, end, component);
    const ends: End[][] = Array.from({ length: components.count }, () => []);
    for (const [end, components] of this.own) for (const component of components) ends[component]?.push(end);
    return ends;
  }

  private overlays(): number[] {
    const groups = Object.values(this.topology.portGroups ?? {});
    return [...new Set(groups.flatMap(({ vlan }) => (vlan?.mode === "overlay" ? [OVERLAY + vlan.vni] : [])))];
  }

  private primaryOf(end: End): number | undefined {
    const portGroup = record(this.topology, "portGroups", end.portGroup);
    const vswitch = record(this.topology, "virtualSwitches", portGroup?.virtualSwitch);
    if (end.passthrough || (vswitch?.kind === "linux-bridge" && vswitch.vlanAware !== true)) return undefined;
    return portGroup?.vlan?.mode === "private" ? portGroup.vlan.primary : undefined;
  }

  /** Every (box, VLAN) that frames of one get to, step by step. A virtual switch passes nothing on from one uplink to another. */
  private reach(start: string): Set<string> {
    const found = new Set([start]);
    for (const vertex of found) {
      const box = this.plant.boxes.get(boxOf(vertex));
      if (box === undefined || (vertex !== start && !box.physical)) continue;
      for (const { at, vlan } of this.leave(box, Number(vertex.slice(vertex.lastIndexOf(" ") + 1)))) found.add(`${at} ${vlan}`);
    }
    return found;
  }
}

function boxOf(vertex: string): string {
  return vertex.slice(0, vertex.lastIndexOf(" "));
}

/** Which components each (box, VLAN) is in: one on a physical switch; on a virtual one all those that it joins both ways. */
class Components {
  count = 0;
  private readonly known = new Map<string, number[]>();
  private readonly reached = new Map<string, Set<string>>();

  constructor(private readonly reach: (vertex: string) => Set<string>, private readonly isPhysical: (vertex: string) => boolean) {}

  of(vertex: string): readonly number[] {
    let found = this.known.get(vertex);
    if (found === undefined) this.known.set(vertex, (found = this.find(vertex)));
    return found;
  }

  private find(vertex: string): number[] {
    const around = [...this.from(vertex)].filter((other) => other !== vertex && this.from(other).has(vertex));
    const physical = around.filter((other) => this.isPhysical(other));
    if (!this.isPhysical(vertex) && physical.length > 0) return [...new Set(physical.flatMap((other) => this.of(other)))];
    const own = [this.count++];
    // Of one overlay segment, where nothing is physical.
    for (const other of this.isPhysical(vertex) ? physical : around) this.known.set(other, own);
    return own;
  }

  private from(vertex: string): Set<string> {
    let found = this.reached.get(vertex);
    if (found === undefined) this.reached.set(vertex, (found = this.reach(vertex)));
    return found;
  }
}

function addTo<K, V>(map: Map<K, Set<V>>, key: K, value: V): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, new Set([value]));
  else known.add(value);
}

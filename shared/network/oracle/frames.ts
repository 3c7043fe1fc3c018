/** Who hears whom: every frame that an end can send, followed cable by cable. And segments: what of the network hears itself both ways. */
import { record, type Topology } from "../../model/topology";
import type { Box, End, Plant } from "./ends";
import { OVERLAY } from "./ports";
import { vlansOf } from "./vlans";

export class Frames {
  private readonly heard: boolean[][];
  private readonly segments: readonly (readonly End[])[];
  private readonly own = new Map<End, Set<number>>();

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
    const components = new Map<string, number>();
    const reached = new Map<string, Set<string>>();
    const from = (vertex: string): Set<string> => {
      let found = reached.get(vertex);
      if (found === undefined) reached.set(vertex, (found = this.reach(vertex)));
      return found;
    };
    let count = 0;
    const componentOf = (vertex: string): number => {
      let component = components.get(vertex);
      if (component === undefined) {
        component = count++;
        for (const other of from(vertex)) if (from(other).has(vertex)) components.set(other, component);
      }
      return component;
    };
    const tags = vlansOf(this.topology);
    const vlans = [...this.overlays(), 0, ...tags];
    const sends = new Map<End, Set<number>>();
    const hears = new Map<End, Set<number>>();
    for (const [name, { stations }] of this.plant.boxes) {
      for (const { end, rules } of stations) {
        for (const tag of [undefined, ...tags]) {
          const vlan = rules.takes(tag);
          if (vlan !== undefined) addTo(sends, end, componentOf(`${name} ${vlan}`));
        }
        for (const vlan of vlans) if (rules.gives(vlan) !== undefined) addTo(hears, end, componentOf(`${name} ${vlan}`));
        const primary = this.primaryOf(end);
        if (primary !== undefined) addTo(this.own, end, componentOf(`${name} ${primary}`));
      }
    }
    for (const [end, components] of sends) for (const component of components) if (hears.get(end)?.has(component) === true) addTo(this.own, end, component);
    const ends: End[][] = Array.from({ length: count }, () => []);
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

  /** Every (box, VLAN) that frames of one get to, step by step. */
  private reach(start: string): Set<string> {
    const found = new Set([start]);
    for (const vertex of found) {
      const space = vertex.lastIndexOf(" ");
      const box = this.plant.boxes.get(vertex.slice(0, space));
      if (box !== undefined) for (const { at, vlan } of this.leave(box, Number(vertex.slice(space + 1)))) found.add(`${at} ${vlan}`);
    }
    return found;
  }
}

function addTo<K, V>(map: Map<K, Set<V>>, key: K, value: V): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, new Set([value]));
  else known.add(value);
}

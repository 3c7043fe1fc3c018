/** Segments: strongly connected components of (switch instance, VLAN), their names and their ends. */
import { compareIds } from "../model/topology";
import { components } from "./scc";
import type { Ends } from "./ends";
import type { End, Segment } from "./types";
import { linkEnd, targetsOf, type Ground } from "./ground";
import { heardBy, sentBy } from "./walk";
import { otherSide } from "./wiring";

export interface Segments {
  readonly all: readonly Segment[];
  of(end: End): readonly Segment[];
  /** Only those that the end both sends into and hears, without the domains of private VLANs. */
  exactlyOf(end: End): readonly Segment[];
}

interface Draft { switch: string; vlan: number; vni?: number; ends: Set<End>; members: { switch: string; hypervisor?: string; vlan: number }[] }

export function findSegments(ground: Ground, { ends, plugs }: Ends): Segments {
  const width = ground.index.vlans.length;
  const { instances, ports } = ground.wiring;
  const component = components(instances.length * width, (vertex) => {
    const vlan = vertex % width;
    return (ports[(vertex - vlan) / width] ?? []).flatMap((port) => {
      const { instance } = linkEnd(ground.wiring, otherSide(port));
      return targetsOf(ground.crossing(port), vlan).map((target) => instance * width + target);
    });
  });
  const drafts = new Map<number | string, Draft>();
  const exactly = ends.map(() => new Set<Draft>());
  const all = ends.map(() => new Set<Draft>());
  for (const end of ends) {
    for (const plug of plugs[end.index] ?? []) {
      const instance = instances[plug.instance];
      if (instance === undefined) continue;
      const join = (key: number | string, vni: number | undefined, exact: boolean): void => {
        let draft = drafts.get(key);
        if (draft === undefined) {
          draft = { switch: instance.switch, vlan: 0, ends: new Set(), members: [], ...(vni === undefined ? {} : { vni }) };
          drafts.set(key, draft);
        }
        draft.ends.add(end);
        all[end.index]?.add(draft);
        if (exact) exactly[end.index]?.add(draft);
      };
      if (plug.port.vni !== undefined) join(`${instance.switch} ${plug.port.vni}`, plug.port.vni, true);
      const heard = new Set(heardBy(ground, plug).map((vlan) => component[plug.instance * width + vlan] as number));
      for (const vlan of sentBy(ground, plug)) {
        const key = component[plug.instance * width + vlan] as number;
        if (heard.has(key)) join(key, undefined, true);
      }
      const primary = plug.port.primary === undefined ? -1 : (ground.index.indexOf[plug.port.primary] as number);
      if (primary >= 0) join(component[plug.instance * width + primary] as number, undefined, false);
    }
  }
  component.forEach((key, vertex) => {
    const draft = drafts.get(key);
    const instance = instances[Math.floor(vertex / width)];
    if (draft === undefined || instance === undefined) return;
    draft.members.push({
      switch: instance.switch, vlan: ground.index.vlans[vertex % width] as number,
      ...(instance.hypervisor === undefined ? {} : { hypervisor: instance.hypervisor }),
    });
  });
  for (const draft of drafts.values()) {
    if (draft.vni !== undefined) continue;
    draft.members.sort((a, b) => compareIds(a.switch, b.switch) || a.vlan - b.vlan);
    const [first] = draft.members;
    if (first !== undefined) { draft.switch = first.switch; draft.vlan = first.vlan; }
  }
  const sorted = [...drafts.values()].sort((a, b) => compareIds(a.switch, b.switch) || a.vlan - b.vlan || (a.vni ?? 0) - (b.vni ?? 0));
  const segments = new Map(sorted.map((draft, index): [Draft, Segment] => [draft, {
    index, ...draft, id: draft.vni === undefined ? `${draft.switch}.${draft.vlan}` : `${draft.switch}.vni${draft.vni}`, ends: [...draft.ends],
  }]));
  const list = (set: Set<Draft> | undefined): readonly Segment[] => [...(set ?? [])].flatMap((draft) => segments.get(draft) ?? []).sort((a, b) => a.index - b.index);
  return {
    all: sorted.flatMap((draft) => segments.get(draft) ?? []),
    of: (end) => list(all[end.index]),
    exactlyOf: (end) => list(exactly[end.index]),
  };
}

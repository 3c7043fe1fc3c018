/** Where the frames of one end stop on their way towards another that does not hear them: the cut that a reader checks by hand. */
import type { Hop } from "../analysis/result";
import { formatVlanList } from "../model/vlan-set";
import type { Plug } from "./sockets";
import { linkEnd, linkOf, targetsOf, type Ground } from "./ground";
import { endHop, hop, instanceHop, linkHop } from "./l2-hops";
import { instancesTowards, type Towards } from "./l2-towards";
import type { End } from "./types";
import { addBit, hasBit, intersection, isEmpty, listBits, newBits, setOfBits, union, type VlanBits } from "./vlan-bits";
import { exits, isolatedFromEachOther, walk, type Step } from "./walk";
import { otherSide, type Instance, type PortId } from "./wiring";

/** A cut of hundreds of places helps nobody. */
const MOST_HOPS = 40;

export function blockedHops(ground: Ground, from: End, fromPlugs: readonly Plug[], to: End, toPlugs: readonly Plug[]): readonly Hop[] {
  if (fromPlugs.length === 0) return [endHop(from, "is plugged into no uplink")];
  if (toPlugs.length === 0) return [endHop(to, "is plugged into no uplink")];
  const hops = fromPlugs.flatMap((a) => toPlugs.flatMap((b) => cut(ground, from, a, to, b)));
  const seen = new Set<string>();
  const distinct = hops.filter((item) => {
    const key = JSON.stringify(item);
    return !seen.has(key) && seen.add(key);
  });
  return distinct.slice(0, MOST_HOPS);
}

function cut(ground: Ground, from: End, a: Plug, to: End, b: Plug): Hop[] {
  if (a.port.vni !== undefined || !isEmpty(a.port.sends)) return cutBeyond(ground, from, a, to, b);
  if (a.missing === undefined) return [atPort(from, a, "lets no frame in")];
  // What would stop any frame that it might let in.
  const free = { ...a, port: { ...a.port, sends: a.port.maySend } };
  return [atPort(from, a, "lets in no frame that is known"), ...cutBeyond(ground, from, free, to, b).map((place) => ({ ...place, behind: true as const }))];
}

function cutBeyond(ground: Ground, from: End, a: Plug, to: End, b: Plug): Hop[] {
  const { instances } = ground.wiring;
  const here = instances[a.instance] as Instance;
  const there = instances[b.instance] as Instance;
  // Where there is no way at all, the receiver's port may still keep to other VLANs.
  const apart = b.port.vni === undefined && isEmpty(intersection(a.port.sends, b.port.hears)) ? [{ ...unheard(to, b, a.port.sends), behind: true as const }] : [];
  if (isolatedFromEachOther(a, b)) return [atPort(from, a, "lets isolated ports exchange no frames"), ...apart];
  if (a.port.vni !== undefined) return [atPort(from, a, `keeps frames in VNI ${a.port.vni} of ${here.switch}`)];
  if (b.port.vni !== undefined) return [atPort(to, b, `hears VNI ${b.port.vni} of ${there.switch} only`)];
  const towards = instancesTowards(ground.wiring, a.instance, b.instance);
  if (towards.joint !== undefined) return [instanceHop(towards.joint, "forwards nothing from one uplink to another"), ...apart];
  if (!towards.connected) return [instanceHop(here, `is joined to ${nameOf(there, here)} by no link`), ...apart];
  const { first, behind } = followFrames(ground, a, towards);
  if (!isEmpty(intersection(first.arrived.get(b.instance) ?? newBits(), b.port.hears))) return [];
  const stopping = ([port, vlans]: readonly [PortId, VlanBits]): Hop =>
    ({ ...linkHop(ground, port, `stops ${listed(vlans)}: ${reason(ground, port, vlans)}`, single(vlans)), passes: inWords(passing(ground, port)) });
  const hops = [...first.stopped].map(stopping);
  const atEnd = first.arrived.get(b.instance);
  if (atEnd !== undefined) hops.push(unheard(to, b, atEnd));
  hops.push(...[...behind.stopped].map((item) => ({ ...stopping(item), behind: true as const })));
  const further = behind.arrived.get(b.instance);
  if (atEnd === undefined && further !== undefined && isEmpty(intersection(further, b.port.hears))) hops.push({ ...unheard(to, b, further), behind: true });
  return hops;
}

/** By instance and cable port, the VLANs that get there and those that stop there. */
interface Frames {
  readonly arrived: Map<number, VlanBits>;
  readonly stopped: Map<PortId, VlanBits>;
}

/** Where frames get to and stop; and where they would further on if no cable that leads on stopped any. */
function followFrames(ground: Ground, from: Plug, towards: Towards): { first: Frames; behind: Frames } {
  const first: Frames = { arrived: new Map(), stopped: new Map() };
  const behind: Frames = { arrived: new Map(), stopped: new Map() };
  const width = ground.index.vlans.length;
  const seen = new Set<number>();
  const beyond: Step[] = [];
  const visit = (step: Step, frames: Frames): void => {
    const vlan = ground.index.vlans[step.vlan] as number;
    note(frames.arrived, step.instance, vlan);
    for (const port of exits(ground, step)) {
      const far = otherSide(port);
      const next = linkEnd(ground.wiring, far).instance;
      const targets = targetsOf(ground.crossing(port), step.vlan);
      if (targets.length > 0 && frames === first) continue;
      if (!towards.leads(step.instance, next)) continue;
      if (targets.length === 0) note(frames.stopped, port, vlan);
      for (const target of targets.length === 0 ? [step.vlan] : targets) beyond.push({ instance: next, vlan: target, ingress: far });
    }
  };
  for (const step of walk(ground, from)) {
    seen.add(step.instance * width + step.vlan);
    visit(step, first);
  }
  for (const step of beyond) {
    const place = step.instance * width + step.vlan;
    if (seen.has(place)) continue;
    seen.add(place);
    visit(step, behind);
  }
  return { first, behind };
}

function note<Key>(sets: Map<Key, VlanBits>, key: Key, vlan: number): void {
  const own = sets.get(key) ?? newBits();
  addBit(own, vlan);
  sets.set(key, own);
}

/** The receiver's port, which does not give it these VLANs. */
function unheard(to: End, plug: Plug, arriving: VlanBits): Hop {
  const { hears } = plug.port;
  if (isEmpty(hears)) return atPort(to, plug, "lets no frame out");
  return { ...atPort(to, plug, `hears ${listed(hears)} only, not ${listed(arriving)}`, single(hears)), passes: inWords(hears) };
}

/** The VLANs that leave by a port and are taken at the other end of its cable. */
function passing({ wiring }: Ground, port: PortId): VlanBits {
  const out = linkEnd(wiring, port).forms.known;
  const into = linkEnd(wiring, otherSide(port)).forms.known;
  const tagged = intersection(out.taggedOut, into.taggedIn);
  return isEmpty(into.untaggedIn) ? tagged : union(tagged, out.untaggedOut);
}

/** At the port group of an end; at the end itself where it is plugged into a physical switch. */
function atPort(end: End, plug: Plug, does: string, vlan = 0): Hop {
  return plug.portGroup === undefined ? { ...endHop(end, does), ...(vlan === 0 ? {} : { vlan }) } : hop(plug.portGroup, "portGroup", does, vlan);
}

function nameOf(there: Instance, here: Instance): string {
  return there.switch === here.switch ? `its instance on ${there.hypervisor ?? "no hypervisor"}` : there.switch;
}

function single(vlans: VlanBits): number {
  const list = listBits(vlans);
  return list.length === 1 ? (list[0] as number) : 0;
}

/** `VLAN 110`, `VLANs 10,20-29`, `untagged frames`, or both. */
function inWords(vlans: VlanBits): string[] {
  const list = formatVlanList(setOfBits(vlans));
  const tagged = list === "" ? [] : [list === "all" ? "every VLAN" : /^\d+$/.test(list) ? `VLAN ${list}` : `VLANs ${list}`];
  return [...tagged, ...(hasBit(vlans, 0) ? ["untagged frames"] : [])];
}

function listed(vlans: VlanBits): string {
  return inWords(vlans).join(" and ");
}

/** Why the cable takes none of these VLANs from this side. */
function reason(ground: Ground, port: PortId, vlans: VlanBits): string {
  const near = linkEnd(ground.wiring, port);
  const far = linkEnd(ground.wiring, otherSide(port));
  const { ends } = linkOf(ground.wiring, port);
  if (ends.some((end) => end.missing !== undefined)) return "the document does not say what it allows";
  const { known: out } = near.forms;
  const { known: into } = far.forms;
  const leaving = listBits(vlans).filter((vlan) => hasBit(out.taggedOut, vlan) || hasBit(out.untaggedOut, vlan));
  if (leaving.length === 0) return `not allowed at ${switchAt(ground, near.instance)}`;
  if (leaving.every((vlan) => hasBit(out.untaggedOut, vlan))) return `${switchAt(ground, far.instance)} takes no untagged frame here`;
  if (isEmpty(into.taggedIn)) return `the access port of ${switchAt(ground, far.instance)} takes no tag`;
  return `not allowed at ${switchAt(ground, far.instance)}`;
}

function switchAt({ wiring }: Ground, instance: number): string {
  return wiring.instances[instance]?.switch ?? "";
}

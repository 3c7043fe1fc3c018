/** Where the frames of one end stop on their way towards another that does not hear them: the cut that a reader checks by hand. */
import type { Hop } from "../analysis/result";
import { formatVlanList } from "../model/vlan-set";
import type { Plug } from "./sockets";
import { linkEnd, linkOf, targetsOf, type Ground } from "./ground";
import { endHop, hop, instanceHop, linkHop } from "./l2-hops";
import { instancesTowards } from "./l2-towards";
import type { End } from "./types";
import { addBit, hasBit, isEmpty, listBits, newBits, setOfBits, type VlanBits } from "./vlan-bits";
import { exits, isolatedFromEachOther, walk } from "./walk";
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
  const { instances } = ground.wiring;
  const here = instances[a.instance] as Instance;
  const there = instances[b.instance] as Instance;
  if (isolatedFromEachOther(a, b)) return [atPort(from, a, "lets isolated ports exchange no frames")];
  if (a.port.vni !== undefined) return [atPort(from, a, `keeps frames in VNI ${a.port.vni} of ${here.switch}`)];
  if (b.port.vni !== undefined) return [atPort(to, b, `hears VNI ${b.port.vni} of ${there.switch} only`)];
  if (isEmpty(a.port.sends)) return [atPort(from, a, a.missing === undefined ? "lets no frame in" : "lets in no frame that is known")];
  const towards = instancesTowards(ground.wiring, a.instance, b.instance);
  if (towards.joint !== undefined) return [instanceHop(towards.joint, "forwards nothing from one uplink to another")];
  if (!towards.connected) return [instanceHop(here, `is joined to ${nameOf(there, here)} by no link`)];
  const arrived = new Map<number, VlanBits>();
  const stopped = new Map<PortId, VlanBits>();
  for (const step of walk(ground, a)) {
    const vlan = ground.index.vlans[step.vlan] as number;
    note(arrived, step.instance, vlan);
    for (const port of exits(ground, step)) {
      if (targetsOf(ground.crossing(port), step.vlan).length > 0) continue;
      const next = linkEnd(ground.wiring, otherSide(port)).instance;
      if (towards.leads(step.instance, next)) note(stopped, port, vlan);
    }
  }
  const hops = [...stopped].map(([port, vlans]) => linkHop(ground, port, `stops ${listed(vlans)}: ${reason(ground, port, vlans)}`, single(vlans)));
  const atEnd = arrived.get(b.instance);
  if (atEnd !== undefined) hops.push(atPort(to, b, isEmpty(b.port.hears) ? "lets no frame out" : `hears ${listed(b.port.hears)} only, not ${listed(atEnd)}`, single(b.port.hears)));
  return hops;
}

function note<Key>(sets: Map<Key, VlanBits>, key: Key, vlan: number): void {
  const own = sets.get(key) ?? newBits();
  addBit(own, vlan);
  sets.set(key, own);
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
function listed(vlans: VlanBits): string {
  const tags = setOfBits(vlans);
  const count = listBits(vlans).filter((vlan) => vlan !== 0).length;
  const words = count === 0 ? [] : [`VLAN${count === 1 ? "" : "s"} ${formatVlanList(tags)}`];
  if (hasBit(vlans, 0)) words.push("untagged frames");
  return words.join(" and ");
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

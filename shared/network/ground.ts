/** The ground that frames are walked on: instances and cables with, for each cable port, where a frame of each VLAN comes out. */
import { relevantVlans } from "./relevant-vlans";
import type { GuestPort } from "./guest-port";
import type { Forms, LinkForms } from "./link-port";
import { otherSide, type Link, type LinkEnd, type PortId, type Wiring } from "./wiring";
import { hasBit, intersection, type VlanBits } from "./vlan-bits";

/** `known`: absent fields carry nothing. `possible`: they carry everything they could. */
export type Mode = "known" | "possible";

/** VLANs are handled by their index among the relevant ones. */
export interface VlanIndex {
  readonly vlans: readonly number[];
  /** By VLAN id; -1 where it is not relevant. */
  readonly indexOf: Int16Array;
}

/** Where a frame of each VLAN (by index) ends up when it leaves by a port: -1 nowhere. Most keep their number. */
export interface Crossing {
  readonly first: Int16Array;
  /** All targets, where there are several: only beyond a port that is unknown. */
  readonly several?: ReadonlyMap<number, readonly number[]>;
  /** The VLANs that leave untagged, and so may change their number. */
  readonly untagged: readonly number[];
}

export interface Ground {
  readonly wiring: Wiring;
  readonly index: VlanIndex;
  readonly mode: Mode;
  /** What happens to a frame that leaves by this port. */
  crossing(port: PortId): Crossing;
}

export function indexVlans(wiring: Wiring, ports: Iterable<GuestPort>): VlanIndex {
  const sets = new Set<VlanBits>();
  const forms = new Set<LinkForms>();
  for (const { ends } of wiring.links) for (const end of ends) forms.add(end.forms);
  for (const { known, possible } of forms) {
    for (const { taggedIn, untaggedIn, taggedOut, untaggedOut } of [known, possible]) [taggedIn, untaggedIn, taggedOut, untaggedOut].forEach((bits) => sets.add(bits));
  }
  for (const { sends, hears, maySend, mayHear } of ports) sets.add(sends).add(hears).add(maySend).add(mayHear);
  const vlans = relevantVlans(sets);
  const indexOf = new Int16Array(4096).fill(-1);
  vlans.forEach((vlan, index) => (indexOf[vlan] = index));
  return { vlans, indexOf };
}

/** The relevant VLANs of a set, by index. */
export function indices(index: VlanIndex, bits: VlanBits): number[] {
  const { vlans } = index;
  const found: number[] = [];
  for (let at = 0; at < vlans.length; at += 1) if (hasBit(bits, vlans[at] as number)) found.push(at);
  return found;
}

export function makeGround(wiring: Wiring, index: VlanIndex, mode: Mode): Ground {
  const cache = new Map<LinkForms, Map<LinkForms, Crossing>>();
  const byPort: Crossing[] = [];
  const find = (port: PortId): Crossing => {
    const out = linkEnd(wiring, port).forms;
    const into = linkEnd(wiring, otherSide(port)).forms;
    let row = cache.get(out);
    if (row === undefined) cache.set(out, (row = new Map()));
    let found = row.get(into);
    if (found === undefined) row.set(into, (found = cross(out[mode], into[mode], index)));
    return found;
  };
  return { wiring, index, mode, crossing: (port) => (byPort[port] ??= find(port)) };
}

export function linkOf(wiring: Wiring, port: PortId): Link {
  const link = wiring.links[port >>> 1];
  if (link === undefined) throw new Error(`no cable ${port >>> 1}`);
  return link;
}

export function linkEnd(wiring: Wiring, port: PortId): LinkEnd {
  return linkOf(wiring, port).ends[port & 1] as LinkEnd;
}

function cross(out: Forms, into: Forms, index: VlanIndex): Crossing {
  const { vlans } = index;
  const relevant = (bits: VlanBits): number[] => indices(index, bits);
  const joined = relevant(into.untaggedIn);
  const first = new Int16Array(vlans.length).fill(-1);
  const several = new Map<number, readonly number[]>();
  for (const vlan of relevant(intersection(out.taggedOut, into.taggedIn))) first[vlan] = vlan;
  const untagged = joined.length === 0 ? [] : relevant(out.untaggedOut);
  for (const vlan of untagged) {
    const targets = first[vlan] === -1 || joined.includes(vlan) ? joined : [...joined, vlan];
    first[vlan] = targets[0] as number;
    if (targets.length > 1) several.set(vlan, targets);
  }
  return { first, untagged, ...(several.size === 0 ? {} : { several }) };
}

const NONE: readonly number[] = [];

/** The VLANs, by index, that a frame of VLAN `from` may be in beyond the port. */
export function targetsOf(crossing: Crossing, from: number): readonly number[] {
  const first = crossing.first[from] as number;
  return first === -1 ? NONE : (crossing.several?.get(from) ?? [first]);
}

export const NOWHERE = -1;
const SEVERAL = -2;

/** The VLAN of `targetsOf` where there is one, `NOWHERE`, or something else negative where there are several. */
export function onlyTarget(crossing: Crossing, from: number): number {
  return crossing.several?.has(from) === true ? SEVERAL : (crossing.first[from] as number);
}

/** The same of `sourcesOf`. */
export function onlySource(crossing: Crossing, target: number): number {
  if (crossing.untagged.length === 0) return crossing.first[target] === target ? target : NOWHERE;
  const sources = sourcesOf(crossing, target);
  return sources.length > 1 ? SEVERAL : (sources[0] ?? NOWHERE);
}

/** The VLANs, by index, whose frames end up in VLAN `target` beyond the port. */
export function sourcesOf(crossing: Crossing, target: number): readonly number[] {
  const sources = crossing.untagged.filter((vlan) => targetsOf(crossing, vlan).includes(target));
  // Tagged frames keep their number.
  if (crossing.first[target] === target && !sources.includes(target)) sources.push(target);
  return sources;
}

/**
 * Double tagging: a guest sends a frame with two tags; a trunk whose native VLAN is the outer one takes it off, and beyond the trunk the
 * frame is in the inner VLAN. One way only, so it is no reach and not in the matrix. See section 3 of the semantics.
 */
import { entries, record, type Topology } from "../model/topology";
import type { Hop } from "../analysis/result";
import { plugEnds } from "./ends";
import { indexVlans, linkEnd, linkOf, makeGround, targetsOf, type Ground, type Mode, type VlanIndex } from "./ground";
import { isUnawareBridge } from "./guest-port";
import { crossingHop, endHop, instanceHop, linkHop, receivingHops, sendingHops } from "./l2-hops";
import type { Forms } from "./link-port";
import { OpenPorts } from "./open-ports";
import type { Seats } from "./seats";
import type { Plug } from "./sockets";
import type { End, EndClass, Layer2 } from "./types";
import { exits, hearing, sending, type Step } from "./walk";
import { difference, hasBit, intersection, isEmpty, listBits, meet, NO_BITS, TAGS, union, type VlanBits } from "./vlan-bits";
import { otherSide, wire, type Instance, type PortId, type Wiring } from "./wiring";

/** A victim that hears a frame of the attacker and is not in one segment with it anyway. */
export interface VlanHop {
  readonly from: End;
  readonly to: End;
  /** The uplink or trunk that takes the outer tag off. */
  readonly link: string;
  readonly native: number;
  readonly inner: number;
  /** The hops of the frame; made when asked for. */
  readonly path: () => readonly Hop[];
  /** The absent field of the link on which it rests, where the link is not fully described. */
  readonly missing?: string;
}

/** The default of switches whose native VLAN nobody wrote. */
const DEFAULT_NATIVE = 1;

/** The ports that take tagged frames of a guest: those of the port table that do not drop them. */
export function takesTags(topology: Topology, portGroup: string | undefined): boolean {
  const group = record(topology, "portGroups", portGroup);
  const vswitch = record(topology, "virtualSwitches", group?.virtualSwitch);
  if (group === undefined || vswitch === undefined) return false;
  if (isUnawareBridge(vswitch) || group.vlan?.mode === "trunk") return true;
  return (group.vlan === undefined || group.vlan.mode === "untagged") && ["standard", "distributed", "open-vswitch"].includes(vswitch.kind);
}

/** A place that a frame with both tags gets to; its VLAN is that of the outer tag all the way. */
interface Outer {
  readonly instance: number;
  readonly ingress?: PortId;
  readonly previous?: Outer;
}

/** A frame of the attacker up to the port that takes its outer tag off. */
interface Stripping {
  readonly from: End;
  readonly plug: Plug;
  readonly native: number;
  readonly outer: Outer;
  readonly port: PortId;
}

/** Ends beyond a port that nobody can tell apart at layer 2. */
interface Audience {
  readonly members: { readonly end: End; readonly plug: Plug }[];
}

/** What both modes walk on. */
export interface TaggingGround {
  readonly wiring: Wiring;
  readonly seats: Seats;
  readonly ends: readonly End[];
  readonly index: VlanIndex;
}

export function taggingGround(topology: Topology): TaggingGround {
  const wiring = wire(topology);
  const { ends, seats } = plugEnds(topology, wiring, "hostile");
  return { wiring, seats, ends, index: indexVlans(wiring, seats.ports) };
}

export class DoubleTagging {
  private readonly wiring: Wiring;
  private readonly seats: Seats;
  private readonly ground: Ground;
  /** Outer tags that some port takes off. */
  private readonly natives: readonly number[];
  private readonly listeners: { readonly end: End; readonly plug: Plug }[][] = [];
  private readonly beyondPort = new Map<PortId, readonly Audience[]>();
  private readonly cableKeys = new Map<PortId, string>();

  /** @param mode `possible`: ports that are not described take what they could, of the native VLANs that the document names and VLAN 1 */
  constructor(private readonly topology: Topology, private readonly layer2: Layer2, private readonly mode: Mode, { wiring, seats, ends, index }: TaggingGround) {
    this.wiring = wiring;
    this.seats = seats;
    this.ground = makeGround(wiring, index, mode);
    this.natives = this.findNatives();
    for (const end of ends) {
      if (end.kind === "interface") continue;
      for (const plug of seats.plugsOf(end.index)) (this.listeners[plug.instance] ??= []).push({ end, plug });
    }
  }

  /** Whether any port takes an outer tag off at all. */
  get possible(): boolean {
    return this.natives.length > 0;
  }

  /** Equal for vNICs that are plugged in alike: they hop to the same places, but for their own hypervisor. */
  keyOf(end: End): string {
    return this.seats.plugsOf(end.index).map((plug) => {
      const ports = this.wiring.ports[plug.instance] ?? [];
      const cables = plug.uplink === undefined ? ports.map((port) => this.cableKey(port)).sort().join() : String(plug.instance);
      const tags = this.outerTags(end, plug);
      return `${this.natives.filter((vlan) => hasBit(tags, vlan)).join()}@${cables}`;
    }).sort().join(" ");
  }

  /** Every hop of a vNIC, by link, nearest first; each victim once for each link. */
  *from(end: End): Generator<VlanHop> {
    for (const plug of this.seats.plugsOf(end.index)) {
      const tags = this.outerTags(end, plug);
      for (const native of this.natives) {
        if (!hasBit(tags, native)) continue;
        for (const { outer, port } of this.strippings(plug, native)) yield* this.victims({ from: end, plug, native, outer, port });
      }
    }
  }

  private cableKey(port: PortId): string {
    let key = this.cableKeys.get(port);
    if (key === undefined) this.cableKeys.set(port, (key = this.makeCableKey(port)));
    return key;
  }

  private makeCableKey(port: PortId): string {
    const { instance, forms } = linkEnd(this.wiring, otherSide(port));
    const { taggedIn } = this.formsAt(otherSide(port));
    return `${instance}:${this.natives.map((vlan) => (hasBit(taggedIn, vlan) ? 1 : 0)).join("")}${forms.absent}`;
  }

  private formsAt(port: PortId): Forms {
    return linkEnd(this.wiring, port).forms[this.mode];
  }

  private findNatives(): number[] {
    const found = new Set<number>();
    let undescribed = false;
    this.wiring.links.forEach(({ ends }) => ends.forEach(({ forms }) => {
      if (this.mode === "possible" && forms.absent === "port") undescribed = true;
      else for (const vlan of listBits(forms[this.mode].untaggedOut)) found.add(vlan);
    }));
    if (undescribed) found.add(DEFAULT_NATIVE);
    found.delete(0);
    return [...found].sort((a, b) => a - b);
  }

  /** The outer tags that the guest's port takes. */
  private outerTags(end: End, plug: Plug): VlanBits {
    if (plug.port.vni !== undefined) return NO_BITS;
    if (plug.uplink !== undefined) {
      const link = this.wiring.links.find(({ id }) => id === plug.uplink);
      return link === undefined ? NO_BITS : link.ends[1].forms[this.mode].taggedIn;
    }
    return takesTags(this.topology, end.portGroup) ? intersection(sending(this.ground, plug), TAGS) : NO_BITS;
  }

  /** The ports on the way of the outer tag that take it off. */
  private *strippings(plug: Plug, native: number): Generator<{ outer: Outer; port: PortId }> {
    const open = new OpenPorts();
    open.enter(plug.instance);
    const places: Outer[] = [{ instance: plug.instance }];
    for (const outer of places) {
      for (const port of exits(this.ground, outer)) {
        const [out, far] = [this.formsAt(port), otherSide(port)];
        if (hasBit(out.untaggedOut, native)) yield { outer, port };
        const { instance } = linkEnd(this.wiring, far);
        if (hasBit(out.taggedOut, native) && hasBit(this.formsAt(far).taggedIn, native) && open.enter(instance, far)) places.push({ instance, ingress: far, previous: outer });
      }
    }
  }

  private *victims(stripping: Stripping): Generator<VlanHop> {
    const { from, native, port } = stripping;
    const own = this.layer2.endsOf(from.owner);
    const missing = [port, otherSide(port)].map((side) => linkEnd(this.wiring, side).missing).find((path) => path !== undefined);
    for (const { members } of this.beyond(port)) {
      const [sample] = members;
      if (sample === undefined || own.some((vnic) => this.layer2.hears(vnic, sample.end) && this.layer2.hears(sample.end, vnic))) continue;
      for (const { end, plug } of members) {
        const steps = end.owner === from.owner ? [] : this.wayFrom(port, plug);
        const [first] = steps;
        if (first === undefined) continue;
        yield {
          from, to: end, link: linkOf(this.wiring, port).id, native, inner: this.vlanOf(first),
          path: () => this.hopsOf(stripping, steps, end, plug), ...(this.mode === "known" || missing === undefined ? {} : { missing }),
        };
      }
    }
  }

  private vlanOf({ vlan }: Step): number {
    return this.ground.index.vlans[vlan] as number;
  }

  /** The inner VLANs that both sides of the cable allow. */
  private innerTags(port: PortId): VlanBits {
    const out = this.formsAt(port);
    return intersection(union(out.taggedOut, out.untaggedOut), this.formsAt(otherSide(port)).taggedIn);
  }

  /** Who hears the frame once the port has taken the outer tag off, in any inner VLAN. */
  private beyond(port: PortId): readonly Audience[] {
    let found = this.beyondPort.get(port);
    if (found === undefined) this.beyondPort.set(port, (found = this.listen(port)));
    return found;
  }

  private listen(port: PortId): Audience[] {
    const heard = new Map<EndClass, Audience>();
    for (const [instance, vlans] of this.flood(port)) {
      for (const { end, plug } of this.listeners[instance] ?? []) {
        if (plug.port.vni !== undefined || !meet(hearing(this.ground, plug), vlans)) continue;
        const own = this.layer2.classOf(end);
        const known = heard.get(own);
        if (known === undefined) heard.set(own, { members: [{ end, plug }] });
        else known.members.push({ end, plug });
      }
    }
    return [...heard.values()];
  }

  /** The VLANs in which the frame, with any inner tag, gets to each instance: whole sets of VLANs are walked at once. */
  private flood(port: PortId): ReadonlyMap<number, VlanBits> {
    const arrived = new Map<PortId, VlanBits>();
    const at = new Map<number, VlanBits>();
    const waiting: [PortId, VlanBits][] = [[otherSide(port), this.innerTags(port)]];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const [ingress, vlans] = next;
      const before = arrived.get(ingress) ?? NO_BITS;
      const fresh = difference(vlans, before);
      if (isEmpty(fresh)) continue;
      arrived.set(ingress, union(before, fresh));
      const { instance } = linkEnd(this.wiring, ingress);
      at.set(instance, union(at.get(instance) ?? NO_BITS, fresh));
      for (const leave of exits(this.ground, { instance, ingress })) waiting.push([otherSide(leave), this.across(leave, fresh)]);
    }
    return at;
  }

  private across(port: PortId, vlans: VlanBits): VlanBits {
    const [out, into] = [this.formsAt(port), this.formsAt(otherSide(port))];
    const tagged = intersection(intersection(vlans, out.taggedOut), into.taggedIn);
    return meet(vlans, out.untaggedOut) ? union(tagged, into.untaggedIn) : tagged;
  }

  /** The way of the inner frame from the port to a listener, with the inner tag of which that is heard. */
  private wayFrom(port: PortId, to: Plug): readonly Step[] {
    const allowed = this.innerTags(port);
    const wanted = hearing(this.ground, to);
    // Nearly always the frame arrives in the VLAN that it set out in.
    for (const vlan of [...listBits(intersection(allowed, wanted)), ...listBits(difference(allowed, wanted))]) {
      const index = this.ground.index.indexOf[vlan] as number;
      const steps = index < 0 ? [] : this.walkTo({ instance: linkEnd(this.wiring, otherSide(port)).instance, vlan: index, ingress: otherSide(port) }, to, wanted);
      if (steps.length > 0) return steps;
    }
    return [];
  }

  private walkTo(start: Step, to: Plug, wanted: VlanBits): readonly Step[] {
    const open = new OpenPorts();
    const width = this.ground.index.vlans.length;
    open.enter(start.instance * width + start.vlan, start.ingress);
    const steps = [start];
    for (const step of steps) {
      if (step.instance === to.instance && hasBit(wanted, this.vlanOf(step))) return chain(step);
      for (const port of exits(this.ground, step)) {
        const ingress = otherSide(port);
        const { instance } = linkEnd(this.wiring, ingress);
        for (const vlan of targetsOf(this.ground.crossing(port), step.vlan)) if (open.enter(instance * width + vlan, ingress)) steps.push({ instance, vlan, ingress, previous: step });
      }
    }
    return [];
  }

  private hopsOf({ from, plug, native, outer, port }: Stripping, steps: readonly Step[], to: End, heardAt: Plug): readonly Hop[] {
    const at = ({ instance }: { readonly instance: number }): Instance => this.wiring.instances[instance] as Instance;
    const [first, last] = [steps[0] as Step, steps.at(-1) as Step];
    return [
      endHop(from, `sends tagged ${native} and ${this.vlanOf(first)}`), ...sendingHops(from, plug, native).slice(1),
      ...chain(outer).flatMap((place) => [
        ...(place.ingress === undefined ? [] : [linkHop(this.ground, place.ingress, `carries tagged ${native}`, native)]), instanceHop(at(place), "carries", native),
      ]),
      linkHop(this.ground, port, `takes off the native tag ${native}, leaving ${this.vlanOf(first)}`, this.vlanOf(first)),
      ...steps.flatMap((step) => [
        ...(step.previous === undefined || step.ingress === undefined ? [] : [crossingHop(this.ground, otherSide(step.ingress), this.vlanOf(step.previous), this.vlanOf(step))]),
        instanceHop(at(step), "carries", this.vlanOf(step)),
      ]),
      ...receivingHops(to, heardAt, this.vlanOf(last)),
    ];
  }
}

/** From the first place to this one. */
function chain<T extends { readonly previous?: T }>(last: T): T[] {
  const places: T[] = [];
  for (let place: T | undefined = last; place !== undefined; place = place.previous) places.unshift(place);
  return places;
}

/** Whether some port lets tags of guests through, and some cable has a native VLAN or is not described; else nothing is worth walking. */
export function mayDoubleTag(topology: Topology): boolean {
  const native = (port: { mode: string; native?: number | undefined; tagNative?: boolean | undefined } | undefined): boolean =>
    port === undefined || (port.mode === "trunk" && port.native !== undefined && port.tagNative !== true);
  const guest = entries(topology, "vms").some(([, { nics = {} }]) => Object.values(nics).some((nic) => (nic.passthrough ?? "none") !== "none"))
    || entries(topology, "portGroups").some(([id]) => takesTags(topology, id));
  return guest && (entries(topology, "uplinks").some(([, uplink]) => native(uplink.port)) || entries(topology, "trunks").some(([, { a, b }]) => native(a.port) || native(b.port))
    || entries(topology, "virtualSwitches").some(([, vswitch]) => vswitch.kind === "linux-bridge" && vswitch.vlanAware === true));
}

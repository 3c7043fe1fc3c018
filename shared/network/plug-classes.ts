/** Ports that behave alike, collapsed into classes. Forty thousand vNICs on 2,500 hosts are about as many classes as there are VLANs. */
import { Attachments, type Attachment } from "./attachment";
import type { Ground } from "./ground";
import { haveCommon, Interner, sortedList } from "./interner";
import { Locals } from "./locals";
import { LocalVlans } from "./local-vlans";
import { NOTHING, PlainClass, type PlugClass } from "./plug-class";
import { PortVlans } from "./port-vlans";
import type { Seats } from "./seats";
import type { Plug, Socket } from "./sockets";
import { hasBit, type VlanBits } from "./vlan-bits";
import { heardBy, hearing, sending, walk } from "./walk";
import { measureReach, type Reach } from "./zone-entries";
import { findZones, type Zones } from "./zones";

interface Lists {
  readonly out: number;
  readonly hear: number;
  /** The class of ports about which there is nothing more to say. */
  common?: PlugClass;
}

interface Traits extends Lists {
  readonly localOut: number;
  readonly localHear: number;
  readonly isolatedAt: number;
  readonly bouncesAt: number;
}

export class PlugClasses {
  readonly zones: Zones;
  readonly reach: Reach;
  readonly classes: PlugClass[] = [];
  readonly locals = new Locals();
  readonly attachments: Attachments;
  private readonly vlans: PortVlans;
  readonly localVlans: LocalVlans;
  private readonly lists = new Interner();
  private readonly nothing = this.lists.id(NOTHING);
  /** By zone: the class of access ports there; -1: none yet. */
  private readonly plainOf: Int32Array;
  /** Ports may be plain. */
  private readonly simple: boolean;
  private readonly byKey = new Map<string, PlugClass>();
  /** By place (a physical instance or an attachment): the lists of a port there, by the VLANs it sends and hears. */
  private readonly listsAt: (Map<readonly number[], Map<readonly number[], Lists>> | undefined)[] = [];
  private readonly reachOf = new Map<number, Int32Array>();
  private readonly exact = new Map<string, boolean>();

  constructor(readonly ground: Ground) {
    this.zones = findZones(ground);
    this.reach = measureReach(ground, this.zones);
    this.attachments = new Attachments(ground, this.zones, this.reach);
    this.vlans = new PortVlans(ground);
    this.plainOf = new Int32Array(this.zones.count).fill(-1);
    this.simple = this.zones.oneWay.length === 0;
    this.localVlans = new LocalVlans(ground, this.attachments, this.vlans);
  }

  /** Looks at all ports for the first time. Returns by end the zone that is all there is to its one port; -1 where there may be more. */
  settle(seats: Seats): Int32Array {
    const zones = seats.map((socket, instance) => this.ownZone(socket, instance));
    this.localVlans.survey((visit) => seats.each(visit, zones));
    return zones;
  }

  /** Goes along with ends that have been plugged in elsewhere. Returns the ends whose ports may be of another class for it, besides those. */
  revise(seats: Seats, touched: readonly Plug[]): number[] {
    const particular = new Set(touched.filter((plug) => this.localVlans.isParticular(plug, plug.instance)).map(({ instance }) => instance));
    const changed = particular.size === 0 ? particular : this.localVlans.survey((visit) => seats.each(visit), particular);
    return changed.size === 0 ? [] : seats.on(changed);
  }

  of(plug: Plug): PlugClass {
    return this.at(plug, plug.instance);
  }

  /** The class of a port. */
  at(socket: Socket, instance: number): PlugClass {
    const zone = this.localVlans.bounces(instance) ? -1 : this.zoneOfOnly(socket, instance);
    return zone === -1 ? this.classify(socket, instance) : this.plain(zone);
  }

  /** The class of access ports in a zone. */
  plain(zone: number): PlugClass {
    const known = this.classes[this.plainOf[zone] as number];
    if (known !== undefined) return known;
    const found = new PlainClass(this.classes.length, zone, this.lists);
    this.plainOf[zone] = found.index;
    this.classes.push(found);
    return found;
  }

  /** The same, if there is one. */
  plainAt(zone: number): PlugClass | undefined {
    return this.classes[this.plainOf[zone] as number];
  }

  /** Whether a frame from a port of `a` is heard at another port, of `b`. */
  hears(a: PlugClass, b: PlugClass): boolean {
    if (a.plain !== -1 && b.plain !== -1) return a === b;
    if (a.isolatedAt !== -1 && a.isolatedAt === b.isolatedAt) return false;
    if (a.bouncesAt !== -1 && a.bouncesAt === b.bouncesAt) return this.walked(a, b);
    return haveCommon(a.localOut, b.localHear) || haveCommon(a.reach, b.hear);
  }

  /** The zone of a VLAN (by index) of an instance, or `zones.count` plus the number of the local; undefined where it is part of none and nobody hears it. */
  zoneAt(instance: number, vlan: number): number | undefined {
    if (instance < this.ground.wiring.physicalCount) return this.zones.of[instance * this.zones.width + vlan];
    const zone = this.attachments.at(instance).zone(vlan);
    if (zone !== -1) return zone;
    const local = this.locals.find(instance, vlan);
    return local === undefined ? undefined : this.zones.count + local;
  }

  /** The zone that is all there is to the port whatever else is on its instance; -1 where there may be more. */
  private ownZone(socket: Socket, instance: number): number {
    const mayBounce = instance >= this.ground.wiring.physicalCount && this.attachments.at(instance).bounces.length > 0;
    return mayBounce ? -1 : this.zoneOfOnly(socket, instance);
  }

  /** The zone of the one VLAN that the port sends and hears; -1 where it is not as simple as that. */
  private zoneOfOnly(socket: Socket, instance: number): number {
    const vlan = this.simple ? this.vlans.only(socket) : -1;
    if (vlan === -1) return -1;
    const { physicalCount } = this.ground.wiring;
    return instance < physicalCount ? (this.zones.of[instance * this.zones.width + vlan] as number) : this.attachments.at(instance).zone(vlan);
  }

  private walked(a: PlugClass, b: PlugClass): boolean {
    const key = `${a.index} ${b.index}`;
    let found = this.exact.get(key);
    if (found === undefined) this.exact.set(key, (found = a.sample !== undefined && b.sample !== undefined && this.walks(a.sample, b.sample)));
    return found;
  }

  private walks(from: Plug, to: Plug): boolean {
    const heard = new Set(heardBy(this.ground, to));
    const last = walk(this.ground, from, (step) => step.instance === to.instance && heard.has(step.vlan)).at(-1);
    return last !== undefined && last.instance === to.instance && heard.has(last.vlan);
  }

  private classify(socket: Socket, instance: number): PlugClass {
    const overlay = socket.port.vni !== undefined;
    const lists = overlay ? { out: this.nothing, hear: this.nothing } : this.listsOf(socket, instance);
    const isolatedAt = socket.isolated ? instance : -1;
    const bouncesAt = !overlay && this.localVlans.bounces(instance) ? instance : -1;
    const common = !overlay && isolatedAt === -1 && bouncesAt === -1 && this.localVlans.apart(instance) === undefined;
    if (common) return (lists.common ??= this.intern(socket, instance, { ...lists, localOut: this.nothing, localHear: this.nothing, isolatedAt, bouncesAt }));
    const localOut = this.lists.id(this.localsOf(socket, instance, sending(this.ground, socket)));
    const localHear = this.lists.id(this.localsOf(socket, instance, hearing(this.ground, socket)));
    return this.intern(socket, instance, { ...lists, localOut, localHear, isolatedAt, bouncesAt });
  }

  private intern(socket: Socket, instance: number, traits: Traits): PlugClass {
    const { out, hear, localOut, localHear, isolatedAt, bouncesAt } = traits;
    // Where frames may bounce, ports that reach the same zones may still differ.
    const key = [out, hear, localOut, localHear, isolatedAt, bouncesAt, bouncesAt === -1 ? -1 : socket.index].join();
    let found = this.byKey.get(key);
    if (found === undefined) this.byKey.set(key, (found = this.make(socket, instance, traits)));
    return found;
  }

  private make(socket: Socket, instance: number, traits: Traits): PlugClass {
    const { isolatedAt, bouncesAt } = traits;
    const list = (id: number): Int32Array => this.lists.lists[id] as Int32Array;
    const [out, hear, localOut, localHear] = [list(traits.out), list(traits.hear), list(traits.localOut), list(traits.localHear)];
    const one = out.length === 1 && out === hear && localOut.length === 0 && localHear.length === 0 && isolatedAt === -1 && bouncesAt === -1;
    if (this.simple && one) return this.plain(out[0] as number);
    const found: PlugClass = {
      index: this.classes.length, out, reach: this.reachedFrom(traits.out), hear, localOut, localHear, isolatedAt, bouncesAt, plain: -1,
      ...(bouncesAt === -1 ? {} : { sample: { ...socket, instance } }),
    };
    this.classes.push(found);
    return found;
  }

  private listsOf(socket: Socket, instance: number): Lists {
    const { physicalCount } = this.ground.wiring;
    const attachment = instance < physicalCount ? undefined : this.attachments.at(instance);
    const rows = (this.listsAt[attachment === undefined ? instance : physicalCount + attachment.index] ??= new Map<readonly number[], Map<readonly number[], Lists>>());
    const [sent, heard] = [this.vlans.sent(socket), this.vlans.heard(socket)];
    let row = rows.get(sent);
    if (row === undefined) rows.set(sent, (row = new Map<readonly number[], Lists>()));
    let found = row.get(heard);
    if (found === undefined) row.set(heard, (found = attachment === undefined ? this.physicalLists(instance, sent, heard) : this.virtualLists(attachment, sent, heard)));
    return found;
  }

  private physicalLists(instance: number, sent: readonly number[], heard: readonly number[]): Lists {
    const start = instance * this.zones.width;
    return {
      out: this.lists.id(sortedList(sent.map((vlan) => this.zones.of[start + vlan] as number))),
      hear: this.lists.id(sortedList(heard.map((vlan) => this.reach.cellOf(start + vlan)))),
    };
  }

  private virtualLists(attachment: Attachment, sent: readonly number[], heard: readonly number[]): Lists {
    return {
      out: this.lists.id(sortedList(sent.flatMap((vlan) => (attachment.zone(vlan) === -1 ? attachment.out(vlan) : attachment.zone(vlan))))),
      hear: this.lists.id(sortedList(heard.flatMap((vlan) => attachment.into(vlan)))),
    };
  }

  /** VLANs of the instance that are part of no physical zone; the overlay segment of an overlay port. */
  private localsOf({ port }: Socket, instance: number, bits: VlanBits): Int32Array {
    if (port.vni !== undefined) return Int32Array.of(this.locals.overlay(this.ground.wiring.instances[instance]?.switch ?? "", instance, port.vni));
    const apart = this.localVlans.apart(instance);
    if (apart === undefined) return NOTHING;
    const local = [...apart].filter((vlan) => hasBit(bits, this.ground.index.vlans[vlan] as number));
    return local.length === 0 ? NOTHING : sortedList(local.map((vlan) => this.locals.vlan(instance, vlan)));
  }

  private reachedFrom(out: number): Int32Array {
    let cells = this.reachOf.get(out);
    if (cells === undefined) {
      const zones = this.lists.lists[out] as Int32Array;
      cells = this.simple ? zones : zones.length === 1 ? this.reach.from(zones[0] as number) : sortedList([...zones].flatMap((zone) => [...this.reach.from(zone)]));
      this.reachOf.set(out, cells);
    }
    return cells;
  }
}

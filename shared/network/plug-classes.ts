/**
 * Ports that behave alike, collapsed into classes: what matters of a port is which zones its frames enter and which cells it hears.
 * Forty thousand vNICs on 2,500 hosts are about as many classes as there are VLANs.
 */
import { Attachments, type Attachment } from "./attachment";
import type { Plug } from "./sockets";
import { indices, type Ground } from "./ground";
import { haveCommon, Interner, sortedList } from "./interner";
import { hasBit, meet, type VlanBits } from "./vlan-bits";
import { hearing, heardBy, isolatedFromEachOther, sending, walk } from "./walk";
import type { Instance } from "./wiring";
import { measureReach, type Reach } from "./zone-entries";
import { findZones, type Zones } from "./zones";

export interface PlugClass {
  readonly index: number;
  /** Physical zones that a frame enters straight from the port, ascending. */
  readonly out: Int32Array;
  /** Physical cells that a frame gets to. */
  readonly reach: Int32Array;
  /** Physical cells whose frames are heard. */
  readonly hear: Int32Array;
  /** `locals` that the port sends into, and those that it hears. */
  readonly localOut: Int32Array;
  readonly localHear: Int32Array;
  /** The instance on which the port is isolated from other isolated ports; -1: none. */
  readonly isolatedAt: number;
  /** The instance on which frames may seem to come back by the uplink they left by; -1: none. See `Attachment.bounces`. */
  readonly bouncesAt: number;
  readonly sample: Plug;
}

/** A VLAN of a virtual instance that is no part of a physical zone, or an overlay segment: a zone and a cell of its own. */
export interface Local {
  readonly instance: number;
  /** VLAN index; -1 for an overlay. */
  readonly vlan: number;
  readonly vni?: number;
}

const NOTHING = new Int32Array();

export class PlugClasses {
  readonly zones: Zones;
  readonly reach: Reach;
  readonly classes: PlugClass[] = [];
  readonly locals: Local[] = [];
  private readonly attachments: Attachments;
  private readonly attachmentOf: (Attachment | undefined)[] = [];
  private readonly classOfPlug: PlugClass[] = [];
  private readonly byKey = new Map<string, PlugClass>();
  private readonly lists = new Interner();
  private readonly localIds = new Map<string, number>();
  /** By instance: VLANs that some port there hears and that are in no physical zone. */
  private readonly apart: number[][] = [];
  private readonly bouncing = new Set<number>();
  private readonly shared = new Map<Attachment, Map<VlanBits, { out?: Int32Array; hear?: Int32Array }>>();
  private readonly indicesOf = new Map<VlanBits, readonly number[]>();
  private readonly reachOf = new Map<number, Int32Array>();
  private readonly exact = new Map<string, boolean>();

  constructor(readonly ground: Ground, plugs: readonly Plug[]) {
    this.zones = findZones(ground);
    this.reach = measureReach(ground, this.zones);
    this.attachments = new Attachments(ground, this.zones, this.reach);
    this.surveyInstances(plugs);
    for (const plug of plugs) this.classOfPlug[plug.index] = this.classify(plug);
  }

  of(plug: Plug): PlugClass {
    return this.classOfPlug[plug.index] as PlugClass;
  }

  /** Whether a frame from a port of `a` is heard at another port, of `b`. */
  hears(a: PlugClass, b: PlugClass): boolean {
    if (a.isolatedAt !== -1 && a.isolatedAt === b.isolatedAt) return false;
    if (a.bouncesAt !== -1 && a.bouncesAt === b.bouncesAt) return this.walked(a, b);
    return haveCommon(a.localOut, b.localHear) || haveCommon(a.reach, b.hear);
  }

  /** How a virtual instance hangs on the physical network. */
  attachment(instance: Instance): Attachment {
    return (this.attachmentOf[instance.index] ??= this.attachments.of(instance));
  }

  /** The zone of a VLAN (by index) of an instance, or `zones.count` plus the number of the local; undefined where it is part of none and nobody hears it. */
  zoneAt(instance: Instance, vlan: number): number | undefined {
    if (instance.physical) return this.zones.of[instance.index * this.zones.width + vlan];
    const zone = this.attachment(instance).zone(vlan);
    if (zone !== -1) return zone;
    const local = this.localIds.get(`${instance.index} ${vlan}`);
    return local === undefined ? undefined : this.zones.count + local;
  }

  private walked(a: PlugClass, b: PlugClass): boolean {
    const key = `${a.index} ${b.index}`;
    let found = this.exact.get(key);
    if (found === undefined) {
      const heard = new Set(heardBy(this.ground, b.sample));
      const hears = walk(this.ground, a.sample, (step) => step.instance === b.sample.instance && heard.has(step.vlan)).at(-1);
      found = hears !== undefined && hears.instance === b.sample.instance && heard.has(hears.vlan);
      this.exact.set(key, found);
    }
    return found;
  }

  /** Finds for each virtual instance the VLANs that stay local, and whether frames may bounce there. */
  private surveyInstances(plugs: readonly Plug[]): void {
    const byInstance = new Map<number, Plug[]>();
    for (const plug of plugs) {
      if (plug.port.vni !== undefined || this.ground.wiring.instances[plug.instance]?.physical !== false) continue;
      const own = byInstance.get(plug.instance);
      if (own === undefined) byInstance.set(plug.instance, [plug]);
      else own.push(plug);
    }
    for (const [index, own] of byInstance) {
      const attachment = this.attachment(this.ground.wiring.instances[index] as Instance);
      const apart = new Set<number>();
      for (const bits of new Set(own.map((plug) => hearing(this.ground, plug)))) {
        for (const vlan of this.indices(bits)) if (attachment.zone(vlan) === -1) apart.add(vlan);
      }
      this.apart[index] = [...apart];
      if (attachment.bounces.some((pair) => this.bounce(own, pair))) this.bouncing.add(index);
    }
  }

  /** Whether some frame would be heard on the instance only if it came back by the uplink it left by. */
  private bounce(own: readonly Plug[], [left, back]: readonly [number, number]): boolean {
    const { vlans } = this.ground.index;
    const senders = own.filter((plug) => hasBit(sending(this.ground, plug), vlans[left] as number));
    const hearers = senders.length === 0 ? [] : own.filter((plug) => hasBit(hearing(this.ground, plug), vlans[back] as number));
    return senders.some((a) => hearers.some((b) => !meet(sending(this.ground, a), hearing(this.ground, b)) && !isolatedFromEachOther(a, b)));
  }

  private classify(plug: Plug): PlugClass {
    const instance = this.ground.wiring.instances[plug.instance] as Instance;
    const [sent, heard] = [sending(this.ground, plug), hearing(this.ground, plug)];
    const out = this.lists.id(this.outOf(plug, instance, sent));
    const hear = this.lists.id(this.hearOf(plug, instance, heard));
    const localOut = this.lists.id(this.localsOf(plug, instance, sent));
    const localHear = this.lists.id(this.localsOf(plug, instance, heard));
    const isolatedAt = plug.isolated ? plug.instance : -1;
    const bouncesAt = plug.port.vni === undefined && this.bouncing.has(plug.instance) ? plug.instance : -1;
    // Where frames may bounce, ports that reach the same zones may still differ.
    const key = [out, hear, localOut, localHear, isolatedAt, bouncesAt, bouncesAt === -1 ? -1 : plug.index].join();
    let found = this.byKey.get(key);
    if (found === undefined) {
      const { lists } = this.lists;
      found = {
        index: this.classes.length, out: lists[out] as Int32Array, reach: this.reachedFrom(out), hear: lists[hear] as Int32Array,
        localOut: lists[localOut] as Int32Array, localHear: lists[localHear] as Int32Array, isolatedAt, bouncesAt, sample: plug,
      };
      this.classes.push(found);
      this.byKey.set(key, found);
    }
    return found;
  }

  private outOf(plug: Plug, instance: Instance, bits: VlanBits): Int32Array {
    const { width, of } = this.zones;
    if (plug.port.vni !== undefined) return NOTHING;
    if (instance.physical) return sortedList(this.indices(bits).map((vlan) => of[instance.index * width + vlan] as number));
    const attachment = this.attachment(instance);
    const kept = this.keptFor(attachment, bits);
    return (kept.out ??= sortedList(this.indices(bits).flatMap((vlan) => (attachment.zone(vlan) === -1 ? attachment.out(vlan) : attachment.zone(vlan)))));
  }

  private hearOf(plug: Plug, instance: Instance, bits: VlanBits): Int32Array {
    if (plug.port.vni !== undefined) return NOTHING;
    if (instance.physical) return sortedList(this.indices(bits).map((vlan) => this.reach.cellOf(instance.index * this.zones.width + vlan)));
    const attachment = this.attachment(instance);
    const kept = this.keptFor(attachment, bits);
    return (kept.hear ??= sortedList(this.indices(bits).flatMap((vlan) => attachment.into(vlan))));
  }

  /** VLANs of the instance that are part of no physical zone; the overlay segment of an overlay port. */
  private localsOf({ port }: Plug, instance: Instance, bits: VlanBits): Int32Array {
    if (port.vni !== undefined) return Int32Array.of(this.overlay(instance, port.vni));
    const local = (this.apart[instance.index] ?? []).filter((vlan) => hasBit(bits, this.ground.index.vlans[vlan] as number));
    return local.length === 0 ? NOTHING : sortedList(local.map((vlan) => this.local(instance, vlan)));
  }

  private indices(bits: VlanBits): readonly number[] {
    let found = this.indicesOf.get(bits);
    if (found === undefined) this.indicesOf.set(bits, (found = indices(this.ground.index, bits)));
    return found;
  }

  private keptFor(attachment: Attachment, bits: VlanBits): { out?: Int32Array; hear?: Int32Array } {
    let row = this.shared.get(attachment);
    if (row === undefined) this.shared.set(attachment, (row = new Map()));
    let kept = row.get(bits);
    if (kept === undefined) row.set(bits, (kept = {}));
    return kept;
  }

  private local(instance: Instance, vlan: number): number {
    return this.numberLocal(`${instance.index} ${vlan}`, { instance: instance.index, vlan });
  }

  /** A VNI joins every member of its switch. */
  private overlay(instance: Instance, vni: number): number {
    return this.numberLocal(`${instance.switch} vni ${vni}`, { instance: instance.index, vlan: -1, vni });
  }

  private numberLocal(key: string, local: Local): number {
    let id = this.localIds.get(key);
    if (id === undefined) this.localIds.set(key, (id = this.locals.push(local) - 1));
    return id;
  }

  private reachedFrom(out: number): Int32Array {
    let cells = this.reachOf.get(out);
    if (cells === undefined) {
      const zones = this.lists.lists[out] as Int32Array;
      cells = zones.length === 1 ? this.reach.from(zones[0] as number) : sortedList([...zones].flatMap((zone) => [...this.reach.from(zone)]));
      this.reachOf.set(out, cells);
    }
    return cells;
  }
}

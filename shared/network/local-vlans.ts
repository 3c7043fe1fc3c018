/** What is particular to a virtual instance: VLANs that reach nobody beyond it, and frames that seem to come back by the uplink they left by. */
import type { Attachment, Attachments } from "./attachment";
import type { Ground } from "./ground";
import type { PortVlans } from "./port-vlans";
import type { Socket } from "./sockets";
import { hasBit, meet } from "./vlan-bits";
import { hearing, sending } from "./walk";

const NOTHING: readonly number[] = [];

type EachPort = (visit: (socket: Socket, instance: number) => void) => void;

export class LocalVlans {
  private readonly apartAt: (ReadonlySet<number> | undefined)[] = [];
  private readonly bouncing = new Set<number>();
  /** Another number whenever something has changed. */
  version = 0;
  /** By attachment and socket. */
  private readonly apartOf: (Map<readonly number[], readonly number[]> | undefined)[] = [];

  constructor(private readonly ground: Ground, private readonly attachments: Attachments, private readonly vlans: PortVlans) {}

  /** VLANs, by index, that some port of the instance hears and that are in no physical zone. */
  apart(instance: number): ReadonlySet<number> | undefined {
    return this.apartAt[instance];
  }

  /** Whether some frame would be heard on the instance only if it came back by the uplink it left by: it does not. */
  bounces(instance: number): boolean {
    return this.bouncing.size > 0 && this.bouncing.has(instance);
  }

  /** Whether a port may make a difference to others on its instance. */
  isParticular(socket: Socket, instance: number): boolean {
    if (instance < this.ground.wiring.physicalCount || socket.port.vni !== undefined) return false;
    const attachment = this.attachments.at(instance);
    return attachment.bounces.length > 0 || this.apartFrom(attachment, this.vlans.heard(socket)).length > 0;
  }

  /**
   * Looks at the ports of some virtual instances, or of all. Returns the instances that are not as they were.
   *
   * @param each visits the ports; those may be left out that are part of a zone and on an instance on which no frame may bounce
   */
  survey(each: EachPort, only?: ReadonlySet<number>): Set<number> {
    const apart = new Map<number, Set<number>>();
    const suspects = new Map<number, Set<Socket>>();
    const { physicalCount } = this.ground.wiring;
    each((socket, instance) => {
      if (instance < physicalCount || socket.port.vni !== undefined || only?.has(instance) === false) return;
      const attachment = this.attachments.at(instance);
      if (attachment.bounces.length > 0) add(suspects, instance, socket);
      const one = this.vlans.only(socket);
      if (one === -1) for (const vlan of this.apartFrom(attachment, this.vlans.heard(socket))) add(apart, instance, vlan);
      else if (attachment.zone(one) === -1) add(apart, instance, one);
    });
    const changed = new Set<number>();
    for (const instance of only ?? new Set([...apart.keys(), ...suspects.keys()])) {
      const bouncing = this.bounce(instance, [...(suspects.get(instance) ?? [])]);
      if (bouncing === this.bouncing.has(instance) && isSame(apart.get(instance), this.apartAt[instance])) continue;
      changed.add(instance);
      this.apartAt[instance] = apart.get(instance);
      if (bouncing) this.bouncing.add(instance);
      else this.bouncing.delete(instance);
    }
    if (changed.size > 0) this.version += 1;
    return changed;
  }

  private apartFrom(attachment: Attachment, heard: readonly number[]): readonly number[] {
    const row = (this.apartOf[attachment.index] ??= new Map());
    let found = row.get(heard);
    if (found === undefined) {
      const apart = heard.filter((vlan) => attachment.zone(vlan) === -1);
      row.set(heard, (found = apart.length === 0 ? NOTHING : apart));
    }
    return found;
  }

  /** Whether some frame would be heard on the instance only if it came back by the uplink it left by. */
  private bounce(instance: number, own: readonly Socket[]): boolean {
    return own.length > 0 && this.attachments.at(instance).bounces.some((pair) => this.bounceBetween(own, pair));
  }

  private bounceBetween(own: readonly Socket[], [left, back]: readonly [number, number]): boolean {
    const { vlans } = this.ground.index;
    const senders = own.filter((socket) => hasBit(sending(this.ground, socket), vlans[left] as number));
    const hearers = senders.length === 0 ? [] : own.filter((socket) => hasBit(hearing(this.ground, socket), vlans[back] as number));
    return senders.some((a) => hearers.some((b) => !meet(sending(this.ground, a), hearing(this.ground, b)) && !(a.isolated && b.isolated)));
  }
}

function add<Value>(map: Map<number, Set<Value>>, key: number, value: Value): void {
  const own = map.get(key);
  if (own === undefined) map.set(key, new Set([value]));
  else own.add(value);
}

function isSame(a: ReadonlySet<number> | undefined, b: ReadonlySet<number> | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && a.size === b.size && [...a].every((value) => b.has(value)));
}

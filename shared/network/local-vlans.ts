/** What is particular to a virtual instance: VLANs that reach nobody beyond it, and frames that seem to come back by the uplink they left by. */
import type { Attachment, Attachments } from "./attachment";
import type { Ground } from "./ground";
import type { PortVlans } from "./port-vlans";
import type { Seats } from "./seats";
import type { Socket } from "./sockets";
import { hasBit, meet } from "./vlan-bits";
import { hearing, sending } from "./walk";

const NOTHING: readonly number[] = [];

export class LocalVlans {
  private readonly apartAt: (Set<number> | undefined)[] = [];
  private readonly bouncing = new Set<number>();
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

  /** Looks at the ports of every virtual instance. */
  survey(seats: Seats): void {
    const suspects = new Map<number, Set<Socket>>();
    const { physicalCount } = this.ground.wiring;
    seats.each((socket, instance) => {
      if (instance < physicalCount || socket.port.vni !== undefined) return;
      const attachment = this.attachments.at(instance);
      if (attachment.bounces.length > 0) suspects.set(instance, (suspects.get(instance) ?? new Set()).add(socket));
      const only = this.vlans.only(socket);
      if (only === -1) for (const vlan of this.apartFrom(attachment, this.vlans.heard(socket))) this.note(instance, vlan);
      else if (attachment.zone(only) === -1) this.note(instance, only);
    });
    for (const [instance, sockets] of suspects) {
      const own = [...sockets];
      if (this.attachments.at(instance).bounces.some((pair) => this.bounce(own, pair))) this.bouncing.add(instance);
    }
  }

  private note(instance: number, vlan: number): void {
    (this.apartAt[instance] ??= new Set()).add(vlan);
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

  private bounce(own: readonly Socket[], [left, back]: readonly [number, number]): boolean {
    const { vlans } = this.ground.index;
    const senders = own.filter((socket) => hasBit(sending(this.ground, socket), vlans[left] as number));
    const hearers = senders.length === 0 ? [] : own.filter((socket) => hasBit(hearing(this.ground, socket), vlans[back] as number));
    return senders.some((a) => hearers.some((b) => !meet(sending(this.ground, a), hearing(this.ground, b)) && !(a.isolated && b.isolated)));
  }
}

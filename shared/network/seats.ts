/** Which sockets each end is plugged into. Nearly all are in one, so a seat is two numbers: a socket and a switch instance. */
import type { GuestPort } from "./guest-port";
import type { Plug, Socket, Sockets, Tags } from "./sockets";
import type { Wiring } from "./wiring";

/** Reaches nobody, as a passthrough vNIC without an uplink. */
const NONE = -1;
const NO_PLUGS: readonly Plug[] = [];

/** What a seat is plugged into, as the seats write it. */
export interface Place {
  readonly socket: number;
  readonly instance: number;
}

export class Seats {
  /** By end: its socket, `NONE`, or where it has several `-2 - list`. The last seat is for trying out. */
  private socketOf = new Int32Array(1024).fill(NONE);
  private instanceOf = new Int32Array(1024).fill(NONE);
  private count = 0;
  private readonly lists: (readonly Plug[])[] = [];
  private readonly listIds = new Map<readonly Plug[], number>();
  /** By list: how many ends are in it. */
  private readonly listUses: number[] = [];

  constructor(readonly sockets: Sockets, private readonly wiring: Wiring) {}

  /** A seat more, plugged into nothing yet. */
  add(): void {
    this.count += 1;
    if (this.count < this.socketOf.length) return;
    this.socketOf = grown(this.socketOf);
    this.instanceOf = grown(this.instanceOf);
  }

  /** Puts the seats in order; `order[i]` is the number that seat `i` had. */
  arrange(order: Int32Array): void {
    this.socketOf = arranged(this.socketOf, order);
    this.instanceOf = arranged(this.instanceOf, order);
  }

  /**
   * The port in a port group on a hypervisor. Without one (an appliance, an external network): a port wherever the port group is.
   *
   * @param portGroup its number among the sockets
   */
  plugIn(seat: number, portGroup: number, hypervisor: string | undefined, tags?: Tags): void {
    const socket = this.sockets.portGroup(portGroup, tags);
    if (socket === null) return;
    const instance = this.sockets.instanceOf(socket, hypervisor);
    if (instance === -1) this.plugInto(seat, this.sockets.everywhere(socket));
    else this.put(seat, socket, instance);
  }

  /** The physical ports of the uplinks, for a vNIC that bypasses the virtual switch. */
  passThrough(seat: number, portGroup: string, hypervisor: string, tags: Tags): void {
    this.plugInto(seat, this.sockets.passthrough(portGroup, hypervisor, tags));
  }

  /** A port of a physical switch. `missing` is the path of the field whose absence makes it unknown. */
  plugIntoPhysical(seat: number, switchId: string, port: GuestPort, missing?: string): void {
    const instance = this.wiring.physical(switchId);
    if (instance !== undefined) this.put(seat, this.sockets.physical(port, missing), instance.index);
  }

  /** The ports of an end; none where it reaches nobody. */
  plugsOf(seat: number): readonly Plug[] {
    return this.plugsAt({ socket: this.socketOf[seat] ?? NONE, instance: this.instanceOf[seat] ?? NONE });
  }

  plugsAt({ socket, instance }: Place): readonly Plug[] {
    if (socket === NONE) return NO_PLUGS;
    return socket < NONE ? (this.lists[-2 - socket] as readonly Plug[]) : [{ ...this.socket(socket), instance }];
  }

  /** The ports of an end that has none or several; undefined where it has one. */
  severalOf(seat: number): readonly Plug[] | undefined {
    return (this.socketOf[seat] as number) >= 0 ? undefined : this.plugsOf(seat);
  }

  /** The one socket of an end. */
  socketAt(seat: number): Socket {
    return this.socket(this.socketOf[seat] as number);
  }

  instanceAt(seat: number): number {
    return this.instanceOf[seat] as number;
  }

  /** Visits every port with an end in it, those that several ends share perhaps more than once. Ends with one port are left out that have a number of their own from `map`. */
  each(visit: (socket: Socket, instance: number) => void, leaveOut?: Int32Array): void {
    for (let seat = 0; seat < this.count; seat++) {
      const socket = this.socketOf[seat] as number;
      if (socket >= 0 && (leaveOut === undefined || leaveOut[seat] === NONE)) visit(this.socket(socket), this.instanceOf[seat] as number);
    }
    this.lists.forEach((list, id) => {
      if ((this.listUses[id] as number) > 0) for (const plug of list) visit(this.socket(plug.index), plug.instance);
    });
  }

  /** By end, a number of its one port; -1 for ends that have none or several. */
  map(numberOf: (socket: Socket, instance: number) => number): Int32Array {
    const found = new Int32Array(this.count).fill(NONE);
    for (let seat = 0; seat < this.count; seat++) {
      const socket = this.socketOf[seat] as number;
      if (socket >= 0) found[seat] = numberOf(this.socket(socket), this.instanceOf[seat] as number);
    }
    return found;
  }

  /** The different ports in use, and perhaps some that were. */
  get ports(): ReadonlySet<GuestPort> {
    return this.sockets.ports;
  }

  /** The ends with a port on one of some instances. */
  on(instances: ReadonlySet<number>): number[] {
    const lists = this.lists.map((list) => list.some((plug) => instances.has(plug.instance)));
    const found: number[] = [];
    for (let seat = 0; seat < this.count; seat++) {
      const socket = this.socketOf[seat] as number;
      if (socket < NONE ? lists[-2 - socket] === true : socket >= 0 && instances.has(this.instanceOf[seat] as number)) found.push(seat);
    }
    return found;
  }

  /** The place that an end would have if it were plugged in like this. */
  tryOut(plug: (seat: number) => void): Place {
    const seat = this.count;
    plug(seat);
    const place = { socket: this.socketOf[seat] as number, instance: this.instanceOf[seat] as number };
    this.take(seat, { socket: NONE, instance: NONE });
    return place;
  }

  /** Where ends come to be whose sockets are replaced, by end. */
  moved(replaced: ReadonlyMap<number, Socket>): Map<number, Place> {
    const moves = new Map<number, Place>();
    if (replaced.size === 0) return moves;
    const sockets = new Int32Array(this.sockets.all.length).fill(NONE);
    for (const [index, socket] of replaced) sockets[index] = socket.index;
    const lists = this.lists.map((list) => (list.some(({ index }) => sockets[index] !== NONE) ? this.replaceIn(list, replaced) : NONE));
    for (let seat = 0; seat < this.count; seat++) {
      const socket = this.socketOf[seat] as number;
      const next = socket >= 0 ? (sockets[socket] as number) : socket === NONE ? NONE : (lists[-2 - socket] as number);
      if (next !== NONE) moves.set(seat, { socket: next, instance: this.instanceOf[seat] as number });
    }
    return moves;
  }

  /** Plugs an end in elsewhere. */
  take(seat: number, { socket, instance }: Place): void {
    this.write(seat, socket, instance);
  }

  private replaceIn(list: readonly Plug[], replaced: ReadonlyMap<number, Socket>): number {
    return this.listed(list.map((plug) => {
      const socket = replaced.get(plug.index);
      return socket === undefined ? plug : { ...socket, instance: plug.instance };
    }));
  }

  private socket(index: number): Socket {
    return this.sockets.all[index] as Socket;
  }

  private put(seat: number, socket: Socket, instance: number): void {
    if (this.socketOf[seat] !== NONE) this.plugInto(seat, [{ ...socket, instance }]);
    else this.write(seat, socket.index, instance);
  }

  private plugInto(seat: number, plugs: readonly Plug[]): void {
    const [only] = plugs;
    if (only === undefined) return;
    if (this.socketOf[seat] !== NONE) this.write(seat, this.listed([...this.plugsOf(seat), ...plugs]), NONE);
    else if (plugs.length === 1) this.write(seat, only.index, only.instance);
    else this.write(seat, this.listed(plugs), NONE);
  }

  private write(seat: number, socket: number, instance: number): void {
    this.use(this.socketOf[seat] as number, -1);
    this.use(socket, 1);
    this.socketOf[seat] = socket;
    this.instanceOf[seat] = instance;
  }

  private use(socket: number, change: number): void {
    if (socket < NONE) this.listUses[-2 - socket] = (this.listUses[-2 - socket] as number) + change;
  }

  private listed(plugs: readonly Plug[]): number {
    let id = this.listIds.get(plugs);
    if (id === undefined) {
      this.listIds.set(plugs, (id = this.lists.push(plugs) - 1));
      this.listUses.push(0);
    }
    return -2 - id;
  }
}

function grown(values: Int32Array): Int32Array<ArrayBuffer> {
  const more = new Int32Array(values.length * 2).fill(NONE);
  more.set(values);
  return more;
}

function arranged(values: Int32Array, order: Int32Array): Int32Array<ArrayBuffer> {
  const sorted = new Int32Array(order.length + 1).fill(NONE);
  for (let at = 0; at < order.length; at++) sorted[at] = values[order[at] as number] as number;
  return sorted;
}

/** Which sockets each end is plugged into. Nearly all are in one, so a seat is two numbers: a socket and a switch instance. */
import type { GuestPort } from "./guest-port";
import type { Plug, Socket, Sockets, Tags } from "./sockets";
import type { Wiring } from "./wiring";

/** Reaches nobody, as a passthrough vNIC without an uplink. */
const NONE = -1;
const NO_PLUGS: readonly Plug[] = [];

export class Seats {
  /** By end: its socket, `NONE`, or where it has several `-2 - list`. */
  private socketOf = new Int32Array(1024);
  private instanceOf = new Int32Array(1024);
  private count = 0;
  private readonly lists: (readonly Plug[])[] = [];
  private readonly listIds = new Map<readonly Plug[], number>();

  constructor(private readonly sockets: Sockets, private readonly wiring: Wiring) {}

  get size(): number {
    return this.count;
  }

  /** A seat more, plugged into nothing yet. */
  add(): void {
    if (this.count === this.socketOf.length) {
      this.socketOf = grown(this.socketOf);
      this.instanceOf = grown(this.instanceOf);
    }
    this.socketOf[this.count] = NONE;
    this.instanceOf[this.count++] = NONE;
  }

  /** Puts the seats in order; `order[i]` is the number that seat `i` had. */
  arrange(order: Int32Array): void {
    this.socketOf = order.map((before) => this.socketOf[before] as number);
    this.instanceOf = order.map((before) => this.instanceOf[before] as number);
  }

  /** The port in a port group on a hypervisor. Without one (an appliance, an external network): a port wherever the port group is. */
  plugIn(seat: number, portGroup: string, hypervisor: string | undefined, tags?: Tags): void {
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
    const socket = this.socketOf[seat] ?? NONE;
    if (socket === NONE) return NO_PLUGS;
    return socket < NONE ? (this.lists[-2 - socket] as readonly Plug[]) : [{ ...this.socket(socket), instance: this.instanceOf[seat] as number }];
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

  /** Visits every port with an end in it, those that several ends share perhaps more than once. */
  each(visit: (socket: Socket, instance: number) => void): void {
    for (let seat = 0; seat < this.count; seat++) {
      const socket = this.socketOf[seat] as number;
      if (socket >= 0) visit(this.socket(socket), this.instanceOf[seat] as number);
    }
    for (const list of this.lists) for (const plug of list) visit(this.socket(plug.index), plug.instance);
  }

  /** Every socket in use. */
  get used(): readonly Socket[] {
    return this.sockets.all;
  }

  private socket(index: number): Socket {
    return this.sockets.all[index] as Socket;
  }

  private put(seat: number, socket: Socket, instance: number): void {
    if (this.socketOf[seat] !== NONE) return this.plugInto(seat, [{ ...socket, instance }]);
    this.socketOf[seat] = socket.index;
    this.instanceOf[seat] = instance;
  }

  private plugInto(seat: number, plugs: readonly Plug[]): void {
    if (this.socketOf[seat] !== NONE) return this.list(seat, [...this.plugsOf(seat), ...plugs]);
    const [only] = plugs;
    if (only !== undefined && plugs.length === 1) this.put(seat, this.socket(only.index), only.instance);
    else if (only !== undefined) this.list(seat, plugs);
  }

  private list(seat: number, plugs: readonly Plug[]): void {
    let id = this.listIds.get(plugs);
    if (id === undefined) this.listIds.set(plugs, (id = this.lists.push(plugs) - 1));
    this.socketOf[seat] = -2 - id;
    this.instanceOf[seat] = NONE;
  }
}

function grown(values: Int32Array): Int32Array<ArrayBuffer> {
  const more = new Int32Array(values.length * 2);
  more.set(values);
  return more;
}

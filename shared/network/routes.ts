/** The part of the fabric that leads from some ports to others: packets are not walked into interfaces from which they cannot arrive. */
import { KINDS, SIDES, type Fabric, type Kind, type PortSet } from "./fabric";
import type { Forwarder, Port } from "./forwarders";
import type { Model } from "./spots";

export interface Route {
  readonly index: number;
  readonly starts: readonly Port[];
  /** Ports by which a packet that came in by the port may leave and still arrive. */
  leaves(enter: Port): readonly Port[];
  /** Ports to which a packet that left by the port may come and still arrive. */
  next(leave: Port): readonly Port[];
  /** Whether the receiver is next to the port. */
  isLast(leave: Port): boolean;
  /** Every last step of a way over several forwarders. */
  lastSteps(): readonly (readonly [enter: Port, leave: Port])[];
}

export class Routes {
  private readonly towards = new Map<string, Towards>();
  private readonly known = new Map<number, Route>();

  constructor(private readonly fabric: Fabric) {}

  between(entry: PortSet, exit: PortSet, kind: Kind, model: Model): Route {
    const key = (entry.id * 16777216 + exit.id) * 8 + KINDS.indexOf(kind) * 2 + (model === "open" ? 1 : 0);
    let route = this.known.get(key);
    if (route === undefined) {
      const towards = this.leadingTo(exit, kind, model);
      const index = this.known.size;
      route = {
        index, starts: entry.ports.filter((port) => towards.leaves(port).length > 0),
        leaves: (port) => towards.leaves(port), next: (port) => towards.next(port), isLast: (port) => towards.isLast(port),
        lastSteps: () => towards.lastSteps(),
      };
      this.known.set(key, route);
    }
    return route;
  }

  private leadingTo(exit: PortSet, kind: Kind, model: Model): Towards {
    const key = `${kind} ${model} ${exit.id}`;
    let towards = this.towards.get(key);
    if (towards === undefined) this.towards.set(key, (towards = new Towards(this.fabric, exit, kind, model)));
    return towards;
  }
}

class Towards {
  /** By forwarder: the ports by which a packet may leave it and still arrive. */
  private readonly useful = new Map<Forwarder, Port[]>();
  private readonly last: ReadonlySet<Port>;
  private readonly leavesOf: (readonly Port[])[] = [];
  private readonly nextOf: (readonly Port[])[] = [];
  private steps: readonly (readonly [Port, Port])[] | undefined;

  constructor(private readonly fabric: Fabric, exit: PortSet, private readonly kind: Kind, private readonly model: Model) {
    this.last = new Set(exit.ports);
    const useful = new Set(exit.ports);
    for (const leave of useful) {
      const own = this.useful.get(leave.forwarder);
      if (own === undefined) this.useful.set(leave.forwarder, [leave]);
      else own.push(leave);
      for (const before of fabric.before(leave, kind, model)) useful.add(before);
    }
    for (const own of this.useful.values()) own.sort((a, b) => a.index - b.index);
  }

  leaves(enter: Port): readonly Port[] {
    const own = this.useful.get(enter.forwarder) ?? NO_PORTS;
    return enter.forwarder.transparent ? (this.leavesOf[enter.index] ??= own.filter((port) => port !== enter)) : own;
  }

  next(leave: Port): readonly Port[] {
    const around = this.fabric.beyond(leave, this.model);
    return (this.nextOf[leave.index] ??= this.lastFirst(around[SIDES[this.kind][0]].ports.filter((port) => this.leaves(port).length > 0)));
  }

  isLast(leave: Port): boolean {
    return this.last.has(leave);
  }

  lastSteps(): readonly (readonly [Port, Port])[] {
    return (this.steps ??= [...this.last].flatMap((leave) => this.fabric.entered(leave.forwarder, this.kind, this.model)
      .filter((enter) => enter !== leave || !leave.forwarder.transparent).map((enter) => [enter, leave] as const)));
  }

  /** Walks take the last of a list first: forwarders next to the receiver, which often leave nothing for the detours. */
  private lastFirst(ports: readonly Port[]): readonly Port[] {
    const arrives = (port: Port): number => (this.leaves(port).some((leave) => this.last.has(leave)) ? 1 : 0);
    return ports.length < 2 ? ports : [...ports].sort((a, b) => arrives(a) - arrives(b));
  }
}

const NO_PORTS: readonly Port[] = [];

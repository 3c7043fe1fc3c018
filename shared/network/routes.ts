/** The part of the fabric that leads from some ports to others: packets are not walked into interfaces from which they cannot arrive. */
import type { Fabric, PortSet } from "./fabric";
import type { Port } from "./forwarders";
import type { Model } from "./spots";

/** Over every forwarder by two-way hops, over transparent firewalls only by two-way hops, or over these as frames go. */
export type Kind = "routed" | "bridged" | "relayed";
const KINDS: readonly Kind[] = ["routed", "bridged", "relayed"];
const SIDES = { routed: ["mutual", "mutual"], bridged: ["bridges", "bridges"], relayed: ["into", "outOf"] } as const;

export interface Route {
  readonly index: number;
  readonly starts: readonly Port[];
  /** Ports by which a packet that came in by the port may leave and still arrive. */
  leaves(enter: Port): readonly Port[];
  /** Ports to which a packet that left by the port may come and still arrive. */
  next(leave: Port): readonly Port[];
  /** Whether the receiver is next to the port. */
  isLast(leave: Port): boolean;
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
  private readonly useful: ReadonlySet<Port>;
  private readonly last: ReadonlySet<Port>;
  private readonly leavesOf: (readonly Port[])[] = [];
  private readonly nextOf: (readonly Port[])[] = [];

  constructor(private readonly fabric: Fabric, exit: PortSet, private readonly kind: Kind, private readonly model: Model) {
    this.last = new Set(exit.ports);
    const useful = new Set(exit.ports);
    for (const leave of useful) {
      for (const enter of leave.forwarder.ports) {
        if (enter === leave && enter.forwarder.transparent) continue;
        for (const before of this.before(enter)) useful.add(before);
      }
    }
    this.useful = useful;
  }

  leaves(enter: Port): readonly Port[] {
    return (this.leavesOf[enter.index] ??= this.fabric.exits(enter).filter((port) => this.useful.has(port)));
  }

  next(leave: Port): readonly Port[] {
    const around = this.fabric.beyond(leave, this.model);
    return (this.nextOf[leave.index] ??= around[SIDES[this.kind][0]].ports.filter((port) => this.leaves(port).length > 0));
  }

  isLast(leave: Port): boolean {
    return this.last.has(leave);
  }

  /** Ports whose frames come to this one. */
  private before(enter: Port): readonly Port[] {
    const around = this.fabric.beyond(enter, this.model);
    return around[SIDES[this.kind][1]].ports;
  }
}

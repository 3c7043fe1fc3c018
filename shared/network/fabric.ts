/** Which ports of forwarders hear one another and each spot: the graph on which packets are walked from forwarder to forwarder. */
import type { Forwarder, Port } from "./forwarders";
import { append, roomFor, withItem } from "./lists";
import type { Model, Spot, Spots } from "./spots";

/** Over every forwarder by two-way hops, over transparent firewalls only by two-way hops, or over these as frames go. */
export type Kind = "routed" | "bridged" | "relayed";
export const KINDS: readonly Kind[] = ["routed", "bridged", "relayed"];
/** Which of the ports around a port packets go to, and which they come from. */
export const SIDES = { routed: ["mutual", "mutual"], bridged: ["bridges", "bridges"], relayed: ["into", "outOf"] } as const;

/** Ports of forwarders, interned: two sets are equal when their `id` is. */
export interface PortSet {
  readonly id: number;
  readonly ports: readonly Port[];
}

/** The ports around a spot. */
export interface Surroundings {
  /** Each hears the other: what routing needs. */
  readonly mutual: PortSet;
  /** Those of `mutual` that belong to transparent firewalls. */
  readonly bridges: PortSet;
  /** Ports of transparent firewalls that hear the spot, and that the spot hears. */
  readonly into: PortSet;
  readonly outOf: PortSet;
}

const NO_PORTS: Port[] = [];

export class Fabric {
  readonly ports: readonly Port[];
  /** Of transparent firewalls. */
  readonly bridgePorts: readonly Port[];
  /** By index of the layer 2 class. */
  private readonly portsOfClass: Port[][] = [];
  /** By the numbers of its ports, and of those of one port by this. */
  private readonly sets = new Map<string, PortSet>();
  private readonly ofOne: PortSet[] = [];
  private setCount = 0;
  private readonly none: PortSet;
  private readonly standInsOf: PortSet[] = [];
  private readonly leafOf: Port[] = [];
  /** By forwarder: the ports around any of its ports. */
  private readonly beforeOf: Partial<Record<`${Kind} ${Model}`, (readonly Port[])[]>> = {};
  private readonly enteredOf: Partial<Record<`${Kind} ${Model}`, (readonly Port[])[]>> = {};
  private readonly around: Record<Model, (Surroundings | undefined)[]>;
  /** By set of ports: what is around a spot whose ports these are, where no firewall is transparent. */
  private readonly routedBy: (Surroundings | undefined)[] = [];
  /** Whether absent fields can add anything to what is around a spot. */
  readonly mayWiden: boolean;

  constructor(readonly forwarders: readonly Forwarder[], private readonly spots: Spots) {
    this.ports = forwarders.flatMap(({ ports }) => ports);
    this.bridgePorts = this.ports.filter(({ forwarder }) => forwarder.transparent);
    this.none = this.intern([]);
    this.mayWiden = spots.unknownLinks || forwarders.some(({ openOnly }) => openOnly);
    this.around = { closed: roomFor(spots.size), open: this.mayWiden ? roomFor(spots.size) : [] };
    for (const port of this.ports) append(this.portsOfClass, spots.of(port.end).layer.index, port);
  }

  /** Whether some firewall is transparent. */
  get bridging(): boolean {
    return this.bridgePorts.length > 0;
  }

  /** The interned set of these ports. */
  set(ports: readonly Port[]): PortSet {
    const [only] = ports;
    if (only === undefined) return this.none;
    return ports.length === 1 ? (this.ofOne[only.index] ??= this.make([only])) : this.intern(ports);
  }

  surroundings(spot: Spot, model: Model): Surroundings {
    const asked = this.mayWiden ? model : "closed";
    return (this.around[asked][spot.index] ??= this.lookAround(spot, asked));
  }

  /**
   * The same ports for a filter that forwards packets under hostile guests: of a router's interfaces beyond which there is no other
   * forwarder and which no rule names, one stands for all.
   */
  standIns(set: PortSet): PortSet {
    return (this.standInsOf[set.id] ??= this.set([...new Set(set.ports.map((port) => this.standIn(port)))].sort((a, b) => a.index - b.index)));
  }

  private standIn(port: Port): Port {
    const { forwarder, local } = port;
    if (forwarder.kind === "vm" || forwarder.transparent || forwarder.filter?.names(local) === true || !this.isLeaf(port)) return port;
    return (this.leafOf[forwarder.index] ??= port);
  }

  private isLeaf(port: Port): boolean {
    const around = this.beyond(port, "open");
    return around.mutual === this.none && around.into === this.none && around.outOf === this.none;
  }

  /** The ports around a port itself. */
  beyond(port: Port, model: Model): Surroundings {
    return this.surroundings(this.spots.of(port.end), model);
  }

  /** The ports by which a forwarder may send on what came in by `port`. A router sends back by the same one, a transparent firewall never. */
  exits(port: Port): readonly Port[] {
    return port.forwarder.transparent ? port.forwarder.ports.filter((exit) => exit !== port) : port.forwarder.ports;
  }

  /** The ports by which packets of other forwarders may come into this one. */
  entered({ index, ports }: Forwarder, kind: Kind, model: Model): readonly Port[] {
    const known = (this.enteredOf[`${kind} ${model}`] ??= []);
    return (known[index] ??= ports.filter((port) => this.beyond(port, model)[SIDES[kind][1]].ports.length > 0));
  }

  /** Ports from which packets may come into the forwarder that leave it by the port. */
  before(leave: Port, kind: Kind, model: Model): readonly Port[] {
    const from = (enter: Port): readonly Port[] => this.beyond(enter, model)[SIDES[kind][1]].ports;
    const { forwarder } = leave;
    if (forwarder.transparent) return forwarder.ports.filter((enter) => enter !== leave).flatMap(from);
    const known = (this.beforeOf[`${kind} ${model}`] ??= []);
    return (known[forwarder.index] ??= [...new Set(forwarder.ports.flatMap(from))]);
  }

  private intern(ports: readonly Port[]): PortSet {
    const key = ports.map(({ index }) => index).join(",");
    let set = this.sets.get(key);
    if (set === undefined) this.sets.set(key, (set = this.make(ports)));
    return set;
  }

  private make(ports: readonly Port[]): PortSet {
    return { id: this.setCount++, ports };
  }

  private lookAround(spot: Spot, model: Model): Surroundings {
    const mutual = this.mutual(spot, model);
    if (!this.bridging) return (this.routedBy[mutual.id] ??= { mutual, bridges: this.none, into: this.none, outOf: this.none });
    const spotOf = (port: Port): Spot => this.spots.of(port.end);
    return {
      mutual,
      bridges: this.set(mutual.ports.filter(({ forwarder }) => forwarder.transparent)),
      into: this.set(this.bridgePorts.filter((port) => this.spots.hears(spot, spotOf(port), model))),
      outOf: this.set(this.bridgePorts.filter((port) => this.spots.hears(spotOf(port), spot, model))),
    };
  }

  private mutual(spot: Spot, model: Model): PortSet {
    if (this.ports.length === 0) return this.none;
    let found: Port[] = NO_PORTS;
    for (const { index } of this.spots.hearingClasses(spot, model)) {
      for (const port of this.portsOfClass[index] ?? NO_PORTS) {
        const there = this.spots.of(port.end);
        if (there !== spot && (model === "open" || !port.forwarder.openOnly) && this.spots.hears(there, spot, model)) found = withItem(found, port);
      }
    }
    return this.set(found.length > 1 ? found.sort((a, b) => a.index - b.index) : found);
  }
}

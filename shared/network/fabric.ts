/** Which ports of forwarders hear one another and each spot: the graph on which packets are walked from forwarder to forwarder. */
import type { Forwarder, Port } from "./forwarders";
import type { Model, Spot, Spots } from "./spots";

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

export class Fabric {
  readonly ports: readonly Port[];
  private readonly portsAt: Port[][] = [];
  private readonly sets = new Map<string, PortSet>();
  private readonly around = { closed: [] as Surroundings[], open: [] as Surroundings[] };

  constructor(readonly forwarders: readonly Forwarder[], private readonly spots: Spots) {
    this.ports = forwarders.flatMap(({ ports }) => ports);
    for (const port of this.ports) (this.portsAt[spots.of(port.end).index] ??= []).push(port);
  }

  /** The interned set of these ports. */
  set(ports: readonly Port[]): PortSet {
    const key = ports.map(({ index }) => index).join(",");
    let set = this.sets.get(key);
    if (set === undefined) this.sets.set(key, (set = { id: this.sets.size, ports }));
    return set;
  }

  surroundings(spot: Spot, model: Model): Surroundings {
    return (this.around[model][spot.index] ??= this.lookAround(spot, model));
  }

  /** The ports around a port itself. */
  beyond(port: Port, model: Model): Surroundings {
    return this.surroundings(this.spots.of(port.end), model);
  }

  /** The ports by which a forwarder may send on what came in by `port`. A router sends back by the same one, a transparent firewall never. */
  exits(port: Port): readonly Port[] {
    return port.forwarder.transparent ? port.forwarder.ports.filter((exit) => exit !== port) : port.forwarder.ports;
  }

  private lookAround(spot: Spot, model: Model): Surroundings {
    const usable = this.ports.length === 0 ? [] : this.spots.hearers(spot, model).flatMap((heard) => this.portsAt[heard.index] ?? []);
    const forth = usable.filter(({ forwarder }) => model === "open" || !forwarder.openOnly).sort((a, b) => a.index - b.index);
    const mutual = forth.filter((port) => this.spots.hears(this.spots.of(port.end), spot, model));
    return {
      mutual: this.set(mutual),
      bridges: this.set(mutual.filter(({ forwarder }) => forwarder.transparent)),
      into: this.set(forth.filter(({ forwarder }) => forwarder.transparent)),
      outOf: this.set(this.ports.filter((port) => port.forwarder.transparent && this.spots.hears(this.spots.of(port.end), spot, model))),
    };
  }
}

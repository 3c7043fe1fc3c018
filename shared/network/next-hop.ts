/**
 * Where a host sends a packet: straight to its neighbour, or to a forwarder.
 *
 * A hostile guest does either, with any forwarder that it hears. As configured, it talks directly within the subnet of the address it
 * uses, and sends everything else to its gateway: the one written, or the lowest address of a forwarder in its subnet and segment.
 */
import { parseCidr, rangeHas } from "../model/address";
import { parseIp } from "../model/ip";
import type { Assume } from "../analysis/result";
import type { Fabric, PortSet } from "./fabric";
import type { Port } from "./forwarders";
import type { Candidate, Host } from "./hosts";
import type { LabelTable } from "./labels";
import { isUnaddressed } from "./placed-end";
import type { Model, Spot } from "./spots";

export class NextHops {
  private readonly known = new Map<string, Gateways>();

  constructor(private readonly assume: Assume, private readonly fabric: Fabric, private readonly labels: LabelTable) {}

  /** Whether `from` takes the peer for a neighbour. */
  direct(from: Host, source: Candidate, to: Host, target: Candidate): boolean {
    if (this.assume === "hostile" || isAnywhere(from, source) || isAnywhere(to, target)) return true;
    const subnet = source.written === undefined ? undefined : this.labels.get(`cidr:${source.written}`);
    return subnet !== undefined && target.address.must.includes(subnet);
  }

  /** Whether `from` hands packets for the peer to the peer itself: as to a neighbour, or because it is the gateway. */
  toItself(from: Host, source: Candidate, to: Host, target: Candidate, model: Model): boolean {
    if (this.direct(from, source, to, target)) return true;
    const [own, another] = to.spot.ends;
    if (own === undefined || another !== undefined) return false;
    const { near, far } = this.gateways(from, source, model);
    return near.ports.some(({ end }) => end === own) || far.some(({ end }) => end === own);
  }

  /** Whether `from` sends a packet that is not for a neighbour to a forwarder. */
  byForwarder(from: Host, source: Candidate, to: Host, target: Candidate): boolean {
    return this.assume === "hostile" || isAnywhere(from, source) || isAnywhere(to, target) || !this.direct(from, source, to, target);
  }

  /** Whether the host hands packets to whichever forwarder it hears. */
  takesAny(from: Host, source: Candidate): boolean {
    return this.assume === "hostile" || isAnywhere(from, source);
  }

  /** The forwarders' ports next to the host to which it hands packets. */
  first(from: Host, source: Candidate, model: Model): PortSet {
    return this.gateways(from, source, model).near;
  }

  /** The routers' ports to which it hands packets and that transparent firewalls part from it. */
  beyondBridges(from: Host, source: Candidate, model: Model): readonly Port[] {
    return this.gateways(from, source, model).far;
  }

  /** The ports in the host's segment, which transparent firewalls make longer. */
  neighbours(host: Host, model: Model): PortSet {
    return this.fabric.set([...this.portsAround(this.fabric.surroundings(host.spot, model).mutual.ports, model)].sort((a, b) => a.index - b.index));
  }

  /** Ports of routers that may be in the spot's segment, and of which no address is written: any of them may be the gateway. */
  unaddressedAround(spot: Spot): readonly Port[] {
    if (this.assume === "hostile") return [];
    return [...this.routersAround(this.fabric.surroundings(spot, "open").mutual.ports, "open")].filter(({ end }) => isUnaddressed(end));
  }

  private gateways(from: Host, source: Candidate, model: Model): Gateways {
    const { mutual } = this.fabric.surroundings(from.spot, model);
    if (this.takesAny(from, source) || source.written === undefined) return { near: mutual, far: [] };
    const closed = this.fabric.surroundings(from.spot, "closed").mutual;
    const [end, another] = from.spot.ends;
    const owner = another === undefined ? (end?.owner ?? "") : "";
    const key = `${model} ${mutual.id} ${closed.id} ${source.written} ${from.gateway ?? ""} ${owner}`;
    let found = this.known.get(key);
    if (found === undefined) {
      const routers = this.routersAround(mutual.ports, model);
      // Over a transparent firewall a forwarder may meet itself.
      for (const port of routers) if (port.end.owner === owner) routers.delete(port);
      // Of routers that may be in the segment, those below the lowest that certainly is could be the gateway, and that one too.
      const certain = model === "open" ? this.routersAround(closed.ports, "closed") : routers;
      const holding = holders(routers, certain, source.written, from.gateway, model === "open");
      const near = holding.filter((port) => mutual.ports.includes(port));
      found = { near: this.fabric.set(near), far: holding.filter((port) => !near.includes(port)) };
      this.known.set(key, found);
    }
    return found;
  }

  private routersAround(ports: readonly Port[], model: Model): Set<Port> {
    return new Set([...this.portsAround(ports, model)].filter(({ forwarder }) => !forwarder.transparent));
  }

  private portsAround(ports: readonly Port[], model: Model): Set<Port> {
    const found = new Set(ports);
    for (const port of found) {
      if (!port.forwarder.transparent) continue;
      for (const exit of this.fabric.exits(port)) for (const next of this.fabric.beyond(exit, model).mutual.ports) found.add(next);
    }
    return found;
  }
}

interface Gateways {
  readonly near: PortSet;
  readonly far: readonly Port[];
}

/** Not bound to a written address: an external network, or an end whose addresses nobody wrote. */
function isAnywhere(host: Host, candidate: Candidate): boolean {
  return host.kind === "external" || candidate === host.unknown || candidate === host.unknownElsewhere;
}

/**
 * The ports with the gateway's address; where none of that family is written, those with the lowest address in the subnet.
 *
 * @param certain those of the routers that are in the segment whatever absent fields mean
 * @param open routers of which no address is written may have any
 */
function holders(routers: ReadonlySet<Port>, certain: ReadonlySet<Port>, written: string, gateway: string | undefined, open: boolean): Port[] {
  const subnet = parseCidr(written);
  const wanted = gateway === undefined ? undefined : parseIp(gateway);
  if (subnet === undefined) return [];
  const addresses = [...routers].flatMap((port) => port.end.addresses.flatMap((text) => parseCidr(text) ?? []).map((cidr) => ({ port, cidr })));
  const unaddressed = open ? [...routers].filter(({ end }) => isUnaddressed(end)) : [];
  if (wanted?.family === subnet.family) {
    // Routers may share the gateway's address (VRRP), so that somebody certainly has it does not say that nobody else does.
    return [...addresses.filter(({ cidr }) => cidr.family === wanted.family && cidr.address === wanted.value).map(({ port }) => port), ...unaddressed];
  }
  const inSubnet = addresses.filter(({ cidr }) => rangeHas(subnet, cidr));
  let lowest: bigint | undefined;
  for (const { port, cidr } of inSubnet) if (certain.has(port) && (lowest === undefined || cidr.address < lowest)) lowest = cidr.address;
  const limit = lowest;
  return [...inSubnet.filter(({ cidr }) => limit === undefined || cidr.address <= limit).map(({ port }) => port), ...unaddressed];
}

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
import type { Model } from "./spots";

export class NextHops {
  private readonly gateways = new Map<string, PortSet>();

  constructor(private readonly assume: Assume, private readonly fabric: Fabric, private readonly labels: LabelTable) {}

  /** Whether `from` takes the peer for a neighbour. */
  direct(from: Host, source: Candidate, to: Host, target: Candidate): boolean {
    if (this.assume === "hostile" || isAnywhere(from, source) || isAnywhere(to, target)) return true;
    const subnet = source.written === undefined ? undefined : this.labels.get(`cidr:${source.written}`);
    return subnet !== undefined && target.address.must.includes(subnet);
  }

  /** Whether `from` sends a packet that is not for a neighbour to a forwarder. */
  byForwarder(from: Host, source: Candidate, to: Host, target: Candidate): boolean {
    return this.assume === "hostile" || isAnywhere(from, source) || isAnywhere(to, target) || !this.direct(from, source, to, target);
  }

  /** The forwarders' ports to which the host hands packets. */
  first(from: Host, source: Candidate, model: Model): PortSet {
    const { mutual } = this.fabric.surroundings(from.spot, model);
    if (this.assume === "hostile" || isAnywhere(from, source) || source.written === undefined) return mutual;
    const key = `${model} ${mutual.id} ${source.written} ${from.gateway ?? ""}`;
    let ports = this.gateways.get(key);
    if (ports === undefined) this.gateways.set(key, (ports = this.gateway(source.written, from.gateway, mutual.ports, model)));
    return ports;
  }

  private gateway(written: string, gateway: string | undefined, around: readonly Port[], model: Model): PortSet {
    const routers = around.filter(({ forwarder }) => !forwarder.transparent);
    const found = holders(routers, written, gateway);
    if (found.length > 0) return this.fabric.set(found);
    // Behind a transparent firewall the gateway is still a neighbour.
    const bridges = around.filter(({ forwarder }) => forwarder.transparent);
    const beyond = bridges.flatMap((bridge) => this.fabric.exits(bridge)).flatMap((exit) => this.fabric.beyond(exit, model).mutual.ports);
    return this.fabric.set(holders(beyond, written, gateway).length > 0 ? bridges : []);
  }
}

/** Not bound to a written address: an external network, or an end whose addresses nobody wrote. */
function isAnywhere(host: Host, candidate: Candidate): boolean {
  return host.kind === "external" || candidate === host.unknown;
}

/** The ports with the gateway's address; where none of that family is written, those with the lowest address in the subnet. */
function holders(ports: readonly Port[], written: string, gateway: string | undefined): Port[] {
  const subnet = parseCidr(written);
  const wanted = gateway === undefined ? undefined : parseIp(gateway);
  if (subnet === undefined) return [];
  let lowest: bigint | undefined = wanted?.family === subnet.family ? wanted.value : undefined;
  const inSubnet = ports.flatMap((port) => port.end.addresses.map((text) => ({ port, cidr: parseCidr(text) })));
  if (lowest === undefined) {
    for (const { cidr } of inSubnet) {
      if (cidr !== undefined && rangeHas(subnet, cidr) && (lowest === undefined || cidr.address < lowest)) lowest = cidr.address;
    }
  }
  return inSubnet.filter(({ cidr }) => cidr?.family === subnet.family && cidr.address === lowest).map(({ port }) => port);
}

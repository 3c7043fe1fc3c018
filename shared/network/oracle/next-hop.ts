/** Where an end sends a packet: straight to a neighbour, or to a router. Under the hostile guest both, to whichever it likes. */
import { parseCidr, rangeHas } from "../../model/address";
import { parseIp } from "../../model/ip";
import { record, type Topology } from "../../model/topology";
import type { Assume, End } from "./ends";
import type { Frames } from "./frames";
import type { Forwarder } from "./search";
import type { Station } from "./selectors";

export class NextHop {
  private readonly gateways = new Map<string, ReadonlySet<End>>();

  constructor(private readonly topology: Topology, private readonly assume: Assume, private readonly frames: Frames, private readonly forwarders: readonly Forwarder[]) {}

  /** Whether one takes the other for a neighbour. Nobody knows the subnets of an external network. */
  onLink(from: Station, to: Station): boolean {
    if (this.isFree(from) || this.isFree(to)) return true;
    const subnet = parseCidr(from.written ?? "");
    const address = parseIp(to.address ?? "");
    return subnet !== undefined && address !== undefined && rangeHas(subnet, address);
  }

  /** Whether one hands packets for the other to it itself: also where that is its gateway. */
  toItself(from: Station, to: Station): boolean {
    return this.onLink(from, to) || this.gatewaysOf(from).has(to.end);
  }

  byRouter(from: Station, to: Station): boolean {
    return this.isFree(from) || this.isFree(to) || !this.onLink(from, to);
  }

  isGateway(from: Station, port: End): boolean {
    return this.isFree(from) || this.gatewaysOf(from).has(port);
  }

  private isFree({ end }: Station): boolean {
    return this.assume === "hostile" || end.kind === "external";
  }

  private gatewaysOf({ end, written = "" }: Station): ReadonlySet<End> {
    const key = `${end.index} ${written}`;
    let found = this.gateways.get(key);
    if (found === undefined) this.gateways.set(key, (found = this.find(end, written)));
    return found;
  }

  /** The ports with the address that is written or, where there is none of that family, with the lowest in the subnet. */
  private find(end: End, written: string): ReadonlySet<End> {
    const subnet = parseCidr(written);
    if (subnet === undefined) return new Set();
    const around = this.routerPorts(end).flatMap((port) => port.addresses.flatMap((text) => parseCidr(text) ?? []).map((cidr) => ({ port, cidr })));
    const stated = parseIp(this.statedGateway(end) ?? "");
    const lowest = around.filter(({ cidr }) => rangeHas(subnet, cidr)).map(({ cidr }) => cidr.address).reduce<bigint | undefined>((least, value) => (least === undefined || value < least ? value : least), undefined);
    const gateway = stated?.family === subnet.family ? stated.value : lowest;
    return new Set(around.filter(({ cidr }) => cidr.family === subnet.family && cidr.address === gateway).map(({ port }) => port));
  }

  private statedGateway({ kind, owner, local }: End): string | undefined {
    if (kind === "managementInterface") return record(this.topology, "managementInterfaces", owner)?.gateway;
    return record(this.topology, "vms", owner)?.nics?.[local]?.gateway;
  }

  /** Ports of routers in the end's segment, which transparent firewalls make longer. */
  private routerPorts(end: End): End[] {
    const sides = new Set([end]);
    const found = new Set<End>();
    for (const side of sides) {
      for (const { transparent, ports } of this.forwarders) {
        for (const port of ports) {
          if (!this.frames.mutual(side, port)) continue;
          if (!transparent) found.add(port);
          else for (const other of ports) if (other !== port) sides.add(other);
        }
      }
    }
    // A VM that forwards is not its own gateway.
    return [...found].filter(({ owner }) => owner !== end.owner);
  }
}

/** Machines as they are configured: their addresses, gateways and routes. Routers know every address, as routing tables count as complete. */
import { entries, record } from "../../shared/model/topology";
import type { Air } from "./air";
import type { Exactness } from "./compare";
import { forwarding } from "./build-order";
import { guardsOf, INBOUND } from "./guards";
import { bare, inBlock, subnetOf, toNumber } from "./members";
import { deviceOf, macOf, type Plan } from "./plan";
import { waysBetween, type Hop } from "./paths";
import type { Identity } from "./rulesets";
import type { Station } from "./stations";

export interface Orders {
  readonly namespaces: readonly {
    readonly namespace: string;
    readonly settings: Readonly<Record<string, string>>;
    readonly commands: readonly string[];
    /** Null: as before. */
    readonly rules: string | null;
  }[];
  readonly servers: readonly (readonly [namespace: string, addresses: readonly string[], tcp: readonly number[], udp: readonly number[]])[];
}

/** A way that an end sends by: an address, and for an external network which of its neighbours gets the packets. */
export interface Outlet {
  readonly address: string;
  readonly mark: number;
}

/** No index of a station. */
const DIRECT_MARK = 200;

export class Configuration {
  private readonly forwarders: ReadonlyMap<string, readonly Station[]>;
  readonly parties: readonly Station[];

  constructor(private readonly plan: Plan, private readonly air: Air) {
    const guests = entries(plan.topology, "vms").filter(([, vm]) => vm.forwarding === true).map(([id]) => id);
    const ports = (id: string): Station[] => plan.stations.filter(({ owner }) => owner === id);
    this.forwarders = new Map([...plan.appliances.filter(({ transparent }) => !transparent).map(({ id }) => id), ...guests].map((id) => [id, ports(id)]));
    this.parties = plan.stations.filter(({ kind }) => kind !== "interface");
  }

  /** Why this network has no single configuration, or nothing. */
  obstacle(): string | undefined {
    for (const a of this.plan.stations) {
      const twin = this.plan.stations.find((b) => b !== a && b.owner === a.owner && this.air.hears(a, b));
      if (twin !== undefined) return `${a.id} and ${twin.id} are in one segment`;
    }
    return undefined;
  }

  /** Whether plain networking without tags is all that the end does. */
  isPlain({ kind, owner, id, port }: Station): boolean {
    const nic = record(this.plan.topology, "vms", owner)?.nics?.[id.slice(owner.length + 1)];
    if (kind === "vnic") return port.twoWay.includes(0) && (nic?.guestVlans ?? []).length === 0;
    return port.twoWay.length === 1 && port.twoWay[0] === 0;
  }

  /** How a measurement between the two is to be read: exactly where one way at most leads there, and one back. */
  exactness(from: Station, to: Station): Exactness {
    if ([...this.forwarders.values()].some((ports) => ports.some((port) => !this.isPlain(port)))) return "delivery";
    // A machine also answers for the address of a vNIC that is not connected.
    const alone = ({ owner }: Station): boolean => Object.keys(record(this.plan.topology, "vms", owner)?.nics ?? { one: 1 }).length === 1;
    if (!alone(from) || !alone(to)) return "delivery";
    return [this.ways(from, to), this.ways(to, from)].every((ways) => ways.length <= 1) ? "exact" : "at least";
  }

  private ways(from: Station, to: Station): Hop[][] {
    return this.waysOut(from).flatMap((first) => waysBetween(this.forwarders, this.air, from, to, first));
  }

  /** The first hops of everything that is not for a neighbour. */
  private waysOut(from: Station): (Station | undefined)[] {
    const gateways = from.addresses.map((address) => this.gateway(from, address)).filter((port) => port !== undefined);
    return from.kind === "external" ? this.neighbours(from) : gateways;
  }

  outlets(station: Station): Outlet[] {
    if (station.kind !== "external") return station.addresses.map((address) => ({ address: bare(address), mark: 0 }));
    return this.plan.members.outside(station.owner).flatMap((address) => [DIRECT_MARK, ...this.neighbours(station).map(({ index }) => index)].map((mark) => ({ address, mark })));
  }

  addresses(station: Station): readonly string[] {
    return station.kind === "external" ? this.plan.members.outside(station.owner) : station.addresses.map(bare);
  }

  orders(ports: { readonly tcp: readonly number[]; readonly udp: readonly number[] }): Orders {
    const owners = [...new Set(this.plan.stations.map(({ owner }) => owner))];
    const appliances = new Map(this.plan.appliances.map((box) => [box.id, box]));
    const namespaces = owners.filter((owner) => appliances.get(owner)?.transparent !== true).map((owner) => {
      const own = this.plan.stations.filter((station) => station.owner === owner);
      const forwards = this.forwarders.has(owner);
      return {
        namespace: this.plan.nodes.get(owner) ?? "",
        settings: { ...(forwards ? forwarding(own.map(deviceOf)) : anySource(own.map(deviceOf))), "ipv4/tcp_synack_retries": "0" },
        commands: appliances.has(owner) ? this.router(own) : [...own.flatMap((station) => this.host(station)), ...(forwards ? this.routes(owner, own) : [])],
        rules: appliances.get(owner)?.rules ?? (own[0]?.kind === "external" ? this.sameWayBack(own[0]) : null),
      };
    });
    const guards = [...guardsOf(this.plan.topology, this.parties, this.plan.members, this.plan.rulesets, (station) => this.byAddress(station))]
      .map(([index, { rules }]) => ({ namespace: `b${index}`, settings: {}, commands: [], rules: rules + addressedTo(index) }));
    const servers = owners.filter((owner) => !appliances.has(owner)).map((owner) => {
      const own = this.plan.stations.filter((station) => station.owner === owner);
      return [this.plan.nodes.get(owner) ?? "", own.flatMap((station) => this.addresses(station)), ports.tcp, ports.udp] as const;
    });
    return { namespaces: [...namespaces, ...guards], servers };
  }

  /** A distributed firewall knows its own vNIC, and the other machine by its addresses; both where the machine forwards for others. */
  private byAddress(own: Station): Identity {
    const addressed = (side: "saddr" | "daddr", ends: readonly Station[] | undefined): string | undefined => {
      if (ends === undefined) return "";
      const addresses = ends.flatMap((end) => this.addresses(end));
      return addresses.length === 0 ? undefined : `ip ${side} { ${addresses.join(", ")} }`;
    };
    if (this.forwarders.has(own.owner)) {
      return (from, to) => {
        const [source, target] = [addressed("saddr", from), addressed("daddr", to)];
        return source === undefined || target === undefined ? [] : [`${source} ${target}`.trim()];
      };
    }
    const isOwn = (ends: readonly Station[] | undefined): boolean => ends === undefined || ends.includes(own);
    return (from, to) => {
      const outbound = isOwn(from) ? addressed("daddr", to) : undefined;
      const inbound = isOwn(to) ? addressed("saddr", from) : undefined;
      return [...(outbound === undefined ? [] : [`meta mark != ${INBOUND} ${outbound}`.trim()]), ...(inbound === undefined ? [] : [`meta mark ${INBOUND} ${inbound}`.trim()])];
    };
  }

  /** Every address goes out by its own interface: to its subnet, and to its gateway. */
  private host(station: Station): string[] {
    const device = deviceOf(station);
    if (station.kind === "external") return this.external(station, device);
    return station.addresses.flatMap((address, at) => {
      const table = 1000 + 10 * station.index + at;
      const gateway = this.gateway(station, address);
      const via = gateway === undefined ? undefined : addressNear(gateway, address);
      const networks = this.parties.filter((other) => other.kind === "external" && this.air.mutual(other, station)).flatMap((other) => this.addresses(other));
      return [
        `addr add ${address} dev ${device} noprefixroute`, `rule add from ${bare(address)} lookup ${table} priority 1000`,
        // What a machine forwards for others it does not use for itself.
        `rule add from ${bare(address)} unreachable priority 2000`, `route add ${subnetOf(address)} dev ${device} table ${table}`,
        ...networks.map((other) => `route add ${other} dev ${device} table ${table}`),
        ...(via === undefined ? [] : [`route add default via ${via} dev ${device} onlink table ${table}`]),
      ];
    });
  }

  /** An external network speaks to its neighbours itself, and to everyone by any forwarder: the mark of a socket says by which. */
  private external(station: Station, device: string): string[] {
    const direct = [`rule add fwmark ${DIRECT_MARK} lookup ${DIRECT_MARK}`, `route add default dev ${device} table ${DIRECT_MARK}`, `route add default dev ${device}`];
    const routed = this.neighbours(station).flatMap((port) => {
      const [address] = port.addresses;
      return address === undefined ? [] : [`rule add fwmark ${port.index} lookup ${port.index}`, `route add default via ${bare(address)} dev ${device} onlink table ${port.index}`];
    });
    return [...this.addresses(station).map((address) => `addr add ${address}/32 dev ${device}`), ...direct, ...routed];
  }

  /** Its answers go to whom the question came from. */
  private sameWayBack(station: Station): string {
    const marks = this.neighbours(station).map((port) => `ether saddr ${macOf(port)} ct mark set ${port.index}`);
    return `table ip back {\n chain into {\n type filter hook prerouting priority -150; policy accept;\n${marks.join("\n")}\n }\n` +
      ` chain out {\n type route hook output priority -150; policy accept;\n ct direction reply ct mark != 0 meta mark set ct mark\n }\n}\n`;
  }

  private router(own: readonly Station[]): string[] {
    const addresses = own.flatMap((port) => port.addresses.map((address) => `addr add ${address} dev ${deviceOf(port)} noprefixroute`));
    return [...addresses, ...this.routes(own[0]?.owner ?? "", own)];
  }

  /** A route to every address: the forwarder's own neighbours, and by way of the nearest forwarder that is nearer to it. */
  private routes(owner: string, ports: readonly Station[]): string[] {
    return this.parties.filter((party) => party.owner !== owner).flatMap((party) => {
      const distances = this.distances(party);
      const own = distances.get(owner);
      if (own === undefined) return [];
      const hop = ports.map((port) => this.hopFrom(port, party, own, distances)).find((text) => text !== undefined);
      return hop === undefined ? [] : this.addresses(party).map((address) => `route add ${address} ${hop}`);
    });
  }

  private hopFrom(port: Station, party: Station, own: number, distances: ReadonlyMap<string, number>): string | undefined {
    if (own === 0) return this.air.mutual(port, party) ? `dev ${deviceOf(port)}` : undefined;
    const next = this.neighbours(port).find((other) => distances.get(other.owner) === own - 1 && other.addresses.length > 0);
    return next === undefined ? undefined : `via ${bare(next.addresses[0] ?? "")} dev ${deviceOf(port)} onlink`;
  }

  /** How many forwarders away from the party each one is. */
  private distances(party: Station): ReadonlyMap<string, number> {
    const found = new Map<string, number>();
    let near: Station[] = [party];
    for (let distance = 0; near.length > 0; distance += 1) {
      const reached = new Set(near.flatMap((station) => this.neighbours(station).map(({ owner }) => owner)).filter((owner) => !found.has(owner) && owner !== party.owner));
      for (const owner of reached) found.set(owner, distance);
      near = [...reached].flatMap((owner) => [...(this.forwarders.get(owner) ?? [])]);
    }
    return found;
  }

  /** Ports of forwarders in its segment. */
  private neighbours(station: Station): Station[] {
    return [...this.forwarders.values()].flat().filter((port) => port.owner !== station.owner && this.air.mutual(port, station));
  }

  /** The forwarder's port that has the gateway's address; where none is written, the lowest address of one in the subnet and segment. */
  private gateway(station: Station, address: string): Station | undefined {
    const around = this.neighbours(station);
    const holds = (port: Station, wanted: (own: string) => boolean): boolean => port.addresses.some((own) => wanted(bare(own)));
    if (station.gateway !== undefined) return around.find((port) => holds(port, (own) => own === station.gateway));
    const inSubnet = around.filter((port) => holds(port, (own) => inBlock(own, address)));
    const lowest = (port: Station): number => Math.min(...port.addresses.map(bare).filter((own) => inBlock(own, address)).map(toNumber));
    return inSubnet.sort((a, b) => lowest(a) - lowest(b))[0];
  }
}

/** The port's address in the subnet of another, else its first. */
function addressNear(port: Station, address: string): string | undefined {
  return (port.addresses.find((own) => inBlock(own, address)) ?? port.addresses[0])?.split("/")[0];
}

/** Switches flood here what a real one, which learns, would not bring to the vNIC: its filter must not take it for the other half of a connection. */
function addressedTo(index: number): string {
  return `table bridge addressed {\n chain addressed {\n type filter hook prerouting priority -400; policy accept;\niifname "f${index}" ether daddr & 01:00:00:00:00:00 == 00:00:00:00:00:00 ether daddr != ${macOf({ index })} drop\n }\n}\n`;
}

/** A machine takes packets from everywhere on every interface. */
function anySource(devices: readonly string[]): Record<string, string> {
  return Object.fromEntries(["all", ...devices].map((device) => [`ipv4/conf/${device}/rp_filter`, "0"]));
}

/** Addresses that ends may use, one of each kind that the document's rules tell apart, and services likewise. */
import { entries, record, type Topology } from "../../shared/model/topology";
import type { Air } from "./air";
import { bare, rulesOf, selectorsOf } from "./members";
import type { Plan } from "./plan";
import type { Station } from "./stations";

/** What a guest without an address uses: one that no rule names, not even as an external network's. */
export const NOBODYS = "192.0.2.200";

export class Addresses {
  private readonly selectors: readonly string[];

  constructor(private readonly plan: Plan, private readonly air: Air) {
    this.selectors = selectorsOf(plan.topology);
  }

  /** Its own, or what it holds of all others where it has none written. */
  own(station: Station, role: "source" | "target"): string[] {
    if (station.kind === "external") return this.distinct(this.plan.members.outside(station.owner), []);
    const written = station.kind === "vnic" && !(role === "source" && this.isBound(station)) ? this.ofVm(station.owner) : station.addresses.map(bare);
    return written.length === 0 ? [NOBODYS] : this.distinct(written, []);
  }

  /** Those of neighbours, which only an unbound guest takes over. */
  forged(station: Station, own: readonly string[]): string[] {
    if (station.kind !== "vnic" || this.isBound(station)) return [];
    const near = this.air.neighbours(station);
    const written = this.plan.stations.filter(({ index }) => near.has(index)).flatMap(({ addresses }) => addresses.map(bare));
    return this.distinct(written, own);
  }

  private isBound({ portGroup, passthrough }: Station): boolean {
    return !passthrough && record(this.plan.topology, "portGroups", portGroup)?.spoofGuard === true;
  }

  /** Of every vNIC, connected or not. */
  private ofVm(id: string): string[] {
    return Object.values(record(this.plan.topology, "vms", id)?.nics ?? {}).flatMap(({ addresses = [] }) => addresses.map(bare));
  }

  private distinct(addresses: readonly string[], known: readonly string[]): string[] {
    const seen = new Set(known.map((address) => this.signature(address)));
    return addresses.filter((address) => {
      const signature = this.signature(address);
      return !seen.has(signature) && seen.add(signature);
    });
  }

  /** Which selectors hold for the address. */
  private signature(address: string): string {
    return this.selectors.map((text) => (this.plan.members.holds(text, address) ? 1 : 0)).join("");
  }
}

export interface Service {
  readonly protocol: 1 | 6 | 17;
  /** Destination port; 0 for ICMP. */
  readonly port: number;
}

/** Ports of a client among which no rule tells apart. */
export type Interval = readonly [low: number, high: number];

/** One service of each kind that the rules tell apart. */
export function witnesses(topology: Topology): Service[] {
  return [
    { protocol: 1, port: 0 },
    ...intervals(topology, "tcp").map(([low, high]): Service => ({ protocol: 6, port: middle(low, high) })),
    ...intervals(topology, "udp").map(([low, high]): Service => ({ protocol: 17, port: middle(low, high) })),
  ];
}

function middle(low: number, high: number): number {
  return (low + high) >> 1;
}

/** The widest first. */
export function intervals(topology: Topology, protocol: "tcp" | "udp"): Interval[] {
  const texts = rulesOf(topology).flatMap(({ services = [] }) => services);
  for (const [, { firewall }] of entries(topology, "managementInterfaces")) texts.push(...(firewall?.ports ?? []));
  const cuts = new Set([1, 65536]);
  for (const text of texts) {
    const [name, ports] = text.split("/");
    if (name !== protocol || ports === undefined) continue;
    const [low = 1, high = low] = ports.split("-").map(Number);
    cuts.add(low).add(high + 1);
  }
  const sorted = [...cuts].sort((a, b) => a - b);
  return sorted.slice(0, -1).map((low, at): Interval => [low, (sorted[at + 1] ?? 65536) - 1]).sort((a, b) => b[1] - b[0] - (a[1] - a[0]));
}

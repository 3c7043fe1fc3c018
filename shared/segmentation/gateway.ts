/** Which flows cross a router or firewall, and by which of its interfaces. */
import { entries, record, type Topology } from "../model/topology";
import type { Layer2 } from "../network/types";
import { partiesBehind } from "../rules/behind";
import type { Flow, Parties } from "./flows";

export type GatewayCollection = "routers" | "firewalls";

/** Routers and firewalls between at least two sides on which somebody is. */
export function gatewaysOf(topology: Topology, layer2: Layer2): Gateway[] {
  return (["routers", "firewalls"] as const).flatMap((collection) => entries(topology, collection).map(([id]) => new Gateway(topology, layer2, collection, id))).filter((gateway) => gateway.joins);
}

export class Gateway {
  /** Whom each interface leads to. */
  private readonly behind: ReadonlyMap<string, ReadonlySet<string>>;

  constructor(topology: Topology, private readonly layer2: Layer2, readonly collection: GatewayCollection, readonly id: string) {
    const interfaces = record(topology, collection, id)?.interfaces ?? {};
    this.behind = new Map(Object.keys(interfaces).map((local) => [local, partiesBehind(layer2, id, local)]));
  }

  /** Whether there are two sides, and somebody on each, between whom something may pass. */
  get joins(): boolean {
    return [...this.behind.values()].filter((parties) => parties.size > 0).length > 1;
  }

  /** Interfaces that lead to one of the parties. */
  facing(ids: ReadonlySet<string>): string[] {
    return [...this.behind].filter(([, parties]) => [...ids].some((id) => parties.has(id))).map(([local]) => local);
  }

  /** Whether everybody behind the interface is among these. */
  leadsOnlyTo(local: string, ids: ReadonlySet<string>): boolean {
    return [...(this.behind.get(local) ?? [])].every((id) => ids.has(id));
  }

  /**
   * Where a flow comes in and goes out: an interface is named where no other leads to the parties, so that an address which somebody
   * else took over elsewhere does not pass. Undefined where the flow does not cross.
   */
  crossing({ from, to }: Flow): { in?: string; out?: string } | undefined {
    const [ins, outs] = [this.sides(from), this.sides(to)];
    if (ins.length === 0 || outs.length === 0 || (ins.length === 1 && outs.length === 1 && ins[0] === outs[0])) return undefined;
    const [inbound, outbound] = [ins, outs].map((sides) => (sides.length === 1 ? sides[0] : undefined));
    return { ...(inbound === undefined || from.beyond ? {} : { in: inbound }), ...(outbound === undefined || to.beyond ? {} : { out: outbound }) };
  }

  /** What nobody drew may be behind any interface, and so may somebody who is behind none for certain where the drawing leaves something out. */
  private sides({ ids, beyond }: Parties): string[] {
    const isSomewhere = (id: string): boolean => [...this.behind.values()].some((parties) => parties.has(id));
    return beyond || (!this.layer2.complete && [...ids].some((id) => !isSomewhere(id))) ? [...this.behind.keys()] : this.facing(ids);
  }
}

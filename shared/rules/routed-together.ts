/** Gateways that lead between two tenants and deny them nothing: there, segments of their own keep nobody apart. */
import { record, type Topology } from "../model/topology";
import type { Network } from "../network/compiled-network";
import type { Segment } from "../network/types";
import { deniesRest } from "./denies-rest";
import type { Way } from "./remedy/close-ways";
import { filterRef } from "./remedy/filter-rule";
import { machinesOf } from "./residents";
import { ruleSidesOf, type RuleSide } from "./rule-sides";
import { SideDoors, type Door } from "./side-doors";
import { isWorkload } from "./workload";

/** So many pairs of segments of two tenants are looked at. */
const MOST_SEGMENT_PAIRS = 16;

export class RoutedTogether {
  private readonly doors: SideDoors;
  /** The segments of each tenant's workloads by the zone that open gateways make of them. */
  private readonly segments = new Map<string, Map<number, Set<Segment>>>();
  private readonly denials = new Map<string, readonly (readonly [from: RuleSide, to: RuleSide])[]>();

  constructor(private readonly topology: Topology, private readonly network: Network) {
    this.doors = new SideDoors(topology, network, (firewall) => !deniesRest(topology, "firewalls", firewall));
    if (this.doors.none) return;
    for (const { id, vm } of machinesOf(topology)) {
      if (!isWorkload(vm) || vm.tenant === undefined) continue;
      for (const end of network.layer2.endsOf(id)) for (const segment of network.layer2.segmentsOf(end)) this.place(vm.tenant, segment);
    }
  }

  /** A way between the two tenants on which no gateway denies them anything; undefined where there is none. */
  way(a: string, b: string): Way | undefined {
    let looked = 0;
    for (const [zone, from] of this.segments.get(a) ?? []) {
      for (const to of this.segments.get(b)?.get(zone) ?? []) {
        for (const segment of from) {
          looked += 1;
          if (looked > MOST_SEGMENT_PAIRS) return undefined;
          const doors = this.openWay(segment, to, a, b);
          if (doors.length > 0) return { from: segment, to, doors };
        }
      }
    }
    return undefined;
  }

  private openWay(from: Segment, to: Segment, a: string, b: string): readonly Door[] {
    const closed = new Set<Door>();
    for (let way = this.doors.way(from, to, closed); ; way = this.doors.way(from, to, closed)) {
      const shut = way.filter(({ owner }) => this.denies(owner, a, b));
      if (shut.length === 0) return way;
      for (const door of shut) closed.add(door);
    }
  }

  /** Whether some rule of the gateway denies the one anything of the other, in either direction. */
  private denies(owner: string, a: string, b: string): boolean {
    let denials = this.denials.get(owner);
    if (denials === undefined) this.denials.set(owner, (denials = this.readDenials(owner)));
    return denials.some(([from, to]) => (names(from, a) && names(to, b)) || (names(from, b) && names(to, a)));
  }

  private readDenials(owner: string): (readonly [RuleSide, RuleSide])[] {
    const filter = filterRef(this.topology, owner);
    const rules = filter === undefined ? [] : record(this.topology, filter.collection, filter.id)?.rules ?? [];
    const sides = ruleSidesOf(this.topology, this.network);
    return rules.filter(({ enabled, action }) => enabled !== false && action !== "allow").map((rule) => [sides.from(owner, rule), sides.to(owner, rule)] as const);
  }

  private place(tenant: string, segment: Segment): void {
    const zone = this.doors.zoneOf(segment);
    let zones = this.segments.get(tenant);
    if (zones === undefined) this.segments.set(tenant, (zones = new Map<number, Set<Segment>>()));
    const there = zones.get(zone);
    if (there === undefined) zones.set(zone, new Set([segment]));
    else there.add(segment);
  }
}

function names(side: RuleSide, tenant: string): boolean {
  return side.any || side.crowd.tenants.has(tenant);
}

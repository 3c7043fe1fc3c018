/**
 * The segments that are one without any firewall: what routers that filter nothing and machines on several segments join. Computed
 * once for all firewalls, since a way past one of them goes through none.
 */
import { record, type Topology } from "../model/topology";
import type { Network } from "../network/compiled-network";
import type { End, Segment } from "../network/types";
import { deniesRest } from "./denies-rest";
import { groupBy } from "./group-by";

/** A router or VM that leads from one segment to others. */
export interface Door {
  readonly owner: string;
  readonly kind: "router" | "vm";
  readonly segments: readonly Segment[];
}

export class SideDoors {
  private readonly doors: readonly Door[];
  private readonly at: ReadonlyMap<Segment, readonly Door[]>;
  private readonly zones = new Map<Segment, number>();

  /** @param isRouter whether a firewall, by its id, counts as a router here: by itself none does */
  constructor(topology: Topology, { layer2, assume }: Network, isRouter: (firewall: string) => boolean = () => false) {
    const ends = layer2.ends.filter((end) => mayForward(topology, end, assume === "hostile", isRouter));
    this.doors = [...groupBy(ends, ({ owner }) => owner)].flatMap(([owner, own]): Door[] => {
      const segments = [...new Set(own.flatMap((end) => layer2.segmentsOf(end)))];
      return segments.length < 2 ? [] : [{ owner, kind: own[0]?.kind === "vnic" ? "vm" : "router", segments }];
    });
    const at = new Map<Segment, Door[]>();
    for (const door of this.doors) {
      for (const segment of door.segments) {
        const here = at.get(segment);
        if (here === undefined) at.set(segment, [door]);
        else here.push(door);
      }
    }
    this.at = at;
    this.paint();
  }

  get none(): boolean {
    return this.doors.length === 0;
  }

  /** Equal for segments between which there is a way through no firewall. */
  zoneOf(segment: Segment): number {
    return this.zones.get(segment) ?? -1 - segment.index;
  }

  /** The doors of the shortest way from one segment to the other, without some; empty where there is none. */
  way(from: Segment, to: Segment, closed: ReadonlySet<Door> = new Set()): readonly Door[] {
    const came = new Map<Segment, { readonly door: Door; readonly from: Segment } | undefined>([[from, undefined]]);
    const queue = [from];
    const opened = new Set(closed);
    for (const segment of queue) {
      if (segment === to) break;
      for (const door of this.at.get(segment) ?? []) {
        if (opened.has(door)) continue;
        opened.add(door);
        for (const next of door.segments) {
          if (came.has(next)) continue;
          came.set(next, { door, from: segment });
          queue.push(next);
        }
      }
    }
    const doors: Door[] = [];
    for (let step = came.get(to); step !== undefined; step = came.get(step.from)) doors.unshift(step.door);
    return doors;
  }

  private paint(): void {
    let zone = 0;
    const opened = new Set<Door>();
    for (const { segments: [first] } of this.doors) {
      if (first === undefined || this.zones.has(first)) continue;
      zone += 1;
      const queue = [first];
      this.zones.set(first, zone);
      for (const segment of queue) {
        for (const door of this.at.get(segment) ?? []) {
          if (opened.has(door)) continue;
          opened.add(door);
          for (const next of door.segments) {
            if (this.zones.has(next)) continue;
            this.zones.set(next, zone);
            queue.push(next);
          }
        }
      }
    }
  }
}

/** Routers that let through what no rule denies; VMs that forward, and under the hostile guest any VM on several segments. */
function mayForward(topology: Topology, end: End, hostile: boolean, isRouter: (firewall: string) => boolean): boolean {
  if (end.kind === "vnic") return hostile || end.vm?.forwarding === true;
  if (end.kind !== "interface") return false;
  return record(topology, "routers", end.owner) === undefined ? isRouter(end.owner) : !deniesRest(topology, "routers", end.owner);
}

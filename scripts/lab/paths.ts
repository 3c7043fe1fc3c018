/**
 * The ways that packets can take from forwarder to forwarder under the hostile guest, where any neighbour is a next hop.
 *
 * Only ways that no shorter one makes needless: a way that leaves out a hop passes at least as much.
 */
import { entries, type Topology } from "../../shared/model/topology";
import type { Air } from "./air";
import type { Plan } from "./plan";
import { deviceOf, macOf } from "./plan";
import { TooLarge, type Station } from "./stations";

export interface Hop {
  readonly enter: Station;
  readonly leave: Station;
}

/** What guests.py needs to know to send packets on their ways. */
export interface Orders {
  /** The first station on each way. */
  readonly first: Readonly<Record<number, number>>;
  /** What a guest does with a packet on a way that came in by a station: out by another, to the next one or to all. */
  readonly relays: readonly (readonly [path: number, enter: number, leave: number, next: number | null])[];
  readonly tags: readonly (readonly [from: number, to: number, tag: number])[];
  readonly routers: readonly { readonly namespace: string; readonly commands: readonly string[]; readonly rules: string }[];
}

const LONGEST = 4;
/** See `frames.py`. */
const ANYONE = "02:00:00:00:ff:ff";
/** Beyond this many a topology is not measured. */
const MOST = 900;

export class Paths {
  private readonly boxes: ReadonlyMap<string, readonly Station[]>;
  private readonly numbers = new Map<string, number>();
  private readonly hops: (readonly Hop[])[] = [[]];

  constructor(private readonly plan: Plan, private readonly air: Air) {
    this.boxes = new Map([
      ...plan.appliances.filter(({ transparent }) => !transparent).map(({ id, ports }) => [id, ports] as const),
      ...relays(plan.topology, plan.stations, air),
    ]);
  }

  /** Numbers of the ways from one end to the other over forwarders. */
  between(from: Station, to: Station): number[] {
    return waysBetween(this.boxes, this.air, from, to).map((way) => this.number(way));
  }

  /** The number of the same way the other way round. */
  reverse(path: number): number {
    return this.number((this.hops[path] ?? []).map(({ enter, leave }) => ({ enter: leave, leave: enter })).reverse());
  }

  orders(): Orders {
    const first: Record<number, number> = {};
    const relaying: [number, number, number, number | null][] = [];
    const routers = new Map<string, RouterOrders>();
    for (const [path, hops] of this.hops.entries()) {
      for (const [at, { enter, leave }] of hops.entries()) {
        if (at === 0) first[path] = enter.index;
        const next = hops[at + 1]?.enter;
        if (enter.kind !== "interface") relaying.push([path, enter.index, leave.index, next?.index ?? null]);
        else {
          let router = routers.get(enter.owner);
          if (router === undefined) routers.set(enter.owner, (router = new RouterOrders()));
          router.add(path, enter, leave, next);
        }
      }
    }
    return {
      first, relays: relaying, tags: this.air.orders(),
      routers: [...routers].map(([owner, router]) => ({ namespace: this.plan.nodes.get(owner) ?? "", ...router.orders() })),
    };
  }

  private number(way: readonly Hop[]): number {
    const key = way.map(({ enter, leave }) => `${enter.index}-${leave.index}`).join(" ");
    let number = this.numbers.get(key);
    if (number === undefined) {
      number = this.hops.length;
      if (number > MOST) throw new TooLarge("too many paths");
      this.numbers.set(key, number);
      this.hops.push(way);
    }
    return number;
  }
}

/** Every way from one end to another over forwarders, by their ports; `first`: the port that the sender hands everything to. */
export function waysBetween(boxes: ReadonlyMap<string, readonly Station[]>, air: Air, from: Station, to: Station, first?: Station): Hop[][] {
  const found: Hop[][] = [];
  extend({ boxes, air, from, to, first, found }, []);
  return found;
}

interface Search {
  readonly boxes: ReadonlyMap<string, readonly Station[]>;
  readonly air: Air;
  readonly from: Station;
  readonly to: Station;
  readonly first: Station | undefined;
  readonly found: Hop[][];
}

function extend(search: Search, hops: readonly Hop[]): void {
  const { boxes, air, from, to, first, found } = search;
  const before = hops.at(-1)?.leave ?? from;
  for (const [owner, ports] of boxes) {
    if (owner === hops.at(-1)?.enter.owner) continue;
    for (const enter of ports) {
      if (!air.mutual(before, enter) || (hops.length === 0 && first !== undefined && enter !== first)) continue;
      if (hops.some((hop) => hop.enter === enter) || isDetour(search, hops, enter)) continue;
      for (const leave of ports) {
        const way = [...hops, { enter, leave }];
        if (air.mutual(leave, to)) found.push(way);
        if (!isBeside(search, leave, to) && way.length < LONGEST) extend(search, way);
      }
    }
  }
}

/** Whether an earlier hop, or a sender that is free to, could have handed the packet to this port itself. */
function isDetour(search: Search, hops: readonly Hop[], enter: Station): boolean {
  const { from, first } = search;
  const earlier = hops.slice(0, -1).map(({ leave }) => leave);
  return hops.length > 0 && (first === undefined ? [from, ...earlier] : earlier).some((station) => isBeside(search, station, enter));
}

/** Hostile guests may go round a transparent firewall that parts them; as configured what is beyond it is a neighbour. */
function isBeside({ air, first }: Search, a: Station, b: Station): boolean {
  return air.mutual(a, b) && (first !== undefined || (air.hearsFrames(a, b) && air.hearsFrames(b, a)));
}

/** VMs that forward: those that are set to, and those on two segments. */
function relays(topology: Topology, stations: readonly Station[], air: Air): [string, readonly Station[]][] {
  return entries(topology, "vms").flatMap(([id, { forwarding, role }]): [string, readonly Station[]][] => {
    const ends = stations.filter(({ owner }) => owner === id);
    return role !== "template" && ends.length > 0 && (forwarding === true || air.places(ends) > 1) ? [[id, ends]] : [];
  });
}

/** Next hops of one router: the way is read from the IP identification field, and says which table of routes holds. */
class RouterOrders {
  /** By outgoing port and next hop. */
  private readonly tables = new Map<string, number>();
  private readonly marks = new Map<number, Map<number, number>>();
  private readonly commands: string[] = [];

  add(path: number, enter: Station, leave: Station, next: Station | undefined): void {
    const marks = this.marks.get(enter.index) ?? new Map<number, number>();
    this.marks.set(enter.index, marks.set(path, this.table(leave, next)));
  }

  orders(): { commands: string[]; rules: string } {
    const lines = [...this.marks].map(([enter, marks]) =>
      `iifname "e${enter}" meta mark set ip id map { ${[...marks].map(([path, mark]) => `${path} : ${mark}`).join(", ")} }`);
    return { commands: this.commands, rules: `table ip ways {\n chain ways {\n type filter hook prerouting priority -150; policy accept;\n${lines.join("\n")}\n }\n}\n` };
  }

  /** At the end of its way a packet goes to everyone: its receiver takes it, whatever address that one uses. */
  private table(leave: Station, next: Station | undefined): number {
    const key = `${leave.index} ${next?.index ?? "all"}`;
    let table = this.tables.get(key);
    if (table === undefined) {
      table = 100 + this.tables.size;
      this.tables.set(key, table);
      const [device, via] = [deviceOf(leave), `169.254.${leave.index}.${table - 99}`];
      this.commands.push(
        `neigh add ${via} lladdr ${next === undefined ? ANYONE : macOf(next)} dev ${device} nud permanent`,
        `route add default via ${via} dev ${device} onlink table ${table}`, `rule add fwmark ${table} lookup ${table}`,
      );
    }
    return table;
  }
}

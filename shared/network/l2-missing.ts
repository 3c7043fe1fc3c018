/** The absent fields on which "might be heard" rests: those of the ways that need the fewest of them. */
import type { Plug } from "./sockets";
import { linkEnd, targetsOf, type Ground } from "./ground";
import { haveCommon } from "./interner";
import { linksMissing, unknownEnds, type UnknownEnds } from "./l2-unknown-ends";
import type { PlugClasses } from "./plug-classes";
import { isolatedFromEachOther } from "./walk";
import { otherSide, type PortId } from "./wiring";

/** A trunk about which something is not written, left at a place of its known side for places beyond. */
interface UnknownExit {
  readonly port: PortId;
  readonly from: number;
  readonly to: readonly number[];
  readonly fields: readonly string[];
}

/** Everything that a frame gets to by what is known, from where it is after the last unknown field. */
interface Stage {
  readonly cost: number;
  readonly cells: Int32Array;
  /** Where it came in by an unknown trunk, which it does not leave by again. */
  readonly entry?: { readonly place: number; readonly port: PortId };
  /** The uplink by which it left the sender's instance. */
  readonly uplink?: PortId;
  readonly origins: { readonly before?: Stage; readonly fields: readonly string[] }[];
}

interface Arrival {
  readonly cost: number;
  readonly last: Stage | undefined;
  readonly fields: readonly string[];
}

/** Answers for pairs of ports; what unknown trunks could carry is worked out once. */
export class MissingFields {
  private exitsOfCell: Map<number, UnknownExit[]> | undefined;

  constructor(private readonly known: PlugClasses, private readonly possible: Ground) {}

  /**
   * JSON paths, sorted, of the fields that ways from one end to another rest on, taking only ways that rest on as few as possible: so
   * both unknown uplinks of a team are named, and an unknown cable beside a known one is not. For ends that are not heard for certain.
   */
  between(fromPlugs: readonly Plug[], toPlugs: readonly Plug[]): readonly string[] {
    const arrivals = fromPlugs.flatMap((from) => toPlugs.flatMap((to) => this.arrivals(from, to)));
    const fewest = Math.min(...arrivals.map(({ cost }) => cost));
    const fields = new Set<string>();
    for (const { cost, last, fields: own } of arrivals) {
      if (cost !== fewest) continue;
      own.forEach((field) => fields.add(field));
      collect(last, fields, new Set());
    }
    // Ways round by one-way cables are not followed above: where there is none but such, all that is absent may matter.
    return fields.size === 0 ? this.all([...fromPlugs, ...toPlugs]) : [...fields].sort();
  }

  /** JSON paths, sorted, of the fields that frames from or to these ports meet first; where they meet none, of all. */
  beyond(plugs: readonly Plug[]): readonly string[] {
    const ends = plugs.flatMap((plug) => (["sends", "hears"] as const).map((side) => unknownEnds(this.known, this.possible, plug, side, false)));
    const fields = new Set(ends.flatMap(({ ways, local }) => [...ways, ...local].flatMap((way) => way.fields)));
    return fields.size === 0 ? this.all(plugs) : [...fields].sort();
  }

  private all(plugs: readonly Plug[]): readonly string[] {
    return [...new Set([...linksMissing(this.possible.wiring), ...plugs.flatMap((plug) => plug.missing ?? [])])].sort();
  }

  private arrivals(from: Plug, to: Plug): Arrival[] {
    if (from.port.vni !== undefined || to.port.vni !== undefined || isolatedFromEachOther(from, to)) return [];
    const meeting = from.instance === to.instance;
    const senders = unknownEnds(this.known, this.possible, from, "sends", meeting);
    const hearers = unknownEnds(this.known, this.possible, to, "hears", meeting);
    const arrivals = localArrivals(from, to, senders, hearers);
    let fewest = Math.min(...arrivals.map(({ cost }) => cost));
    this.explore(senders, (stage) => {
      for (const { cells, fields, uplink } of hearers.ways) {
        const cost = stage.cost + fields.length;
        if (cost === 0 || cost > fewest || (uplink !== undefined && uplink === stage.uplink) || !haveCommon(stage.cells, cells)) continue;
        fewest = Math.min(fewest, cost);
        arrivals.push({ cost, last: stage, fields });
      }
      return fewest;
    });
    return arrivals;
  }

  /** Dijkstra with the number of fields as distance, which is small: a list of stages per distance. `visit` says how far to go. */
  private explore(senders: UnknownEnds, visit: (stage: Stage) => number): void {
    const queue: Stage[][] = [];
    const found = new Map<string, Stage>();
    const add = (stage: Stage): void => void (queue[stage.cost] ??= []).push(stage);
    for (const { cells, fields, uplink } of senders.ways) {
      add({ cost: fields.length, cells, origins: [{ fields }], ...(uplink === undefined ? {} : { uplink }) });
    }
    let furthest = Infinity;
    for (let cost = 0; cost < queue.length && cost <= furthest; cost++) {
      for (const stage of queue[cost] ?? []) furthest = visit(stage);
      if (cost === furthest) return;
      for (const stage of queue[cost] ?? []) this.leave(stage, found, add);
    }
  }

  private leave(stage: Stage, found: Map<string, Stage>, add: (stage: Stage) => void): void {
    const exits = this.unknownExits();
    for (const cell of stage.cells) {
      for (const { port, from, to, fields } of exits.get(cell) ?? []) {
        // A ring of trunks would turn the frame round.
        const back = stage.entry?.port === port && stage.entry.place === from;
        if (back && !this.known.zones.rings.has(this.known.zones.of[from] as number)) continue;
        const cost = stage.cost + fields.length;
        for (const place of to) {
          const key = `${place} ${otherSide(port)}`;
          const before = found.get(key);
          if (before !== undefined && before.cost < cost) continue;
          if (before?.cost === cost) before.origins.push({ before: stage, fields });
          else {
            const zone = this.known.zones.of[place] as number;
            const next: Stage = { cost, cells: this.known.reach.from(zone), entry: { place, port: otherSide(port) }, origins: [{ before: stage, fields }] };
            found.set(key, next);
            add(next);
          }
        }
      }
    }
  }

  private unknownExits(): Map<number, UnknownExit[]> {
    if (this.exitsOfCell !== undefined) return this.exitsOfCell;
    const exits = (this.exitsOfCell = new Map<number, UnknownExit[]>());
    const { wiring } = this.possible;
    for (const link of wiring.links) {
      const fields = link.ends.flatMap((end) => end.missing ?? []);
      if (link.kind !== "trunk" || fields.length === 0) continue;
      for (const port of [2 * link.index, 2 * link.index + 1]) this.addExits(port, fields, exits);
    }
    return exits;
  }

  private addExits(port: PortId, fields: readonly string[], exits: Map<number, UnknownExit[]>): void {
    const { width } = this.known.zones;
    const { wiring } = this.possible;
    const [near, far] = [linkEnd(wiring, port).instance, linkEnd(wiring, otherSide(port)).instance];
    for (let vlan = 0; vlan < width; vlan++) {
      const to = targetsOf(this.possible.crossing(port), vlan).map((target) => far * width + target);
      if (to.length === 0) continue;
      const from = near * width + vlan;
      const cell = this.known.reach.cellOf(from);
      const own = exits.get(cell) ?? [];
      exits.set(cell, own);
      own.push({ port, from, to, fields });
    }
  }
}

/** On one virtual switch a frame needs no cable: only what the two port groups do not say counts. */
function localArrivals(from: Plug, to: Plug, senders: UnknownEnds, hearers: UnknownEnds): Arrival[] {
  if (from.instance !== to.instance) return [];
  return senders.local.flatMap((sent) => hearers.local.filter((heard) => haveCommon(sent.vlans, heard.vlans)).map((heard): Arrival => {
    const fields = [...new Set([...sent.fields, ...heard.fields])];
    return { cost: fields.length, last: undefined, fields };
  })).filter(({ cost }) => cost > 0);
}

function collect(stage: Stage | undefined, into: Set<string>, seen: Set<Stage>): void {
  if (stage === undefined || seen.has(stage)) return;
  seen.add(stage);
  for (const { before, fields } of stage.origins) {
    fields.forEach((field) => into.add(field));
    collect(before, into, seen);
  }
}

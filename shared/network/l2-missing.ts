/** The absent fields on which "might be heard" rests: those on the ways that need the fewest of them. */
import type { Plug } from "./sockets";
import { indices, linkEnd, linkOf, targetsOf, type Ground } from "./ground";
import { exits, isolatedFromEachOther, type Step } from "./walk";
import type { VlanBits } from "./vlan-bits";
import { otherSide } from "./wiring";

/** A place reached with the fewest absent fields, and every last step that does with as few. */
interface Reached {
  readonly step: Step;
  readonly cost: number;
  readonly origins: { readonly before?: Reached; readonly fields: readonly string[] }[];
}

interface Arrival {
  readonly cost: number;
  readonly last: Reached | undefined;
  readonly fields: readonly string[];
}

/**
 * JSON paths, sorted, of the fields that ways from one end to another rest on, taking only ways that rest on as few as possible: so
 * both unknown uplinks of a team are named, and an unknown cable beside a known one is not.
 */
export function missingFields(known: Ground, possible: Ground, fromPlugs: readonly Plug[], toPlugs: readonly Plug[]): readonly string[] {
  const arrivals = fromPlugs.filter(({ port }) => port.vni === undefined).flatMap((from) => {
    const reached = search(known, possible, from);
    return toPlugs.filter((to) => to.port.vni === undefined && !isolatedFromEachOther(from, to)).flatMap((to) => arrivalsAt(known, reached, to));
  });
  const fewest = Math.min(...arrivals.map(({ cost }) => cost));
  const fields = new Set<string>();
  for (const { cost, last, fields: own } of arrivals) {
    if (cost !== fewest) continue;
    own.forEach((field) => fields.add(field));
    collect(last, fields, new Set());
  }
  return [...fields].sort();
}

function arrivalsAt(known: Ground, reached: readonly Reached[], to: Plug): Arrival[] {
  const certain = new Set(indices(known.index, to.port.hears));
  const wider = new Set(indices(known.index, to.port.mayHear));
  return reached.filter(({ step }) => step.instance === to.instance && wider.has(step.vlan)).map((last) => {
    const fields = certain.has(last.step.vlan) ? [] : fieldsOf(to);
    return { cost: last.cost + fields.length, last, fields };
  });
}

function collect(reached: Reached | undefined, into: Set<string>, seen: Set<Reached>): void {
  if (reached === undefined || seen.has(reached)) return;
  seen.add(reached);
  for (const { before, fields } of reached.origins) {
    fields.forEach((field) => into.add(field));
    collect(before, into, seen);
  }
}

/** Dijkstra over (instance, VLAN, port of entry) with the number of absent fields as distance, which is small: a list per distance. */
function search(known: Ground, possible: Ground, from: Plug): readonly Reached[] {
  const queue: Reached[][] = [];
  const settled = new Map<string, Reached>();
  const offer = (step: Step, cost: number, before: Reached | undefined, fields: readonly string[]): void => {
    const key = `${step.instance} ${step.vlan} ${step.ingress ?? ""}`;
    const found = settled.get(key);
    if (found !== undefined && found.cost < cost) return;
    const origin = before === undefined ? { fields } : { before, fields };
    if (found !== undefined && found.cost === cost) {
      found.origins.push(origin);
      return;
    }
    const reached: Reached = { step, cost, origins: [origin] };
    settled.set(key, reached);
    (queue[cost] ??= []).push(reached);
  };
  startFrom(known, from, offer);
  for (let cost = 0; cost < queue.length; cost++) {
    const bucket = queue[cost] ?? [];
    for (let next = 0; next < bucket.length; next++) {
      const reached = bucket[next] as Reached;
      if (settled.get(`${reached.step.instance} ${reached.step.vlan} ${reached.step.ingress ?? ""}`) === reached) goOn(known, possible, reached, offer);
    }
  }
  return [...settled.values()];
}

type Offer = (step: Step, cost: number, before: Reached | undefined, fields: readonly string[]) => void;

function startFrom(known: Ground, from: Plug, offer: Offer): void {
  const start = (bits: VlanBits, fields: readonly string[]): void => {
    for (const vlan of indices(known.index, bits)) offer({ instance: from.instance, vlan }, fields.length, undefined, fields);
  };
  start(from.port.sends, []);
  if (from.missing !== undefined) {
    const certain = new Set(indices(known.index, from.port.sends));
    for (const vlan of indices(known.index, from.port.maySend)) {
      if (!certain.has(vlan)) offer({ instance: from.instance, vlan }, 1, undefined, fieldsOf(from));
    }
  }
}

function goOn(known: Ground, possible: Ground, reached: Reached, offer: Offer): void {
  const { step, cost } = reached;
  for (const port of exits(possible, step)) {
    const far = otherSide(port);
    const { instance } = linkEnd(possible.wiring, far);
    const certain = targetsOf(known.crossing(port), step.vlan);
    for (const vlan of targetsOf(possible.crossing(port), step.vlan)) {
      const fields = certain.includes(vlan) ? [] : linkOf(possible.wiring, port).ends.flatMap((end) => end.missing ?? []);
      offer({ instance, vlan, ingress: far, previous: step }, cost + fields.length, reached, fields);
    }
  }
}

function fieldsOf(plug: Plug): readonly string[] {
  return plug.missing === undefined ? [] : [plug.missing];
}

/** Whether some way across forwarders leads from one end to another: every port of every forwarder is tried. */
import type { End } from "./ends";
import type { RuleList } from "./filters";
import type { Frames } from "./frames";

export interface Forwarder {
  readonly id: string;
  /** Bridges its interfaces instead of routing between them. */
  readonly transparent: boolean;
  /** Absent for a VM, which forwards everything. */
  readonly list: RuleList | undefined;
  readonly ports: readonly End[];
}

export interface Hop {
  readonly forwarder: Forwarder;
  readonly enter: End;
  readonly leave: End;
}

export interface Question {
  readonly from: End;
  readonly to: End;
  /** By transparent firewalls only, or by at least one router. */
  readonly by: "bridges" | "routers";
  /** Whether frames must pass both ways between one hop and the next. */
  readonly mutual: boolean;
  passes(hop: Hop): boolean;
  /** Whether the sender hands its packets to this router's port. */
  entry(port: End): boolean;
  /** Whether the last router may be one that leaves by this port. */
  exit(port: End): boolean;
  /** Whether a router that is not the only one on the way may send a packet back by the port that it came in by. */
  readonly turns: boolean;
}

/** `turned`: the last router on the way has sent the packet back; `home`: the last one so far is one that `exit` takes. */
type Phase = "unrouted" | "routed" | "home" | "turned";

export function search(forwarders: readonly Forwarder[], frames: Frames, question: Question): boolean {
  const heard = (from: End, to: End): boolean => (question.mutual ? frames.mutual(from, to) : frames.hears(from, to));
  const pending: { at: End; phase: Phase }[] = [{ at: question.from, phase: "unrouted" }];
  const seen = new Set<string>();
  for (let place = pending.pop(); place !== undefined; place = pending.pop()) {
    const couldItself = isNeighbour(forwarders, heard, place.at, question.to);
    for (const forwarder of forwarders) {
      for (const enter of forwarder.ports) {
        if (!heard(place.at, enter)) continue;
        for (const leave of forwarder.ports) {
          const hop: Hop = { forwarder, enter, leave };
          const phase = advance(place.phase, hop, question, couldItself);
          if (phase === undefined) continue;
          const key = `${leave.index} ${phase}`;
          if (!question.passes(hop) || seen.has(key)) continue;
          seen.add(key);
          if (isDone(phase, question) && heard(leave, question.to)) return true;
          pending.push({ at: leave, phase });
        }
      }
    }
  }
  return false;
}

/**
 * Every way from one end to another, whatever filters say, but no detours: nobody on it comes after somebody who hands packets to a later
 * one, or to the receiver, himself.
 *
 * @param free whether the sender chooses the first forwarder
 * @param routed whether routers hand packets to receivers in their segments, and nobody else
 */
export function waysBetween(forwarders: readonly Forwarder[], frames: Frames, { from, to, by, mutual, entry }: Pick<Question, "from" | "to" | "by" | "mutual" | "entry">, free: boolean, routed: boolean): Hop[][] {
  const heard = (a: End, b: End): boolean => (mutual ? frames.mutual(a, b) : frames.hears(a, b));
  const found: Hop[][] = [];
  const isNear = (place: End): boolean => isNeighbour(forwarders, heard, place, to);
  const extend = (hops: readonly Hop[]): void => {
    const isRouted = hops.some(({ forwarder }) => !forwarder.transparent);
    const before = hops.at(-1)?.leave ?? from;
    const earlier = [...(free ? [from] : []), ...hops.map(({ leave }) => leave)].filter((place) => place !== before);
    const delivers = routed && hops.some(({ forwarder, leave }) => !forwarder.transparent && isNear(leave));
    for (const forwarder of forwarders) {
      if ((by === "bridges" || delivers) && !forwarder.transparent) continue;
      const near = routed && !forwarder.transparent && forwarder.ports.some((port) => isNear(port));
      for (const enter of forwarder.ports) {
        if (!heard(before, enter) || earlier.some((place) => heard(place, enter)) || hops.some((hop) => hop.enter === enter)) continue;
        if (!isRouted && !forwarder.transparent && !entry(enter)) continue;
        for (const leave of forwarder.ports) {
          if ((forwarder.transparent && enter === leave) || (near && !isNear(leave))) continue;
          const way = [...hops, { forwarder, enter, leave }];
          if (!heard(leave, to)) extend(way);
          else if (by === "bridges" || isRouted || !forwarder.transparent) found.push(way);
          // Beyond the firewall is the receiver, but also the gateway to which the packet goes first, and which sends it back.
          else if (!free) extend(way);
        }
      }
    }
  };
  extend([]);
  return found;
}

/** Whether one hands packets to the other, directly or over transparent firewalls alone. */
function isNeighbour(forwarders: readonly Forwarder[], heard: (a: End, b: End) => boolean, from: End, to: End): boolean {
  const places = new Set([from]);
  for (const place of places) {
    if (heard(place, to)) return true;
    for (const { transparent, ports } of forwarders) {
      if (!transparent) continue;
      for (const enter of ports) if (heard(place, enter)) for (const leave of ports) if (leave !== enter) places.add(leave);
    }
  }
  return false;
}

/** Undefined where the hop is out of the question. `couldItself`: who hands the packet over is a neighbour of the receiver, and so has no need to. */
function advance(phase: Phase, { forwarder, enter, leave }: Hop, { by, entry, exit, turns }: Question, couldItself: boolean): Phase | undefined {
  if (forwarder.transparent) return enter === leave ? undefined : phase;
  if (by === "bridges" || phase === "turned") return undefined;
  if (phase === "unrouted" && !entry(enter)) return undefined;
  if (enter !== leave || turns) return exit(leave) ? "home" : "routed";
  return (phase === "unrouted" || !couldItself) && exit(leave) ? "turned" : undefined;
}

function isDone(phase: Phase, { by }: Question): boolean {
  return by === "bridges" ? phase === "unrouted" : phase === "home" || phase === "turned";
}

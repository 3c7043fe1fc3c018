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
    for (const forwarder of forwarders) {
      for (const enter of forwarder.ports) {
        if (!heard(place.at, enter)) continue;
        for (const leave of forwarder.ports) {
          const hop: Hop = { forwarder, enter, leave };
          const phase = advance(place.phase, hop, question, heard(place.at, question.to));
          if (phase === undefined) continue;
          const key = `${leave.index} ${phase}`;
          if (seen.has(key) || !question.passes(hop)) continue;
          seen.add(key);
          if (isDone(phase, question) && heard(leave, question.to)) return true;
          pending.push({ at: leave, phase });
        }
      }
    }
  }
  return false;
}

/** Undefined where the hop is out of the question. `couldItself`: who hands the packet over hears the receiver, and so has no need to. */
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

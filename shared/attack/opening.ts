/** A step of an attack, and what opens steps: for one reason, from some places to some others. */
import type { Channel, Move } from "../analysis/result";
import type { Place } from "../rules/rule";
import { COSTS, MOVED } from "./costs";
import type { Explanation } from "./explanations";

/** Where a step leads, and what it is. */
export interface Step {
  readonly to: Place;
  readonly cost: number;
  readonly channel: Channel;
  /** Looked up only for steps that matter: there are as many as pairs in the matrix. */
  readonly why: () => Explanation;
  /** Without these it is not there. */
  readonly moves?: readonly Move[];
}

/** Places that an opening leads to. */
export interface Target {
  /** One object for equal lists. */
  readonly places: readonly Place[];
  /** They run elsewhere, and have to come to where it happens. */
  readonly arrive?: boolean;
}

export interface Opening {
  readonly channel: Channel;
  readonly targets: readonly Target[];
  readonly why: () => Explanation;
  /** The hypervisor where it happens; absent: the one that it leads to. */
  readonly at?: string;
  /** Whoever uses it runs elsewhere, and has to go to where it happens. */
  readonly leave?: boolean;
}

export function costOf({ channel, leave = false }: Opening, { arrive = false }: Target): number {
  return COSTS[channel] + MOVED * (Number(leave) + Number(arrive));
}

export function stepOf(opening: Opening, target: Target, from: Place, to: Place): Step {
  const { channel, why, at = idOf(to), leave } = opening;
  const moves: Move[] = [...(leave === true ? [{ vm: idOf(from), to: at }] : []), ...(target.arrive === true ? [{ vm: idOf(to), to: at }] : [])];
  return { to, cost: costOf(opening, target), channel, why, ...(moves.length === 0 ? {} : { moves }) };
}

/** A place's kind and id. */
export function split(place: Place): [kind: string, id: string] {
  const colon = place.indexOf(":");
  return [place.slice(0, colon), place.slice(colon + 1)];
}

export function idOf(place: Place): string {
  return place.slice(place.indexOf(":") + 1);
}

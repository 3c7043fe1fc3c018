/** Cheapest paths over the attack graph (Dijkstra 1959). */
import type { Place } from "../rules/rule";
import type { AttackGraph, Step } from "./graph";

export interface Arrival {
  readonly cost: number;
  /** Undefined where it is a start. */
  readonly step: Step | undefined;
  readonly previous: Place | undefined;
}

/** Steps that may not be taken. */
export type Closed = (step: Step) => boolean;

export const NOTHING: Closed = () => false;

/** How every place is got to at the least cost, from any of the starts or over any of the first steps. */
export class Search {
  readonly arrivals = new Map<Place, Arrival>();
  private readonly queue = new Queue();
  /** What holds for a row holds for every sender and receiver of it, unless single steps are closed. */
  private readonly shortcuts: boolean;
  /** Rows of the matrix that have been gone through: who comes later to another party of the same row gets nowhere cheaper. */
  private readonly left = new Set<unknown>();
  /** At which cost all who are alike were offered. */
  private readonly costOfCrowd = new Map<readonly Place[], number>();

  /**
   * @param inside places that are not entered: those that the attacker has from the beginning
   * @param closed steps that may not be taken
   */
  constructor(private readonly graph: AttackGraph, starts: readonly Place[], first: readonly { readonly from: Place; readonly step: Step }[] = [], private readonly inside: ReadonlySet<Place> = new Set(), private readonly closed: Closed = NOTHING) {
    this.shortcuts = closed === NOTHING;
    for (const place of starts) this.offer(place, { cost: 0, step: undefined, previous: undefined });
    for (const { from, step } of first) this.offer(step.to, { cost: step.cost, step, previous: from });
    for (let next = this.queue.pop(); next !== undefined; next = this.queue.pop()) {
      const arrival = this.arrivals.get(next.place);
      if (arrival !== undefined && arrival.cost === next.cost) this.leave(next.place, next.cost);
    }
  }

  private leave(place: Place, cost: number): void {
    for (const step of this.graph.beside(place)) this.take(place, cost, step);
    for (const sender of this.graph.sendersAt(place)) {
      const own = this.graph.rowOf(sender);
      if (this.shortcuts && this.left.has(own)) continue;
      this.left.add(own);
      for (const { places, cost: price, step } of this.graph.overNetwork(sender)) {
        if (this.shortcuts && (this.costOfCrowd.get(places) ?? Infinity) <= cost + price) continue;
        this.costOfCrowd.set(places, cost + price);
        for (const to of places) if (to !== place) this.take(place, cost, step(to));
      }
    }
  }

  private take(place: Place, cost: number, step: Step): void {
    if (!this.closed(step)) this.offer(step.to, { cost: cost + step.cost, step, previous: place });
  }

  private offer(place: Place, arrival: Arrival): void {
    const known = this.arrivals.get(place);
    if (this.inside.has(place) || (known !== undefined && known.cost <= arrival.cost)) return;
    this.arrivals.set(place, arrival);
    this.queue.push(place, arrival.cost);
  }

  /** The steps to a place, first to last. */
  pathTo(place: Place): { readonly from: Place; readonly step: Step }[] {
    const path: { from: Place; step: Step }[] = [];
    let at: Place | undefined = place;
    while (at !== undefined) {
      const { step, previous }: Arrival = this.arrivals.get(at) ?? { cost: 0, step: undefined, previous: undefined };
      if (step !== undefined && previous !== undefined) path.unshift({ from: previous, step });
      at = step === undefined ? undefined : previous;
    }
    return path;
  }
}

/** Places by cost: costs are small whole numbers, so there is a list for each. */
class Queue {
  private readonly byCost: Place[][] = [];
  private least = 0;

  push(place: Place, cost: number): void {
    (this.byCost[cost] ??= []).push(place);
    if (cost < this.least) this.least = cost;
  }

  pop(): { place: Place; cost: number } | undefined {
    for (; this.least < this.byCost.length; this.least += 1) {
      const place = this.byCost[this.least]?.pop();
      if (place !== undefined) return { place, cost: this.least };
    }
    return undefined;
  }
}

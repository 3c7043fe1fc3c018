/** Cheapest paths over the attack graph (Dijkstra 1959). */
import type { Place } from "../rules/rule";
import type { AttackGraph } from "./graph";
import { MOVED } from "./costs";
import { costOf, stepOf, type Opening, type Step } from "./opening";

export interface Arrival {
  readonly cost: number;
  /** Undefined where it is a start. */
  readonly step: Step | undefined;
  readonly previous: Place | undefined;
}

/** Steps, and openings, that may not be used. */
export type Closed = (step: Pick<Step, "why">) => boolean;

export const NOTHING: Closed = () => false;

/** How every place is got to at the least cost, from any of the starts or over any of the first steps. */
export class Search {
  readonly arrivals = new Map<Place, Arrival>();
  private readonly queue = new Queue();
  /** What holds for a row holds for every sender and receiver of it, unless single steps are closed. */
  private readonly shortcuts: boolean;
  /** Rows of the matrix that have been gone through: who comes later to another party of the same row gets nowhere cheaper. */
  private readonly left = new Set<unknown>();
  /** At which cost each opening has been used: who comes to it later at no lower cost gets nowhere cheaper. */
  private readonly entered = new Map<Opening, number>();
  /** At which cost those who are alike were offered over the network, by kind, and over openings. */
  private readonly offered = new Map<number, Offers>();
  private readonly offeredBeside = new Offers();

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
    for (const opening of this.graph.openings.at(place)) this.enter(place, cost, opening);
    const elsewhere = this.graph.openings.elsewhere(place);
    if (elsewhere.length > 0 && !this.left.has(elsewhere)) for (const opening of elsewhere) this.enter(place, cost, opening);
    this.left.add(elsewhere);
    for (const sender of this.graph.sendersAt(place)) {
      const own = this.graph.rowOf(sender);
      if (this.shortcuts && this.left.has(own)) continue;
      this.left.add(own);
      const isKindWanted = (kind: number, price: number): boolean => !this.offersTo(kind).allWithin(cost + price, this.graph.crowds.get(kind) ?? 0);
      for (const { places, cost: price, kind, step } of this.graph.overNetwork(sender, this.shortcuts ? isKindWanted : undefined)) {
        if (this.shortcuts && !this.offersTo(kind).lower(places, cost + price)) continue;
        for (const to of places) if (to !== place) this.take(place, cost, step(to));
      }
    }
  }

  /** All steps of an opening are closed or none is, so that those who are alike can be offered once. */
  private enter(from: Place, cost: number, opening: Opening): void {
    const before = this.entered.get(opening) ?? Infinity;
    const now = cost + (opening.leave === true ? MOVED : 0);
    if (before <= now || this.closed(opening)) return;
    this.entered.set(opening, now);
    for (const target of opening.targets) {
      const total = cost + costOf(opening, target);
      if (!this.offeredBeside.lower(target.places, total)) continue;
      for (const to of target.places) if (to !== from) this.offer(to, { cost: total, step: stepOf(opening, target, from, to), previous: from });
    }
  }

  private offersTo(kind: number): Offers {
    let offers = this.offered.get(kind);
    if (offers === undefined) this.offered.set(kind, (offers = new Offers()));
    return offers;
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

/** The least cost at which each list of places was offered. */
class Offers {
  private readonly least = new Map<readonly Place[], number>();
  /** How many lists have each cost: costs are small whole numbers. */
  private readonly counts: number[] = [];

  /** Notes an offer; false where one before was as low. */
  lower(places: readonly Place[], cost: number): boolean {
    const known = this.least.get(places);
    if (known !== undefined && known <= cost) return false;
    if (known !== undefined) this.counts[known] = (this.counts[known] ?? 0) - 1;
    this.counts[cost] = (this.counts[cost] ?? 0) + 1;
    this.least.set(places, cost);
    return true;
  }

  /** Whether so many lists, which is all of them, were offered at no more than a cost: to offer them again is of no use. */
  allWithin(cost: number, lists: number): boolean {
    let sum = 0;
    for (let each = 0; each <= cost && each < this.counts.length; each += 1) sum += this.counts[each] ?? 0;
    return sum >= lists;
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

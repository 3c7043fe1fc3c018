/** The ways by which an attacker gets from whom he has to what is to be got at. */
import { compareIds, entries, record } from "../model/topology";
import type { AttackPath } from "../analysis/result";
import type { Place } from "../rules/rule";
import { comparePlaces, split, type AttackGraph, type Step } from "./graph";
import { NOTHING, Search, type Closed } from "./search";

/** Parties of the matrix that the attacker has, and what is to be got at; undefined for everything. */
export interface Question {
  readonly from: readonly string[];
  readonly to: readonly Place[] | undefined;
}

interface Departure {
  readonly from: Place;
  readonly step: Step;
}

/** The ways that lead from the senders to the targets. */
export class Ways {
  private readonly inside: ReadonlySet<Place>;
  private readonly departures: readonly Departure[];
  private foundSearches: readonly Search[] | undefined;
  private readonly all: Search;

  constructor(readonly graph: AttackGraph, private readonly question: Question, private readonly closed: Closed = NOTHING) {
    const senders = question.from.map((id) => [id, graph.placeOf(id)] as const);
    this.inside = new Set(senders.flatMap(([, place]) => place ?? []));
    const rows = new Set<unknown>();
    this.departures = senders.flatMap(([id, place]) => this.leaving(id, place ?? `management:${id}`, rows)).filter(({ step }) => !closed(step));
    this.all = new Search(graph, [], this.departures, this.inside, closed);
  }

  /** One for every manner of leaving. */
  private get searches(): readonly Search[] {
    return (this.foundSearches ??= this.search());
  }

  private search(): Search[] {
    const groups = new Map<string, Departure[]>();
    for (const departure of this.departures) {
      const manner = `${departure.step.channel} ${split(departure.step.to)[0]}`;
      const group = groups.get(manner);
      if (group === undefined) groups.set(manner, [departure]);
      else group.push(departure);
    }
    return [...groups.values()].map((group) => new Search(this.graph, [], group, this.inside, this.closed));
  }

  /** Sorted by id. */
  get reached(): readonly Place[] {
    return [...this.all.arrivals.keys()].sort(comparePlaces);
  }

  /** How many ways there are: targets, each as often as there are manners of leaving that lead to it. */
  get count(): number {
    return this.searches.reduce((sum, search) => sum + this.goals.filter((goal) => nearest(search, goal) !== undefined).length, 0);
  }

  /** Cheapest first. */
  get paths(): readonly AttackPath[] {
    const found = this.question.to === undefined ? this.goals.flatMap((goal) => this.path(this.all, nearest(this.all, goal)) ?? [])
      : this.searches.flatMap((search) => this.path(search, nearest(search, this.goals.flat())) ?? []);
    const key = (path: AttackPath): string => path.steps.map(({ from, to, channel }) => `${from} ${channel} ${to}`).join(" ");
    return found.sort((a, b) => a.cost - b.cost || a.steps.length - b.steps.length || compareIds(key(a), key(b)));
  }

  /** The cheapest of all; undefined where there is none. */
  get cheapest(): AttackPath | undefined {
    return this.path(this.all, nearest(this.all, this.goals.flat()));
  }

  /** Findings that explain steps of these paths, most frequent first. */
  get findings(): readonly string[] {
    const counts = new Map<string, number>();
    for (const { steps } of this.paths) for (const { finding } of steps) if (finding !== undefined) counts.set(finding, (counts.get(finding) ?? 0) + 1);
    return [...counts].sort(([a, one], [b, other]) => other - one || compareIds(a, b)).map(([id]) => id);
  }

  /** What counts as one target each: with `to` every place of it; without, every tenant (as its VMs) and every hypervisor. */
  private get goals(): readonly (readonly Place[])[] {
    const { to } = this.question;
    if (to !== undefined) return to.filter((place) => !this.inside.has(place)).map((place) => [place]);
    const { topology } = this.graph;
    const own = new Set(this.question.from.map((id) => record(topology, "vms", id)?.tenant));
    const byTenant = new Map<string, Place[]>();
    for (const place of this.all.arrivals.keys()) {
      const [kind, id] = split(place);
      const tenant = kind === "vm" ? record(topology, "vms", id)?.tenant : undefined;
      if (tenant !== undefined && !own.has(tenant)) byTenant.set(tenant, [...(byTenant.get(tenant) ?? []), place]);
    }
    return [...byTenant.values(), ...entries(topology, "hypervisors").map(([id]): Place[] => [`hypervisor:${id}`])];
  }

  /** @param rows those of senders that are alike are looked at once */
  private leaving(sender: string, from: Place, rows: Set<unknown>): Departure[] {
    const found: Departure[] = [];
    const add = (step: Step): void => {
      if (!this.inside.has(step.to)) found.push({ from, step });
    };
    for (const step of this.graph.beside(from)) add(step);
    const row = this.graph.rowOf(sender);
    if (rows.has(row) && this.closed === NOTHING) return found;
    rows.add(row);
    for (const { places, step } of this.graph.overNetwork(sender)) for (const to of places) if (to !== from) add(step(to));
    return found;
  }

  private path(search: Search, goal: Place | undefined): AttackPath | undefined {
    if (goal === undefined) return undefined;
    const steps = search.pathTo(goal).map(({ from, step }) => {
      const { rule, detail, finding } = step.why();
      return { from: split(from)[1], to: split(step.to)[1], channel: step.channel, rule, detail, ...(finding === undefined ? {} : { finding }) };
    });
    return { cost: search.arrivals.get(goal)?.cost ?? 0, steps };
  }
}

/** The cheapest of some places to get to; undefined where none can be. */
function nearest({ arrivals }: Search, places: readonly Place[]): Place | undefined {
  let best: Place | undefined;
  for (const place of places) {
    const arrival = arrivals.get(place);
    const known = best === undefined ? undefined : arrivals.get(best);
    if (arrival === undefined) continue;
    if (known === undefined || best === undefined || arrival.cost < known.cost || (arrival.cost === known.cost && comparePlaces(place, best) < 0)) best = place;
  }
  return best;
}

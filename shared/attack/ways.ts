/** The ways by which an attacker gets from whom he has to what is to be got at. */
import { compareIds, entries, record } from "../model/topology";
import type { AttackPath, Channel, PlacementName } from "../analysis/result";
import type { Place } from "../rules/rule";
import { comparePlaces, type AttackGraph } from "./graph";
import { withMoves } from "./moves";
import { costOf, split, stepOf, type Opening, type Step } from "./opening";
import { NOTHING, Search, type Closed } from "./search";

/** Parties of the matrix that the attacker has, and what is to be got at; undefined for everything. */
export interface Question {
  readonly from: readonly string[];
  readonly to: readonly Place[] | undefined;
  /** Absent: where they are drawn. */
  readonly placement?: PlacementName;
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
    const gone: Gone = { alike: new Set(), used: new Map() };
    this.departures = senders.flatMap(([id, place]) => this.leaving(id, place ?? `management:${id}`, gone)).filter(({ step }) => !closed(step));
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
    const key = (path: AttackPath): string => path.steps.map(({ from, to, channel }) => `${from} ${channel} ${to}`).join(" ");
    return this.trails.map(pathOf).sort((a, b) => a.cost - b.cost || a.steps.length - b.steps.length || compareIds(key(a), key(b)));
  }

  private get trails(): readonly Departure[][] {
    if (this.question.to === undefined) return this.goals.flatMap((goal) => trailTo(this.all, nearest(this.all, goal)));
    const goals = this.goals.flat();
    return this.searches.flatMap((search) => trailTo(search, nearest(search, goals)));
  }

  /** What mends each step of the cheapest of all (`menderOf`); undefined where there is none. */
  get cheapest(): readonly (string | undefined)[] | undefined {
    return trailTo(this.all, nearest(this.all, this.goals.flat()))[0]?.map(({ step }) => menderOf(step));
  }

  /** What mends steps of these paths, most frequent first. */
  get menders(): readonly string[] {
    const counts = new Map<string, number>();
    for (const mender of this.trails.flatMap((trail) => trail.flatMap(({ step }) => menderOf(step) ?? []))) counts.set(mender, (counts.get(mender) ?? 0) + 1);
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

  private leaving(sender: string, from: Place, gone: Gone): Departure[] {
    const found: Departure[] = [];
    const add = (step: Step): void => {
      if (!this.inside.has(step.to)) found.push({ from, step });
    };
    const elsewhere = this.graph.openings.elsewhere(from);
    for (const opening of [...this.graph.openings.at(from), ...(gone.alike.has(elsewhere) ? [] : elsewhere)]) {
      if (!this.closed(opening)) for (const step of firstSteps(opening, from, gone)) add(step);
    }
    gone.alike.add(elsewhere);
    const row = this.graph.rowOf(sender);
    if (gone.alike.has(row) && this.closed === NOTHING) return found;
    gone.alike.add(row);
    for (const { places, step } of this.graph.overNetwork(sender)) for (const to of places) if (to !== from) add(step(to));
    return found;
  }
}

/** The finding whose fixes end a step: one that is there, or that would be if VMs ran where they could. Undefined where none does. */
export function menderOf({ why }: Pick<Step, "why">): string | undefined {
  const { finding, wouldBe } = why();
  return finding ?? wouldBe;
}

/** One trail, or none. */
function trailTo(search: Search, goal: Place | undefined): Departure[][] {
  return goal === undefined ? [] : [search.pathTo(goal)];
}

function pathOf(trail: readonly Departure[]): AttackPath {
  const steps = trail.map(({ from, step }) => {
    const { rule, detail, finding } = step.why();
    const { moves = [] } = step;
    return {
      from: split(from)[1], to: split(step.to)[1], channel: step.channel, rule, detail: withMoves(detail, moves),
      ...(finding === undefined ? {} : { finding }), ...(moves.length === 0 ? {} : { moves }), cost: step.cost,
    };
  });
  return { cost: trail.reduce((sum, { step }) => sum + step.cost, 0), steps };
}

/** What senders before have used, so that those who are alike are looked at once. */
interface Gone {
  readonly alike: Set<unknown>;
  /** By channel: at which cost lists of places were got to. */
  readonly used: Map<Channel, Map<readonly Place[], number>>;
}

/** Those of an opening that no sender before has over the same channel at so little. */
function* firstSteps(opening: Opening, from: Place, { used }: Gone): Generator<Step> {
  const known = used.get(opening.channel) ?? new Map<readonly Place[], number>();
  used.set(opening.channel, known);
  for (const target of opening.targets) {
    const cost = costOf(opening, target);
    if ((known.get(target.places) ?? Infinity) <= cost) continue;
    known.set(target.places, cost);
    for (const to of target.places) if (to !== from) yield stepOf(opening, target, from, to);
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

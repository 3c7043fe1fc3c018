/** What hostile guests get done: every way, every address that they may use, until a service is answered or nothing is left to try. */
import { Addresses, intervals, witnesses, type Interval, type Service } from "./traits";
import type { Air } from "./air";
import type { Sandbox } from "./driver";
import { Paths } from "./paths";
import type { Plan } from "./plan";
import type { Station } from "./stations";

/** What was measured for an ordered pair of parties; indices are those of `services`. */
export interface Outcome {
  readonly delivered: Set<number>;
  readonly answered: Set<number>;
  /** What could be answered from an address and port to the very same ones only, where connection tracking takes the answer for the packet. */
  readonly confused: Set<number>;
}

export interface Measured {
  readonly services: readonly Service[];
  /** By `from>to`. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
  readonly probes: number;
}

/** One way to try one service between two ends. */
interface Attempt {
  readonly outcome: Outcome;
  readonly service: number;
  readonly from: Station;
  readonly to: Station;
  readonly source: string;
  readonly target: string;
  readonly path: number;
  readonly back: number;
  readonly client: Interval;
}

/** See `Probe` in guests.py. */
type Row = readonly [from: number, to: number, source: string, target: string, protocol: number, client: number, port: number, path: number, back: number];

const DIRECT = 0;
const NO_ANSWER = -1;
const CHUNK = 3000;

export async function measureHostile(plan: Plan, air: Air, sandbox: Sandbox): Promise<Measured> {
  return new Attack(plan, air, sandbox).run();
}

class Attack {
  private readonly paths: Paths;
  private readonly addresses: Addresses;
  private readonly services: readonly Service[];
  private readonly clients: { readonly tcp: readonly Interval[]; readonly udp: readonly Interval[] };
  private readonly outcomes = new Map<string, Outcome>();
  private readonly ways = new Map<string, number[]>();
  private probes = 0;

  constructor(private readonly plan: Plan, private readonly air: Air, private readonly sandbox: Sandbox) {
    this.paths = new Paths(plan, air);
    this.addresses = new Addresses(plan, air);
    this.services = witnesses(plan.topology);
    this.clients = { tcp: intervals(plan.topology, "tcp"), udp: intervals(plan.topology, "udp") };
  }

  async run(): Promise<Measured> {
    const attempts = this.attempts();
    for (const { path } of attempts.own) if (path !== DIRECT) this.paths.reverse(path);
    await this.sandbox.ask("orders", this.paths.orders());
    const { first, rest } = oneOfEach(attempts.own);
    const tried = await this.all(first);
    tried.push(...(await this.all(rest)));
    tried.push(...(await this.all(attempts.forged)));
    // Whether a packet is delivered does not depend on the client's port or the way back; whether it is answered does.
    const unanswered = (): Attempt[] => tried.filter(({ outcome, service }) => !outcome.answered.has(service));
    await this.all(unanswered().flatMap((attempt) => this.otherClients(attempt)));
    await this.all(unanswered().flatMap((attempt) => this.otherWaysBack(attempt)));
    return { services: this.services, outcomes: this.outcomes, probes: this.probes };
  }

  private attempts(): { own: Attempt[]; forged: Attempt[] } {
    const own: Attempt[] = [];
    const forged: Attempt[] = [];
    const parties = this.plan.stations.filter(({ kind }) => kind !== "interface");
    for (const from of parties) {
      for (const to of parties) {
        if (from.owner === to.owner) continue;
        const outcome = this.outcome(from.owner, to.owner);
        const ways = [...(this.air.hears(from, to) ? [DIRECT] : []), ...this.waysFrom(from, to)];
        const [sources, targets] = [this.addresses.own(from, "source"), this.addresses.own(to, "target")];
        const [takenSources, takenTargets] = [this.addresses.forged(from, sources), this.addresses.forged(to, targets)];
        for (const path of ways) {
          const back = path === DIRECT ? (this.air.hears(to, from) ? DIRECT : NO_ANSWER) : this.paths.reverse(path);
          for (const source of [...sources, ...takenSources]) {
            for (const target of [...targets, ...takenTargets]) {
              const list = sources.includes(source) && targets.includes(target) ? own : forged;
              for (const service of this.services.keys()) list.push({ outcome, service, from, to, source, target, path, back, client: this.clientsOf(service)[0] ?? [1, 65535] });
            }
          }
        }
      }
    }
    return { own, forged };
  }

  private waysFrom(from: Station, to: Station): number[] {
    const key = `${from.index}>${to.index}`;
    let ways = this.ways.get(key);
    if (ways === undefined) this.ways.set(key, (ways = this.paths.between(from, to)));
    return ways;
  }

  private clientsOf(service: number): readonly Interval[] {
    switch (this.services[service]?.protocol) {
      case 6: return this.clients.tcp;
      case 17: return this.clients.udp;
      default: return [[1, 65535]];
    }
  }

  private otherClients(attempt: Attempt): Attempt[] {
    if (attempt.back === NO_ANSWER) return [];
    return this.clientsOf(attempt.service).slice(1).map((client) => ({ ...attempt, client }));
  }

  private otherWaysBack(attempt: Attempt): Attempt[] {
    const ways = [...(this.air.hears(attempt.to, attempt.from) ? [DIRECT] : []), ...this.waysFrom(attempt.to, attempt.from)].filter((back) => back !== attempt.back);
    return ways.flatMap((back) => this.clientsOf(attempt.service).map((client) => ({ ...attempt, back, client })));
  }

  /** Tries everything whose service is not answered yet; gives what was delivered. */
  private async all(attempts: readonly Attempt[]): Promise<Attempt[]> {
    const delivered: Attempt[] = [];
    let waiting = [...attempts];
    while (waiting.length > 0) {
      const chunk = new Chunk(this.services);
      const later: Attempt[] = [];
      for (const attempt of waiting) {
        if (attempt.outcome.answered.has(attempt.service)) continue;
        if (chunk.attempts.length >= CHUNK || !chunk.add(attempt)) later.push(attempt);
      }
      if (chunk.attempts.length > 0) delivered.push(...(await this.talk(chunk)));
      waiting = later;
    }
    return delivered;
  }

  private async talk({ attempts, rows }: Chunk): Promise<Attempt[]> {
    this.probes += rows.length;
    const [delivered, answered] = (await this.sandbox.ask("talk", rows)) as [number[], number[]];
    const pick = (indices: readonly number[]): Attempt[] => indices.map((index) => attempts[index]).filter((attempt) => attempt !== undefined);
    for (const { outcome, service } of pick(delivered)) outcome.delivered.add(service);
    for (const { outcome, service } of pick(answered)) outcome.answered.add(service);
    return pick(delivered);
  }

  private outcome(from: string, to: string): Outcome {
    const key = `${from}>${to}`;
    let outcome = this.outcomes.get(key);
    if (outcome === undefined) this.outcomes.set(key, (outcome = { delivered: new Set(), answered: new Set(), confused: new Set() }));
    return outcome;
  }
}

/** One attempt for each service of each pair, which is mostly all that it takes, and the others. */
export function oneOfEach<T extends { readonly outcome: Outcome; readonly service: number }>(attempts: readonly T[]): { first: T[]; rest: T[] } {
  const seen = new Map<Outcome, Set<number>>();
  const isFirst = attempts.map(({ outcome, service }) => {
    const services = seen.get(outcome) ?? new Set<number>();
    seen.set(outcome, services);
    return !services.has(service) && services.add(service).has(service);
  });
  return { first: attempts.filter((_, at) => isFirst[at]), rest: attempts.filter((_, at) => isFirst[at] !== true) };
}

/** Conversations that can be told apart by any filter on their way: none has another's addresses and ports. */
class Chunk {
  readonly attempts: Attempt[] = [];
  readonly rows: Row[] = [];
  private readonly next = new Map<string, number>();

  constructor(private readonly services: readonly Service[]) {}

  /** False where every port of the client is in use. */
  add(attempt: Attempt): boolean {
    const { from, to, source, target, service, path, back, client: [low, high] } = attempt;
    const { protocol, port } = this.services[service] ?? { protocol: 1, port: 0 };
    const key = `${[source, target].sort().join()} ${protocol} ${protocol === 1 ? "" : port} ${low}`;
    let client = this.next.get(key) ?? low;
    if (source === target && client === port) {
      if (client < high) client += 1;
      else attempt.outcome.confused.add(service);
    }
    if (client > high) return false;
    this.next.set(key, client + 1);
    this.attempts.push(attempt);
    this.rows.push([from.index, to.index, source, target, protocol, client, port, path, back]);
    return true;
  }
}

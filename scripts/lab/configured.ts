/** What machines get done as they are configured: plain sockets of the kernel, from every address of an end to every address of another. */
import { Air } from "./air";
import { Configuration } from "./configuration";
import type { Exactness } from "./compare";
import type { Heard, Sandbox } from "./driver";
import { oneOfEach, type Measured, type Outcome } from "./hostile";
import type { Plan } from "./plan";
import type { Station } from "./stations";
import { intervals, witnesses, type Interval, type Service } from "./traits";
import { record } from "../../shared/model/topology";

export interface ConfiguredMeasured extends Measured {
  /** `from>to` of the pairs of parties that were measured, and what that says. */
  readonly pairs: ReadonlyMap<string, Exactness>;
  readonly air: Air;
}

interface Attempt {
  readonly outcome: Outcome;
  readonly service: number;
  readonly from: Station;
  readonly to: Station;
  readonly source: string;
  readonly mark: number;
  readonly target: string;
  readonly client: Interval;
}

/** Guests use the tags that are written for them, management interfaces none; everyone else any that the port takes. */
export function configuredAir(plan: Plan, heard: readonly Heard[]): Air {
  const tags = new Map(plan.stations.map((station) => [station.index, tagsOf(plan, station)]));
  const uses = (index: number, tag: number): boolean => tags.get(index)?.has(tag) !== false;
  return new Air(heard.filter(([from, tag, to, tagHeard]) => uses(from, tag) && uses(to, tagHeard)), plan.stations, plan.teams);
}

function tagsOf(plan: Plan, { kind, owner, id, port }: Station): ReadonlySet<number> | undefined {
  if (kind === "management" && port.untagged) return new Set([0]);
  if (kind !== "vnic") return undefined;
  const tags = record(plan.topology, "vms", owner)?.nics?.[id.slice(owner.length + 1)]?.guestVlans ?? [];
  // Where no frame goes untagged and no tag is written, the guest's tags are anyone's guess.
  if (tags.length === 0 && !port.untagged) return undefined;
  return new Set([0, ...tags]);
}

export async function measureConfigured(plan: Plan, heard: readonly Heard[], sandbox: Sandbox): Promise<ConfiguredMeasured | undefined> {
  const untagged = new Air(heard.filter(([, tag, , tagHeard]) => tag === 0 && tagHeard === 0), plan.stations, plan.teams);
  const configuration = new Configuration(plan, untagged);
  if (configuration.obstacle() !== undefined) return undefined;
  return new Talk(plan, configuration, sandbox, configuredAir(plan, heard)).run();
}

const CHUNK = 1500;

class Talk {
  private readonly services: readonly Service[];
  private readonly outcomes = new Map<string, Outcome>();
  private readonly pairs = new Map<string, Exactness>();
  private probes = 0;
  private readonly used = new Map<string, number>();

  constructor(private readonly plan: Plan, private readonly configuration: Configuration, private readonly sandbox: Sandbox, private readonly air: Air) {
    this.services = witnesses(plan.topology);
  }

  async run(): Promise<ConfiguredMeasured> {
    const ports = (protocol: number): number[] => this.services.filter((service) => service.protocol === protocol).map(({ port }) => port);
    await this.sandbox.ask("configure", this.configuration.orders({ tcp: ports(6), udp: ports(17) }));
    const { first, rest } = oneOfEach(this.attempts());
    const delivered = await this.all(first);
    delivered.push(...(await this.all(rest)));
    const unanswered = delivered.filter(({ outcome, service }) => !outcome.answered.has(service));
    for (const client of [1, 2, 3, 4, 5, 6, 7]) {
      await this.all(unanswered.flatMap((attempt) => {
        const interval = this.clientsOf(attempt.service)[client];
        return interval === undefined ? [] : [{ ...attempt, client: interval }];
      }));
    }
    return { services: this.services, outcomes: this.outcomes, probes: this.probes, pairs: this.pairs, air: this.air };
  }

  private attempts(): Attempt[] {
    const { parties } = this.configuration;
    return parties.flatMap((from) => parties.flatMap((to) => {
      if (from.owner === to.owner) return [];
      const key = `${from.owner}>${to.owner}`;
      const outcome = this.outcomes.get(key) ?? { delivered: new Set<number>(), answered: new Set<number>(), confused: new Set<number>() };
      this.outcomes.set(key, outcome);
      if (!this.isMeasured(from.owner) || !this.isMeasured(to.owner)) return [];
      const exact = this.configuration.exactness(from, to);
      this.pairs.set(key, exact === "exact" && [undefined, "exact"].includes(this.pairs.get(key)) ? "exact" : this.pairs.get(key) === "delivery" || exact === "delivery" ? "delivery" : "at least");
      return this.configuration.outlets(from).flatMap(({ address: source, mark }) => this.configuration.addresses(to).flatMap((target) =>
        [...this.services.keys()].map((service): Attempt => ({ outcome, service, from, to, source, mark, target, client: this.clientsOf(service)[0] ?? [1, 65535] }))));
    }));
  }

  private isMeasured(owner: string): boolean {
    return this.configuration.parties.filter((station) => station.owner === owner).every((station) => this.configuration.isPlain(station));
  }

  private clientsOf(service: number): readonly Interval[] {
    switch (this.services[service]?.protocol) {
      case 6: return intervals(this.plan.topology, "tcp");
      case 17: return intervals(this.plan.topology, "udp");
      default: return [[1, 65535]];
    }
  }

  /** Tries everything whose service is not answered yet; gives what was delivered. */
  private async all(attempts: readonly Attempt[]): Promise<Attempt[]> {
    const delivered: Attempt[] = [];
    let waiting = attempts.filter(({ outcome, service }) => !outcome.answered.has(service));
    while (waiting.length > 0) {
      const inUse = new Set<string>();
      const now: { attempt: Attempt; row: unknown }[] = [];
      const later: Attempt[] = [];
      for (const attempt of waiting) {
        const key = this.key(attempt);
        const [source, target, protocol, client, port] = key;
        // Two machines that speak to one another from the very ports that they serve would be one connection.
        const connection = `${protocol} ${[`${source} ${client}`, `${target} ${port}`].sort().join()}`;
        if (now.length >= CHUNK || inUse.has(connection)) later.push(attempt);
        else {
          inUse.add(connection);
          now.push({ attempt, row: { namespace: this.plan.nodes.get(attempt.from.owner) ?? "", mark: attempt.mark, receivers: this.indices(attempt.to.owner), key } });
        }
      }
      const answer = (await this.sandbox.ask("converse", now.map(({ row }) => row))) as [number[], number[]];
      this.probes += now.length;
      const [arrived, answered] = answer.map((indices) => indices.map((index) => now[index]?.attempt).filter((attempt) => attempt !== undefined));
      for (const { outcome, service } of arrived ?? []) outcome.delivered.add(service);
      for (const { outcome, service } of answered ?? []) outcome.answered.add(service);
      delivered.push(...(arrived ?? []));
      waiting = later;
    }
    return delivered;
  }

  private indices(owner: string): number[] {
    return this.configuration.parties.filter((station) => station.owner === owner).map(({ index }) => index);
  }

  /** What tells the conversation from others: each has a client's port of its own, while there are any of the kind. */
  private key({ source, target, service, client: [low, high] }: Attempt): [string, string, number, number, number] {
    const { protocol, port } = this.services[service] ?? { protocol: 1, port: 0 };
    const name = protocol === 1 ? "echo" : `${source} ${target} ${protocol} ${port} ${low}`;
    const count = this.used.get(name) ?? 0;
    this.used.set(name, count + 1);
    return [source, target, protocol, low + (count % (high - low + 1)), port];
  }
}

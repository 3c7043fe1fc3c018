/**
 * The matrix summed over tenants, from the rows of classes of parties: a pair of tenants is the union of the pairs of their VMs. Pairs
 * of tenants of which no two classes meet are alike wherever the tenants are made of the same kinds, and are summed once.
 */
import { NO_SERVICES, subtractServices, unionServices } from "../model/services";
import type { Verdict } from "../analysis/result";
import type { PartyClass } from "./parties";
import type { Rows } from "./rows";
import type { Sum } from "./types";
import { isListed, type Answer } from "./verdicts";

const WORSE: Readonly<Record<Verdict, number>> = { isolated: 0, permitted: 1, unknown: 2, violating: 3 };

/** The union of two; what passes both ways for one of them is not one-way for both. */
export function addSums(a: Sum, b: Sum): Sum {
  const services = unionServices(a.services, b.services);
  const frames = a.frames === "both" || b.frames === "both" ? "both" : (a.frames ?? b.frames);
  const verdict = WORSE[a.verdict] >= WORSE[b.verdict] ? a.verdict : b.verdict;
  // The sum rests on a forged address where everything does that has its verdict.
  const forged = [a, b].every((part) => part.verdict !== verdict || part.forged === true);
  return {
    layer: a.layer === 2 || b.layer === 2 ? 2 : 3, ...(frames === undefined ? {} : { frames }), services,
    oneWay: subtractServices(unionServices(a.oneWay, b.oneWay), services), verdict, ...(forged ? { forged } : {}),
  };
}

export const NOTHING: Sum = { layer: 3, services: NO_SERVICES, oneWay: NO_SERVICES, verdict: "isolated" };

/** How many classes of a kind a tenant has, by kind. */
type Profile = Map<number, number>;

/** A pair of tenants of which some classes meet. */
interface Cell {
  /** By pair of kinds, how many pairs of classes meet. */
  readonly met: Map<number, number>;
  readonly answers: Set<Answer>;
}

export class TenantSums {
  /** Of tenants with a VM that has a connected vNIC, in order of their first VM. */
  private readonly indexOf = new Map<string, number>();
  private readonly profiles: Profile[] = [];
  private readonly profileIds: number[] = [];
  private readonly byProfile = new Map<string, number>();
  private readonly cells = new Map<number, Cell>();
  private readonly alike = new Map<number, Sum>();
  private readonly sums = new Map<number, Sum>();
  private readonly size: number;

  constructor(private readonly rows: Rows) {
    for (const own of rows.parties.classes) this.enrol(own);
    this.size = this.profiles.length;
    for (const profile of this.profiles) {
      const key = [...profile.keys()].sort((a, b) => a - b).join();
      let id = this.byProfile.get(key);
      if (id === undefined) this.byProfile.set(key, (id = this.byProfile.size));
      this.profileIds.push(id);
    }
  }

  /** From one tenant to another; not of one to itself. */
  between(from: string, to: string): Sum {
    const [a, b] = [this.indexOf.get(from), this.indexOf.get(to)];
    return a === undefined || b === undefined ? NOTHING : this.at(a, b);
  }

  /** Ordered pairs of these tenants by verdict. */
  count(tenants: readonly string[]): Record<Verdict, number> {
    const counts = { isolated: 0, permitted: 0, violating: 0, unknown: 0 };
    const members: number[][] = [];
    for (const tenant of tenants) {
      const index = this.indexOf.get(tenant);
      if (index !== undefined) (members[this.profileIds[index] as number] ??= []).push(index);
    }
    const special = this.specials(new Set(members.flat()));
    members.forEach((some, a) => members.forEach((others, b) => {
      const ordinary = some.length * others.length - (a === b ? some.length : 0) - (special.get(a * this.byProfile.size + b) ?? 0);
      const [source, target] = [this.profiles[some[0] as number], this.profiles[others[0] as number]];
      if (ordinary > 0 && source !== undefined && target !== undefined) counts[this.ofProfiles(a, b, source, target).verdict] += ordinary;
    }));
    for (const key of this.cells.keys()) {
      const [a, b] = [Math.floor(key / this.size), key % this.size];
      counts[this.at(a, b).verdict] += 1;
    }
    const counted = counts.isolated + counts.permitted + counts.violating + counts.unknown;
    // Tenants without a connected VM reach nobody.
    counts.isolated += tenants.length * (tenants.length - 1) - counted;
    return counts;
  }

  /** Every ordered pair of tenants with the different answers of their classes; pairs that are alike come together. */
  *answers(): Generator<{ readonly pairs: Iterable<readonly [from: string, to: string]>; readonly answers: readonly Answer[] }> {
    const names = [...this.indexOf.keys()];
    const byProfile: number[][] = [];
    this.profileIds.forEach((id, index) => (byProfile[id] ??= []).push(index));
    for (const some of byProfile) {
      for (const others of byProfile) {
        const [source, target] = [this.profiles[some[0] as number] as Profile, this.profiles[others[0] as number] as Profile];
        yield { pairs: this.ordinary(names, some, others), answers: this.commons(source, target, () => true) };
      }
    }
    for (const [key, { met, answers }] of this.cells) {
      const [a, b] = [Math.floor(key / this.size), key % this.size];
      const common = this.commons(this.profiles[a] as Profile, this.profiles[b] as Profile, (kinds, count) => count > (met.get(kinds) ?? 0));
      yield { pairs: [[names[a] as string, names[b] as string]], answers: [...answers, ...common] };
    }
  }

  private *ordinary(names: readonly string[], some: readonly number[], others: readonly number[]): Generator<readonly [string, string]> {
    for (const a of some) for (const b of others) if (a !== b && !this.cells.has(a * this.size + b)) yield [names[a] as string, names[b] as string];
  }

  private commons(source: Profile, target: Profile, isThere: (kinds: number, count: number) => boolean): Answer[] {
    return [...source].flatMap(([from, some]) => [...target].flatMap(([to, others]) => {
      const answer = isThere(from * this.rows.kindCount + to, some * others) ? this.rows.commonOf(from, to, false) : undefined;
      return answer === undefined ? [] : [answer];
    }));
  }

  /** By pair of profiles, how many pairs of tenants are not alike. */
  private specials(counted: ReadonlySet<number>): Map<number, number> {
    const special = new Map<number, number>();
    for (const key of this.cells.keys()) {
      const [a, b] = [Math.floor(key / this.size), key % this.size];
      if (!counted.has(a) || !counted.has(b)) continue;
      const pair = (this.profileIds[a] as number) * this.byProfile.size + (this.profileIds[b] as number);
      special.set(pair, (special.get(pair) ?? 0) + 1);
    }
    return special;
  }

  private at(a: number, b: number): Sum {
    const [source, target] = [this.profiles[a], this.profiles[b]];
    if (source === undefined || target === undefined) return NOTHING;
    const cell = this.cells.get(a * this.size + b);
    if (cell === undefined) return this.ofProfiles(this.profileIds[a] as number, this.profileIds[b] as number, source, target);
    let sum = this.sums.get(a * this.size + b);
    if (sum === undefined) this.sums.set(a * this.size + b, (sum = this.ofCell(cell, source, target)));
    return sum;
  }

  private ofProfiles(a: number, b: number, source: Profile, target: Profile): Sum {
    const key = a * this.byProfile.size + b;
    let sum = this.alike.get(key);
    if (sum === undefined) {
      sum = NOTHING;
      for (const from of source.keys()) for (const to of target.keys()) sum = addSums(sum, this.common(from, to));
      this.alike.set(key, sum);
    }
    return sum;
  }

  private ofCell({ met, answers }: Cell, source: Profile, target: Profile): Sum {
    let sum = NOTHING;
    for (const answer of answers) sum = addSums(sum, answer);
    for (const [from, some] of source) {
      for (const [to, others] of target) if (some * others > (met.get(from * this.rows.kindCount + to) ?? 0)) sum = addSums(sum, this.common(from, to));
    }
    return sum;
  }

  private common(from: number, to: number): Sum {
    return this.rows.commonOf(from, to, false) ?? NOTHING;
  }

  private enrol(own: PartyClass): void {
    const tenant = own.members[0]?.tenant;
    if (tenant === undefined || own.hosts.length === 0) return;
    let index = this.indexOf.get(tenant);
    if (index === undefined) {
      this.indexOf.set(tenant, (index = this.indexOf.size));
      this.profiles.push(new Map());
    }
    const profile = this.profiles[index] as Profile;
    const kind = this.rows.kind(own);
    profile.set(kind, (profile.get(kind) ?? 0) + 1);
  }

  /** A pair that was asked for itself. */
  add(own: PartyClass, to: PartyClass, answer: Answer): void {
    const [tenant, other] = [own.members[0]?.tenant, to.members[0]?.tenant];
    if (tenant === undefined || other === undefined || other === tenant) return;
    const key = (this.indexOf.get(tenant) as number) * this.size + (this.indexOf.get(other) as number);
    let cell = this.cells.get(key);
    if (cell === undefined) this.cells.set(key, (cell = { met: new Map(), answers: new Set() }));
    const kinds = this.rows.kind(own) * this.rows.kindCount + this.rows.kind(to);
    cell.met.set(kinds, (cell.met.get(kinds) ?? 0) + 1);
    if (isListed(answer)) cell.answers.add(answer);
  }
}

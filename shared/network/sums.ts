/**
 * The matrix summed over tenants, from the rows of classes of parties: a pair of tenants is the union of the pairs of their VMs. Pairs
 * of tenants of which no two classes meet are alike wherever the tenants are made of the same kinds, and are summed once.
 *
 * Everything is counted, so that what a class has added can be taken away again.
 */
import { NO_SERVICES, subtractServices, unionServices } from "../model/services";
import type { Verdict } from "../analysis/result";
import type { PartyClass } from "./parties";
import type { Rows } from "./rows";
import { Tally } from "./tally";
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

/** Above the number of tenants, kinds and profiles of any document. */
const MANY = 2 ** 20;
const pairKey = (from: number, to: number): number => from * MANY + to;

interface Tenant {
  readonly id: string;
  /** How many classes it has of each kind. */
  readonly kinds: Map<number, number>;
  profile: Profile | undefined;
  /** By receiver. */
  readonly out: Map<Tenant, Cell>;
  /** Of which it is the receiver. */
  readonly into: Set<Cell>;
}

/** Which kinds a tenant has classes of. */
interface Profile {
  readonly index: number;
  readonly members: Set<Tenant>;
}

/** A pair of tenants of which some classes meet. */
interface Cell {
  readonly from: Tenant;
  readonly to: Tenant;
  /** By pair of kinds, how many pairs of classes meet. */
  readonly met: Tally<number>;
  /** How many of them have the answer, of those that say something. */
  answers: Tally<Answer> | undefined;
  /** Undefined when it has to be found out anew. */
  sum: Sum | undefined;
}

export class TenantSums {
  /** Those with a VM that has a connected vNIC. */
  private readonly tenants = new Map<string, Tenant>();
  private readonly profiles = new Map<string, Profile>();
  /** By pair of profiles: the sum of tenants of which no classes meet, and how many pairs of tenants have a cell. */
  private readonly alike = new Map<number, Sum>();
  private readonly special = new Map<number, number>();
  /** How many cells there are of each verdict, and those of which it is not known. */
  private readonly counts: Record<Verdict, number> = { isolated: 0, permitted: 0, violating: 0, unknown: 0 };
  private readonly stale = new Set<Cell>();
  /** Asked for last. */
  private last: Tenant | undefined;

  constructor(private readonly rows: Rows) {}

  /** From one tenant to another; not of one to itself. */
  between(from: string, to: string): Sum {
    const [a, b] = [this.tenants.get(from), this.tenants.get(to)];
    if (a === undefined || b === undefined) return NOTHING;
    const cell = a.out.get(b);
    return cell === undefined ? this.apart(a, b) : this.ofCell(cell);
  }

  /** Ordered pairs of all of so many tenants by verdict. */
  count(tenants: number): Record<Verdict, number> {
    for (const cell of this.stale) this.ofCell(cell);
    const counts = { ...this.counts };
    const profiles = [...this.profiles.values()].filter(({ members }) => members.size > 0);
    for (const a of profiles) {
      for (const b of profiles) {
        const ordinary = a.members.size * b.members.size - (a === b ? a.members.size : 0) - (this.special.get(pairKey(a.index, b.index)) ?? 0);
        const sample = ordinary > 0 ? this.sample(a, b) : undefined;
        if (sample !== undefined) counts[this.apart(...sample).verdict] += ordinary;
      }
    }
    const counted = counts.isolated + counts.permitted + counts.violating + counts.unknown;
    // Tenants without a connected VM reach nobody.
    counts.isolated += tenants * (tenants - 1) - counted;
    return counts;
  }

  /** Every ordered pair of tenants with the different answers of their classes; pairs that are alike come together. */
  *answers(): Generator<{ readonly pairs: Iterable<readonly [from: string, to: string]>; readonly answers: readonly Answer[] }> {
    const profiles = [...this.profiles.values()];
    for (const a of profiles) {
      for (const b of profiles) {
        const sample = this.sample(a, b);
        if (sample !== undefined) yield { pairs: ordinary(a, b), answers: this.commons(...sample) };
      }
    }
    for (const { out } of this.tenants.values()) {
      for (const { from, to, met, answers } of out.values()) yield { pairs: [[from.id, to.id]], answers: [...(answers?.keys() ?? []), ...this.commons(from, to, met)] };
    }
  }

  /** The answers that pairs of classes of two tenants share which do not meet, where they say something. */
  private commons(from: Tenant, to: Tenant, met?: Tally<number>): Answer[] {
    const found: Answer[] = [];
    from.kinds.forEach((some, source) => {
      to.kinds.forEach((others, target) => {
        const answer = some * others > (met?.get(pairKey(source, target)) ?? 0) ? this.rows.between(source, target, from.id, to.id) : undefined;
        if (answer !== undefined && isListed(answer)) found.push(answer);
      });
    });
    return found;
  }

  /** A class more, or one less. */
  enrol(own: PartyClass, change: 1 | -1): void {
    if (own.tenant === undefined || own.hosts.length === 0) return;
    const tenant = this.tenant(own.tenant);
    const kind = this.rows.kind(own);
    const before = tenant.kinds.get(kind) ?? 0;
    if (before + change === 0) tenant.kinds.delete(kind);
    else tenant.kinds.set(kind, before + change);
    if (tenant.profile === undefined || before === 0 || before + change === 0) this.assign(tenant);
    if (tenant.out.size + tenant.into.size > 0) for (const cell of cellsOf(tenant)) this.touch(cell);
  }

  /** A pair of classes that meet more, or one less. */
  add(from: PartyClass, to: PartyClass, answer: Answer, change: 1 | -1): void {
    if (from.tenant === undefined || to.tenant === undefined || to.tenant === from.tenant) return;
    const cell = this.cellOf(this.tenant(from.tenant), this.tenant(to.tenant));
    this.touch(cell);
    cell.met.add(pairKey(this.rows.kind(from), this.rows.kind(to)), change);
    if (isListed(answer)) (cell.answers ??= new Tally<Answer>()).add(answer, change);
    if (cell.met.size === 0) this.drop(cell);
  }

  /** The answers that pairs share which do not meet are others now. */
  forget(): void {
    this.alike.clear();
    for (const { out } of this.tenants.values()) for (const cell of out.values()) this.touch(cell);
  }

  private tenant(id: string): Tenant {
    if (this.last?.id === id) return this.last;
    let tenant = this.tenants.get(id);
    if (tenant === undefined) this.tenants.set(id, (tenant = { id, kinds: new Map(), profile: undefined, out: new Map(), into: new Set() }));
    return (this.last = tenant);
  }

  /** Gives the tenant the profile that it has now. */
  private assign(tenant: Tenant): void {
    const key = [...tenant.kinds.keys()].sort((a, b) => a - b).join();
    let profile = this.profiles.get(key);
    if (profile === undefined) this.profiles.set(key, (profile = { index: this.profiles.size, members: new Set() }));
    if (tenant.profile === profile) return;
    for (const cell of cellsOf(tenant)) this.countSpecial(cell, -1);
    tenant.profile?.members.delete(tenant);
    tenant.profile = profile;
    profile.members.add(tenant);
    for (const cell of cellsOf(tenant)) this.countSpecial(cell, 1);
  }

  private countSpecial({ from, to }: Cell, change: 1 | -1): void {
    if (from.profile !== undefined && to.profile !== undefined) countIn(this.special, pairKey(from.profile.index, to.profile.index), change);
  }

  private cellOf(from: Tenant, to: Tenant): Cell {
    let cell = from.out.get(to);
    if (cell === undefined) {
      cell = { from, to, met: new Tally(), answers: undefined, sum: undefined };
      this.stale.add(cell);
      from.out.set(to, cell);
      to.into.add(cell);
      this.countSpecial(cell, 1);
    }
    return cell;
  }

  private drop(cell: Cell): void {
    this.stale.delete(cell);
    cell.from.out.delete(cell.to);
    cell.to.into.delete(cell);
    this.countSpecial(cell, -1);
  }

  private touch(cell: Cell): void {
    if (cell.sum === undefined) return;
    this.counts[cell.sum.verdict] -= 1;
    cell.sum = undefined;
    this.stale.add(cell);
  }

  /** Two tenants of these profiles of which no classes meet. */
  private sample(a: Profile, b: Profile): [Tenant, Tenant] | undefined {
    for (const from of a.members) for (const to of b.members) if (from !== to && !from.out.has(to)) return [from, to];
    return undefined;
  }

  private apart(from: Tenant, to: Tenant): Sum {
    const key = pairKey(from.profile?.index ?? 0, to.profile?.index ?? 0);
    let sum = this.alike.get(key);
    if (sum === undefined) {
      sum = this.commons(from, to).reduce(addSums, NOTHING);
      this.alike.set(key, sum);
    }
    return sum;
  }

  private ofCell(cell: Cell): Sum {
    if (cell.sum !== undefined) return cell.sum;
    const { from, to, met, answers } = cell;
    let sum = NOTHING;
    answers?.forEach((answer) => (sum = addSums(sum, answer)));
    for (const answer of this.commons(from, to, met)) sum = addSums(sum, answer);
    cell.sum = sum;
    this.counts[sum.verdict] += 1;
    this.stale.delete(cell);
    return sum;
  }
}

/** Pairs of tenants of these profiles of which no classes meet. */
function* ordinary(a: Profile, b: Profile): Generator<readonly [string, string]> {
  for (const from of a.members) for (const to of b.members) if (from !== to && !from.out.has(to)) yield [from.id, to.id];
}

function cellsOf({ out, into }: Tenant): Cell[] {
  return [...out.values(), ...into];
}

function countIn<Key>(counts: Map<Key, number>, key: Key, change: 1 | -1): void {
  const count = (counts.get(key) ?? 0) + change;
  if (count === 0) counts.delete(key);
  else counts.set(key, count);
}

/**
 * The matrix by classes of parties: for each class, the answers to all others. Those that meet (see `encounters.ts`) are asked one by
 * one; all other pairs of the same kinds share an answer, which is asked once, so that forty thousand VMs that may all reach one
 * another cost what their exceptions do.
 */
import { Encounters } from "./encounters";
import type { Kernel } from "./kernel";
import type { Parties, PartyClass } from "./parties";
import type { Policy } from "./policy";
import { isListed, type Answer } from "./verdicts";

/** A kind of receiver, and whether it is of the sender's tenant. */
type Relation = readonly [kind: number, sameTenant: boolean];

/** Asks for the pair itself. */
export type Ask = (from: PartyClass, to: PartyClass) => Answer;

export class Rows {
  private readonly encounters: Encounters;
  private readonly atHost: PartyClass[][] = [];
  private readonly kindOf: Int32Array;
  /** By kind: its classes; and by kind and tenant. */
  private readonly byKind: PartyClass[][] = [];
  private readonly byTenant: Map<string, PartyClass[]>[] = [];
  private readonly shared = new Map<number, Answer>();
  /** By kind: those whose common answer is not known yet, and those whose answer has something to say. */
  private readonly unasked: Relation[][] = [];
  private readonly listed: Relation[][] = [];
  /** By class: in which round it was last met, so that a set need not be made for each row. */
  private readonly met: Int32Array;
  private readonly metAt: PartyClass[] = [];
  private round = 0;

  constructor(kernel: Kernel, readonly parties: Parties, policy: Policy, private readonly ask: Ask) {
    this.encounters = new Encounters(kernel, kernel.hosts.all);
    const kinds = new Map<string, number>();
    this.kindOf = new Int32Array(parties.classes.length);
    this.met = new Int32Array(parties.classes.length);
    for (const own of parties.classes) {
      for (const host of own.hosts) (this.atHost[host.index] ??= []).push(own);
      const [sample] = own.members;
      if (sample === undefined) continue;
      const key = `${own.hosts.map((host) => this.encounters.kindOf(host)).join()} ${policy.manner(sample)}`;
      let kind = kinds.get(key);
      if (kind === undefined) kinds.set(key, (kind = kinds.size));
      this.kindOf[own.index] = kind;
      (this.byKind[kind] ??= []).push(own);
      const tenants = (this.byTenant[kind] ??= new Map<string, PartyClass[]>());
      const tenant = sample.tenant ?? "";
      const alike = tenants.get(tenant);
      if (alike === undefined) tenants.set(tenant, [own]);
      else alike.push(own);
    }
  }

  get kindCount(): number {
    return this.byKind.length;
  }

  kind(own: PartyClass): number {
    return this.kindOf[own.index] as number;
  }

  /** The classes that have to be asked for one by one, in no order. */
  meeting(from: PartyClass): readonly PartyClass[] {
    this.metAt.length = 0;
    this.round += 1;
    for (const host of from.hosts) {
      for (const near of this.encounters.of(host)) {
        for (const to of this.atHost[near.index] ?? []) {
          if (this.met[to.index] === this.round) continue;
          this.met[to.index] = this.round;
          this.metAt.push(to);
        }
      }
    }
    return this.metAt;
  }

  /** The answers to those that have to be asked one by one, in no order. */
  forEachMeeting(from: PartyClass, visit: (to: PartyClass, answer: Answer) => void): void {
    for (const to of this.meeting(from)) visit(to, this.ask(from, to));
  }

  /** Answers that have something to say, in no order; of the class itself it is that to another member. Less may be wanted. */
  forEach(from: PartyClass, visit: (to: PartyClass, answer: Answer) => void, isWanted: (answer: Answer) => boolean = isListed): void {
    if (from.hosts.length === 0) return;
    this.forEachMeeting(from, (to, answer) => {
      if (isWanted(answer)) visit(to, answer);
    });
    this.askCommon(from);
    for (const [kind, sameTenant] of this.listedCommon(this.kind(from))) {
      const answer = this.commonOf(this.kind(from), kind, sameTenant);
      if (answer !== undefined && isWanted(answer)) for (const to of this.alike(from, kind, sameTenant)) if (!this.isMet(to)) visit(to, answer);
    }
  }

  /** The answer that all pairs of these kinds share that do not meet; undefined where no row that was asked has such a pair. */
  commonOf(from: number, to: number, sameTenant: boolean): Answer | undefined {
    return this.shared.get(this.keyOf(from, to, sameTenant));
  }

  /** Every answer that pairs share. */
  commons(): Iterable<Answer> {
    return this.shared.values();
  }

  /** The answer to a class, which may be the sender's own, whose meetings have just been listed. */
  answerTo(from: PartyClass, to: PartyClass): Answer {
    const [tenant, other] = [from.members[0]?.tenant, to.members[0]?.tenant];
    const common = this.isMet(to) ? undefined : this.commonOf(this.kind(from), this.kind(to), tenant !== undefined && tenant === other);
    return common ?? this.ask(from, to);
  }

  /** Sees to it that `commonOf` knows the answers for the pairs of this row, whose meetings have just been listed. */
  askCommon(from: PartyClass): void {
    const own = this.kind(from);
    const open = (this.unasked[own] ??= this.everyKind());
    if (open.length === 0) return;
    this.unasked[own] = open.filter(([kind, sameTenant]) => {
      for (const to of this.alike(from, kind, sameTenant)) {
        if (this.isMet(to)) continue;
        const answer = this.ask(from, to);
        this.shared.set(this.keyOf(own, kind, sameTenant), answer);
        if (isListed(answer)) (this.listed[own] ??= []).push([kind, sameTenant]);
        return false;
      }
      return true;
    });
  }

  /** Whether some class of the kind, of another tenant, does not meet this one, whose meetings have just been listed. */
  hasUnmet(from: PartyClass, kind: number): boolean {
    return this.unmet(from, kind).next().done !== true;
  }

  /** The classes of the kind, of no or another tenant, that do not meet this one, whose meetings have just been listed. */
  *unmet(from: PartyClass, kind: number): Generator<PartyClass> {
    for (const to of this.alike(from, kind, false)) if (!this.isMet(to)) yield to;
  }

  /** Whether the class is among those whose list was asked for last. */
  private isMet(to: PartyClass): boolean {
    return this.met[to.index] === this.round;
  }

  private listedCommon(kind: number): readonly Relation[] {
    return this.listed[kind] ?? [];
  }

  private everyKind(): Relation[] {
    return this.byKind.flatMap((classes, kind): Relation[] => (classes.length === 0 ? [] : [[kind, false], [kind, true]]));
  }

  private keyOf(from: number, to: number, sameTenant: boolean): number {
    return (from * this.byKind.length + to) * 2 + (sameTenant ? 1 : 0);
  }

  /** The classes of a kind that are, or are not, of the same tenant. */
  private *alike(from: PartyClass, kind: number, sameTenant: boolean): Generator<PartyClass> {
    const tenant = from.members[0]?.tenant;
    if (sameTenant) {
      if (tenant !== undefined) yield* this.byTenant[kind]?.get(tenant) ?? [];
      return;
    }
    for (const to of this.byKind[kind] ?? []) if (to.hosts.length > 0 && (tenant === undefined || to.members[0]?.tenant !== tenant)) yield to;
  }
}

/**
 * The matrix by classes of parties: for each class, the answers to all others. Those that meet (see `encounters.ts`) are asked one by
 * one; all other pairs of the same kinds share an answer, which is asked once, so that forty thousand VMs that may all reach one
 * another cost what their exceptions do.
 */
import { Encounters } from "./encounters";
import type { Host } from "./hosts";
import type { Kernel } from "./kernel";
import { append, roomFor, withItem } from "./lists";
import type { Parties, PartyClass } from "./parties";
import type { Policy } from "./policy";
import { isListed, type Answer } from "./verdicts";

/** A kind of receiver, and whether it is of the sender's tenant. */
type Relation = readonly [kind: number, sameTenant: boolean];

/** Asks for the pair itself. */
export type Ask = (from: PartyClass, to: PartyClass) => Answer;

/** Above the number of kinds of any document. */
const MANY = 2 ** 20;

export class Rows {
  readonly encounters: Encounters;
  private readonly atHost: PartyClass[][] = [];
  private readonly kinds = new Map<string | number, number>();
  private readonly kindOf: number[] = [];
  /** By kind: its classes; and by kind and tenant. */
  private readonly byKind: PartyClass[][] = [];
  private readonly byTenant: Map<string, PartyClass[]>[] = [];
  private readonly shared = new Map<number, Answer>();
  /** By kind: those whose common answer is not known yet, and those whose answer has something to say. */
  private unasked: Relation[][] = [];
  private listed: Relation[][] = [];
  /** By class: in which round it was last met, so that a set need not be made for each row. */
  private readonly met: (number | undefined)[];
  /** Room for those that are being listed. */
  private readonly metAt: PartyClass[] = [];
  private round = 0;

  constructor(kernel: Kernel, readonly parties: Parties, private readonly policy: Policy, private readonly ask: Ask) {
    this.encounters = new Encounters(kernel, kernel.hosts.all);
    this.met = roomFor(parties.classes.length);
    for (const own of parties.classes) this.enrol(own);
  }

  /** Takes a class in. */
  enrol(own: PartyClass): void {
    for (const host of own.hosts) {
      if ((this.atHost[host.index]?.length ?? 0) === 0) this.encounters.enrol(host);
      append(this.atHost, host.index, own);
    }
    const [sample] = own.members;
    if (sample === undefined) return;
    const kind = (this.kindOf[own.index] ??= this.numberOf(own.hosts, this.policy.manner(sample)));
    (this.byKind[kind] as PartyClass[]).push(own);
    const tenants = this.byTenant[kind] as Map<string, PartyClass[]>;
    const alike = tenants.get(own.tenant ?? ""), more = withItem(alike, own);
    if (more !== alike) tenants.set(own.tenant ?? "", more);
  }

  /** Takes a class out again. */
  withdraw(own: PartyClass): void {
    for (const host of own.hosts) {
      const here = this.atHost[host.index] ?? [];
      remove(here, own);
      if (here.length === 0) this.encounters.withdraw(host);
    }
    const kind = this.kind(own);
    remove(this.byKind[kind] ?? [], own);
    remove(this.byTenant[kind]?.get(own.tenant ?? "") ?? [], own);
  }

  private numberOf(hosts: readonly Host[], manner: number): number {
    const [only] = hosts;
    // Of most there is one host.
    const key = hosts.length === 1 && only !== undefined ? this.encounters.kindOf(only) * MANY + manner : `${hosts.map((host) => this.encounters.kindOf(host)).join()} ${manner}`;
    let kind = this.kinds.get(key);
    if (kind === undefined) {
      this.kinds.set(key, (kind = this.kinds.size));
      this.byKind.push([]);
      this.byTenant.push(new Map<string, PartyClass[]>());
      for (const open of this.unasked) open?.push([kind, false], [kind, true]);
    }
    return kind;
  }

  kind(own: PartyClass): number {
    return this.kindOf[own.index] as number;
  }

  /** The classes that have to be asked for one by one, in no order. */
  meeting(from: PartyClass): PartyClass[] {
    return this.around(from, "of");
  }

  /** The classes that have to ask for this one, in no order. */
  metBy(to: PartyClass): readonly PartyClass[] {
    return this.around(to, "towards");
  }

  /** The classes of some hosts. */
  at(hosts: Iterable<Host>): Set<PartyClass> {
    const found = new Set<PartyClass>();
    for (const { index } of hosts) for (const own of this.atHost[index] ?? []) found.add(own);
    return found;
  }

  private around(own: PartyClass, near: "of" | "towards"): PartyClass[] {
    let count = 0;
    this.round += 1;
    const { metAt, met, round, encounters } = this;
    for (const host of own.hosts) {
      const hosts = near === "of" ? encounters.of(host) : encounters.towards(host);
      for (let at = 0; at < hosts; at++) {
        const here = this.atHost[(encounters.found[at] as Host).index];
        if (here === undefined) continue;
        for (const other of here) {
          if (met[other.index] === round) continue;
          met[other.index] = round;
          metAt[count++] = other;
        }
      }
    }
    return metAt.slice(0, count);
  }

  /** Answers that have something to say, in no order; of the class itself it is that to another member. Less may be wanted, and of what it answers to all of a kind that it does not meet only some. */
  forEach(from: PartyClass, visit: (to: PartyClass, answer: Answer) => void, isWanted: (answer: Answer) => boolean = isListed, isKindWanted: (kind: number, answer: Answer) => boolean = () => true): void {
    if (from.hosts.length === 0) return;
    for (const to of this.meeting(from)) {
      const answer = this.ask(from, to);
      if (isWanted(answer)) visit(to, answer);
    }
    this.askCommon(from);
    for (const [kind, sameTenant] of this.listed[this.kind(from)] ?? []) {
      const answer = this.shared.get(this.keyOf(this.kind(from), kind, sameTenant));
      if (answer !== undefined && isWanted(answer) && isKindWanted(kind, answer)) for (const to of this.alike(from, kind, sameTenant)) if (!this.isMet(to)) visit(to, answer);
    }
  }

  /** The same, a kind of receivers at a time; of those that meet also the answers that have nothing to say. */
  eachPart(from: PartyClass, { met, alike }: { readonly met: (to: PartyClass, answer: Answer) => void; readonly alike: (kind: number, sameTenant: boolean, answer: Answer) => void }): void {
    if (from.hosts.length === 0) return;
    for (const to of this.meeting(from)) met(to, this.ask(from, to));
    this.askCommon(from);
    for (const [kind, sameTenant] of this.listed[this.kind(from)] ?? []) {
      const answer = this.shared.get(this.keyOf(this.kind(from), kind, sameTenant));
      if (answer !== undefined) alike(kind, sameTenant, answer);
    }
  }

  /** The answer to a class, which may be the sender's own, whose meetings have just been listed. */
  answerTo(from: PartyClass, to: PartyClass): Answer {
    if (this.isMet(to)) return this.ask(from, to);
    const key = this.keyOf(this.kind(from), this.kind(to), from.tenant !== undefined && from.tenant === to.tenant);
    return this.shared.get(key) ?? this.share(key, from, to);
  }

  /** The answer that all pairs of these kinds share that do not meet and are of two tenants, some pair of these two being one; undefined where none is. */
  between(from: number, to: number, tenant: string, other: string): Answer | undefined {
    const key = this.keyOf(from, to, false);
    const known = this.shared.get(key);
    if (known !== undefined) return known;
    for (const own of this.byTenant[from]?.get(tenant) ?? []) {
      this.meeting(own);
      for (const target of this.byTenant[to]?.get(other) ?? []) if (!this.isMet(target)) return this.share(key, own, target);
    }
    return undefined;
  }

  /** Whether the answer of a class, whose meetings have just been listed, to some of a kind and of another tenant that it does not meet is such a one. */
  toUnmet(from: PartyClass, kind: number, matters: (answer: Answer) => boolean): boolean {
    const key = this.keyOf(this.kind(from), kind, false);
    const known = this.shared.get(key);
    if (known !== undefined && !matters(known)) return false;
    for (const to of this.alike(from, kind, false)) if (!this.isMet(to)) return matters(known ?? this.share(key, from, to));
    return false;
  }

  /** The answers that pairs share are others now. */
  forget(): void {
    this.shared.clear();
    this.unasked = [];
    this.listed = [];
  }

  /** Finds out the answers that pairs of this row share; right after its meetings were listed. */
  private askCommon(from: PartyClass): void {
    const own = this.kind(from);
    const open = (this.unasked[own] ??= this.everyKind());
    if (open.length === 0) return;
    this.unasked[own] = open.filter(([kind, sameTenant]) => {
      for (const to of this.alike(from, kind, sameTenant)) {
        if (this.isMet(to)) continue;
        const key = this.keyOf(own, kind, sameTenant);
        if (isListed(this.shared.get(key) ?? this.share(key, from, to))) (this.listed[own] ??= []).push([kind, sameTenant]);
        return false;
      }
      return true;
    });
  }

  private share(key: number, from: PartyClass, to: PartyClass): Answer {
    const answer = this.ask(from, to);
    this.shared.set(key, answer);
    return answer;
  }

  /** Whether the class is among those whose list was asked for last. */
  private isMet(to: PartyClass): boolean {
    return this.met[to.index] === this.round;
  }

  private everyKind(): Relation[] {
    return this.byKind.flatMap((_, kind): Relation[] => [[kind, false], [kind, true]]);
  }

  private keyOf(from: number, to: number, sameTenant: boolean): number {
    return (from * MANY + to) * 2 + (sameTenant ? 1 : 0);
  }

  /** The classes of a kind that are, or are not, of the same tenant. */
  private *alike({ tenant }: PartyClass, kind: number, sameTenant: boolean): Generator<PartyClass> {
    if (sameTenant) {
      if (tenant !== undefined) yield* this.byTenant[kind]?.get(tenant) ?? [];
      return;
    }
    for (const to of this.byKind[kind] ?? []) if (to.hosts.length > 0 && (tenant === undefined || to.tenant !== tenant)) yield to;
  }
}

function remove<Item>(items: Item[], item: Item): void {
  const at = items.indexOf(item);
  if (at === -1) return;
  items[at] = items[items.length - 1] as Item;
  items.pop();
}

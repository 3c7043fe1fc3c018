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
  /** By class: whose row it was last met in, so that a set need not be made for each row. */
  private readonly met: Int32Array;
  private readonly metAt: PartyClass[] = [];

  constructor(kernel: Kernel, readonly parties: Parties, policy: Policy, private readonly ask: Ask) {
    this.encounters = new Encounters(kernel, kernel.hosts.all);
    const kinds = new Map<string, number>();
    this.kindOf = new Int32Array(parties.classes.length);
    this.met = new Int32Array(parties.classes.length).fill(-1);
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
    const [only] = from.hosts;
    this.metAt.length = 0;
    for (const host of from.hosts) {
      for (const near of this.encounters.of(host)) {
        for (const to of this.atHost[near.index] ?? []) {
          if (this.met[to.index] === from.index) continue;
          this.met[to.index] = from.index;
          this.metAt.push(to);
        }
      }
    }
    return only === undefined ? [] : this.metAt;
  }

  /** Answers that have something to say, in no order; of the class itself it is that to another member. */
  forEach(from: PartyClass, visit: (to: PartyClass, answer: Answer) => void): void {
    if (from.hosts.length === 0) return;
    // Asking may look at other rows, so the list is kept.
    for (const to of [...this.meeting(from)]) {
      const answer = this.ask(from, to);
      if (isListed(answer)) visit(to, answer);
    }
    for (const classes of this.byKind) {
      const [any] = classes;
      if (any === undefined) continue;
      for (const sameTenant of [false, true]) this.eachAlike(from, this.kind(any), sameTenant, visit);
    }
  }

  /** The answer that all pairs of the kinds share that do not meet; undefined where there is no such pair. */
  common(from: PartyClass, kind: number, sameTenant: boolean): Answer | undefined {
    const key = (this.kind(from) * this.byKind.length + kind) * 2 + (sameTenant ? 1 : 0);
    const known = this.shared.get(key);
    if (known !== undefined) return known;
    for (const to of this.alike(from, kind, sameTenant)) {
      if (this.met[to.index] === from.index) continue;
      const answer = this.ask(from, to);
      this.shared.set(key, answer);
      return answer;
    }
    return undefined;
  }

  private eachAlike(from: PartyClass, kind: number, sameTenant: boolean, visit: (to: PartyClass, answer: Answer) => void): void {
    const answer = this.common(from, kind, sameTenant);
    if (answer === undefined || !isListed(answer)) return;
    for (const to of this.alike(from, kind, sameTenant)) if (this.met[to.index] !== from.index) visit(to, answer);
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

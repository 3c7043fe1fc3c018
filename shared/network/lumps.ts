/**
 * Two networks of forty thousand VMs have more pairs than can be listed, so they are compared by lumps: parties that are of one class in either
 * network, between which all pairs change alike.
 */
import { equalServices } from "../model/services";
import { compareIds } from "../model/topology";
import type { PartyClass } from "./parties";
import type { Network } from "./compiled-network";
import type { Party } from "./types";
import { isListed, type Answer } from "./verdicts";

/** One id in both networks, or in one of them. */
export interface Twin {
  readonly id: string;
  readonly before: Party | undefined;
  readonly after: Party | undefined;
  readonly lump: Lump;
}

export interface Lump {
  readonly before: PartyClass | undefined;
  readonly after: PartyClass | undefined;
  /** Sorted by id. */
  readonly members: Twin[];
  /** What its row has, once that is counted. */
  bits: number;
}

export interface Difference {
  readonly to: Lump;
  readonly before: Answer | undefined;
  readonly after: Answer | undefined;
}

/** Above the number of classes of any document. */
const MANY = 2 ** 24;

/** The parties of both networks, sorted by id, and their lumps. */
export function twinsOf(before: Network, after: Network): { readonly twins: readonly Twin[]; readonly lumps: readonly Lump[] } {
  const byClasses = new Map<number, Lump>();
  const twins: Twin[] = [];
  for (const [old, now] of merged(before.parties, after.parties)) {
    const [oldClass, nowClass] = [old === undefined ? undefined : before.classOf(old), now === undefined ? undefined : after.classOf(now)];
    const key = ((oldClass?.index ?? -1) + 1) * MANY + (nowClass?.index ?? -1) + 1;
    let lump = byClasses.get(key);
    if (lump === undefined) byClasses.set(key, (lump = { before: oldClass, after: nowClass, members: [], bits: 0 }));
    const twin: Twin = { id: (old ?? now)?.id ?? "", before: old, after: now, lump };
    lump.members.push(twin);
    twins.push(twin);
  }
  return { twins, lumps: [...byClasses.values()] };
}

/** Two lists that are sorted by id, side by side. */
function* merged(before: readonly Party[], after: readonly Party[]): Generator<readonly [Party | undefined, Party | undefined]> {
  for (let i = 0, j = 0; i < before.length || j < after.length;) {
    const [old, now] = [before[i], after[j]];
    const order = old === undefined ? 1 : now === undefined ? -1 : compareIds(old.id, now.id);
    yield [order <= 0 ? old : undefined, order >= 0 ? now : undefined];
    if (order <= 0) i += 1;
    if (order >= 0) j += 1;
  }
}

/** Lumps whose classes are of one kind before and of one kind after: but for exceptions, the answers of a row to them change alike. */
interface Bundle {
  readonly before: number;
  readonly after: number;
  readonly lumps: Lump[];
}

export class LumpRows {
  private readonly old: Row;
  private readonly now: Row;
  private readonly bundles = new Map<string, Bundle>();
  /** Which lumps have been looked at one by one, for the row that is being compared. */
  private readonly seen = new Set<Lump>();

  constructor(lumps: readonly Lump[], before: Network, after: Network) {
    this.old = new Row(before, lumps, "before");
    this.now = new Row(after, lumps, "after");
    for (const lump of lumps) {
      const kinds = [this.old.kindOf(lump.before), this.now.kindOf(lump.after)] as const;
      const bundle = this.bundles.get(kinds.join());
      if (bundle === undefined) this.bundles.set(kinds.join(), { before: kinds[0], after: kinds[1], lumps: [lump] });
      else bundle.lumps.push(lump);
    }
  }

  /** To which lumps the answers of a lump differ, in no order. */
  differences(from: Lump): Difference[] {
    const { old, now, seen } = this;
    old.read(from.before);
    now.read(from.after);
    seen.clear();
    const found: Difference[] = [];
    const compare = (to: Lump, before: Answer | undefined, after: Answer | undefined): void => {
      if (!isSame(before, after) && (to !== from || from.members.length > 1)) found.push({ to, before, after });
    };
    for (const row of [old, now]) {
      for (const to of row.exceptions()) {
        if (seen.has(to)) continue;
        seen.add(to);
        compare(to, old.answerTo(to.before), now.answerTo(to.after));
      }
    }
    for (const bundle of this.bundles.values()) {
      const [before, after] = [old.toKind(bundle.before), now.toKind(bundle.after)];
      if (isSame(before, after)) continue;
      for (const to of bundle.lumps) if (!seen.has(to)) compare(to, before, after);
    }
    return found;
  }
}

const NO_KIND = -1;

/** The row of a class, read into the same maps again and again. */
class Row {
  private from: PartyClass | undefined;
  private readonly met = new Map<PartyClass, Answer | undefined>();
  /** By kind, of other tenants, and of the sender's own. */
  private readonly others = new Map<number, Answer>();
  private readonly own = new Map<number, Answer>();
  /** By class. */
  private readonly lumps: Lump[][] = [];
  private readonly byTenant = new Map<string, Lump[]>();

  constructor(private readonly network: Network, lumps: readonly Lump[], side: "before" | "after") {
    for (const lump of lumps) {
      const own = lump[side];
      if (own === undefined) continue;
      (this.lumps[own.index] ??= []).push(lump);
      if (own.tenant === undefined) continue;
      const alike = this.byTenant.get(own.tenant);
      if (alike === undefined) this.byTenant.set(own.tenant, [lump]);
      else alike.push(lump);
    }
  }

  kindOf(own: PartyClass | undefined): number {
    return own === undefined ? NO_KIND : this.network.kindOf(own);
  }

  read(from: PartyClass | undefined): void {
    this.from = from;
    for (const answers of [this.met, this.others, this.own]) answers.clear();
    if (from === undefined) return;
    this.network.eachPart(from, {
      met: (to, answer) => this.met.set(to, isListed(answer) ? answer : undefined),
      alike: (kind, sameTenant, answer) => (sameTenant ? this.own : this.others).set(kind, answer),
    });
  }

  /** The lumps that what holds for their kind may not hold for: those that the sender meets, and those of its tenant. */
  *exceptions(): Generator<Lump> {
    for (const to of this.met.keys()) yield* this.lumps[to.index] ?? [];
    if (this.from?.tenant !== undefined) yield* this.byTenant.get(this.from.tenant) ?? [];
  }

  /** What all of a kind have in common that are no exceptions; undefined where that is nothing. */
  toKind(kind: number): Answer | undefined {
    return this.others.get(kind);
  }

  answerTo(to: PartyClass | undefined): Answer | undefined {
    if (to === undefined || this.from === undefined) return undefined;
    if (this.met.has(to)) return this.met.get(to);
    return (this.from.tenant !== undefined && this.from.tenant === to.tenant ? this.own : this.others).get(this.kindOf(to));
  }
}

function isSame(a: Answer | undefined, b: Answer | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a === b || (a.verdict === b.verdict && a.layer === b.layer && a.frames === b.frames && a.forged === b.forged && equalServices(a.services, b.services) && equalServices(a.oneWay, b.oneWay));
}

/**
 * Two networks of forty thousand VMs have more pairs than can be listed, so they are compared by lumps: parties that are of one class in either
 * network, between which all pairs change alike.
 */
import { equalServices } from "../model/services";
import { compareIds } from "../model/topology";
import type { PartyClass } from "./parties";
import type { Network, Party } from "./types";
import type { Answer } from "./verdicts";

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

export class LumpRows {
  private readonly old: Row;
  private readonly now: Row;

  constructor(lumps: readonly Lump[], before: Network, after: Network) {
    this.old = new Row(before, lumps, "before");
    this.now = new Row(after, lumps, "after");
  }

  /** To which lumps the answers of a lump differ, in no order. */
  differences(from: Lump): Difference[] {
    const { old, now } = this;
    old.read(from.before);
    now.read(from.after);
    const found: Difference[] = [];
    const add = (to: Lump, before: Answer | undefined, after: Answer | undefined): void => {
      if (to !== from || from.members.length > 1) found.push({ to, before, after });
    };
    for (const { index } of old.listed) {
      const before = old.answers[index] as Answer;
      for (const to of old.lumpsOf(index)) {
        const after = now.answerTo(to.after);
        if (after === undefined || !isSame(before, after)) add(to, before, after);
      }
    }
    for (const { index } of now.listed) for (const to of now.lumpsOf(index)) if (old.answerTo(to.before) === undefined) add(to, undefined, now.answers[index]);
    return found;
  }
}

/** The row of a class, read into the same list again and again. */
class Row {
  readonly answers: (Answer | undefined)[] = [];
  readonly listed: PartyClass[] = [];
  /** By class. */
  private readonly lumps: Lump[][] = [];

  constructor(private readonly network: Network, lumps: readonly Lump[], side: "before" | "after") {
    for (const lump of lumps) {
      const own = lump[side];
      if (own !== undefined) (this.lumps[own.index] ??= []).push(lump);
    }
  }

  read(from: PartyClass | undefined): void {
    for (const { index } of this.listed) this.answers[index] = undefined;
    this.listed.length = 0;
    if (from === undefined) return;
    this.network.eachAnswer(from, (to, answer) => {
      while (this.answers.length <= to.index) this.answers.push(undefined);
      this.answers[to.index] = answer;
      this.listed.push(to);
    });
  }

  answerTo(to: PartyClass | undefined): Answer | undefined {
    return to === undefined ? undefined : this.answers[to.index];
  }

  lumpsOf(index: number): readonly Lump[] {
    return this.lumps[index] ?? [];
  }
}

function isSame(a: Answer, b: Answer): boolean {
  return a === b || (a.verdict === b.verdict && a.layer === b.layer && a.frames === b.frames && a.forged === b.forged && equalServices(a.services, b.services) && equalServices(a.oneWay, b.oneWay));
}

/** Which pairs of parties have another answer in another network. */
import type { MatrixPair, Verdict } from "../analysis/result";
import { compareIds } from "../model/topology";
import { LumpRows, twinsOf, type Difference, type Lump, type Twin } from "./lumps";
import { printed } from "./matrix";
import type { Network } from "./compiled-network";
import type { Answer } from "./verdicts";

/** What a flow is now, or that there is none any more. */
export type Outcome = Verdict | "gone";

/** A pair whose answer is another; absent where nothing passes or might. */
export interface FlowChange {
  readonly from: string;
  readonly to: string;
  readonly before?: MatrixPair;
  readonly after?: MatrixPair;
}

export interface FlowCounts {
  /** Pairs of parties by what they are now. */
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** Those that there were and are, with something else in them. */
  readonly changed: number;
}

/** Compares everything that the matrix says of a pair, but not the absent fields that an unknown verdict rests on. Neither network may be revised meanwhile. */
export class FlowChanges {
  /** By party, in order of ids. */
  private readonly parties: readonly Twin[];
  private readonly lumps: readonly Lump[];
  private readonly rows: LumpRows;

  constructor(private readonly before: Network, private readonly after: Network) {
    const { twins, lumps } = twinsOf(before, after);
    this.parties = twins;
    this.lumps = lumps;
    this.rows = new LumpRows(lumps, before, after);
  }

  /** Found by one pass over both networks when first asked for; so are the lists, which pass again over what has changes only. */
  get counts(): FlowCounts {
    return (this.counted ??= this.count());
  }
  private counted: FlowCounts | undefined;

  /** Sorted by from, then to; each time found anew. */
  *added(): Generator<MatrixPair> {
    for (const { after } of this.each(NOW)) if (after !== undefined) yield after;
  }

  *removed(): Generator<MatrixPair> {
    for (const { before } of this.each(BEFORE)) if (before !== undefined) yield before;
  }

  ending(outcome: Outcome): Generator<FlowChange> {
    return this.each(BITS[outcome]);
  }

  private count(): FlowCounts {
    const outcomes: Record<Outcome, number> = { isolated: 0, permitted: 0, violating: 0, unknown: 0, gone: 0 };
    let changed = 0;
    if (this.before === this.after) return { outcomes, changed };
    for (const from of this.lumps) {
      for (const difference of this.rows.differences(from)) {
        const { to, before, after } = difference;
        const pairs = from.members.length * (to === from ? from.members.length - 1 : to.members.length);
        outcomes[after?.verdict ?? "gone"] += pairs;
        if (before !== undefined && after !== undefined) changed += pairs;
        from.bits |= bitsOf(difference);
      }
    }
    return { outcomes, changed };
  }

  /** The targets of a lump are kept for as long as members of it are to come. */
  private *each(wanted: number): Generator<FlowChange> {
    // Read for the bits that counting leaves behind.
    void this.counts;
    const open = new Map<Lump, { readonly targets: readonly Target[]; left: number }>();
    for (const from of this.parties) {
      const { lump } = from;
      if ((lump.bits & wanted) === 0) continue;
      const row = open.get(lump) ?? { targets: this.targets(lump, wanted), left: lump.members.length };
      open.set(lump, row);
      row.left -= 1;
      if (row.left === 0) open.delete(lump);
      for (const { twin: to, before, after } of row.targets) {
        if (to === from) continue;
        yield { from: from.id, to: to.id, ...this.shown("before", from, to, before), ...this.shown("after", from, to, after) };
      }
    }
  }

  private targets(from: Lump, wanted: number): readonly Target[] {
    const found = this.rows.differences(from).filter((difference) => (bitsOf(difference) & wanted) !== 0);
    return found.flatMap(({ to, before, after }) => to.members.map((twin): Target => ({ twin, before, after }))).sort((a, b) => compareIds(a.twin.id, b.twin.id));
  }

  private shown(side: "before" | "after", from: Twin, to: Twin, answer: Answer | undefined): { readonly [Side in "before" | "after"]?: MatrixPair } {
    const [source, target] = [from[side], to[side]];
    return answer === undefined || source === undefined || target === undefined ? {} : { [side]: printed(this[side].describe(source, target, answer)) };
  }
}

const BITS: Readonly<Record<Outcome, number>> = { isolated: 1, permitted: 2, violating: 4, unknown: 8, gone: 16 };
const NOW = BITS.isolated | BITS.permitted | BITS.violating | BITS.unknown;
const BEFORE = 32;

function bitsOf({ before, after }: Difference): number {
  return BITS[after?.verdict ?? "gone"] | (before === undefined ? 0 : BEFORE);
}

interface Target {
  readonly twin: Twin;
  readonly before: Answer | undefined;
  readonly after: Answer | undefined;
}

/**
 * Analyses of edited copies of one document. Plans for different findings begin with the same steps, and different fixes come to the same
 * document: each is analysed once, and what is known of its fixes is known for all who come to it.
 */
import type { Edit } from "../analysis/result";
import type { Evaluation } from "../analysis/evaluate";
import type { Topology } from "../model/topology";
import type { Network } from "../network/compiled-network";

/** In parties, over all analyses that are kept. */
const ROOM = 4_000;
/** Of documents with more parties only the last few analyses are kept: a plan goes on from the one that it chooses. Telling whether others are equal would take longer than it saves. */
const SMALL = 200;
const LAST_FEW = 6;

export class Copies {
  /** By the document's text; the last used last. */
  private readonly byText = new Map<string, Evaluation>();
  private readonly last = new WeakMap<Evaluation, { readonly edits: readonly Edit[]; readonly after: Evaluation }[]>();
  private parties = 0;
  /** Compiled while a fix was put together, for the analysis of the same document. */
  private compiled: { readonly text: string; readonly network: Network } | undefined;

  /** The analysis after these very edits. */
  after(before: Evaluation, edits: readonly Edit[]): Evaluation | undefined {
    return this.last.get(before)?.find((one) => one.edits === edits)?.after;
  }

  /** The analysis of a document with the same text. */
  equalTo(topology: Topology): Evaluation | undefined {
    if (this.byText.size === 0) return undefined;
    const text = JSON.stringify(topology);
    const known = this.byText.get(text);
    if (known === undefined) return undefined;
    this.byText.delete(text);
    this.byText.set(text, known);
    return known;
  }

  /** The network of a document with the same text, if it was the last that somebody compiled. */
  networkOf(topology: Topology): Network | undefined {
    return this.compiled !== undefined && this.compiled.text === JSON.stringify(topology) ? this.compiled.network : undefined;
  }

  keepNetwork(network: Network): void {
    this.compiled = network.parties.length > SMALL ? undefined : { text: JSON.stringify(network.topology), network };
  }

  keep(before: Evaluation, edits: readonly Edit[], after: Evaluation): void {
    this.last.set(before, [...(this.last.get(before) ?? []), { edits, after }].slice(-LAST_FEW));
    families.set(after, this);
    this.remember(after);
  }

  remember(evaluation: Evaluation): void {
    const size = sizeOf(evaluation);
    const text = size > SMALL ? undefined : JSON.stringify(evaluation.topology);
    if (text === undefined || this.byText.has(text)) return;
    this.byText.set(text, evaluation);
    this.parties += size;
    for (const [oldest, kept] of this.byText) {
      if (this.parties <= ROOM) break;
      this.byText.delete(oldest);
      this.parties -= sizeOf(kept);
    }
  }
}

function sizeOf({ network }: Evaluation): number {
  return Math.max(1, network.parties.length);
}

const families = new WeakMap<Evaluation, Copies>();

/** The copies of the document that the analysis is of, or of which that is a copy. */
export function copiesOf(evaluation: Evaluation): Copies {
  let copies = families.get(evaluation);
  if (copies === undefined) {
    families.set(evaluation, (copies = new Copies()));
    copies.remember(evaluation);
  }
  return copies;
}

/**
 * Spots: ends that hear and are heard alike. They are the classes of layer 2, except that every port of a forwarder is a spot of its
 * own, because an end never hears itself and a forwarder must not be taken for its neighbour.
 */
import type { End, EndClass, Layer2 } from "./types";

export interface Spot {
  readonly index: number;
  readonly layer: EndClass;
  /** Sorted by id. */
  readonly ends: readonly End[];
}

/** How frames pass: what is written (`closed`), or what the absent fields could mean at worst (`open`). */
export type Model = "closed" | "open";

interface Hearing {
  readonly classes: readonly EndClass[];
  readonly set: ReadonlySet<EndClass>;
}

export class Spots {
  readonly all: readonly Spot[];
  private readonly byEnd: Spot[] = [];
  private readonly byClass: Spot[][] = [];
  private readonly hearing = { closed: [] as Hearing[], open: [] as Hearing[] };

  constructor(private readonly layer2: Layer2, alone: ReadonlySet<End>) {
    const all: Spot[] = [];
    for (const layer of layer2.classes) {
      const together = layer.ends.filter((end) => !alone.has(end));
      const groups = [...(together.length === 0 ? [] : [together]), ...layer.ends.filter((end) => alone.has(end)).map((end) => [end])];
      this.byClass[layer.index] = groups.map((ends) => {
        const spot: Spot = { index: all.length, layer, ends };
        all.push(spot);
        for (const end of ends) this.byEnd[end.index] = spot;
        return spot;
      });
    }
    this.all = all;
  }

  of(end: End): Spot {
    const spot = this.byEnd[end.index];
    if (spot === undefined) throw new Error(`no spot for ${end.id}`);
    return spot;
  }

  /** Whether a frame of an end of `from` is heard by another end, of `to`. */
  hears(from: Spot, to: Spot, model: Model): boolean {
    if (from === to && from.ends.length < 2) return false;
    return this.listeners(from.layer, model).set.has(to.layer);
  }

  /** Every spot that hears a frame of `from`; itself where it has ends that hear one another. */
  hearers(from: Spot, model: Model): Spot[] {
    return this.listeners(from.layer, model).classes.flatMap((layer) => this.byClass[layer.index] ?? []).filter((spot) => spot !== from || spot.ends.length > 1);
  }

  private listeners(layer: EndClass, model: Model): Hearing {
    return (this.hearing[model][layer.index] ??= this.ask(layer, model));
  }

  private ask(layer: EndClass, model: Model): Hearing {
    const certain = this.layer2.hearers(layer);
    const classes = model === "closed" ? certain : [...certain, ...this.layer2.mayHearers(layer)];
    return { classes, set: new Set(classes) };
  }
}

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
  private readonly heardClasses: { closed?: EndClass[][]; open?: EndClass[][] } = {};
  private readonly hearing = { closed: [] as Hearing[], open: [] as Hearing[] };

  /**
   * @param alone ends of forwarders
   * @param unknownLinks whether absent fields leave open who hears whom; if not, both models are one
   */
  constructor(private readonly layer2: Layer2, alone: ReadonlySet<End>, readonly unknownLinks: boolean) {
    const all: Spot[] = [];
    const place = (layer: EndClass, ends: readonly End[]): Spot => {
      const spot: Spot = { index: all.length, layer, ends };
      all.push(spot);
      for (const end of ends) this.byEnd[end.index] = spot;
      return spot;
    };
    for (const layer of layer2.classes) {
      const together = layer.ends.filter((end) => !alone.has(end));
      const own: Spot[] = together.length === 0 ? [] : [place(layer, together)];
      if (together.length < layer.ends.length) for (const end of layer.ends) if (alone.has(end)) own.push(place(layer, [end]));
      this.byClass[layer.index] = own;
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
    const found: Spot[] = [];
    for (const layer of this.hearingClasses(from, model)) for (const spot of this.byClass[layer.index] ?? []) if (spot !== from || spot.ends.length > 1) found.push(spot);
    return found;
  }

  /** Every spot whose frames `to` hears. */
  heard(to: Spot, model: Model): Spot[] {
    const asked = this.unknownLinks ? model : "closed";
    const heard = (this.heardClasses[asked] ??= this.turnAround(asked));
    return (heard[to.layer.index] ?? []).flatMap((layer) => this.byClass[layer.index] ?? []).filter((spot) => spot !== to || spot.ends.length > 1);
  }

  /** Layer 2 classes with an end that hears a frame of `from`; of its own class that may be itself. */
  hearingClasses(from: Spot, model: Model): readonly EndClass[] {
    return this.listeners(from.layer, model).classes;
  }

  /** By class, the classes that it hears. */
  private turnAround(model: Model): EndClass[][] {
    const heard: EndClass[][] = [];
    for (const from of this.layer2.classes) for (const to of this.listeners(from, model).classes) (heard[to.index] ??= []).push(from);
    return heard;
  }

  private listeners(layer: EndClass, model: Model): Hearing {
    const asked = this.unknownLinks ? model : "closed";
    return (this.hearing[asked][layer.index] ??= this.ask(layer, asked));
  }

  private ask(layer: EndClass, model: Model): Hearing {
    const certain = this.layer2.hearers(layer);
    const classes = model === "closed" ? certain : [...certain, ...this.layer2.mayHearers(layer)];
    return { classes, set: new Set(classes) };
  }
}

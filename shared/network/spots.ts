/**
 * Spots: ends that hear and are heard alike. They are the classes of layer 2, except that every port of a forwarder is a spot of its
 * own, because an end never hears itself and a forwarder must not be taken for its neighbour.
 */
import { append, roomFor } from "./lists";
import type { End, EndClass, Layer2 } from "./types";

export interface Spot {
  readonly index: number;
  readonly layer: EndClass;
  /** Sorted by id; none where all have been plugged in elsewhere. */
  readonly ends: readonly End[];
  /** How many. */
  readonly size: number;
  /** Any of them. */
  readonly first: End | undefined;
}

/** The ends of a layer 2 class that are no ports of forwarders. */
class Together implements Spot {
  private listed: readonly End[] | undefined;
  private source: readonly End[] | undefined;

  /**
   * @param apart how many ends of the class are ports
   * @param sample of its ends; known until one of them comes or goes
   */
  constructor(readonly index: number, readonly layer: EndClass, private readonly alone: ReadonlySet<End>, private readonly apart: number, private sample: End | undefined) {}

  get size(): number {
    return this.layer.size - this.apart;
  }

  get first(): End | undefined {
    return (this.sample ??= this.ends[0]);
  }

  forgetSample(): void {
    this.sample = undefined;
  }

  get ends(): readonly End[] {
    const { ends } = this.layer;
    if (this.source !== ends) {
      this.source = ends;
      this.listed = this.alone.size > 0 && ends.some((end) => this.alone.has(end)) ? ends.filter((end) => !this.alone.has(end)) : ends;
    }
    return this.listed ?? ends;
  }
}

/** How frames pass: what is written (`closed`), or what the absent fields could mean at worst (`open`). */
export type Model = "closed" | "open";

/** More classes than this are looked up in a set. */
const FEW = 8;

/** Who hears a class. Nearly always few do, so that a set is made only where many do. */
class Listeners {
  private set: ReadonlySet<EndClass> | undefined;

  constructor(readonly classes: readonly EndClass[]) {}

  has(layer: EndClass): boolean {
    return this.classes.length <= FEW ? this.classes.includes(layer) : (this.set ??= new Set(this.classes)).has(layer);
  }
}

export class Spots {
  private readonly byEnd: (Spot | undefined)[];
  private readonly byClass: Spot[][] = [];
  /** By layer 2 class, where it has ends that are no ports. */
  private readonly together: (Together | undefined)[];
  private readonly portsIn = new Map<EndClass, number>();
  private hearing: Record<Model, (Listeners | undefined)[]>;
  private count = 0;

  /**
   * @param alone ends of forwarders
   * @param unknownLinks whether absent fields leave open who hears whom; if not, both models are one
   */
  constructor(private readonly layer2: Layer2, private readonly alone: ReadonlySet<End>, readonly unknownLinks: boolean) {
    this.byEnd = roomFor(layer2.ends.length);
    this.hearing = this.nobodyAsked();
    this.together = roomFor(layer2.classes.length);
    for (const end of alone) this.portsIn.set(layer2.classOf(end), (this.portsIn.get(layer2.classOf(end)) ?? 0) + 1);
    const { ends } = layer2;
    for (let at = 0; at < ends.length; at++) {
      const end = ends[at] as End, layer = layer2.classOf(end);
      this.byEnd[at] = alone.size > 0 && alone.has(end) ? this.place(layer, { index: this.count, layer, ends: [end], size: 1, first: end }) : this.togetherIn(layer, end);
    }
  }

  /**
   * Goes along with ends, of no forwarder, whose class may be another.
   *
   * @returns the spots that they were in before, one for each
   */
  revise(ends: readonly End[]): Spot[] {
    const before = ends.map((end) => this.byEnd[end.index] as Spot);
    const after = ends.map((end) => this.togetherIn(this.layer2.classOf(end), end));
    ends.forEach((end, at) => (this.byEnd[end.index] = after[at]));
    for (const spot of [...before, ...after]) if (spot instanceof Together) spot.forgetSample();
    // Classes are heard or not as they have ends or none.
    this.hearing = this.nobodyAsked();
    return before;
  }

  /** How many there are. */
  get size(): number {
    return this.count;
  }

  private nobodyAsked(): Record<Model, (Listeners | undefined)[]> {
    return { closed: roomFor(this.layer2.classes.length), open: this.unknownLinks ? roomFor(this.layer2.classes.length) : [] };
  }

  /** Whether the end is a port of a forwarder. */
  isAlone(end: End): boolean {
    return this.alone.has(end);
  }

  private togetherIn(layer: EndClass, end: End): Together {
    return (this.together[layer.index] ??= this.place(layer, new Together(this.count, layer, this.alone, this.portsIn.get(layer) ?? 0, end)));
  }

  private place<Kind extends Spot>(layer: EndClass, spot: Kind): Kind {
    append(this.byClass, layer.index, spot);
    this.count += 1;
    return spot;
  }

  of(end: End): Spot {
    const spot = this.byEnd[end.index];
    if (spot === undefined) throw new Error(`no spot for ${end.id}`);
    return spot;
  }

  /** Whether a frame of an end of `from` is heard by another end, of `to`. */
  hears(from: Spot, to: Spot, model: Model): boolean {
    if (from === to && from.size < 2) return false;
    return this.listeners(from.layer, model).has(to.layer);
  }

  /** Every spot that hears a frame of `from`; itself where it has ends that hear one another. */
  hearers(from: Spot, model: Model): Spot[] {
    const found: Spot[] = [];
    for (const layer of this.hearingClasses(from, model)) for (const spot of this.byClass[layer.index] ?? []) if (spot.size > (spot === from ? 1 : 0)) found.push(spot);
    return found;
  }

  /** Every spot whose frames `to` hears. */
  heard(to: Spot, model: Model): Spot[] {
    const certain = this.layer2.senders(to.layer);
    const layers = model === "open" && this.unknownLinks ? [...certain, ...this.layer2.maySenders(to.layer)] : certain;
    return layers.flatMap((layer) => this.byClass[layer.index] ?? []).filter((spot) => spot.size > (spot === to ? 1 : 0));
  }

  /** Layer 2 classes with an end that hears a frame of `from`; of its own class that may be itself. */
  hearingClasses(from: Spot, model: Model): readonly EndClass[] {
    return this.listeners(from.layer, model).classes;
  }

  private listeners(layer: EndClass, model: Model): Listeners {
    const asked = this.unknownLinks ? model : "closed";
    return (this.hearing[asked][layer.index] ??= this.ask(layer, asked));
  }

  private ask(layer: EndClass, model: Model): Listeners {
    const certain = this.layer2.hearers(layer);
    return new Listeners(model === "closed" ? certain : [...certain, ...this.layer2.mayHearers(layer)]);
  }
}

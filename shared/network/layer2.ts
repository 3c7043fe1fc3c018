/** Layer 2 of a document: who hears whose frames, by which way, and what stops them. See section 3 of the semantics. */
import type { Topology } from "../model/topology";
import type { End, EndClass, Layer2 } from "./types";
import type { Hop } from "../analysis/result";
import { plugEnds, type Ends, type Plug } from "./ends";
import { indexVlans, makeGround, type Ground, type VlanIndex } from "./ground";
import { findSegments, type Segments } from "./segments";
import { heardBy, isolatedFromEachOther, walk } from "./walk";
import { wire } from "./wiring";

/** Compiles the document's switches, cables and ends. Answers are computed when asked for, and kept. */
export function compileLayer2(topology: Topology): Layer2 {
  const wiring = wire(topology);
  const ends = plugEnds(topology, wiring);
  const index = indexVlans(wiring, ends.distinct, []);
  return new CompiledLayer2(ends, makeGround(wiring, index, "known"), makeGround(wiring, index, "possible"), index);
}

class CompiledLayer2 implements Layer2 {
  readonly ends: readonly End[];
  readonly classes: readonly EndClass[];
  private readonly byId: ReadonlyMap<string, End>;
  private readonly byOwner = new Map<string, End[]>();
  private readonly classIndex: number[] = [];
  private readonly reached = new Map<Ground, Map<Plug, Set<number>>>();
  private segmentsFound: Segments | undefined;

  constructor(private readonly plugged: Ends, private readonly known: Ground, private readonly possible: Ground, private readonly index: VlanIndex) {
    this.ends = plugged.ends;
    this.byId = new Map(this.ends.map((end) => [end.id, end]));
    for (const end of this.ends) {
      const own = this.byOwner.get(end.owner);
      if (own === undefined) this.byOwner.set(end.owner, [end]);
      else own.push(end);
    }
    const classes = new Map<string, End[]>();
    for (const end of this.ends) {
      const key = this.plugsOf(end).map((plug) => plug.index).join();
      const own = classes.get(key);
      if (own === undefined) classes.set(key, [end]);
      else own.push(end);
    }
    this.classes = [...classes.values()].map((own, at) => ({ index: at, ends: own }));
    for (const own of this.classes) for (const end of own.ends) this.classIndex[end.index] = own.index;
  }

  get segments() {
    return this.found().all;
  }

  end(id: string): End | undefined {
    return this.byId.get(id);
  }

  endsOf(owner: string): readonly End[] {
    return this.byOwner.get(owner) ?? [];
  }

  hears(from: End, to: End): boolean {
    return this.reaches(this.known, from, to);
  }

  mayHear(from: End, to: End): boolean {
    return !this.hears(from, to) && this.reaches(this.possible, from, to);
  }

  missing(): readonly string[] {
    return [];
  }

  segmentsOf(end: End) {
    return this.found().of(end);
  }

  sharedSegments(a: End, b: End) {
    if (!this.hears(a, b) || !this.hears(b, a)) return [];
    const exact = this.found().exactlyOf(a).filter((segment) => this.found().exactlyOf(b).includes(segment));
    return exact.length > 0 ? exact : this.found().of(a).filter((segment) => this.found().of(b).includes(segment));
  }

  classOf(end: End): EndClass {
    return this.classes[this.classIndex[end.index] as number] as EndClass;
  }

  hearers(of: EndClass): readonly EndClass[] {
    return this.classes.filter((other) => this.classReaches(this.known, of, other));
  }

  mayHearers(of: EndClass): readonly EndClass[] {
    return this.classes.filter((other) => this.classReaches(this.possible, of, other) && !this.classReaches(this.known, of, other));
  }

  path(from: End, to: End): readonly Hop[] | undefined {
    return this.hears(from, to) ? [] : undefined;
  }

  blockedAt(): readonly Hop[] {
    return [];
  }

  private found(): Segments {
    return (this.segmentsFound ??= findSegments(this.known, this.plugged));
  }

  private plugsOf(end: End): readonly Plug[] {
    return this.plugged.plugs[end.index] ?? [];
  }

  private reaches(ground: Ground, from: End, to: End): boolean {
    return from.index !== to.index && this.plugsOf(from).some((a) => this.plugsOf(to).some((b) => this.plugReaches(ground, a, b)));
  }

  private classReaches(ground: Ground, from: EndClass, to: EndClass): boolean {
    const [a] = from.ends;
    const b = to.ends.find((end) => end !== a);
    return a !== undefined && b !== undefined && this.reaches(ground, a, b);
  }

  private plugReaches(ground: Ground, a: Plug, b: Plug): boolean {
    if (isolatedFromEachOther(a, b)) return false;
    const { instances } = ground.wiring;
    if (a.port.vni !== undefined || b.port.vni !== undefined) {
      return a.port.vni === b.port.vni && instances[a.instance]?.switch === instances[b.instance]?.switch;
    }
    let memo = this.reached.get(ground);
    if (memo === undefined) this.reached.set(ground, (memo = new Map()));
    const width = this.index.vlans.length;
    let places = memo.get(a);
    if (places === undefined) memo.set(a, (places = new Set(walk(ground, a).map((step) => step.instance * width + step.vlan))));
    const reachedPlaces = places;
    return heardBy(ground, b).some((vlan) => reachedPlaces.has(b.instance * width + vlan));
  }
}

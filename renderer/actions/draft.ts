/** A document in the making: actions change the draft, the difference becomes the edits of one undoable step. */
import { diffTopologies } from "../../shared/model/diff";
import { freshId } from "../../shared/model/ids";
import type { Placement } from "../../shared/model/layout";
import { entries, record, type CollectionName, type RecordOf, type Topology } from "../../shared/model/topology";
import type { Change } from "../store/document";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What an action did, or why it means nothing. */
export type Outcome =
  | { readonly ok: true; readonly change: Change; /** What to select afterwards. */ readonly select: readonly string[]; /** What people should know besides. */ readonly note?: string }
  | { readonly ok: false; readonly reason: string };

export function refuse(reason: string): Outcome {
  return { ok: false, reason };
}

/** Copies on write: every collection is copied once, and whatever an action leaves alone is shared with the document. */
export class Draft {
  private current: Topology;
  private readonly owned = new Set<CollectionName | "layout">();

  constructor(private readonly before: Topology) {
    this.current = { ...before };
  }

  /** The document as it is by now. Later changes of this draft may show in it. */
  get topology(): Topology {
    return this.current;
  }

  get<C extends CollectionName>(collection: C, id: string | undefined): RecordOf<C> | undefined {
    return record(this.current, collection, id);
  }

  entries<C extends CollectionName>(collection: C): [string, RecordOf<C>][] {
    return entries(this.current, collection);
  }

  put<C extends CollectionName>(collection: C, id: string, value: RecordOf<C>): void {
    this.own(collection)[id] = value;
  }

  /** Adds a record under a fresh id made from `base`, which it returns. */
  add<C extends CollectionName>(collection: C, base: string, value: RecordOf<C>): string {
    const id = freshId(this.current, base);
    this.put(collection, id, value);
    return id;
  }

  /** Sets fields of a record that exists; a field given as undefined is removed. */
  set<C extends CollectionName>(collection: C, id: string, fields: { readonly [K in keyof RecordOf<C>]?: RecordOf<C>[K] | undefined }): void {
    const old = this.get(collection, id);
    if (old === undefined) return;
    const kept = Object.entries({ ...old, ...fields }).filter(([, value]) => value !== undefined);
    this.put(collection, id, Object.fromEntries(kept) as RecordOf<C>);
  }

  remove(collection: CollectionName, id: string): void {
    Reflect.deleteProperty(this.own(collection), id);
    this.unplace(id);
  }

  /** Sets where a node stands, relative to its parent's top left corner; size and the like are kept. */
  place(id: string, at: Point): void {
    this.own("layout")[id] = { ...this.placement(id), x: Math.round(at.x), y: Math.round(at.y) };
  }

  /** Closes or opens a container that has a place. */
  collapse(id: string, collapsed: boolean): void {
    const { collapsed: _old, ...placement } = this.placement(id) ?? { x: 0, y: 0 };
    this.own("layout")[id] = collapsed ? { ...placement, collapsed } : placement;
  }

  /** Gives the node's place back to the automatic layout. */
  unplace(id: string): void {
    if (this.placement(id) !== undefined) Reflect.deleteProperty(this.own("layout"), id);
  }

  placement(id: string): Placement | undefined {
    const layout = this.current.layout;
    return layout !== undefined && Object.hasOwn(layout, id) ? layout[id] : undefined;
  }

  /** Sets a part of the document that is not a collection. */
  setRoot(fields: Partial<Pick<Topology, "name" | "description" | "policy">>): void {
    this.current = { ...this.current, ...fields };
  }

  /** The step from the document to the draft. Collections that came out empty are left out of the document. */
  change(label: string): Change {
    return { label, edits: diffTopologies(this.before, this.result()) };
  }

  done(label: string, select: readonly string[] = [], note?: string): Outcome {
    return { ok: true, change: this.change(label), select, ...(note === undefined || note === "" ? {} : { note }) };
  }

  private result(): Topology {
    const kept = Object.entries(this.current).filter(([key, value]) => !(this.owned.has(key as CollectionName) && Object.keys(value as object).length === 0));
    return Object.fromEntries(kept) as Topology;
  }

  private own(name: CollectionName | "layout"): Record<string, unknown> {
    if (!this.owned.has(name)) {
      this.current = { ...this.current, [name]: { ...this.current[name] } };
      this.owned.add(name);
    }
    return this.current[name] as Record<string, unknown>;
  }
}

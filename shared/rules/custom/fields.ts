/** Fields of elements by a dotted path: over references (`hypervisor.platform`), with `*` for every one of a list or of local records. */
import { defaultOf } from "../../model/field-defaults";
import { isObject } from "../../model/json";
import { nearest } from "../../model/nearest";
import { jsonPath, type PathSegment } from "../../model/path";
import { childShape, TOPOLOGY_SHAPE, type Shape } from "../../model/shape";
import { COLLECTIONS, record, type CollectionName, type Topology } from "../../model/topology";
import { UNDESCRIBED } from "../../model/platform-defaults";

/** A value that counts at one place. */
export interface Found {
  /** Undefined where nothing is known. */
  readonly value: unknown;
  /** Whether the document writes it down here. */
  readonly written: boolean;
  /** JSON path of the field that holds it, or would have to be set. */
  readonly field: string;
  /** Whose default it is, or why nothing is known; empty where it is written. */
  readonly basis: string;
}

const EVERY = "*";
/** What is drawn or not: without them there are none, which is no gap in the description. */
const DRAWN = new Set(["nics", "interfaces", "mirrors", "rules", "tags"]);

/** The shape of a field of the records of a collection, or what is wrong with the path and what would be right. */
export function shapeOfField(collection: CollectionName, path: string): Shape | { readonly message: string; readonly expected: string } {
  let shape = recordShape(collection);
  for (const segment of path.split(".")) {
    const target = shape.kind === "value" ? collectionAt(shape.refersTo) : undefined;
    if (target !== undefined) shape = recordShape(target);
    if (shape.kind === "object") {
      const next = shape.fields.get(segment);
      if (next === undefined) return { message: `no field ${JSON.stringify(segment)} there, did you mean ${JSON.stringify(nearest(segment, shape.fields.keys()) ?? "")}?`, expected: "" };
      shape = next;
    } else if (shape.kind === "value") {
      return { message: `nothing is below ${JSON.stringify(path.split(".").slice(0, -1).join("."))}`, expected: "a path that ends there" };
    } else {
      if (segment !== EVERY) return { message: `${JSON.stringify(segment)} in a list or among local records`, expected: `${EVERY} for any of them` };
      shape = childShape(shape, 0);
    }
  }
  return shape;
}

function recordShape(collection: CollectionName): Shape {
  return childShape(childShape(TOPOLOGY_SHAPE, collection), "");
}

function collectionAt(refersTo: string | undefined): CollectionName | undefined {
  return COLLECTIONS.find((name) => name === refersTo);
}

/** The values at every place that the path leads to; none where `*` stands for nothing. */
export function valuesAt(topology: Topology, collection: CollectionName, id: string, path: string): Found[] {
  return walk({ topology, collection, id, walked: [] }, record(topology, collection, id), recordShape(collection), path.split("."));
}

interface Position {
  readonly topology: Topology;
  readonly collection: CollectionName;
  readonly id: string;
  /** From the record. */
  readonly walked: readonly PathSegment[];
}

function walk(at: Position, value: unknown, shape: Shape, rest: readonly string[]): Found[] {
  const [segment, ...further] = rest;
  const { topology, collection, id, walked } = at;
  if (segment === undefined) return value === undefined ? [absent(at, [])] : [{ value, written: true, field: jsonPath(collection, id, ...walked), basis: "" }];
  const target = shape.kind === "value" ? collectionAt(shape.refersTo) : undefined;
  if (target !== undefined) {
    if (typeof value !== "string") return [absent(at, [])];
    return walk({ topology, collection: target, id: value, walked: [] }, record(topology, target, value), recordShape(target), rest);
  }
  if (value === undefined) {
    const last = walked.at(-1);
    return segment === EVERY && typeof last === "string" && DRAWN.has(last) ? [] : [absent(at, rest)];
  }
  const below = (key: PathSegment, inner: unknown): Found[] => walk({ ...at, walked: [...walked, key] }, inner, childShape(shape, key), further);
  if (segment !== EVERY) return below(segment, isObject(value) && Object.hasOwn(value, segment) ? value[segment] : undefined);
  if (Array.isArray(value)) return value.flatMap((inner, index) => below(index, inner));
  return isObject(value) ? Object.keys(value).sort().flatMap((key) => below(key, value[key])) : [];
}

/** What counts where the document is silent; of a field below something that is silent too. */
function absent({ topology, collection, id, walked }: Position, rest: readonly string[]): Found {
  const path = [...walked, ...rest];
  const field = jsonPath(collection, id, ...path);
  if (path.at(-1) === "tags") return { value: [], written: false, field, basis: "no tags are written" };
  const found = defaultOf(collection, topology, id, path);
  return { value: found?.value, written: false, field, basis: found?.basis ?? UNDESCRIBED };
}

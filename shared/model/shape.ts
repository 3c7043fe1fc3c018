/** The outline of the document, read off its schema once: which keys an object has and in which order, what a record or an array holds. */
import type { z } from "./zod";
import { topologySchema } from "./topology";

export type Shape =
  /** Fixed keys, in schema order. A union of objects has the keys of all of its options. */
  | { readonly kind: "object"; readonly fields: ReadonlyMap<string, Shape>; readonly ranks: ReadonlyMap<string, number> }
  /** Keyed by ids. */
  | { readonly kind: "record"; readonly value: Shape }
  | { readonly kind: "array"; readonly element: Shape }
  /** A scalar; `refersTo` as in its field's metadata; `values` are the only ones of an enumeration. */
  | { readonly kind: "value"; readonly type?: "string" | "number" | "boolean"; readonly values?: readonly unknown[]; readonly refersTo?: string };

const VALUE: Shape = { kind: "value" };

/** The outline of the whole document. */
export const TOPOLOGY_SHAPE: Shape = shapeOf(topologySchema);

/** The shape below a key or index; `value` where the schema knows nothing there. */
export function childShape(shape: Shape, key: string | number): Shape {
  switch (shape.kind) {
    case "object":
      return shape.fields.get(String(key)) ?? VALUE;
    case "record":
      return shape.value;
    case "array":
      return shape.element;
    case "value":
      return VALUE;
  }
}

/**
 * The keys of an object in canonical order: schema order for fixed keys, code-unit order for ids and for whatever the schema does not
 * know. Keys whose value is undefined are left out.
 */
export function orderedKeys(shape: Shape, value: Readonly<Record<string, unknown>>): string[] {
  const keys = Object.keys(value);
  const rank = (key: string): number => (shape.kind === "object" ? shape.ranks.get(key) ?? Infinity : 0);
  const inOrder = (a: string, b: string): boolean => rank(a) < rank(b) || (rank(a) === rank(b) && a < b);
  // Nearly every object is in order already, as it was read from a canonical file.
  for (let i = 1; i < keys.length; i += 1) {
    if (!inOrder(keys[i - 1] as string, keys[i] as string)) {
      keys.sort((a, b) => (inOrder(a, b) ? -1 : 1));
      break;
    }
  }
  return keys.some((key) => value[key] === undefined) ? keys.filter((key) => value[key] !== undefined) : keys;
}

function shapeOf(schema: unknown, outer?: string): Shape {
  const { def, meta } = schema as z.ZodType & { def: z.core.$ZodTypes["_zod"]["def"] };
  const refersTo = (meta()?.["refersTo"] as string | undefined) ?? outer;
  switch (def.type) {
    case "object":
      return objectShape(new Map(Object.entries(def.shape).map(([key, field]) => [key, shapeOf(field)])));
    case "record":
      return { kind: "record", value: shapeOf(def.valueType) };
    case "array":
      return { kind: "array", element: shapeOf(def.element) };
    case "optional":
      return shapeOf(def.innerType, refersTo);
    case "union":
      return unionShape(def.options.map((option) => shapeOf(option)));
    case "string": case "number": case "boolean":
      return { kind: "value", type: def.type, ...(refersTo === undefined ? {} : { refersTo }) };
    case "enum":
      return { kind: "value", type: "string", values: Object.values(def.entries) };
    case "literal":
      return { kind: "value", type: "string", values: def.values };
    default:
      return refersTo === undefined ? VALUE : { kind: "value", refersTo };
  }
}

function unionShape(options: readonly Shape[]): Shape {
  const fields = new Map<string, Shape>();
  for (const option of options) {
    if (option.kind !== "object") return VALUE;
    for (const [key, shape] of option.fields) fields.set(key, joined(fields.get(key), shape));
  }
  return objectShape(fields);
}

/** The variants of a union are told apart by a key that has another value in each. */
function joined(known: Shape | undefined, other: Shape): Shape {
  if (known?.kind !== "value" || other.kind !== "value" || known.values === undefined || other.values === undefined) return known ?? other;
  return { ...known, values: [...known.values, ...other.values] };
}

function objectShape(fields: ReadonlyMap<string, Shape>): Shape {
  return { kind: "object", fields, ranks: new Map([...fields.keys()].map((key, rank) => [key, rank])) };
}

/** The outline of the document, read off its schema once: which keys an object has and in which order, what a record or an array holds. */
import type { z } from "zod";
import { topologySchema } from "./topology";

export type Shape =
  /** Fixed keys, in schema order. A union of objects has the keys of all of its options. */
  | { readonly kind: "object"; readonly fields: ReadonlyMap<string, Shape> }
  /** Keyed by ids. */
  | { readonly kind: "record"; readonly value: Shape }
  | { readonly kind: "array"; readonly element: Shape }
  | { readonly kind: "value" };

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
  const keys = Object.keys(value).filter((key) => value[key] !== undefined);
  if (shape.kind !== "object") return keys.sort();
  const known = [...shape.fields.keys()].filter((key) => Object.hasOwn(value, key) && value[key] !== undefined);
  if (known.length === keys.length) return known;
  return [...known, ...keys.filter((key) => !shape.fields.has(key)).sort()];
}

function shapeOf(schema: unknown): Shape {
  const { def } = schema as z.core.$ZodType & { def: z.core.$ZodTypes["_zod"]["def"] };
  switch (def.type) {
    case "object":
      return { kind: "object", fields: new Map(Object.entries(def.shape).map(([key, field]) => [key, shapeOf(field)])) };
    case "record":
      return { kind: "record", value: shapeOf(def.valueType) };
    case "array":
      return { kind: "array", element: shapeOf(def.element) };
    case "optional":
      return shapeOf(def.innerType);
    case "union":
      return unionShape(def.options.map(shapeOf));
    default:
      return VALUE;
  }
}

function unionShape(options: readonly Shape[]): Shape {
  const fields = new Map<string, Shape>();
  for (const option of options) {
    if (option.kind !== "object") return VALUE;
    for (const [key, shape] of option.fields) if (!fields.has(key)) fields.set(key, shape);
  }
  return { kind: "object", fields };
}

/**
 * The schema as a yes or no. Nearly every document that is read is flawless, and the schema library spends most of its time on getting ready
 * to say what is wrong: this asks the same schema in a fifth of the time, and where the answer is no, the library is asked why.
 */
import type { z } from "./zod";
import { topologySchema, type Topology } from "./topology";

export interface Conforming {
  readonly topology: Topology;
  /** How many members all objects of the document have together. */
  readonly members: number;
}

/** The document where the schema has nothing against it, with the keys of its objects in schema order; the value may be changed to that. */
export function conform(value: unknown): Conforming | undefined {
  const count = { members: 0 };
  const topology = (readTopology ??= reader(topologySchema))(value, count);
  return topology === INVALID ? undefined : { topology: topology as Topology, members: count.members };
}

/** Gives the value, or a copy with its keys in order, or `INVALID`; adds up members as it goes. */
type Reader = (value: unknown, count: { members: number }) => unknown;
type Def = z.core.$ZodTypes["_zod"]["def"];
type Test = (value: never) => boolean;

const INVALID = Symbol("not what the schema says");
let readTopology: Reader | undefined;

function reader(schema: unknown): Reader {
  const { def } = schema as { readonly def: Def };
  switch (def.type) {
    case "object":
      return objectReader(Object.entries(def.shape));
    case "record":
      return recordReader(reader(def.keyType), reader(def.valueType));
    case "array":
      return def.checks?.length ? never : arrayReader(reader(def.element));
    case "optional": {
      const inner = reader(def.innerType);
      return (value, count) => (value === undefined ? value : inner(value, count));
    }
    case "union":
      return "discriminator" in def ? variantReader(String(def.discriminator), def.options) : unionReader(def.options.map(reader));
    case "string":
    case "number":
    case "boolean":
      return scalarReader(def.type, (def.checks ?? []).map((check) => test(check)));
    case "enum":
      return oneOf(Object.values(def.entries));
    case "literal":
      return oneOf(def.values);
    default:
      return never;
  }
}

/** What is not known here is left to the library. */
const never: Reader = () => INVALID;

function oneOf(values: readonly unknown[]): Reader {
  const known = new Set(values);
  return (value) => (known.has(value) ? value : INVALID);
}

function scalarReader(type: "string" | "number" | "boolean", tests: readonly Test[]): Reader {
  return (value) => {
    if (typeof value !== type || (type === "number" && !Number.isFinite(value))) return INVALID;
    for (const passes of tests) if (!passes(value as never)) return INVALID;
    return value;
  };
}

/** A check of the library; forms and our own functions are called without the detour. */
function test(check: z.core.$ZodCheck<never>): Test {
  const { def } = check._zod as { readonly def: { readonly check: string; readonly pattern?: RegExp; readonly fn?: (value: unknown) => unknown } };
  const { pattern, fn } = def;
  if (def.check === "string_format" && pattern?.global === false) return (value) => pattern.test(value);
  if (def.check === "custom" && fn !== undefined) return (value) => fn(value) === true;
  return (value) => {
    const payload = { value, issues: [] };
    check._zod.check(payload);
    return payload.issues.length === 0;
  };
}

interface Field {
  readonly rank: number;
  readonly isRequired: boolean;
  readonly read: Reader;
}

function objectReader(shape: readonly (readonly [string, unknown])[]): Reader {
  const fields = new Map(shape.map(([key, schema], rank): [string, Field] => [key, { rank, isRequired: (schema as { def: Def }).def.type !== "optional", read: reader(schema) }]));
  const required = [...fields.values()].filter(({ isRequired }) => isRequired).length;
  return (value, count) => {
    if (!isPlain(value)) return INVALID;
    let missing = required;
    let last = -1;
    let inOrder = true;
    for (const key in value) {
      const field = fields.get(key);
      if (field === undefined) return INVALID;
      const before = value[key];
      const after = field.read(before, count);
      if (after === INVALID) return INVALID;
      if (after !== before) value[key] = after;
      if (field.isRequired) missing -= 1;
      if (field.rank < last) inOrder = false;
      last = field.rank;
      count.members += 1;
    }
    if (missing > 0) return INVALID;
    return inOrder ? value : ordered(value, fields);
  };
}

function ordered(value: Readonly<Record<string, unknown>>, fields: ReadonlyMap<string, Field>): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const key of fields.keys()) if (Object.hasOwn(value, key)) copy[key] = value[key];
  return copy;
}

function recordReader(readKey: Reader, readValue: Reader): Reader {
  return (value, count) => {
    if (!isPlain(value)) return INVALID;
    for (const key in value) {
      if (readKey(key, count) === INVALID) return INVALID;
      const before = value[key];
      const after = readValue(before, count);
      if (after === INVALID) return INVALID;
      if (after !== before) value[key] = after;
      count.members += 1;
    }
    return value;
  };
}

function arrayReader(readElement: Reader): Reader {
  return (value, count) => {
    if (!Array.isArray(value)) return INVALID;
    for (let at = 0; at < value.length; at += 1) {
      const before: unknown = value[at];
      const after = readElement(before, count);
      if (after === INVALID) return INVALID;
      if (after !== before) value[at] = after;
    }
    return value;
  };
}

/** One of several objects, told apart by the value of one key. */
function variantReader(key: string, options: readonly unknown[]): Reader {
  const variants = new Map<unknown, Reader>();
  for (const option of options) {
    const { def } = option as { readonly def: Extract<Def, { type: "object" }> };
    const tag = (def.shape[key] as { readonly def: Def } | undefined)?.def;
    if (tag?.type === "literal") for (const name of tag.values) variants.set(name, reader(option));
  }
  return (value, count) => (isPlain(value) ? (variants.get(value[key]) ?? never)(value, count) : INVALID);
}

function unionReader(options: readonly Reader[]): Reader {
  return (value, count) => {
    const { members } = count;
    for (const read of options) {
      const found = read(value, count);
      if (found !== INVALID) return found;
      count.members = members;
    }
    return INVALID;
  };
}

/** An object as JSON makes them, so that `for in` gives its own keys and no others. */
function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

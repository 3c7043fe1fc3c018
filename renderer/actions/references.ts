/**
 * Walks every reference of a record by the schema's own metadata, so that removing, copying and moving things know all kinds
 * without naming one: references (`refersTo`) and selectors (`vm:a-web`).
 */
import { z } from "zod";
import { selectorSchema, type FieldMeta } from "../../shared/model/primitives";
import { parseSelector } from "../../shared/model/selector";
import { collectionSchemas, type CollectionName, type RecordOf } from "../../shared/model/topology";

/** Answers what stands in place of a referenced id; undefined: nothing, the reference goes. */
export type MapId = (id: string, refersTo: string) => string | undefined;

const GONE = Symbol("gone");

/**
 * The record with every reference mapped. A field that loses its reference is left out; a list loses the entry. Undefined where a
 * required reference is gone. Returns the record itself where nothing changes.
 */
export function mapReferences<C extends CollectionName>(collection: C, value: RecordOf<C>, map: MapId): RecordOf<C> | undefined {
  const mapped = walk(collectionSchemas[collection], value, map);
  return mapped === GONE ? undefined : (mapped as RecordOf<C>);
}

/** The same for a value of any schema, such as the policy. */
export function mapReferencesIn<T>(schema: z.core.$ZodType, value: T, map: MapId): T | undefined {
  const mapped = walk(schema, value, map);
  return mapped === GONE ? undefined : (mapped as T);
}

function walk(schema: z.core.$ZodType, value: unknown, map: MapId): unknown {
  if (value === undefined) return value;
  if (schema instanceof z.ZodOptional) {
    // An optional reference carries its metadata outside.
    const refersTo = typeof value === "string" ? refersToOf(schema) : undefined;
    return refersTo === undefined ? walk(schema.unwrap(), value, map) : (map(value as string, refersTo) ?? GONE);
  }
  if (schema instanceof z.ZodObject) return walkObject(schema, value as Readonly<Record<string, unknown>>, map);
  if (schema instanceof z.ZodArray) return walkArray(schema.element, value as readonly unknown[], map);
  if (schema instanceof z.ZodRecord) return walkRecord(schema.valueType, value as Readonly<Record<string, unknown>>, map);
  if (schema instanceof z.ZodUnion) {
    const option = schema.options.find((candidate) => z.safeParse(candidate, value).success);
    return option === undefined ? value : walk(option, value, map);
  }
  return typeof value === "string" ? mapText(schema, value, map) : value;
}

function mapText(schema: z.core.$ZodType, text: string, map: MapId): unknown {
  if (schema._zod.def === selectorSchema._zod.def) return mapSelector(text, map);
  const refersTo = refersToOf(schema);
  return refersTo === undefined ? text : (map(text, refersTo) ?? GONE);
}

function refersToOf(schema: z.core.$ZodType): string | undefined {
  return (z.globalRegistry.get(schema) as Partial<FieldMeta> | undefined)?.refersTo;
}

const SELECTED: Readonly<Record<string, CollectionName>> = {
  tenant: "tenants", vm: "vms", portgroup: "portGroups", hypervisor: "hypervisors", external: "externalNetworks",
};

function mapSelector(text: string, map: MapId): unknown {
  const selector = parseSelector(text);
  if (selector === undefined || !("id" in selector)) return text;
  const id = map(selector.id, SELECTED[selector.kind] ?? "");
  return id === undefined ? GONE : id === selector.id ? text : `${selector.kind}:${id}`;
}

function walkObject(schema: z.ZodObject, value: Readonly<Record<string, unknown>>, map: MapId): unknown {
  const result: Record<string, unknown> = { ...value };
  let changed = false;
  for (const [key, field] of Object.entries(schema.shape)) {
    if (!Object.hasOwn(value, key)) continue;
    const mapped = walk(field, value[key], map);
    if (mapped === value[key]) continue;
    changed = true;
    if (mapped !== GONE) result[key] = mapped;
    else if (isOptional(field)) Reflect.deleteProperty(result, key);
    else return GONE;
  }
  return changed ? result : value;
}

function isOptional(schema: z.core.$ZodType): boolean {
  return schema._zod.def.type === "optional";
}

/** An emptied list stays, empty: it then matches nothing, while an absent one would match everything. */
function walkArray(element: z.core.$ZodType, values: readonly unknown[], map: MapId): unknown {
  const mapped = values.map((value) => walk(element, value, map)).filter((value) => value !== GONE);
  return mapped.length === values.length && mapped.every((value, index) => value === values[index]) ? values : mapped;
}

function walkRecord(valueType: z.core.$ZodType, value: Readonly<Record<string, unknown>>, map: MapId): unknown {
  const result: Record<string, unknown> = {};
  let changed = false;
  for (const [key, entry] of Object.entries(value)) {
    const mapped = walk(valueType, entry, map);
    if (mapped !== entry) changed = true;
    if (mapped !== GONE) result[key] = mapped;
  }
  return changed ? result : value;
}

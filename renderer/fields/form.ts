/** The forms of inspector and table, read off the document's schema: a field that is added there appears here with its title, unit and group. */
import type { z } from "../../shared/model/zod";
import type { FieldGroup, FieldMeta } from "../../shared/model/primitives";

export interface Field {
  readonly key: string;
  readonly title: string;
  readonly description: string | undefined;
  readonly unit: string | undefined;
  readonly group: FieldGroup | undefined;
  readonly optional: boolean;
  readonly control: Control;
  /** What a value of the field is checked with. */
  readonly schema: z.ZodType;
}

/** How a value is edited. */
export type Control =
  | { readonly type: "text" }
  | { readonly type: "number"; readonly integer: boolean }
  | { readonly type: "flag" }
  | { readonly type: "choice"; readonly options: readonly string[] }
  /** The id of a record of one of these collections (comma separated), or a selector. */
  | { readonly type: "reference"; readonly to: string }
  | { readonly type: "list"; readonly of: Control }
  | { readonly type: "group"; readonly fields: readonly Field[] }
  /** One of several forms of an object, told apart by `tag` where they have one. */
  | { readonly type: "variants"; readonly tag: string | undefined; readonly options: readonly Variant[] }
  /** Records keyed by local ids: nics, interfaces, mirrors. */
  | { readonly type: "map"; readonly fields: readonly Field[] }
  /** A list of objects: rules, disks, shared folders. */
  | { readonly type: "rows"; readonly fields: readonly Field[] };

export interface Variant {
  /** The tag's value, or the names of the keys that only this form has. */
  readonly name: string;
  readonly fields: readonly Field[];
}

type Definition = z.core.$ZodTypes["_zod"]["def"];
type AnySchema = z.ZodType & { readonly def: Definition };

const cache = new WeakMap<object, readonly Field[]>();

/** The fields of an object schema, in schema order. */
export function fieldsOf(schema: z.ZodType): readonly Field[] {
  const known = cache.get(schema);
  if (known !== undefined) return known;
  const { def } = unwrap(schema).schema;
  const fields = def.type === "object" ? Object.entries(def.shape).map(([key, value]) => toField(key, value as AnySchema)) : [];
  cache.set(schema, fields);
  return fields;
}

function toField(key: string, schema: AnySchema): Field {
  const meta = metaOf(schema);
  const inner = unwrap(schema);
  return {
    key, title: meta.title ?? key, description: meta.description, unit: meta.unit, group: meta.group, optional: inner.optional,
    control: toControl(inner.schema, meta.refersTo ?? metaOf(inner.schema).refersTo), schema,
  };
}

function toControl(schema: AnySchema, refersTo: string | undefined): Control {
  const { def } = schema;
  switch (def.type) {
    case "boolean": return { type: "flag" };
    case "number": return { type: "number", integer: (def.checks ?? []).some((check) => (check._zod.def as { format?: string }).format === "safeint") };
    case "enum": return { type: "choice", options: Object.values(def.entries).map(String) };
    case "literal": return { type: "choice", options: def.values.map(String) };
    case "object": return { type: "group", fields: fieldsOf(schema) };
    case "record": return { type: "map", fields: fieldsOf(def.valueType as AnySchema) };
    case "array": {
      const element = unwrap(def.element as AnySchema).schema;
      return element.def.type === "object" ? { type: "rows", fields: fieldsOf(element) } : { type: "list", of: toControl(element, metaOf(element).refersTo ?? refersTo) };
    }
    case "union": return toVariants(def as z.core.$ZodUnionDef & { discriminator?: string });
    default: return refersTo === undefined ? { type: "text" } : { type: "reference", to: refersTo };
  }
}

function toVariants(def: z.core.$ZodUnionDef & { discriminator?: string }): Control {
  const forms = def.options.map((option) => fieldsOf(option as AnySchema));
  const tag = def.discriminator;
  const options = forms.map((fields): Variant => {
    const tagField = fields.find((field) => field.key === tag);
    const others = forms.filter((form) => form !== fields).flat();
    const name = tagField?.control.type === "choice" ? tagField.control.options[0] : fields.find((field) => !others.some((other) => other.key === field.key))?.title;
    return { name: name ?? "other", fields: fields.filter((field) => field.key !== tag) };
  });
  return { type: "variants", tag, options };
}

function unwrap(schema: z.ZodType): { readonly schema: AnySchema; readonly optional: boolean } {
  let current = schema as AnySchema;
  let optional = false;
  while (current.def.type === "optional") {
    optional = true;
    current = current.def.innerType as AnySchema;
  }
  return { schema: current, optional };
}

function metaOf(schema: AnySchema): Partial<FieldMeta> {
  return (schema.meta() ?? {}) as Partial<FieldMeta>;
}

/** Fields by inspector group, in the order in which the groups first appear. Fields without a group go with the first. */
export function byGroup(fields: readonly Field[]): ReadonlyMap<FieldGroup, readonly Field[]> {
  const groups = new Map<FieldGroup, Field[]>();
  for (const field of fields) {
    const group = field.group ?? "Identity";
    groups.set(group, [...(groups.get(group) ?? []), field]);
  }
  return groups;
}

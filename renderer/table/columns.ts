/** The columns of a kind, read off the document's schema as the inspector's form is. */
import { collectionSchemas, type CollectionName } from "../../shared/model/topology";
import { valueAt } from "../../shared/model/path";
import { idSchema } from "../../shared/model/primitives";
import { fieldsOf, type Field } from "../fields/form";
import type { TableKind } from "./kinds";
import type { RowValue } from "./rows";

export interface Column {
  /** The path with dots: `guest.clipboard`; `only.portGroup` for that of a VM's only vNIC. */
  readonly key: string;
  /** Unique in its kind, so that a spreadsheet can name it. */
  readonly title: string;
  readonly field: Field;
  /** Inside the record or part, or with `through` inside its only vNIC. */
  readonly path: readonly string[];
  readonly through?: "nics";
  /** `write`: as one likes; `new`: only while the row is made; `read`: shown only. */
  readonly access: "write" | "new" | "read";
  /** Pixels. */
  readonly width: number;
}

/** Fields of these groups are called after them, as "VLAN" alone would not say whose. */
const NAMED_AFTER: ReadonlySet<string> = new Set(["a", "b", "shaping"]);
/** A VM with one vNIC, as most have, shows what it is plugged into. */
const THROUGH: readonly string[] = ["portGroup", "addresses", "mac", "gateway"];

const cache = new Map<string, readonly Column[]>();

/** The first is what the row is called. */
export function columnsOf(kind: TableKind): readonly Column[] {
  const known = cache.get(kind.id);
  if (known !== undefined) return known;
  const columns = kind.part === undefined ? recordColumns(kind.collection) : partColumns(kind);
  cache.set(kind.id, columns);
  return columns;
}

function recordColumns(collection: CollectionName): Column[] {
  const fields = fieldsOf(collectionSchemas[collection]);
  const name = fields.filter(({ key }) => key === "name").map((field) => toColumn(field, [field.key]));
  const late = fields.filter(({ key }) => key === "tags" || key === "description").reverse().flatMap((field) => flattened(field, []));
  const rest = fields.filter(({ key }) => !["name", "tags", "description"].includes(key)).flatMap((field) => [...(field.key === "nics" && collection === "vms" ? throughColumns(field) : []), ...flattened(field, [])]);
  return [...name, ...rest, ...late, idColumn("Id", "id", "new")];
}

function partColumns({ noun, collection, part }: TableKind): Column[] {
  const control = fieldsOf(collectionSchemas[collection]).find(({ key }) => key === part)?.control;
  const fields = control !== undefined && "fields" in control ? control.fields : [];
  const late = (field: Field): boolean => ["name", "description", "tags"].includes(field.key);
  return [idColumn(noun.charAt(0) === "v" ? noun : noun.charAt(0).toUpperCase() + noun.slice(1), "id", "new"), ...fields.filter((field) => !late(field)).flatMap((field) => flattened(field, [])), ...fields.filter(late).flatMap((field) => flattened(field, []))];
}

function idColumn(title: string, key: string, access: Column["access"]): Column {
  const field: Field = { key, title, description: "Chosen when it is made, and then for good.", unit: undefined, group: "Identity", optional: false, control: { type: "text" }, schema: idSchema };
  return { key, title, field, path: [], access, width: 168 };
}

function throughColumns(nics: Field): Column[] {
  const fields = "fields" in nics.control ? nics.control.fields : [];
  return THROUGH.flatMap((key) => fields.filter((field) => field.key === key)).map((field) => ({ ...toColumn(field, [field.key]), key: `only.${field.key}`, through: "nics" as const }));
}

/** Groups are shown as their fields; what holds a place in a VLAN of a switch is one cell. */
function flattened(field: Field, above: readonly Field[]): Column[] {
  const { control } = field;
  const path = [...above, field].map(({ key }) => key);
  if (control.type !== "group") return [toColumn(titled(field, above), path)];
  if (!isPlace(control.fields)) return control.fields.flatMap((inner) => flattened(inner, [...above, field]));
  const others = control.fields.filter(({ key }) => key !== "physicalSwitch" && key !== "vlan");
  return [toColumn(field, path), ...others.flatMap((inner) => flattened({ ...inner, title: `${field.title} ${lower(inner.title)}` }, [...above, field]))];
}

/** A switch and a VLAN of it that belong together: a BMC's. */
export function isPlace(fields: readonly Field[]): boolean {
  return ["physicalSwitch", "vlan"].every((key) => fields.some((field) => field.key === key && !field.optional));
}

function titled(field: Field, above: readonly Field[]): Field {
  const group = above.at(-1);
  if (group === undefined || !NAMED_AFTER.has(group.key)) return field;
  return { ...field, title: field.key === "switch" ? group.title : `${group.title} ${lower(field.title)}` };
}

function lower(title: string): string {
  return /^[A-Z][a-z]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
}

function toColumn(field: Field, path: readonly string[]): Column {
  const { type } = field.control;
  return { key: path.join("."), title: field.title, field, path, access: type === "map" || type === "rows" ? "read" : "write", width: Math.max(WIDTHS[type] ?? 140, Math.min(220, 36 + field.title.length * 7)) };
}

const WIDTHS: Readonly<Partial<Record<Field["control"]["type"], number>>> = { flag: 84, number: 96, choice: 112, reference: 136, list: 160, variants: 148, map: 128, rows: 72, group: 136, text: 132 };

/** Where the column's value is inside the row's; undefined where it has several vNICs or none can be told. */
export function placeOf(column: Column, value: RowValue): readonly string[] | undefined {
  if (column.through === undefined) return column.path;
  const locals = Object.keys((value[column.through] ?? {}) as object);
  if (locals.length > 1) return undefined;
  return [column.through, locals[0] ?? "eth0", ...column.path];
}

/** What the column has of this row; of a VM with several vNICs a list of what each has. */
export function columnValue(column: Column, value: RowValue): unknown {
  const place = placeOf(column, value);
  return place === undefined ? undefined : valueAt(value, place);
}

/** Keys of the columns for which any row says something. */
export function usedColumns(columns: readonly Column[], rows: readonly { readonly value: RowValue }[]): ReadonlySet<string> {
  let left = columns.filter((column) => column.path.length > 0);
  const used = new Set<string>();
  for (const { value } of rows) {
    if (left.length === 0) break;
    const found = left.filter((column) => (column.through !== undefined ? column.through in value && columnValue(column, value) !== undefined : (column.path[0] ?? "") in value && valueAt(value, column.path) !== undefined));
    if (found.length === 0) continue;
    for (const column of found) used.add(column.key);
    left = left.filter((column) => !used.has(column.key));
  }
  return used;
}

/** What a cell says, and what is meant by a text that is written into it. Pure. */
import { defaultOf } from "../../shared/model/field-defaults";
import { SelectorCheck } from "../../shared/model/validate/selectors";
import { parseSelector } from "../../shared/model/selector";
import type { Topology } from "../../shared/model/topology";
import { selectorCandidates, splitList } from "../actions/selectors";
import type { Control, Field } from "../fields/form";
import { sentence } from "../fields/try-change";
import type { Suggestion } from "../ui/CellInput";
import { columnValue, isPlace, placeOf, type Column } from "./columns";
import type { TableKind } from "./kinds";
import { choices, readReference, referenceText, type Read, type Scope } from "./references";
import { prefixOf, rowName, type Row, type RowValue } from "./rows";
import { modeText, placeText, readMode, readPlace } from "./vlan-text";

/** The empty list, which is not the same as none: it matches nothing. */
const NOTHING = "nothing";
/** Takes a value away, so that the default counts. */
export const DEFAULT_WORD = "default";

/** What counts where the cell is empty, for the grey text; undefined where nothing does. */
export function defaultText(topology: Topology, kind: TableKind, row: Row, column: Column): string | undefined {
  const place = column.path.length === 0 ? undefined : placeOf(column, row.value);
  return place === undefined ? undefined : defaultOf(kind.collection, topology, row.owner, [...prefixOf(kind, row.local), ...place])?.text;
}

/** What the cell says; empty where the document does not. */
export function cellText(scope: Scope, kind: TableKind, row: Row, column: Column): string {
  if (column.key === "id") return kind.part === undefined ? row.id : rowName(scope.topology, kind.collection, row);
  if (column.through !== undefined && placeOf(column, row.value) === undefined) return severalText(scope, column, row.value);
  return valueText(scope, column.field.control, columnValue(column, row.value));
}

/** Of a VM with several vNICs: what each has, to be read only. */
function severalText(scope: Scope, column: Column, value: RowValue): string {
  const adapters = Object.values(value["nics"] as Readonly<Record<string, RowValue>>);
  return adapters.map((adapter) => valueText(scope, column.field.control, adapter[column.field.key])).filter((text) => text !== "").join(" + ");
}

export function valueText(scope: Scope, control: Control, value: unknown): string {
  if (value === undefined) return "";
  switch (control.type) {
    case "flag": return value === true ? "on" : "off";
    case "reference": return control.to === "selector" ? String(value) : referenceText(scope, control.to, String(value));
    case "list": return listText(scope, control.of, value as readonly unknown[]);
    case "variants": return control.tag === "mode" ? modeText(value as RowValue) : placeText(scope, value as RowValue);
    case "group": return placeText(scope, value as RowValue);
    case "map": return Object.keys(value as object).join(", ");
    case "rows": return String((value as readonly unknown[]).length);
    default: return String(value);
  }
}

function listText(scope: Scope, of: Control, items: readonly unknown[]): string {
  if (items.length === 0) return NOTHING;
  const isSelector = of.type === "reference" && of.to === "selector";
  return items.map((item) => valueText(scope, of, item)).map((text) => (!isSelector && (/[",;\n]/.test(text) || text === NOTHING) ? `"${text.replaceAll('"', '""')}"` : text)).join(", ");
}

/** Reads a text into the column; empty, `default` and a default in brackets take the value away. `old` is what is there now. */
export function readCell(scope: Scope, column: Column, typed: string, old: unknown): Read {
  const { field } = column;
  const text = typed.trim();
  if (field.control.type !== "text" && field.optional && (text.toLowerCase() === DEFAULT_WORD || /^\([^()]*\)$/.test(text))) return { ok: true, value: undefined };
  if (text === "") return field.optional ? { ok: true, value: undefined } : { ok: false, message: `${field.title} is required` };
  const read = readControl(scope, field, field.control, text, old);
  return read.ok ? checked(field, read.value) : read;
}

function readControl(scope: Scope, field: Field, control: Control, text: string, old: unknown): Read {
  switch (control.type) {
    case "flag": return readFlag(text);
    case "number": return readNumber(text, field.unit);
    case "choice": return readChoice(control.options, text);
    case "reference": return control.to === "selector" ? readSelector(new SelectorCheck(scope.topology), text) : readReference(scope, control.to, text);
    case "list": return readList(scope, field, control.of, text);
    case "variants": return control.tag === "mode" ? readMode(control, text) : readPlace(scope, text, true, old as RowValue | undefined);
    case "group": return readPlace(scope, text, false, old as RowValue | undefined);
    default: return { ok: true, value: text };
  }
}

/** The schema has the last word. */
function checked(field: Field, value: unknown): Read {
  const issue = field.schema.safeParse(value).error?.issues[0];
  if (issue === undefined) return { ok: true, value };
  const wrong = issue.code === "custom" ? String((issue.params as { wrong?: string } | undefined)?.wrong ?? "that does not fit") : "";
  const item = Array.isArray(value) && typeof issue.path[0] === "number" ? `“${String(value[issue.path[0]])}”: ` : "";
  const words = wrong === "" ? sentence(issue.message, "") : sentence(wrong, issue.message);
  return { ok: false, message: item === "" ? words.replace(/\.$/, "") : `${item}${words.charAt(0).toLowerCase()}${words.slice(1).replace(/\.$/, "")}` };
}

function readFlag(text: string): Read {
  if (/^(on|yes|y|true|1|enabled)$/i.test(text)) return { ok: true, value: true };
  if (/^(off|no|n|false|0|disabled)$/i.test(text)) return { ok: true, value: false };
  return { ok: false, message: `“${text}” is neither on nor off` };
}

function readNumber(text: string, unit: string | undefined): Read {
  const bare = unit !== undefined && text.toLowerCase().endsWith(unit.toLowerCase()) ? text.slice(0, -unit.length).trim() : text;
  return /^-?\d+(\.\d+)?$/.test(bare) ? { ok: true, value: Number(bare) } : { ok: false, message: `“${text}” is not a number${unit === undefined ? "" : ` of ${unit}`}` };
}

function readChoice(options: readonly string[], text: string): Read {
  const found = options.find((option) => option.toLowerCase() === text.toLowerCase());
  return found === undefined ? { ok: false, message: `“${text}” is none of ${options.join(", ")}` } : { ok: true, value: found };
}

function readSelector(check: SelectorCheck, text: string): Read {
  const fault = check.fault(text);
  return fault === undefined ? { ok: true, value: text } : { ok: false, message: `“${text}”: ${fault.message}; use ${fault.expected}` };
}

function readList(scope: Scope, field: Field, of: Control, text: string): Read {
  if (text.toLowerCase() === NOTHING || text === "[]") return { ok: true, value: [] };
  const isSelector = of.type === "reference" && of.to === "selector";
  const check = isSelector ? new SelectorCheck(scope.topology) : undefined;
  const items = check === undefined ? splitQuoted(text) : splitList(text, (item) => parseSelector(item) !== undefined);
  const values: unknown[] = [];
  for (const item of items) {
    const read = check === undefined ? readControl(scope, field, of, item, undefined) : readSelector(check, item);
    if (!read.ok) return read;
    if (!values.includes(read.value)) values.push(read.value);
  }
  return { ok: true, value: values };
}

/** Items parted by commas, semicolons or lines; one in quotes may hold them. */
function splitQuoted(text: string): string[] {
  return [...text.matchAll(/\s*(?:"((?:[^"]|"")*)"|([^,;\n]+))\s*(?:[,;\n]|$)/g)].map(([, quoted, plain]) => (quoted === undefined ? (plain ?? "").trim() : quoted.replaceAll('""', '"'))).filter((item) => item !== "");
}

/** Words that stand alone in a list. */
export const ALONE: readonly string[] = [NOTHING, DEFAULT_WORD, "any"];

/** What may stand in the cell, as it would be written. */
export function suggestionsFor(scope: Scope, column: Column, fallback: string | undefined): readonly Suggestion[] {
  const { control, optional } = column.field;
  const unset: Suggestion[] = optional && control.type !== "text" && control.type !== "number" ? [{ id: DEFAULT_WORD, name: fallback ?? "not set" }] : [];
  return [...offered(scope, control), ...unset];
}

function offered(scope: Scope, control: Control): readonly Suggestion[] {
  switch (control.type) {
    case "flag": return [{ id: "on", name: "" }, { id: "off", name: "" }];
    case "choice": return control.options.map((id) => ({ id, name: "" }));
    case "reference": return control.to === "selector" ? selectorCandidates(scope.topology) : choices(scope, control.to);
    case "list": return offered(scope, control.of);
    case "variants": return control.tag === "mode" ? control.options.map(({ name }) => ({ id: EXAMPLES[name] ?? name, name: "" })) : [...choices(scope, "portGroups"), ...places(scope)];
    case "group": return isPlace(control.fields) ? places(scope) : [];
    default: return [];
  }
}

/** Those that end in a blank are to be gone on with. */
const EXAMPLES: Readonly<Record<string, string>> = { access: "access ", trunk: "trunk all", private: "private ", overlay: "overlay " };

function places(scope: Scope): readonly Suggestion[] {
  return choices(scope, "physicalSwitches").map(({ id, name }) => ({ id: `${id} VLAN `, name }));
}

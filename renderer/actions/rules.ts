/** The ordered rules of a router, firewall or distributed firewall: every change is one step with a name. */
import type { Finding } from "../../shared/analysis/result";
import { removeField, setField } from "../../shared/model/edit-builder";
import type { Rule } from "../../shared/model/kinds/forwarder";
import { locate } from "../../shared/model/ids";
import { pointer } from "../../shared/model/path";
import { entries, record, type Topology } from "../../shared/model/topology";
import type { Change } from "../store/document";
import { nextName } from "./names";

export const FILTER_KINDS = ["firewalls", "distributedFirewalls", "routers"] as const;
export type FilterKind = (typeof FILTER_KINDS)[number];

/** Where a list of rules is. */
export interface FilterPlace {
  readonly collection: FilterKind;
  readonly id: string;
}

/** The filter with this id, or of which this is an interface. */
export function filterPlace(topology: Topology, id: string | undefined): FilterPlace | undefined {
  const place = id === undefined ? undefined : locate(topology, id);
  const collection = FILTER_KINDS.find((kind) => kind === place?.collection);
  return place === undefined || collection === undefined ? undefined : { collection, id: place.id };
}

/** Every filter of the document, firewalls first. */
export function filtersOf(topology: Topology): readonly FilterPlace[] {
  return FILTER_KINDS.flatMap((collection) => entries(topology, collection).map(([id]) => ({ collection, id })));
}

const NO_RULES: readonly Rule[] = [];

export function rulesOf(topology: Topology, { collection, id }: FilterPlace): readonly Rule[] {
  return record(topology, collection, id)?.rules ?? NO_RULES;
}

/** What people call a rule. */
export function ruleName({ name, id }: Rule): string {
  return name === undefined || name === "" ? id : name;
}

/** The ids of the interfaces that rules may name. */
export function interfacesOf(topology: Topology, { collection, id }: FilterPlace): readonly string[] {
  return collection === "distributedFirewalls" ? [] : Object.keys(record(topology, collection, id)?.interfaces ?? {});
}

/** The rule that a finding is about, where it is about one: `FW-003:fw-1/r7`. */
export function ruleOfFinding({ id, rule, subjects }: Pick<Finding, "id" | "rule" | "subjects">): string | undefined {
  const start = `${rule}:${subjects[0] ?? ""}/`;
  return rule.startsWith("FW-") && id.startsWith(start) ? id.slice(start.length) : undefined;
}

const UNCHANGED: Change = { label: "", edits: [] };

/** @param to where it stands afterwards */
export function moveRule(topology: Topology, place: FilterPlace, from: number, to: number): Change {
  const rules = rulesOf(topology, place);
  const [rule, other] = [rules[from], rules[to]];
  if (rule === undefined || other === undefined || from === to) return UNCHANGED;
  const way = to === rules.length - 1 ? "to the end" : to < from ? `above ${ruleName(other)}` : `below ${ruleName(other)}`;
  const at = (index: number): string => pointer(place.collection, place.id, "rules", index);
  return { label: `move rule ${ruleName(rule)} ${way}`, edits: [{ op: "move", from: at(from), path: at(to) }] };
}

/** A rule that matches nothing until somebody says what: one that is being written must not open anything. */
export function addRule(topology: Topology, place: FilterPlace, at: number): Change {
  const rules = rulesOf(topology, place);
  const rule: Rule = { id: nextName(rules.map(({ id }) => id), "r", rules.length + 1), action: "allow", from: [], to: [] };
  return { label: `add rule ${rule.id} to ${filterName(topology, place)}`, edits: [inserted(topology, place, at, rule)] };
}

/** A copy below the rule. */
export function duplicateRule(topology: Topology, place: FilterPlace, at: number): Change {
  const rules = rulesOf(topology, place);
  const rule = rules[at];
  if (rule === undefined) return UNCHANGED;
  const copy: Rule = { ...rule, id: nextName(rules.map(({ id }) => id), `${rule.id}-`, 2), ...(rule.name === undefined ? {} : { name: `${rule.name} copy` }) };
  return { label: `duplicate rule ${ruleName(rule)}`, edits: [inserted(topology, place, at + 1, copy)] };
}

export function deleteRule(topology: Topology, place: FilterPlace, at: number): Change {
  const rule = rulesOf(topology, place)[at];
  return rule === undefined ? UNCHANGED : { label: `delete rule ${ruleName(rule)}`, edits: [{ op: "remove", path: pointer(place.collection, place.id, "rules", at) }] };
}

/** Sets a field of a rule, or takes it away where the value is undefined. */
export function setRuleField<K extends keyof Rule>(topology: Topology, place: FilterPlace, at: number, key: K, value: Rule[K] | undefined): Change {
  const rule = rulesOf(topology, place)[at];
  if (rule === undefined || JSON.stringify(rule[key]) === JSON.stringify(value)) return UNCHANGED;
  const path = [place.collection, place.id, "rules", at, key];
  return { label: labelOf(ruleName(rule), key, value), edits: value === undefined ? removeField(topology, path) : [setField(topology, path, value)] };
}

function labelOf(name: string, key: keyof Rule, value: unknown): string {
  if (key === "enabled") return `turn rule ${name} ${value === false ? "off" : "on"}`;
  if (key === "log") return `turn logging of rule ${name} ${value === true ? "on" : "off"}`;
  if (key === "name") return value === undefined ? `clear the name of rule ${name}` : `rename rule ${name} to ${String(value)}`;
  const said = value === undefined ? "any" : Array.isArray(value) ? (value.length === 0 ? "nothing" : value.join(", ")) : String(value);
  return `set ${key} of rule ${name} to ${said.length > 40 ? `${said.slice(0, 39)}…` : said}`;
}

export function setDefaultAction(topology: Topology, place: FilterPlace, action: Rule["action"]): Change {
  const { collection, id } = place;
  if (record(topology, collection, id)?.defaultAction === action) return UNCHANGED;
  return { label: `set default action of ${filterName(topology, place)} to ${action}`, edits: [setField(topology, [collection, id, "defaultAction"], action)] };
}

function filterName(topology: Topology, { collection, id }: FilterPlace): string {
  return record(topology, collection, id)?.name ?? id;
}

function inserted(topology: Topology, { collection, id }: FilterPlace, at: number, rule: Rule): Change["edits"][number] {
  const known = record(topology, collection, id)?.rules;
  return known === undefined ? setField(topology, [collection, id, "rules"], [rule]) : { op: "add", path: pointer(collection, id, "rules", at), value: rule };
}

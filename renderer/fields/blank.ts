import { inNaturalOrder } from "../../shared/model/natural-order";
import { record, entries, COLLECTIONS, type CollectionName, type Topology } from "../../shared/model/topology";
import { freeVlan, nextName } from "../actions/names";
import type { Candidate } from "../actions/selectors";
import type { Control, Field } from "./form";

const FIRST_VLAN = 100;
const FIRST_VNI = 5001;
/** Local ids count from 0, as platforms number adapters. */
const NAME_PREFIXES: Readonly<Record<string, string>> = { nics: "eth", interfaces: "if", mirrors: "mirror" };

/**
 * A value with every required field filled in, for what has just been added; the reader changes it from there. A rule or a flow is for
 * nobody: with the lists absent it would be for everybody, and one that is being written must not open anything.
 */
export function blankObject(topology: Topology, fields: readonly Field[]): Record<string, unknown> {
  const isParty = ({ key }: Field): boolean => isFlow(fields) && (key === "from" || key === "to");
  return Object.fromEntries(fields.filter((field) => !field.optional || isParty(field)).map((field) => [field.key, blankValue(topology, field)]));
}

/** Whether these are the fields of a rule or of a flow of the policy. */
export function isFlow(fields: readonly Field[]): boolean {
  return ["from", "to", "services"].every((key) => fields.some((field) => field.key === key && field.control.type === "list"));
}

function blankValue(topology: Topology, { key, control }: Field): unknown {
  switch (control.type) {
    case "flag": return false;
    case "number": return key === "vni" ? FIRST_VNI : freeVlan(topology, FIRST_VLAN);
    case "choice": return control.options[0];
    case "list": case "rows": return [];
    case "map": return {};
    case "group": return blankObject(topology, control.fields);
    case "reference": return candidates(topology, control.to)[0]?.id ?? "";
    case "variants": return blankVariant(topology, control, 0);
    case "text": return key === "destination" ? "any" : "";
  }
}

/** The blank form number `index` of a union of objects. */
export function blankVariant(topology: Topology, control: Extract<Control, { type: "variants" }>, index: number): Record<string, unknown> {
  const variant = control.options[index];
  const tag = control.tag === undefined || variant === undefined ? {} : { [control.tag]: variant.name };
  return { ...tag, ...blankObject(topology, variant?.fields ?? []) };
}

/** A local id that the record does not have: `eth0`, `if1`, `r2`. */
export function freshLocal(key: string, collection: CollectionName | "policy", taken: Iterable<string>): string {
  if (key === "rules") return nextName(taken, "r", 1);
  if (collection === "policy") return nextName(taken, `${key}-`, 1);
  if (key === "nics" && collection === "hosts") return nextName(taken, "vmnic", 0);
  return nextName(taken, NAME_PREFIXES[key] ?? `${key}-`, 0);
}

/** What a reference may name: the records of its collection, by name. */
export function candidates(topology: Topology, to: string): readonly Candidate[] {
  return COLLECTIONS.filter((collection) => to.split(",").map((part) => part.trim()).includes(collection)).flatMap((collection) =>
    named(topology, collection));
}

/** By the records: every form asks at every rendering. */
const known = new WeakMap<object, readonly Candidate[]>();

function named(topology: Topology, collection: CollectionName): readonly Candidate[] {
  const records = topology[collection];
  if (records === undefined) return [];
  let found = known.get(records);
  if (found === undefined) known.set(records, (found = inNaturalOrder(entries(topology, collection).map(([id, value]) => ({ id, name: value.name ?? id })), ({ name }) => name)));
  return found;
}

/** The NICs of the host that a record's hypervisor runs on. */
export function hostNics(topology: Topology, hypervisor: unknown): readonly Candidate[] {
  const host = record(topology, "hypervisors", typeof hypervisor === "string" ? hypervisor : undefined)?.host;
  return Object.entries(record(topology, "hosts", host)?.nics ?? {}).map(([id, nic]) => ({ id, name: nic.name ?? id }));
}

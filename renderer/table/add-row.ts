/** A new row beside the one in hand: the same actions as on the canvas, dropped on what the other one stands in. Pure. */
import { entries, type CollectionName, type Topology } from "../../shared/model/topology";
import { addTrunk, addUplinks } from "../actions/connect-switches";
import { create } from "../actions/create";
import { Draft, refuse, type Outcome } from "../actions/draft";
import { nameOf } from "../actions/names";
import { blankObject, freshLocal } from "../fields/blank";
import { fieldsOf } from "../fields/form";
import { collectionSchemas, record } from "../../shared/model/topology";
import type { TableKind } from "./kinds";
import { partsOf, type Row, type RowValue } from "./rows";

/** What a new thing is dropped on, by the field that says where it belongs. */
const ONTO: Readonly<Partial<Record<CollectionName, readonly [string, CollectionName]>>> = {
  vms: ["hypervisor", "hypervisors"], portGroups: ["virtualSwitch", "virtualSwitches"], managementInterfaces: ["portGroup", "portGroups"],
};

/** Adds a thing of the kind, like the one in hand where there is one. */
export function addRow(topology: Topology, kind: TableKind, near: Row | undefined, tenant: string | undefined): Outcome {
  const { collection } = kind;
  if (kind.part !== undefined) return addPart(topology, kind, near);
  if (collection === "uplinks") return addUplink(topology, near);
  if (collection === "trunks") return addTrunkRow(topology);
  if (collection === "virtualSwitches") return create(topology, collection, { target: text(near, "hypervisors") ?? first(topology, "hypervisors") });
  if (collection === "hypervisors") return create(topology, collection, { target: bareHost(topology) });
  const [field, owner] = ONTO[collection] ?? [];
  const target = field === undefined || owner === undefined ? undefined : (text(near, field) ?? first(topology, owner));
  return create(topology, collection, { target, tenant: tenant ?? text(near, "tenant") });
}

function text(row: Row | undefined, field: string): string | undefined {
  const value = row?.value[field];
  const one: unknown = Array.isArray(value) ? value[0] : value;
  return typeof one === "string" ? one : undefined;
}

function first(topology: Topology, collection: CollectionName): string | undefined {
  return entries(topology, collection)[0]?.[0];
}

/** A host on which nothing runs yet; undefined where there is none, and a new hypervisor brings its own. */
function bareHost(topology: Topology): string | undefined {
  const used = new Set(entries(topology, "hypervisors").map(([, { host }]) => host));
  return entries(topology, "hosts").map(([id]) => id).find((id) => !used.has(id));
}

function addUplink(topology: Topology, near: Row | undefined): Outcome {
  const from = text(near, "virtualSwitch") ?? first(topology, "virtualSwitches");
  const to = text(near, "physicalSwitch") ?? first(topology, "physicalSwitches");
  return from === undefined || to === undefined ? refuse("An uplink leads from a virtual switch to a physical one: add them first") : addUplinks(new Draft(topology), from, to);
}

function addTrunkRow(topology: Topology): Outcome {
  const [a, b] = entries(topology, "physicalSwitches").map(([id]) => id);
  return a === undefined || b === undefined ? refuse("A trunk joins two physical switches: add them first") : addTrunk(new Draft(topology), a, b);
}

/** Another part of the same record, of the first one where none is in hand. */
function addPart(topology: Topology, { collection, part, noun }: TableKind, near: Row | undefined): Outcome {
  const id = near?.owner ?? first(topology, collection);
  const owner = record(topology, collection, id) as RowValue | undefined;
  const control = fieldsOf(collectionSchemas[collection]).find(({ key }) => key === part)?.control;
  if (id === undefined || owner === undefined || part === undefined || control === undefined || !("fields" in control)) return refuse(`There is nothing yet that could have a ${noun}`);
  const local = freshLocal(part, collection, Object.keys(partsOf(owner, part)));
  const draft = new Draft(topology);
  draft.put(collection, id, { ...owner, [part]: { ...partsOf(owner, part), [local]: blankObject(topology, control.fields) } } as never);
  return draft.done(`add ${noun} ${local} to ${nameOf(topology, id)}`, [`${id}/${local}`]);
}

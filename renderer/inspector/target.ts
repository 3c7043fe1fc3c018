import { createContext, use } from "react";
import { removeField, setField } from "../../shared/model/edit-builder";
import { equalJson } from "../../shared/model/json";
import { valueAt, type PathSegment } from "../../shared/model/path";
import { record, type CollectionName, type Topology } from "../../shared/model/topology";
import { setRecordField } from "../actions/fields";
import { edit, type Change } from "../store/document";
import { toast } from "../store/session";
import { MIXED_VALUE } from "./mixed";
import { refusal } from "../fields/try-change";

/** What a form edits: one record, several of one kind whose common fields change together, or the document's policy. */
export interface Target {
  readonly topology: Topology;
  readonly collection: CollectionName | "policy";
  /** Empty for the policy. */
  readonly ids: readonly string[];
}

export const TargetContext = createContext<Target | undefined>(undefined);

export function useTarget(): Target {
  const target = use(TargetContext);
  if (target === undefined) throw new Error("a field stands outside a form");
  return target;
}

/** By target and path: of forty thousand chosen records it takes a while. */
const common = new WeakMap<Target, Map<string, unknown>>();

/** The value that all records of the target have at a path, or the mark that they differ. */
export function commonValue(target: Target, path: readonly PathSegment[]): unknown {
  const known = common.get(target) ?? new Map<string, unknown>();
  common.set(target, known);
  const key = JSON.stringify(path);
  if (!known.has(key)) known.set(key, compared(target, path));
  return known.get(key);
}

function compared({ topology, collection, ids }: Target, path: readonly PathSegment[]): unknown {
  if (collection === "policy") return valueAt(topology.policy, path);
  const value = (id: string | undefined): unknown => valueAt(record(topology, collection, id), path);
  const first = value(ids[0]);
  return ids.every((id) => equalJson(value(id), first)) ? first : MIXED_VALUE;
}

function changeOf({ topology, collection, ids }: Target, path: readonly PathSegment[], value: unknown, title: string): Change {
  if (collection !== "policy") return setRecordField(topology, collection, ids, path, value, title);
  const full = ["policy", ...path];
  return { label: `change ${title.toLowerCase()} of the policy`, edits: value === undefined ? removeField(topology, full) : [setField(topology, full, value)] };
}

/** Why a value may not be written at a path; undefined where it may. */
export function refusalOf(target: Target, path: readonly PathSegment[], value: unknown, title: string): string | undefined {
  return refusal(target.topology, changeOf(target, path, value, title), target.collection, target.ids);
}

/** Writes a value as one undoable step; a value that would break the document is refused with a message and changes nothing. */
export function commit(target: Target, path: readonly PathSegment[], value: unknown, title: string): void {
  const reason = refusalOf(target, path, value, title);
  if (reason !== undefined) toast(reason, "error");
  else write(target, path, value, title);
}

/** Writes a value that `refusalOf` has let through as one undoable step. */
export function write(target: Target, path: readonly PathSegment[], value: unknown, title: string): void {
  edit(changeOf(target, path, value, title));
}

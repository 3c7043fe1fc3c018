/** Setting single fields: what the inspector and the canvas do most. */
import { removeField, setField } from "../../shared/model/edit-builder";
import { locate } from "../../shared/model/ids";
import type { PathSegment } from "../../shared/model/path";
import type { CollectionName, Topology } from "../../shared/model/topology";
import type { Change } from "../store/document";
import { nameList, nameOf } from "./names";

/** Sets one field of a record, or removes it where the value is undefined; objects that are left empty go too. */
export function setRecordField(topology: Topology, collection: CollectionName, ids: readonly string[], path: readonly PathSegment[], value: unknown, title: string): Change {
  const names = nameList(ids.map((id) => nameOf(topology, id)));
  const edits = ids.flatMap((id) => {
    const full = [collection, id, ...path];
    if (value !== undefined) return [setField(topology, full, value)];
    return removeField(topology, prunable(topology, full));
  });
  const label = value === undefined ? `clear ${lower(title)} of ${names}` : `set ${lower(title)} of ${names}${describe(value)}`;
  return { label, edits };
}

/** The outermost object that would be left empty without the field; never the record itself nor its own maps of nics and interfaces' entries. */
function prunable(topology: Topology, path: readonly PathSegment[]): readonly PathSegment[] {
  for (let depth = path.length - 1; depth > 2; depth -= 1) {
    const owner = path.slice(0, depth).reduce<unknown>((value, key) => (value as Record<PathSegment, unknown> | undefined)?.[key], topology);
    const isLast = typeof owner === "object" && owner !== null && !Array.isArray(owner) && Object.keys(owner).length === 1;
    const isLocalRecord = typeof path[depth - 2] === "string" && ["nics", "interfaces", "mirrors", "disks", "rules", "sharedFolders"].includes(String(path[depth - 2]));
    if (!isLast || isLocalRecord) return path.slice(0, depth + 1);
  }
  return path.slice(0, 3);
}

function describe(value: unknown): string {
  if (typeof value === "boolean") return value ? " to on" : " to off";
  if (typeof value === "string" || typeof value === "number") return ` to ${String(value).slice(0, 40)}`;
  if (typeof value !== "object" || value === null) return "";
  const { mode, id, vlan } = value as { mode?: string; id?: number; vlan?: number };
  const number = id ?? vlan;
  return mode === undefined ? "" : mode === "access" && number !== undefined ? ` to ${number}` : ` to ${mode}`;
}

/** Field titles stand in the middle of a sentence; abbreviations keep their capitals. */
function lower(title: string): string {
  return /^[A-Z][a-z]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
}

/** Names a thing by the id that the canvas uses; a BMC has no name of its own. */
export function rename(topology: Topology, id: string, name: string): Change {
  const location = locate(topology, id);
  if (location === undefined || location.local !== undefined) return { label: "rename", edits: [] };
  return { label: `rename ${nameOf(topology, id)} to ${name}`, edits: [setField(topology, [location.collection, location.id, "name"], name)] };
}

/** Makes strict patches: RFC 6902 adds into what exists only, so a missing collection or group has to be added with its content. */
import type { Edit } from "../analysis/result";
import { isObject } from "./json";
import { pointer } from "./path";
import type { Topology } from "./topology";

/**
 * The edit that sets a field, whatever is missing above it: `replace` where it exists, else one `add` at the first missing place.
 * `setField(t, ["vms", "a", "guest", "clipboard"], false)` on a VM without `guest` adds `/vms/a/guest` as `{ clipboard: false }`.
 * Keys are names, or indices of lists that exist.
 */
export function setField(topology: Topology, path: readonly (string | number)[], value: unknown): Edit {
  let place: unknown = topology;
  for (const [depth, key] of path.entries()) {
    const next = valueAt(place, key);
    if (next === undefined) {
      const nested = path.slice(depth + 1).reduceRight<unknown>((inner, name) => ({ [name]: inner }), value);
      return { op: "add", path: pointer(...path.slice(0, depth + 1)), value: nested };
    }
    place = next;
  }
  return { op: "replace", path: pointer(...path), value };
}

/** The edit that removes a field, in a list; an empty list where it is not there. */
export function removeField(topology: Topology, path: readonly (string | number)[]): Edit[] {
  const value = path.reduce<unknown>(valueAt, topology);
  return value === undefined ? [] : [{ op: "remove", path: pointer(...path) }];
}

function valueAt(place: unknown, key: string | number): unknown {
  if (Array.isArray(place)) return place[Number(key)] as unknown;
  return isObject(place) && Object.hasOwn(place, key) ? place[key] : undefined;
}

/** A field that the document leaves out and that something rests on. */
import type { Effective } from "../model/defaults";
import type { PathSegment } from "../model/path";
import type { CollectionName } from "../model/topology";

export interface Gap {
  readonly collection: CollectionName;
  readonly id: string;
  readonly path: readonly PathSegment[];
  /** What is assumed; the value is undefined where nothing is. */
  readonly setting: Effective<unknown>;
  /** What rests on it: rules, or reachability. */
  readonly usedBy: string;
  /** The safe value to write; absent where only the owner can know. */
  readonly safe?: unknown;
}

/** The kind of element and the field, whichever end of a trunk or nic of a VM it is at: `vms.guest.clipboard`, `trunks.port.allowed`, `vms.nics.addresses`. */
export function fieldOf({ collection, path }: Gap): string {
  const local = collection === "trunks" ? 0 : path[0] === "nics" ? 1 : -1;
  return [collection, ...path.filter((segment, index) => index !== local && typeof segment !== "number")].join(".");
}

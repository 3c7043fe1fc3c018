/** Ids: unique across the whole document, so that any id names one thing. */
import { COLLECTIONS, record, type CollectionName, type Topology } from "./topology";
import { ID_PATTERN } from "./primitives";

const LONGEST_ID = 128;

/** Where a record is. */
export interface Location {
  readonly collection: CollectionName;
  readonly id: string;
  /** The nic, interface or `bmc` of the record, where `owner/local` was asked for. */
  readonly local?: string;
}

/** Finds the record with this id, or the owner of an `owner/local` such as `a-web/eth0` or `host-1/bmc`. */
export function locate(topology: Topology, id: string): Location | undefined {
  const slash = id.indexOf("/");
  if (slash >= 0) return locateLocal(topology, id.slice(0, slash), id.slice(slash + 1));
  for (const collection of COLLECTIONS) {
    const records = topology[collection];
    if (records !== undefined && Object.hasOwn(records, id)) return { collection, id };
  }
  return undefined;
}

/** The record of an `owner/local` such as `a-web/eth0`; of any other id the id itself. */
export function ownerOf(id: string): string {
  const slash = id.indexOf("/");
  return slash < 0 ? id : id.slice(0, slash);
}

function locateLocal(topology: Topology, owner: string, local: string): Location | undefined {
  const location = locate(topology, owner);
  if (location === undefined || !hasLocal(topology, location, local)) return undefined;
  return { ...location, local };
}

function hasLocal(topology: Topology, { collection, id }: Location, local: string): boolean {
  switch (collection) {
    case "hosts": {
      const host = record(topology, "hosts", id);
      return (local === "bmc" && host?.bmc !== undefined) || Object.hasOwn(host?.nics ?? {}, local);
    }
    case "vms":
      return Object.hasOwn(record(topology, "vms", id)?.nics ?? {}, local);
    case "routers":
    case "firewalls":
      return Object.hasOwn(record(topology, collection, id)?.interfaces ?? {}, local);
    case "virtualSwitches":
      return Object.hasOwn(record(topology, "virtualSwitches", id)?.mirrors ?? {}, local);
    default:
      return false;
  }
}

/** An id that no record has: `base` made into an id (`Web server` gives `web-server`), with `-2`, `-3` … where it is taken. */
export function freshId(topology: Topology, base: string): string {
  const stem = toId(base);
  if (locate(topology, stem) === undefined) return stem;
  for (let count = 2; ; count += 1) {
    const suffix = `-${count}`;
    const id = stem.slice(0, LONGEST_ID - suffix.length) + suffix;
    if (locate(topology, id) === undefined) return id;
  }
}

/** The nearest legal id to a name. */
export function toId(name: string): string {
  const id = name.normalize("NFKD").toLowerCase()
    .replace(/\p{M}+/gu, "")
    .replace(/[^a-z0-9._:-]+/g, "-")
    .replace(/^[._:-]+|-+$/g, "")
    .slice(0, LONGEST_ID);
  return ID_PATTERN.test(id) ? id : "item";
}

/** Closing containers to blocks with their names, and opening them. Picture only. */
import { layOutClosed } from "../../shared/diagram/layout";
import { locate } from "../../shared/model/ids";
import { entries, record, type CollectionName, type Topology } from "../../shared/model/topology";
import type { Change } from "../store/document";
import { Draft, type Point } from "./draft";
import { nameList, nameOf } from "./names";

/**
 * Closes a container, or opens it. A place is written along, because `layout` has no place without one. What is not in the document any
 * more, but still in a picture that is late, is left alone.
 */
export function collapse(topology: Topology, id: string, at: Point, collapsed: boolean): Change {
  const draft = new Draft(topology);
  if (locate(topology, id) !== undefined) {
    if (draft.placement(id) === undefined) draft.place(id, at);
    draft.collapse(id, collapsed);
  }
  return draft.change(`${collapsed ? "collapse" : "expand"} ${nameOf(topology, id)}`);
}

/** Closes every host, and hypervisors that are in none. Those that nobody has placed move together; `expandAll` gives them their places back. */
export function collapseHosts(topology: Topology): Change {
  const draft = new Draft(topology);
  const hosts = [
    ...entries(topology, "hosts").map(([id]) => id),
    ...entries(topology, "hypervisors").flatMap(([id, { host }]) => (record(topology, "hosts", host) === undefined ? [id] : [])),
  ];
  const boxes = layOutClosed(topology, new Set([...closedIn(topology), ...hosts]));
  for (const id of hosts) {
    const at = boxes.get(id);
    if (draft.placement(id) === undefined && at !== undefined) draft.place(id, at);
    draft.collapse(id, true);
  }
  return draft.change("collapse all hosts");
}

/** Opens everything. What stands where it would stand of its own accord was not placed by hand, and has its place worked out again. */
export function expandAll(topology: Topology): Change {
  const closed = new Set(closedIn(topology));
  const layout = Object.fromEntries(Object.entries(topology.layout ?? {}).filter(([id]) => !closed.has(id)));
  const boxes = layOutClosed({ ...topology, layout }, closed);
  const draft = new Draft(topology);
  for (const id of closed) {
    const own = draft.placement(id), box = boxes.get(id);
    if (own !== undefined && own.x === box?.x && own.y === box.y) draft.unplace(id);
    else draft.collapse(id, false);
  }
  return draft.change("expand all");
}

/** Opens what a thing is inside of, so that it can be seen; nothing where it can be seen already. */
export function reveal(topology: Topology, id: string): Change {
  const draft = new Draft(topology);
  const closed = containersOf(topology, id).filter((container) => draft.placement(container)?.collapsed === true);
  for (const container of closed) draft.collapse(container, false);
  return draft.change(`expand ${nameList(closed.map((container) => nameOf(topology, container)))}`);
}

export function closedIn(topology: Topology): string[] {
  return Object.entries(topology.layout ?? {}).flatMap(([id, { collapsed }]) => (collapsed === true ? [id] : []));
}

/** What a thing is in, from the inside out, as the picture shows it. */
function containersOf(topology: Topology, id: string): string[] {
  const found: string[] = [];
  for (let next = containerOf(topology, id); next !== undefined && !found.includes(next); next = containerOf(topology, next)) found.push(next);
  return found;
}

const PARENT_FIELDS: Partial<Record<CollectionName, string>> = {
  vms: "hypervisor", managementInterfaces: "hypervisor", firewalls: "hypervisor", routers: "hypervisor", hypervisors: "host", portGroups: "virtualSwitch",
};

function containerOf(topology: Topology, id: string): string | undefined {
  const collection = locate(topology, id)?.collection;
  if (collection === "virtualSwitches") {
    const { kind, hypervisors = [] } = record(topology, "virtualSwitches", id) ?? {};
    return kind !== "distributed" && hypervisors.length === 1 ? hypervisors[0] : undefined;
  }
  const field = collection === undefined ? undefined : PARENT_FIELDS[collection];
  const value: unknown = collection === undefined || field === undefined ? undefined : Object.entries(record(topology, collection, id) ?? {}).find(([key]) => key === field)?.[1];
  return typeof value === "string" ? value : undefined;
}

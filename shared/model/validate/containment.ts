/**
 * Nothing contains itself. With every reference in the collection that it belongs to, no cycle is possible; so the chain of
 * containers is followed only from a reference that leads elsewhere (a hypervisor whose `host` is a VM that runs on it).
 */
import { jsonPath } from "../path";
import { problem, type Problem } from "../problem";
import { COLLECTIONS, type CollectionName } from "../topology";
import { hasId, looseEntries, looseRecord, type LooseTopology } from "./loose";

/** By which field a record says what it is in, and where that should be. */
const CONTAINERS = [
  ["hypervisors", "host", "hosts"],
  ["managementInterfaces", "hypervisor", "hypervisors"],
  ["portGroups", "virtualSwitch", "virtualSwitches"],
  ["vms", "hypervisor", "hypervisors"],
  ["routers", "hypervisor", "hypervisors"],
  ["firewalls", "hypervisor", "hypervisors"],
] as const satisfies readonly (readonly [CollectionName, string, CollectionName])[];

export function containmentProblems(topology: LooseTopology): Problem[] {
  return CONTAINERS.flatMap(([collection, field, expected]) =>
    looseEntries(topology, collection).flatMap(([id]) => {
      const container = containerOf(topology, collection, id);
      if (container === undefined || hasId(topology, expected, container)) return [];
      const cycle = cycleFrom(topology, id);
      return cycle === undefined ? [] : [problem(jsonPath(collection, id, field), `a cycle of containment, ${cycle.join(" in ")}`, `the id of one of $.${expected}`, container)];
    }));
}

/** The ids on the way from a record through its containers back to itself; undefined where the way ends. */
function cycleFrom(topology: LooseTopology, start: string): string[] | undefined {
  const way = [start];
  const seen = new Set<string>();
  for (let id = parentOf(topology, start); id !== undefined; id = parentOf(topology, id)) {
    way.push(id);
    if (id === start) return way;
    if (seen.has(id)) return undefined;
    seen.add(id);
  }
  return undefined;
}

function parentOf(topology: LooseTopology, id: string): string | undefined {
  const collection = COLLECTIONS.find((name) => hasId(topology, name, id));
  return collection === undefined ? undefined : containerOf(topology, collection, id);
}

function containerOf(topology: LooseTopology, collection: CollectionName, id: string): string | undefined {
  const field = CONTAINERS.find(([name]) => name === collection)?.[1];
  const container = field === undefined ? undefined : (looseRecord(topology, collection, id) as Readonly<Record<string, unknown>> | undefined)?.[field];
  return typeof container === "string" ? container : undefined;
}

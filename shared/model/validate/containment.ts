/**
 * Nothing contains itself. With every reference in the collection that it belongs to, no cycle is possible; so the chain of
 * containers is followed only from a reference that leads elsewhere (a hypervisor whose `host` is a VM that runs on it).
 */
import { jsonPath } from "../path";
import { problem, type Problem } from "../problem";
import { COLLECTIONS, type CollectionName } from "../topology";
import { eachLoose, hasId, looseRecord, type LooseTopology } from "./loose";

/** By which field a record says what it is in, and where that should be. */
const CONTAINERS = {
  hypervisors: ["host", "hosts"],
  managementInterfaces: ["hypervisor", "hypervisors"],
  portGroups: ["virtualSwitch", "virtualSwitches"],
  vms: ["hypervisor", "hypervisors"],
  routers: ["hypervisor", "hypervisors"],
  firewalls: ["hypervisor", "hypervisors"],
} as const satisfies Partial<Record<CollectionName, readonly [string, CollectionName]>>;

/** How many ids of a cycle are told. */
const MOST_TOLD = 6;

/** A record and what it is in. `astray`: the container is not in the collection that it should be in. */
interface Contained {
  readonly id: string;
  readonly field: readonly [collection: string, id: string, name: string];
  readonly container: string;
  readonly expected: CollectionName;
  readonly astray: boolean;
}

/** One problem per cycle. Every record is walked over once. */
export function containmentProblems(topology: LooseTopology): Problem[] {
  const seen = new Set<string>();
  const problems: Problem[] = [];
  for (const collection of Object.keys(CONTAINERS) as (keyof typeof CONTAINERS)[]) {
    eachLoose(topology, collection, (id) => {
      const start = contained(topology, collection, id);
      const cycle = start?.astray === true ? cycleFrom(topology, start, seen) : [];
      const index = cycle.findIndex(({ astray }) => astray);
      if (index >= 0) problems.push(cycleProblem([...cycle.slice(index), ...cycle.slice(0, index)]));
    });
  }
  return problems;
}

function cycleProblem(cycle: readonly Contained[]): Problem {
  const [first] = cycle as [Contained];
  const ids = cycle.map(({ id }) => id);
  const told = ids.length > MOST_TOLD ? [...ids.slice(0, MOST_TOLD), "…"] : ids;
  return problem(jsonPath(...first.field), `a cycle of containment, ${[...told, first.id].join(" in ")}`, `the id of one of $.${first.expected}`, first.container);
}

/** The cycle to which the chain of containers leads; empty where it ends, or where an earlier walk was. */
function cycleFrom(topology: LooseTopology, start: Contained, seen: Set<string>): Contained[] {
  const way: Contained[] = [];
  let next: Contained | undefined = start;
  for (; next !== undefined && !seen.has(next.id); next = locate(topology, next.container)) {
    seen.add(next.id);
    way.push(next);
  }
  const again = next?.id;
  const index = way.findIndex(({ id }) => id === again);
  return index < 0 ? [] : way.slice(index);
}

function locate(topology: LooseTopology, id: string): Contained | undefined {
  const collection = COLLECTIONS.find((name) => hasId(topology, name, id));
  return collection !== undefined && collection in CONTAINERS ? contained(topology, collection as keyof typeof CONTAINERS, id) : undefined;
}

function contained(topology: LooseTopology, collection: keyof typeof CONTAINERS, id: string): Contained | undefined {
  const [field, expected] = CONTAINERS[collection];
  const container = (looseRecord(topology, collection, id) as Readonly<Record<string, unknown>> | undefined)?.[field];
  if (typeof container !== "string") return undefined;
  return { id, field: [collection, id, field], container, expected, astray: !hasId(topology, expected, container) };
}

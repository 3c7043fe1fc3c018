/** Every reference and every selector names something. Which fields are references is read off the schema's metadata. */
import { childShape, TOPOLOGY_SHAPE, type Shape } from "../shape";
import { jsonPath, type PathSegment } from "../path";
import { problem, type Problem } from "../problem";
import { COLLECTIONS, type CollectionName } from "../topology";
import { hasId, looseEntries, looseRecord, type LooseTopology } from "./loose";
import { SelectorCheck } from "./selectors";

export function referenceProblems(topology: LooseTopology): Problem[] {
  const walk = new ReferenceWalk(topology);
  walk.visit(topology, TOPOLOGY_SHAPE);
  return [...walk.problems, ...hostNicProblems(topology), ...layoutProblems(topology)];
}

class ReferenceWalk {
  readonly problems: Problem[] = [];
  private readonly path: PathSegment[] = [];
  private readonly selectors: SelectorCheck;
  private readonly hasReferences = new Map<Shape, boolean>();

  constructor(private readonly topology: LooseTopology) {
    this.selectors = new SelectorCheck(topology);
  }

  visit(value: unknown, shape: Shape): void {
    if (shape.kind === "value") {
      if (typeof value === "string" && shape.refersTo !== undefined) this.check(value, shape.refersTo);
    } else if (typeof value === "object" && value !== null && this.leadsToReferences(shape)) {
      for (const key of Object.keys(value)) {
        this.path.push(shape.kind === "array" ? Number(key) : key);
        this.visit((value as Readonly<Record<string, unknown>>)[key], childShape(shape, key));
        this.path.pop();
      }
    }
  }

  private check(value: string, refersTo: string): void {
    if (refersTo === "selector") {
      const fault = this.selectors.fault(value);
      if (fault !== undefined) this.problems.push(problem(jsonPath(...this.path), fault.message, fault.expected, value));
    } else if (isCollection(refersTo) && !hasId(this.topology, refersTo, value)) {
      this.problems.push(danglingProblem(this.topology, jsonPath(...this.path), value, refersTo));
    }
  }

  private leadsToReferences(shape: Shape): boolean {
    let known = this.hasReferences.get(shape);
    if (known === undefined) this.hasReferences.set(shape, (known = leadsToReferences(shape)));
    return known;
  }
}

function leadsToReferences(shape: Shape): boolean {
  switch (shape.kind) {
    case "value":
      return shape.refersTo !== undefined;
    case "array":
      return leadsToReferences(shape.element);
    case "record":
      return leadsToReferences(shape.value);
    case "object":
      return [...shape.fields.values()].some(leadsToReferences);
  }
}

function danglingProblem(topology: LooseTopology, path: string, id: string, collection: CollectionName): Problem {
  const actual = COLLECTIONS.find((other) => hasId(topology, other, id));
  const message = actual === undefined ? `names nothing in $.${collection}` : `names one of $.${actual}, not of $.${collection}`;
  return problem(path, message, `the id of one of $.${collection}`, id);
}

/** An uplink's host NIC is local to the host of the uplink's hypervisor. */
function hostNicProblems(topology: LooseTopology): Problem[] {
  return looseEntries(topology, "uplinks").flatMap(([id, { hostNic, hypervisor }]) => {
    const hostId = looseRecord(topology, "hypervisors", hypervisor)?.host;
    const host = looseRecord(topology, "hosts", hostId);
    if (hostNic === undefined || hostId === undefined || host === undefined || Object.hasOwn(host.nics ?? {}, hostNic)) return [];
    const place = jsonPath("hosts", hostId, "nics");
    return [problem(jsonPath("uplinks", id, "hostNic"), `names nothing in ${place}`, `the id of one of ${place}`, hostNic)];
  });
}

function layoutProblems(topology: LooseTopology): Problem[] {
  return Object.keys(topology.layout ?? {})
    .filter((id) => !COLLECTIONS.some((collection) => hasId(topology, collection, id)))
    .map((id) => problem(jsonPath("layout", id), "names nothing in the document", "the id of a record", id));
}

function isCollection(name: string): name is CollectionName {
  return (COLLECTIONS as readonly string[]).includes(name);
}

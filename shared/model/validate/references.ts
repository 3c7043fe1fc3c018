/** Every reference and every selector names something. Which fields are references is read off the schema's metadata. */
import { isObject } from "../json";
import { TOPOLOGY_SHAPE, type Shape } from "../shape";
import { jsonPath, type PathSegment } from "../path";
import { problem, type Problem } from "../problem";
import { COLLECTIONS, type CollectionName } from "../topology";
import { hasId, looseEntries, looseRecord, type LooseTopology } from "./loose";
import { SelectorCheck } from "./selectors";

export function referenceProblems(topology: LooseTopology): Problem[] {
  const walk = new ReferenceWalk(topology);
  walk.visit(topology);
  return [...walk.problems, ...hostNicProblems(topology), ...layoutProblems(topology)];
}

type Visit = (value: unknown) => void;

class ReferenceWalk {
  readonly problems: Problem[] = [];
  readonly visit: Visit;
  private readonly path: PathSegment[] = [];
  private readonly selectors: SelectorCheck;

  constructor(private readonly topology: LooseTopology) {
    this.selectors = new SelectorCheck(topology);
    this.visit = this.visitor(TOPOLOGY_SHAPE);
  }

  /** Goes through a value of this shape, past whatever leads to no reference. */
  private visitor(shape: Shape): Visit {
    switch (shape.kind) {
      case "value":
        return this.checker(shape.refersTo);
      case "array":
        return this.listVisitor(this.visitor(shape.element));
      case "record": {
        const visit = this.visitor(shape.value);
        return this.membersVisitor(() => visit);
      }
      case "object": {
        const fields = new Map([...shape.fields].filter(([, field]) => leadsToReferences(field)).map(([key, field]) => [key, this.visitor(field)]));
        return this.membersVisitor((key) => fields.get(key));
      }
    }
  }

  private listVisitor(visit: Visit): Visit {
    return (value) => {
      if (!Array.isArray(value)) return;
      for (let at = 0; at < value.length; at += 1) this.below(at, value[at], visit);
    };
  }

  private membersVisitor(visitorOf: (key: string) => Visit | undefined): Visit {
    return (value) => {
      if (!isObject(value)) return;
      for (const key in value) {
        const visit = visitorOf(key);
        if (visit !== undefined) this.below(key, value[key], visit);
      }
    };
  }

  private below(segment: PathSegment, value: unknown, visit: Visit): void {
    this.path.push(segment);
    visit(value);
    this.path.pop();
  }

  private checker(refersTo: string | undefined): Visit {
    if (refersTo === "selector") return (value) => this.checkSelector(value);
    if (refersTo === undefined || !isCollection(refersTo)) return () => undefined;
    return (value) => {
      if (typeof value !== "string" || hasId(this.topology, refersTo, value)) return;
      this.problems.push(danglingProblem(this.topology, jsonPath(...this.path), value, refersTo));
    };
  }

  private checkSelector(value: unknown): void {
    const fault = typeof value === "string" ? this.selectors.fault(value) : undefined;
    if (fault !== undefined) this.problems.push(problem(jsonPath(...this.path), fault.message, fault.expected, value));
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

/** Any id names one thing: across all collections, among the entries of the policy, and within one list of rules. */
import { jsonPath, type PathSegment } from "../path";
import { problem, type Problem } from "../problem";
import { COLLECTIONS } from "../topology";
import { looseEntries, type LooseTopology } from "./loose";

export function idProblems(topology: LooseTopology): Problem[] {
  const { allow = [], require = [] } = topology.policy ?? {};
  return [
    ...recordIds(topology),
    ...repeated([...places(allow, "policy", "allow"), ...places(require, "policy", "require")]),
    ...ruleIds(topology),
  ];
}

function recordIds(topology: LooseTopology): Problem[] {
  const owners = new Map<string, string>();
  const problems: Problem[] = [];
  for (const collection of COLLECTIONS) {
    for (const id of Object.keys(topology[collection] ?? {})) {
      const owner = owners.get(id);
      if (owner === undefined) owners.set(id, collection);
      else problems.push(problem(jsonPath(collection, id), `an id used twice (also by ${jsonPath(owner, id)})`, "an id that nothing else in the document has", id));
    }
  }
  return problems;
}

function ruleIds(topology: LooseTopology): Problem[] {
  return (["routers", "firewalls", "distributedFirewalls"] as const).flatMap((collection) =>
    looseEntries(topology, collection).flatMap(([id, filter]) => repeated(places(filter.rules ?? [], collection, id, "rules"))));
}

interface Place {
  readonly id: string;
  readonly at: readonly PathSegment[];
}

function places(list: readonly ({ readonly id?: string | undefined } | undefined)[], ...parent: readonly string[]): Place[] {
  return list.flatMap((entry, index) => (entry?.id === undefined ? [] : [{ id: entry.id, at: [...parent, index, "id"] }]));
}

function repeated(all: readonly Place[]): Problem[] {
  const first = new Map<string, Place>();
  const problems: Problem[] = [];
  for (const place of all) {
    const other = first.get(place.id);
    if (other === undefined) first.set(place.id, place);
    else problems.push(problem(jsonPath(...place.at), `an id used twice (also by ${jsonPath(...other.at)})`, "an id of its own", place.id));
  }
  return problems;
}

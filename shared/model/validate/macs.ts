/** No MAC address twice in the document, however it is written. */
import { parseMac } from "../address";
import { jsonPath } from "../path";
import { problem, type Problem } from "../problem";
import { looseEntries, present, type LooseTopology } from "./loose";

export function macProblems(topology: LooseTopology): Problem[] {
  const owners = new Map<string, Place>();
  const problems: Problem[] = [];
  for (const place of places(topology)) {
    const plain = parseMac(place.mac);
    if (plain === undefined) continue;
    const owner = owners.get(plain);
    if (owner === undefined) owners.set(plain, place);
    else problems.push(problem(pathOf(place), `a MAC address used twice (also by ${pathOf(owner)})`, "an address of its own", place.mac));
  }
  return problems;
}

interface Place {
  readonly mac: string;
  readonly at: readonly [collection: string, id: string, group: string, local: string];
}

function places(topology: LooseTopology): Place[] {
  const found: Place[] = [];
  for (const [id, vm] of looseEntries(topology, "vms")) {
    for (const [nic, { mac }] of present(vm.nics)) if (mac !== undefined) found.push({ mac, at: ["vms", id, "nics", nic] });
  }
  for (const collection of ["routers", "firewalls"] as const) {
    for (const [id, forwarder] of looseEntries(topology, collection)) {
      for (const [name, { mac }] of present(forwarder.interfaces)) if (mac !== undefined) found.push({ mac, at: [collection, id, "interfaces", name] });
    }
  }
  return found;
}

function pathOf({ at }: Place): string {
  return jsonPath(...at, "mac");
}

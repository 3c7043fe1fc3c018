/** No MAC address twice in the document, however it is written. */
import { parseMac } from "../address";
import { jsonPath } from "../path";
import { problem, type Problem } from "../problem";
import { looseEntries, present, type LooseTopology } from "./loose";

export function macProblems(topology: LooseTopology): Problem[] {
  const owners = new Map<string, string>();
  const problems: Problem[] = [];
  for (const { mac, path } of macs(topology)) {
    const plain = parseMac(mac);
    if (plain === undefined) continue;
    const owner = owners.get(plain);
    if (owner === undefined) owners.set(plain, path);
    else problems.push(problem(path, `a MAC address used twice (also by ${owner})`, "an address of its own", mac));
  }
  return problems;
}

function* macs(topology: LooseTopology): Generator<{ mac: string; path: string }> {
  for (const [id, vm] of looseEntries(topology, "vms")) {
    for (const [nic, { mac }] of present(vm.nics)) if (mac !== undefined) yield { mac, path: jsonPath("vms", id, "nics", nic, "mac") };
  }
  for (const collection of ["routers", "firewalls"] as const) {
    for (const [id, forwarder] of looseEntries(topology, collection)) {
      for (const [name, { mac }] of present(forwarder.interfaces)) if (mac !== undefined) yield { mac, path: jsonPath(collection, id, "interfaces", name, "mac") };
    }
  }
}

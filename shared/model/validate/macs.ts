/** No MAC address twice in the document, however it is written. */
import { parseMac } from "../address";
import { jsonPath } from "../path";
import { problem, type Problem } from "../problem";
import { eachLoose, eachPresent, type LooseTopology } from "./loose";

export function macProblems(topology: LooseTopology): Problem[] {
  const owners = new Map<string, Place>();
  const problems: Problem[] = [];
  eachMac(topology, (mac, ...place) => {
    const plain = parseMac(mac);
    const owner = plain === undefined ? undefined : owners.get(plain);
    if (owner !== undefined) problems.push(problem(pathOf(place), `a MAC address used twice (also by ${pathOf(owner)})`, "an address of its own", mac));
    else if (plain !== undefined) owners.set(plain, place);
  });
  return problems;
}

type Place = readonly [collection: string, id: string, group: string, local: string];

function eachMac(topology: LooseTopology, visit: (mac: string, ...place: Place) => void): void {
  eachLoose(topology, "vms", (id, { nics }) => {
    eachPresent(nics, (nic, { mac }) => {
      if (mac !== undefined) visit(mac, "vms", id, "nics", nic);
    });
  });
  for (const collection of ["routers", "firewalls"] as const) {
    eachLoose(topology, collection, (id, { interfaces }) => {
      eachPresent(interfaces, (name, { mac }) => {
        if (mac !== undefined) visit(mac, collection, id, "interfaces", name);
      });
    });
  }
}

function pathOf(place: Place): string {
  return jsonPath(...place, "mac");
}

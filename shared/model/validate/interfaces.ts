/** An interface of a router or firewall is plugged into a port group, or into a VLAN of a physical switch, or nowhere. */
import { jsonPath } from "../path";
import { problem, type Problem } from "../problem";
import { looseEntries, present, type LooseTopology } from "./loose";

export function interfaceProblems(topology: LooseTopology): Problem[] {
  return (["routers", "firewalls"] as const).flatMap((collection) =>
    looseEntries(topology, collection).flatMap(([id, forwarder]) =>
      present(forwarder.interfaces).flatMap(([name, { portGroup, physicalSwitch, ...settings }]) => {
        const place = [collection, id, "interfaces", name];
        if (portGroup !== undefined && physicalSwitch !== undefined) {
          return [problem(jsonPath(...place, "physicalSwitch"), "plugged in twice, here and into portGroup", "either portGroup, or physicalSwitch and vlan", physicalSwitch)];
        }
        // A malformed VLAN is there, with an undefined value.
        if (physicalSwitch !== undefined && !("vlan" in settings)) return [problem(jsonPath(...place, "vlan"), "missing", "the VLAN of the physical switch's port, from 1 to 4094")];
        return [];
      })));
}

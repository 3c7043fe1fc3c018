/** Virtual switches are where they can be, and uplinks leave from where their switch is. */
import { jsonPath } from "../path";
import { problem, type Problem } from "../problem";
import { looseEntries, looseRecord, type LooseTopology } from "./loose";

/** Kinds that are one instance on one hypervisor. The others join instances by uplinks or an overlay. */
const SINGLE: ReadonlySet<string | undefined> = new Set(["standard", "linux-bridge", "hyper-v"]);

export function switchProblems(topology: LooseTopology): Problem[] {
  return [...spreadSwitches(topology), ...strayUplinks(topology)];
}

function spreadSwitches(topology: LooseTopology): Problem[] {
  return looseEntries(topology, "virtualSwitches").flatMap(([id, { kind, hypervisors = [] }]) => {
    if (!SINGLE.has(kind) || new Set(hypervisors).size <= 1) return [];
    return [problem(jsonPath("virtualSwitches", id, "hypervisors"), `a ${kind} switch on ${new Set(hypervisors).size} hypervisors`,
      "one hypervisor; only distributed and open-vswitch switches span several", hypervisors)];
  });
}

function strayUplinks(topology: LooseTopology): Problem[] {
  return looseEntries(topology, "uplinks").flatMap(([id, { virtualSwitch, hypervisor }]) => {
    const members = looseRecord(topology, "virtualSwitches", virtualSwitch)?.hypervisors;
    if (virtualSwitch === undefined || hypervisor === undefined || members === undefined || members.includes(hypervisor)) return [];
    return [problem(jsonPath("uplinks", id, "hypervisor"), `a hypervisor that ${virtualSwitch} is not on`, `one of ${jsonPath("virtualSwitches", virtualSwitch, "hypervisors")}`, hypervisor)];
  });
}

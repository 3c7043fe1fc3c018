/** What runs on a hypervisor is plugged into switches of that hypervisor only. */
import { jsonPath, type PathSegment } from "../path";
import { problem, type Problem } from "../problem";
import { looseEntries, looseRecord, present, type LooseTopology } from "./loose";

export function placementProblems(topology: LooseTopology): Problem[] {
  const check = new PlacementCheck(topology);
  for (const [id, vm] of looseEntries(topology, "vms")) {
    for (const [nic, { portGroup }] of present(vm.nics)) check.plugged(vm.hypervisor, portGroup, "vms", id, "nics", nic, "portGroup");
  }
  for (const [id, adapter] of looseEntries(topology, "managementInterfaces")) {
    check.plugged(adapter.hypervisor, adapter.portGroup, "managementInterfaces", id, "portGroup");
  }
  for (const collection of ["routers", "firewalls"] as const) {
    for (const [id, forwarder] of looseEntries(topology, collection)) {
      for (const [name, { portGroup }] of present(forwarder.interfaces)) check.plugged(forwarder.hypervisor, portGroup, collection, id, "interfaces", name, "portGroup");
    }
  }
  return check.problems;
}

class PlacementCheck {
  readonly problems: Problem[] = [];
  /** The hypervisors of each switch that was asked for. */
  private readonly members = new Map<string, ReadonlySet<string | undefined> | undefined>();

  constructor(private readonly topology: LooseTopology) {}

  /** `path` is the place of the port group's id. Dangling and malformed references are left to their own checks. */
  plugged(hypervisor: string | undefined, portGroup: string | undefined, ...path: readonly PathSegment[]): void {
    const virtualSwitch = looseRecord(this.topology, "portGroups", portGroup)?.virtualSwitch;
    if (hypervisor === undefined || virtualSwitch === undefined || looseRecord(this.topology, "hypervisors", hypervisor) === undefined) return;
    const members = this.membersOf(virtualSwitch);
    if (members === undefined || members.has(hypervisor)) return;
    this.problems.push(problem(jsonPath(...path), `a port group of ${virtualSwitch}, which ${hypervisor} does not have`, `a port group of a switch on ${hypervisor}`, portGroup));
  }

  private membersOf(virtualSwitch: string): ReadonlySet<string | undefined> | undefined {
    if (!this.members.has(virtualSwitch)) {
      const hypervisors = looseRecord(this.topology, "virtualSwitches", virtualSwitch)?.hypervisors;
      this.members.set(virtualSwitch, hypervisors === undefined || hypervisors.includes(undefined) ? undefined : new Set(hypervisors));
    }
    return this.members.get(virtualSwitch);
  }
}

/** What runs on a hypervisor is plugged into switches of that hypervisor only. */
import { jsonPath, type PathSegment } from "../path";
import { problem, type Problem } from "../problem";
import { eachLoose, eachPresent, looseRecord, type LooseTopology } from "./loose";

export function placementProblems(topology: LooseTopology): Problem[] {
  const check = new PlacementCheck(topology);
  eachLoose(topology, "vms", (id, { hypervisor, nics }) => {
    eachPresent(nics, (nic, { portGroup }) => check.plugged(hypervisor, portGroup, () => ["vms", id, "nics", nic, "portGroup"]));
  });
  eachLoose(topology, "managementInterfaces", (id, { hypervisor, portGroup }) => check.plugged(hypervisor, portGroup, () => ["managementInterfaces", id, "portGroup"]));
  for (const collection of ["routers", "firewalls"] as const) {
    eachLoose(topology, collection, (id, { hypervisor, interfaces }) => {
      eachPresent(interfaces, (name, { portGroup }) => check.plugged(hypervisor, portGroup, () => [collection, id, "interfaces", name, "portGroup"]));
    });
  }
  return check.problems;
}

class PlacementCheck {
  readonly problems: Problem[] = [];
  /** The hypervisors of each switch that was asked for. */
  private readonly members = new Map<string, ReadonlySet<string | undefined> | undefined>();

  constructor(private readonly topology: LooseTopology) {}

  /** `path` is the place of the port group's id. Dangling and malformed references are left to their own checks. */
  plugged(hypervisor: string | undefined, portGroup: string | undefined, path: () => readonly PathSegment[]): void {
    const virtualSwitch = looseRecord(this.topology, "portGroups", portGroup)?.virtualSwitch;
    if (hypervisor === undefined || virtualSwitch === undefined || looseRecord(this.topology, "hypervisors", hypervisor) === undefined) return;
    const members = this.membersOf(virtualSwitch);
    if (members === undefined || members.has(hypervisor)) return;
    this.problems.push(problem(jsonPath(...path()), `a port group of ${virtualSwitch}, which ${hypervisor} does not have`, `a port group of a switch on ${hypervisor}`, portGroup));
  }

  private membersOf(virtualSwitch: string): ReadonlySet<string | undefined> | undefined {
    const known = this.members.get(virtualSwitch);
    if (known !== undefined || this.members.has(virtualSwitch)) return known;
    const hypervisors = looseRecord(this.topology, "virtualSwitches", virtualSwitch)?.hypervisors;
    const members = hypervisors === undefined || hypervisors.includes(undefined) ? undefined : new Set(hypervisors);
    this.members.set(virtualSwitch, members);
    return members;
  }
}

import { effectiveManagement } from "../model/defaults";
import { entries, record, type Topology } from "../model/topology";
import { resolveSelector } from "../model/members";
import { listed } from "./phrase";
import { candidate } from "./remedy/board";
import { isMonitor, occupantsOf, portGroupsOf, residentsOf, tenantsAmong } from "./residents";
import type { Draft, IsolationRule } from "./rule";

const MOST_SUBJECTS = 50;

export const hv007: IsolationRule = {
  id: "HV-007",
  title: "No monitoring able to see an escape or east-west attack",
  severity: "low",
  threat: "An escape, or an attack from VM to VM, leaves traces that only somebody who looks would see.",
  condition: "A hypervisor with VMs of two tenants or more says that escapes are not monitored (escapeMonitoring false), and nothing else watches: no port mirror of its switches delivers to a monitor, and no distributed firewall there "
    + "logs a rule. One finding for the document; it names the hypervisors. Not described is unknown, which MDL-005 reports. Identified as site.",
  fix: "Alert on the hypervisor's logs and on crashes of VM processes, send logs to a collector, and put an intrusion sensor on the tenants' segments.",
  commands: [
    { platform: "nsx", text: "Security > IDS/IPS: enable for the cluster, and assign a profile" },
    { platform: "kvm", text: "auditd with SELinux or AppArmor sVirt, and an alert on AVC denials of qemu" },
  ],
  references: ["NIST SP 800-125 (introspection, monitoring traffic between guests)", "NIST SP 800-53r5 SI-4, SI-4(4)", "PCI DSS 4.0.1 11.5.1"],
  caveats: "Reported once for a site. It detects, it prevents nothing.",
  check({ topology }) {
    const blind = entries(topology, "hypervisors").filter(([id]) => effectiveManagement(topology, id, "escapeMonitoring").value === false && tenantsAmong(residentsOf(topology, id)).length > 1).map(([id]) => id);
    if (blind.length === 0) return [];
    const watched = watchedHypervisors(topology);
    const unwatched = blind.filter((id) => !watched.has(id));
    return unwatched.length === 0 ? [] : [describe(topology, unwatched)];
  },
};

function describe(topology: Topology, unwatched: readonly string[]): Draft {
  return {
    key: "site",
    title: `Nothing watches ${unwatched.length === 1 ? "the hypervisor" : `${unwatched.length} hypervisors`} with several tenants`,
    subjects: unwatched.slice(0, MOST_SUBJECTS),
    detail: `${listed(unwatched)} ${unwatched.length === 1 ? "runs" : "run"} VMs of several tenants; management.escapeMonitoring is off, no mirror delivers to a monitor and no distributed firewall logs.`,
    fixes: () => candidate(topology, `Monitor ${listed(unwatched)} for escapes`, (board) => {
      for (const id of unwatched) board.set(["hypervisors", id, "management", "escapeMonitoring"], true);
    }),
  };
}

/** Hypervisors with a switch that a monitor listens to or that a logging distributed firewall filters. */
function watchedHypervisors(topology: Topology): ReadonlySet<string> {
  const logging = entries(topology, "distributedFirewalls").filter(([, { rules = [] }]) => rules.some(({ log, enabled }) => log === true && enabled !== false));
  const everywhere = logging.some(([, { virtualSwitches }]) => virtualSwitches === undefined);
  const filtered = new Set(logging.flatMap(([, { virtualSwitches = [] }]) => virtualSwitches));
  return new Set(entries(topology, "virtualSwitches").flatMap(([id, { hypervisors, mirrors = {} }]) => {
    const mirrored = Object.values(mirrors).some(({ destination }) => [...resolveSelector(topology, destination)].some((party) => record(topology, "vms", party) !== undefined && isMonitor(topology, party)));
    return mirrored || filtered.has(id) || (everywhere && holdsGuests(topology, id)) ? hypervisors : [];
  }));
}

function holdsGuests(topology: Topology, virtualSwitch: string): boolean {
  return portGroupsOf(topology, virtualSwitch).some((portGroup) => occupantsOf(topology, portGroup).length > 0);
}

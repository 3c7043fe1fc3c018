/** Whom a distributed firewall filters. */
import { resolveSelector } from "../model/members";
import { entries, record, type Topology } from "../model/topology";

/** The VMs with a vNIC that the distributed firewall filters. */
export function guardedBy(topology: Topology, id: string): ReadonlySet<string> {
  const firewall = record(topology, "distributedFirewalls", id);
  const scope = firewall?.virtualSwitches === undefined ? undefined : new Set(firewall.virtualSwitches);
  const excluded = new Set((firewall?.exclude ?? []).flatMap((selector) => [...resolveSelector(topology, selector)]));
  const vms = new Set<string>();
  for (const [vm, { nics, role }] of entries(topology, "vms")) {
    if (role === "template" || excluded.has(vm)) continue;
    const inScope = Object.values(nics ?? {}).some(({ portGroup, connected, passthrough = "none" }) => {
      const virtualSwitch = record(topology, "portGroups", portGroup)?.virtualSwitch;
      return virtualSwitch !== undefined && connected !== false && passthrough === "none" && (scope === undefined || scope.has(virtualSwitch));
    });
    if (inScope) vms.add(vm);
  }
  return vms;
}

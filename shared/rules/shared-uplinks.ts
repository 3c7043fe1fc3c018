/** What rides each uplink of a virtual switch: whose port groups a physical cable carries on its hypervisor. */
import { effectiveVlan, effectiveVlanAware } from "../model/defaults";
import type { Port } from "../model/primitives";
import { record, type RecordOf, type Topology } from "../model/topology";
import { hasVlan, intersectVlans, parseVlanList } from "../model/vlan-set";
import { adaptersOf, occupantsOf, portGroupsOf } from "./residents";
import { isWorkload, uplinksOf } from "./workload";
import { vlansHeard } from "./vlans-heard";

/** An uplink with what it carries. */
export interface Carried {
  readonly uplink: string;
  readonly hypervisor: string;
  /** Tenants of workloads. */
  readonly tenants: ReadonlySet<string>;
  /** Port groups with workloads, of a tenant or not. */
  readonly workloadGroups: readonly string[];
  /** Management, migration and storage interfaces. */
  readonly adapters: readonly string[];
  /** The port groups of both. */
  readonly groups: readonly string[];
  /** What the physical port lets through is not described: everything counts. */
  readonly assumed: boolean;
}

interface Use {
  readonly tenants: Set<string>;
  readonly adapters: string[];
  workloads: boolean;
}

const known = new WeakMap<Topology, Map<string, readonly Carried[]>>();

/** The uplinks of the virtual switch that carry anything, sorted by id. */
export function carriedBy(topology: Topology, virtualSwitch: string): readonly Carried[] {
  let index = known.get(topology);
  if (index === undefined) known.set(topology, (index = new Map()));
  let carried = index.get(virtualSwitch);
  if (carried === undefined) index.set(virtualSwitch, (carried = look(topology, virtualSwitch)));
  return carried;
}

function look(topology: Topology, virtualSwitch: string): Carried[] {
  const uplinks = uplinksOf(topology, virtualSwitch);
  if (uplinks.length === 0) return [];
  const uses = usesByHypervisor(topology, virtualSwitch);
  return uplinks.flatMap(([uplink, { hypervisor, port }]): Carried[] => {
    const riding = [...(uses.get(hypervisor) ?? [])].filter(([portGroup]) => rides(topology, virtualSwitch, portGroup, port));
    if (riding.length === 0) return [];
    return [{
      uplink, hypervisor,
      tenants: new Set(riding.flatMap(([, use]) => [...use.tenants])),
      workloadGroups: riding.filter(([, use]) => use.workloads).map(([portGroup]) => portGroup),
      adapters: riding.flatMap(([, use]) => use.adapters),
      groups: riding.map(([portGroup]) => portGroup),
      assumed: port === undefined || (port.mode === "trunk" && port.allowed === undefined),
    }];
  });
}

/** For each hypervisor, the port groups of the switch that somebody there is plugged into. */
function usesByHypervisor(topology: Topology, virtualSwitch: string): Map<string, Map<string, Use>> {
  const uses = new Map<string, Map<string, Use>>();
  const at = (hypervisor: string, portGroup: string): Use => {
    let groups = uses.get(hypervisor);
    if (groups === undefined) uses.set(hypervisor, (groups = new Map()));
    let use = groups.get(portGroup);
    if (use === undefined) groups.set(portGroup, (use = { tenants: new Set(), adapters: [], workloads: false }));
    return use;
  };
  for (const portGroup of portGroupsOf(topology, virtualSwitch)) {
    for (const { vm } of occupantsOf(topology, portGroup)) {
      if (!isWorkload(vm)) continue;
      const use = at(vm.hypervisor, portGroup);
      use.workloads = true;
      if (vm.tenant !== undefined) use.tenants.add(vm.tenant);
    }
    for (const adapter of adaptersOf(topology, portGroup)) at(record(topology, "managementInterfaces", adapter)?.hypervisor ?? "", portGroup).adapters.push(adapter);
  }
  return uses;
}

/** Whether frames of the port group leave by the physical port; where the port is not described they might. */
function rides(topology: Topology, virtualSwitch: string, portGroup: string, port: Port | undefined): boolean {
  const vlan = effectiveVlan(topology, portGroup).value;
  if (port === undefined || vlan?.mode === "overlay" || effectiveVlanAware(topology, virtualSwitch).value === false) return true;
  const heard = vlansHeard(topology, portGroup);
  if (port.mode === "access") return heard.untagged;
  if (heard.untagged && port.native !== undefined && port.tagNative !== true) return true;
  const allowed = port.allowed === undefined ? undefined : parseVlanList(port.allowed);
  if (allowed === undefined) return true;
  return vlan?.mode === "access" ? hasVlan(allowed, vlan.id) : intersectVlans(allowed, heard.vlans).length > 0;
}

/** Whether the port group limits how much bandwidth its ports take. */
export function isShaped({ shaping }: Pick<RecordOf<"portGroups">, "shaping">): boolean {
  return (shaping?.averageMbps ?? 0) > 0 || (shaping?.peakMbps ?? 0) > 0;
}

/** Whether several share the uplink: tenants, or a tenant and the hypervisor's own interfaces. */
export function isContended({ tenants, adapters }: Carried): boolean {
  return tenants.size > 1 || (tenants.size > 0 && adapters.length > 0);
}

/** The uplinks that several share without any limit of bandwidth on any of their port groups. */
export function unshapedUplinks(topology: Topology, virtualSwitch: string): readonly Carried[] {
  return carriedBy(topology, virtualSwitch).filter((carried) => isContended(carried) && !carried.groups.some((id) => isShaped(record(topology, "portGroups", id) ?? {})));
}

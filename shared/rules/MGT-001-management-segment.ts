import { compareIds, entries, record } from "../model/topology";
import type { ManagementInterface } from "../model/kinds/management-interface";
import type { End, Segment } from "../network/types";
import { neighboursIn } from "./neighbours";
import { counted, listed } from "./phrase";
import { dedicateManagement } from "./remedy/management-network";
import type { Draft, IsolationRule, RuleContext } from "./rule";
import { restsOn } from "./setting-words";
import { isWorkloadEnd, servesManagement } from "./workload";

const MOST_SUBJECTS = 50;

export const mgt001: IsolationRule = {
  id: "MGT-001",
  title: "Management interface shares a layer-2 segment with VMs",
  severity: "critical",
  threat: "One hop from any VM to the component that controls all tenants: flaws in management services need no more than the same network segment (CVE-2020-3992: port 427).",
  condition: "A management interface that serves management (one without services might) is in a broadcast domain with the vNIC of a workload VM, and the two hear each other. "
    + "Jump hosts and infrastructure VMs belong there. Identified by the interface and the segment.",
  fix: "Give management interfaces a VLAN of their own, and let administrators reach it through a firewall.",
  commands: [
    { platform: "esxi", text: "esxcli network vswitch standard portgroup set --portgroup-name='Management Network' --vlan-id=10" },
    { platform: "proxmox", text: "vmbr0.10 for the host's address, with bridge-vlan-aware yes" },
    { platform: "hyper-v", text: "Set-VMNetworkAdapterVlan -ManagementOS -Access -VlanId 10" },
  ],
  references: ["DISA STIG ESXI-80-000198 (V-258758)", "VMware SCG esxi-8.vmk-management, esx-9.vmk-management", "NIST SP 800-125 (dedicated management network)",
    "NIST SP 800-53r5 SC-2, SC-3, SC-7(13), SC-7(21)", "CVE-2020-3992"],
  caveats: "Jump hosts and manager VMs belong in the management segment: give them that role. Small labs may accept the risk.",
  root: ({ key }) => key.slice(key.indexOf("@") + 1),
  check(context) {
    return entries(context.topology, "managementInterfaces").flatMap(([id, adapter]) => (servesManagement(adapter) ? inspect(context, id, adapter) : []));
  },
};

function inspect(context: RuleContext, id: string, adapter: ManagementInterface): Draft[] {
  const { layer2 } = context.network;
  const end = layer2.end(id);
  if (end === undefined) return [];
  // Ports that carry several VLANs meet in each of them: once is enough.
  const met = new Set<End>();
  return layer2.segmentsOf(end).flatMap((segment) => {
    const neighbours = neighboursIn(layer2, segment, end, "workloads", (other) => isWorkloadEnd(context.topology, other)).filter((other) => !met.has(other));
    for (const other of neighbours) met.add(other);
    const [nearest] = neighbours;
    return nearest === undefined ? [] : [describe(context, { id, adapter, end, segment, neighbours, nearest })];
  });
}

interface Exposure {
  readonly id: string;
  readonly adapter: ManagementInterface;
  readonly end: End;
  readonly segment: Segment;
  readonly neighbours: readonly End[];
  readonly nearest: End;
}

function describe({ topology, network }: RuleContext, { id, adapter, end, segment, neighbours, nearest }: Exposure): Draft {
  const vms = [...new Set(neighbours.map((other) => other.owner))].sort(compareIds);
  const tenants = [...new Set(vms.map((vm) => record(topology, "vms", vm)?.tenant).filter((tenant) => tenant !== undefined))].sort(compareIds);
  const hypervisor = record(topology, "hypervisors", adapter.hypervisor)?.name ?? adapter.hypervisor;
  return {
    key: `${id}@${segment.id}`,
    title: `${adapter.name} of ${hypervisor} is in one segment with VMs`,
    subjects: [id, adapter.portGroup, ...vms.slice(0, MOST_SUBJECTS)],
    detail: `${adapter.name} of ${hypervisor} and ${counted(vms.length, "workload VM")}${tenants.length === 0 ? "" : ` of ${listed(tenants)}`} are in one broadcast domain `
      + `(VLAN ${segment.vlan} at ${segment.switch}): ${listed(vms)}.${adapter.services === undefined ? " The interface's services are not given; it is taken to serve management." : ""}${restsOn(topology, [adapter.portGroup, ...neighbours.map(({ portGroup }) => portGroup)])}`,
    services: ["any"],
    path: () => network.layer2.path(nearest, end) ?? [],
    fixes: () => dedicateManagement(topology, network, id),
  };
}

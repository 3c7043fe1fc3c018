import { compareIds, entries, record, type Topology } from "../model/topology";
import type { PortGroup } from "../model/kinds/port-group";
import type { Segment } from "../network/types";
import { counted, listed } from "./phrase";
import { tenantSuspects } from "./port-security";
import { candidate } from "./remedy/board";
import type { Draft, IsolationRule, RuleContext } from "./rule";
import { isForwardingAppliance, vmOf } from "./workload";

export const net010: IsolationRule = {
  id: "NET-010",
  title: "No address-spoofing guard on a multi-party segment",
  severity: "medium",
  threat: "A guest that answers for another's address (ARP, DHCP, router advertisements) has its traffic come by, and reads or changes it.",
  condition: "A port group with workloads has no spoof guard, no DHCP guard and no router-advertisement guard (unset is none, the default of every platform), and its segment has two owners or more (tenants, external networks, the "
    + "hypervisors' own interfaces) or a virtual gateway. Identified by the port group.",
  fix: "Bind addresses to ports, and let only servers answer DHCP and advertise routes.",
  commands: [
    { platform: "nsx", text: "PATCH policy/api/v1/infra/spoofguard-profiles/NAME {address_binding_allowlist: true}; PATCH policy/api/v1/infra/segment-security-profiles/NAME {dhcp_server_block_enabled: true, ra_guard_enabled: true}; bind both to the segment" },
    { platform: "hyper-v", text: "Set-VMNetworkAdapter -VMName X -DhcpGuard On -RouterGuard On" },
    { platform: "libvirt", text: "<filterref filter='clean-traffic'><parameter name='IP' value='10.10.0.5'/></filterref>" },
    { platform: "proxmox", text: "/etc/pve/firewall/VMID.fw: [OPTIONS] enable: 1, ipfilter: 1; [IPSET ipfilter-net0] lists the guest's addresses" },
  ],
  references: ["DISA STIG NDFW-4X-000029 (V-265630)", "PCI DSS 4.0.1 1.4.3", "MITRE ATT&CK T1557.002, T1557.003"],
  caveats: "VRRP and keepalived, network load balancing, nested hypervisors and DHCP servers need exemptions. Proxmox VE filters MAC addresses by default, but only where the firewall is on at datacenter, VM and adapter. That Hyper-V's "
    + "guards are off by default is widely said; the cmdlet's page does not show it.",
  root: () => "",
  check(context) {
    const known = new Map<Segment, Parties>();
    return entries(context.topology, "portGroups").flatMap(([id, group]) => inspect(context, id, group, known));
  },
};

interface Parties {
  readonly owners: readonly string[];
  readonly gateways: readonly string[];
}

function inspect({ topology, network: { layer2 } }: RuleContext, id: string, group: PortGroup, known: Map<Segment, Parties>): Draft[] {
  if (group.spoofGuard === true || group.dhcpGuard === true || group.raGuard === true) return [];
  const suspects = tenantSuspects(topology, id);
  if (suspects.length === 0) return [];
  const segments = new Set(suspects.flatMap(({ end }) => layer2.end(end) ?? []).flatMap((end) => layer2.segmentsOf(end)));
  const crowded = [...segments].find((segment) => {
    const { owners, gateways } = partiesOf(topology, segment, known);
    return owners.length > 1 || gateways.length > 0;
  });
  if (crowded === undefined) return [];
  const { owners, gateways } = partiesOf(topology, crowded, known);
  const vms = [...new Set(suspects.map((suspect) => suspect.id))];
  return [{
    key: id,
    title: `Nothing keeps guests of ${group.name} from taking over addresses`,
    subjects: [id, ...vms.slice(0, 50)],
    detail: `Port group ${group.name} has neither spoofGuard nor dhcpGuard nor raGuard (unset is off). Segment ${crowded.id} ${owners.length > 1 ? `is shared by ${listed(owners)}` : `has the gateway ${listed(gateways)}`}: `
      + `${counted(vms.length, "VM")} can answer for the others' addresses: ${listed(vms)}.`,
    fixes: () => candidate(topology, `Guard addresses, DHCP and router advertisements on ${group.name}`, (board) => {
      for (const guard of ["spoofGuard", "dhcpGuard", "raGuard"]) board.set(["portGroups", id, guard], true);
    }),
  }];
}

/** Who owns what is in the segment, and which virtual machines route there. */
function partiesOf(topology: Topology, segment: Segment, known: Map<Segment, Parties>): Parties {
  let parties = known.get(segment);
  if (parties !== undefined) return parties;
  const owners = new Set<string>();
  const gateways = new Set<string>();
  for (const end of segment.ends) {
    const vm = vmOf(topology, end);
    if (vm?.tenant !== undefined) owners.add(vm.tenant);
    if (end.kind === "external") owners.add(end.owner);
    if (end.kind === "managementInterface" || end.kind === "bmc") owners.add("the hypervisors");
    const virtual = record(topology, "routers", end.owner)?.hypervisor ?? record(topology, "firewalls", end.owner)?.hypervisor;
    if ((end.kind === "interface" && virtual !== undefined) || (vm !== undefined && isForwardingAppliance(vm))) gateways.add(end.id);
  }
  parties = { owners: [...owners].sort(compareIds), gateways: [...gateways].sort(compareIds) };
  known.set(segment, parties);
  return parties;
}

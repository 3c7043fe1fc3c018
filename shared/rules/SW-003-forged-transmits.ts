import { effectiveSecurity } from "../model/defaults";
import { compareIds, entries, type Topology } from "../model/topology";
import type { Layer2, Segment } from "../network/types";
import { counted, listed } from "./phrase";
import { rejectCandidates, settingInWords, tenantSuspects } from "./port-security";
import type { Occupant } from "./residents";
import type { Draft, IsolationRule } from "./rule";
import { isForwardingAppliance, vmOf } from "./workload";

/** Whom a forger can impersonate in a segment. */
interface Neighbours {
  readonly tenants: ReadonlySet<string>;
  readonly gateways: readonly string[];
}

export const sw003: IsolationRule = {
  id: "SW-003",
  title: "Forged transmits: guests may send with any source MAC",
  severity: "medium",
  threat: "A guest that may send with another machine's MAC address poisons ARP caches and MAC tables: its neighbours' traffic, or the gateway's, then comes to it.",
  condition: "The effective forged transmits setting of a port group with a workload attached is accept, and no spoof guard binds its addresses. Unset, a distributed switch and Hyper-V "
    + "(MAC spoofing off) reject; a standard switch is assumed to accept, since sources disagree; Linux bridges and Open vSwitch let any source MAC through unless a filter (libvirt "
    + "nwfilter, Proxmox firewall, OVN port security) is applied. High where the segment holds another tenant or a gateway. Identified by the port group.",
  fix: "Reject forged transmits; on Linux bridges and Open vSwitch apply a MAC filter to the ports.",
  commands: [
    { platform: "esxi", text: "esxcli network vswitch standard policy security set -v vSwitch1 -f false" },
    { platform: "vcenter", text: "Get-VDPortgroup PG | Get-VDSecurityPolicy | Set-VDSecurityPolicy -ForgedTransmits $false" },
    { platform: "libvirt", text: "<filterref filter='no-mac-spoofing'/>" },
    { platform: "ovn", text: "ovn-nbctl lsp-set-port-security PORT 'MAC IP'" },
    { platform: "hyper-v", text: "Set-VMNetworkAdapter -VMName X -MacAddressSpoofing Off" },
  ],
  references: [
    "VMware SCG esxi-8.network-reject-forged-transmit-standardswitch, vcenter-8.network-reject-forged-transmit-dvportgroup",
    "DISA STIG ESXI-80-000216 (V-258771), VCSA-80-000268 (V-258935)",
    "PCI DSS 4.0.1 1.4.3",
    "MITRE ATT&CK T1557.002",
  ],
  caveats: "Nested hypervisors, VRRP and CARP virtual MACs, virtual firewalls in a pair and containers with macvlan need it. Proxmox filters only where its firewall is enabled at datacenter, "
    + "VM and NIC. The default of a standard switch is disputed, as in SW-002.",
  root: () => "",
  check({ topology, network }) {
    const known = new Map<Segment, Neighbours>();
    return entries(topology, "portGroups").flatMap(([id, group]): Draft[] => {
      const setting = effectiveSecurity(topology, id).forgedTransmits;
      if (setting.value !== "accept" || group.spoofGuard === true) return [];
      const forgers = tenantSuspects(topology, id);
      if (forgers.length === 0) return [];
      const risk = riskOf(topology, network.layer2, forgers, known);
      const vms = [...new Set(forgers.map((forger) => forger.id))];
      return [{
        key: id,
        severity: risk === undefined ? "medium" : "high",
        title: `Forged transmits are accepted on ${group.name}`,
        subjects: [id, ...vms],
        detail: `On port group ${group.name}, ${settingInWords("forged transmits", setting)}. ${counted(vms.length, "VM")} can send in another's name: ${listed(vms)}.`
          + (risk === undefined ? "" : ` ${risk}.`),
        fixes: () => rejectCandidates(topology, id, "forgedTransmits", setting),
      }];
    });
  },
};

/** Why a segment makes forging worse; undefined where it holds neither another tenant nor a gateway. */
function riskOf(topology: Topology, layer2: Layer2, forgers: readonly Occupant[], known: Map<Segment, Neighbours>): string | undefined {
  const others = new Set<string>();
  const gateways = new Set<string>();
  for (const [segment, tenants] of segmentsOf(layer2, forgers)) {
    const neighbours = neighboursIn(topology, segment, known);
    for (const tenant of neighbours.tenants) if (tenants.size > 1 || !tenants.has(tenant)) others.add(tenant);
    for (const gateway of neighbours.gateways) gateways.add(gateway);
  }
  if (others.size > 0) return `The segment holds ${others.size === 1 ? "another tenant" : "several tenants"}: ${listed([...others].sort(compareIds))}`;
  return gateways.size > 0 ? `The segment holds a gateway: ${listed([...gateways].sort(compareIds))}` : undefined;
}

/** The segments that the forgers are in, each with the forgers' tenants. */
function segmentsOf(layer2: Layer2, forgers: readonly Occupant[]): ReadonlyMap<Segment, ReadonlySet<string | undefined>> {
  const segments = new Map<Segment, Set<string | undefined>>();
  for (const { end, vm } of forgers) {
    const port = layer2.end(end);
    if (port === undefined) continue;
    for (const segment of layer2.segmentsOf(port)) {
      const tenants = segments.get(segment);
      if (tenants === undefined) segments.set(segment, new Set([vm.tenant]));
      else tenants.add(vm.tenant);
    }
  }
  return segments;
}

function neighboursIn(topology: Topology, segment: Segment, known: Map<Segment, Neighbours>): Neighbours {
  let found = known.get(segment);
  if (found === undefined) known.set(segment, (found = look(topology, segment)));
  return found;
}

function look(topology: Topology, segment: Segment): Neighbours {
  const tenants = new Set<string>();
  const gateways: string[] = [];
  for (const end of segment.ends) {
    const vm = vmOf(topology, end);
    if (end.kind === "interface" || (vm !== undefined && isForwardingAppliance(vm))) gateways.push(end.id);
    if (vm?.tenant !== undefined) tenants.add(vm.tenant);
  }
  return { tenants, gateways };
}

import { compareIds, entries, record, type Topology } from "../model/topology";
import type { VirtualSwitch } from "../model/kinds/virtual-switch";
import { resolveSelector } from "../model/members";
import type { Network } from "../network/compiled-network";
import { crowdOf, sorted, type Crowd } from "./crowd";
import { listed } from "./phrase";
import { candidate } from "./remedy/board";
import { makeStrict } from "./remedy/strict-port";
import type { Draft, IsolationRule, RuleContext } from "./rule";

type Mirror = NonNullable<VirtualSwitch["mirrors"]>[string];

export const sw004: IsolationRule = {
  id: "SW-004",
  title: "Port mirroring copies traffic across a trust boundary",
  severity: "high",
  threat: "A mirror hands over everything that its sources send and receive, by design and without a trace at the sources.",
  condition: "A port mirror copies traffic of a tenant, or of management, to a VM of another tenant, to one that belongs to nobody, or out of the virtual switch to an address or an external network, where nothing encrypts it. A monitor "
    + "of the operator's (role infrastructure, no tenant or one of kind provider) may listen. Identified by the switch and the mirror (vds-1/m1).",
  fix: "Delete the mirror, or deliver it to a monitor of the operator's in a monitoring segment.",
  commands: [
    { platform: "hyper-v", text: "Set-VMNetworkAdapter -VMName X -PortMirroring None" },
    { platform: "open-vswitch", text: "ovs-vsctl clear bridge br0 mirrors" },
    { platform: "linux", text: "tc qdisc del dev vnet3 ingress" },
    { platform: "vcenter", text: "distributed switch > Configure > Port mirroring: remove the session" },
  ],
  references: ["VMware SCG vcenter-8.network-restrict-port-mirroring, vcenter-8.network-restrict-netflow-usage", "DISA STIG VCSA-80-000300 (V-258965), VCSA-80-000271 (V-258938)", "MITRE ATT&CK T1020.001"],
  caveats: "An authorised sensor of a tenant's: accept it by name. NetFlow and IPFIX exports are not in the document. No switch mirrors anything by default.",
  check(context) {
    return entries(context.topology, "virtualSwitches").flatMap(([id, vswitch]) =>
      Object.entries(vswitch.mirrors ?? {}).sort(([a], [b]) => compareIds(a, b)).flatMap(([mirror, session]) => inspect(context, id, vswitch, mirror, session)));
  },
};

function inspect({ topology, network }: RuleContext, id: string, vswitch: VirtualSwitch, mirror: string, { name, sources, destination }: Mirror): Draft[] {
  const crowd = crowdOf(topology, network, sources.flatMap((selector) => [...resolveSelector(topology, selector)]));
  const copied = [...sorted(crowd.tenants).map((tenant) => `tenant ${tenant}`), ...(crowd.management.size > 0 ? [`management (${listed(sorted(crowd.management))})`] : [])];
  if (copied.length === 0) return [];
  const why = [...new Set(receivers(topology, destination).flatMap((receiver) => objection(topology, network, crowd, receiver) ?? []))];
  if (why.length === 0) return [];
  return [{
    key: `${id}/${mirror}`,
    title: `Mirror ${name ?? mirror} of ${vswitch.name} copies traffic of ${copied[0] ?? ""} to ${destination}`,
    subjects: [id, ...receivers(topology, destination).filter((receiver): receiver is string => receiver !== undefined).slice(0, 20)],
    detail: `Mirror ${name ?? mirror} of ${vswitch.name} copies everything that ${listed(sources)} send and receive, of ${listed(copied)}, to ${destination}: ${listed(why)}.`,
    ways: () => [{
      channel: "mirror", from: receivers(topology, destination).flatMap((receiver) => (record(topology, "vms", receiver) === undefined ? [] : [`vm:${receiver ?? ""}` as const])),
      to: sources.flatMap((selector) => [...resolveSelector(topology, selector)]).map((party) => (record(topology, "vms", party) === undefined ? (`management:${party}` as const) : (`vm:${party}` as const))),
      detail: `mirror ${name ?? mirror} of ${vswitch.name} copies their traffic`,
    }],
    fixes: () => [false, true].flatMap((strict) => candidate(topology, `Delete mirror ${name ?? mirror} of ${vswitch.name}${strict ? ", and let its destination overhear nothing" : ""}`, (board) => {
      board.remove(["virtualSwitches", id, "mirrors", mirror]);
      const before = board.topology;
      // A monitor may listen; what was one is none any more.
      if (strict) for (const vm of resolveSelector(topology, destination)) for (const { portGroup } of Object.values(record(topology, "vms", vm)?.nics ?? {})) makeStrict(board, portGroup);
      return !strict || board.topology !== before;
    })),
  }];
}

/** The parties that the copy goes to; undefined for somebody whom the document does not know. */
function receivers(topology: Topology, destination: string): (string | undefined)[] {
  const members = [...resolveSelector(topology, destination)];
  return members.length === 0 || destination.startsWith("cidr:") ? [...members, ...(members.some((party) => record(topology, "vms", party) !== undefined) ? [] : [undefined])] : members;
}

/** What is wrong with this receiver; undefined where it may listen. */
function objection(topology: Topology, network: Network, { tenants, management }: Crowd, receiver: string | undefined): string | undefined {
  const vm = record(topology, "vms", receiver);
  if (vm === undefined) return network.party(receiver ?? "")?.kind === "managementInterface" ? undefined : "the copy leaves the virtual switch, and nothing encrypts it";
  if (vm.role === "infrastructure" && (vm.tenant === undefined || record(topology, "tenants", vm.tenant)?.kind === "provider")) return undefined;
  if (vm.tenant === undefined) return `${receiver ?? ""} belongs to nobody`;
  if (management.size > 0) return `${receiver ?? ""} belongs to ${vm.tenant}, and management is among the sources`;
  return [...tenants].some((tenant) => tenant !== vm.tenant) ? `${receiver ?? ""} belongs to ${vm.tenant}` : undefined;
}

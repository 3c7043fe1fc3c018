import { effectiveSecurity } from "../model/defaults";
import { entries, record, type Topology } from "../model/topology";
import { listed } from "./phrase";
import { rejectCandidates, settingInWords, suspects } from "./port-security";
import { candidate } from "./remedy/board";
import { adaptersOf, occupantsOf, portGroupsOf, type Occupant } from "./residents";
import type { Draft, FixCandidate, IsolationRule, RuleContext, Way } from "./rule";
import { hearsTheSame, vlansHeard } from "./vlans-heard";

/** What VMs of a port group may overhear: frames on the same switch instance, on the same hypervisor, in a VLAN that they hear. */
interface Capture {
  /** In the same port group: overheard for certain. */
  readonly certain: ReadonlySet<string>;
  /** In another port group with a VLAN in common: sources disagree. */
  readonly possible: ReadonlySet<string>;
  /** Whether a victim is another tenant's, or management. */
  readonly crossesTenants: boolean;
}

export const sw001: IsolationRule = {
  id: "SW-001",
  title: "Promiscuous mode or MAC learning lets a VM see others' traffic",
  severity: "high",
  threat: "A guest whose port accepts promiscuous mode reads its neighbours' traffic without touching them: passwords, sessions, data. Nothing in the network shows it.",
  condition: "The effective promiscuous setting of a port group (its own, else its switch's, else the platform's default, which is reject everywhere) is accept, or it is on a "
    + "distributed switch with MAC learning, which floods unknown unicast; and a VM is attached that is no monitor (a mirror's destination) and no virtual router or firewall. "
    + "High where a victim on the same switch and hypervisor, in a VLAN that the port hears, belongs to another tenant or is a management interface; else medium. Identified by the port group.",
  fix: "Reject promiscuous mode on the port group and drop overrides; switch MAC learning off. A sensor that needs it gets a port group of its own.",
  commands: [
    { platform: "esxi", text: "esxcli network vswitch standard policy security set --allow-promiscuous=false --vswitch-name=vSwitch1" },
    { platform: "esxi", text: "Get-VirtualPortGroup -Standard -Name PG | Get-SecurityPolicy | Set-SecurityPolicy -AllowPromiscuousInherited $true" },
    { platform: "vcenter", text: "Get-VDPortgroup PG | Get-VDSecurityPolicy | Set-VDSecurityPolicy -AllowPromiscuous $false" },
    { platform: "linux-bridge", text: "bridge link set dev vnet3 flood off; ip link set br0 type bridge ageing_time 30000" },
  ],
  references: [
    "VMware SCG esxi-8.network-reject-promiscuous-mode-standardswitch, vcenter-8.network-reject-promiscuous-mode-dvportgroup, vcenter-8.network-mac-learning",
    "DISA STIG ESXI-80-000218 (V-258773), VCSA-80-000270 (V-258937)",
    "PCI DSS 4.0.1 1.4.5",
    "MITRE ATT&CK T1040",
    "Broadcom KB 324553",
  ],
  caveats: "Sensors, virtual firewalls in transparent mode and nested ESXi need it: accept the risk by name. How far it sees is disputed: KB 324553 says the same port group on the same "
    + "host, KB 1002934 the whole virtual switch within the port group's VLANs; the same port group counts as certain, others with a VLAN in common as possible. Hyper-V "
    + "has no such mode (MDL-006 tells of the setting). Linux bridges and Open vSwitch have no such setting either; there it counts where the document says accept, as for a bridge that floods everything.",
  root: () => "",
  check(context) {
    return entries(context.topology, "portGroups").flatMap(([id]) => inspect(context, id));
  },
};

function inspect({ topology }: RuleContext, portGroup: string): Draft[] {
  const promiscuous = effectiveSecurity(topology, portGroup).promiscuous;
  const own = record(topology, "portGroups", portGroup);
  const vswitch = record(topology, "virtualSwitches", own?.virtualSwitch);
  const learns = vswitch?.kind === "distributed" && vswitch.macLearning === true;
  const accepts = promiscuous.value === "accept" && vswitch?.kind !== "hyper-v";
  if (!accepts && !learns) return [];
  const attackers = suspects(topology, portGroup);
  if (attackers.length === 0) return [];
  const capture = captureOf(topology, portGroup, attackers);
  const name = own?.name ?? portGroup;
  const why = accepts ? settingInWords("promiscuous mode", promiscuous) : `MAC learning is on at ${vswitch?.name ?? ""}, which floods unknown unicast`;
  return [{
    key: portGroup,
    severity: capture.crossesTenants ? "high" : "medium",
    title: accepts ? `Promiscuous mode is accepted on ${name}` : `MAC learning floods traffic to ${name}`,
    subjects: [portGroup, ...new Set(attackers.map(({ id }) => id))],
    detail: `On port group ${name}, ${why}. ${listed([...new Set(attackers.map(({ id }) => id))])} can read ${victims(capture)}.`,
    ways: () => waysOn(topology, attackers, capture, why),
    fixes: () => fixesFor(topology, portGroup, learns),
  }];
}

/** Host by host: frames that never leave one are not seen on another. */
function waysOn(topology: Topology, attackers: readonly Occupant[], { certain }: Capture, detail: string): Way[] {
  return [...byHypervisor(attackers)].map(([hypervisor, { ids }]) => ({
    channel: "sniff" as const, from: [...ids].map((id) => `vm:${id}` as const), detail,
    to: [...certain].flatMap((id) => {
      if (record(topology, "vms", id)?.hypervisor === hypervisor) return [`vm:${id}` as const];
      return record(topology, "managementInterfaces", id)?.hypervisor === hypervisor ? [`management:${id}` as const] : [];
    }),
  }));
}

function victims({ certain, possible }: Capture): string {
  const parts = [
    ...(certain.size > 0 ? [`the traffic of ${listed([...certain])}`] : []),
    ...(possible.size > 0 ? [`possibly that of ${listed([...possible])} (other port groups with a VLAN in common)`] : []),
  ];
  return parts.length === 0 ? "whatever is plugged in beside them" : parts.join(" and ");
}

function captureOf(topology: Topology, portGroup: string, attackers: readonly Occupant[]): Capture {
  const certain = new Set<string>();
  const possible = new Set<string>();
  const heard = vlansHeard(topology, portGroup);
  const listeners = byHypervisor(attackers);
  let crossesTenants = false;
  for (const other of portGroupsOf(topology, record(topology, "portGroups", portGroup)?.virtualSwitch ?? "")) {
    if (!hearsTheSame(heard, vlansHeard(topology, other))) continue;
    const found = other === portGroup ? certain : possible;
    for (const { id, vm } of occupantsOf(topology, other)) {
      const nearby = listeners.get(vm.hypervisor);
      if (nearby === undefined || (nearby.ids.size === 1 && nearby.ids.has(id))) continue;
      found.add(id);
      if (nearby.tenants.size > 1 || !nearby.tenants.has(vm.tenant)) crossesTenants = true;
    }
    for (const id of adaptersOf(topology, other)) {
      if (!listeners.has(record(topology, "managementInterfaces", id)?.hypervisor ?? "")) continue;
      found.add(id);
      crossesTenants = true;
    }
  }
  return { certain, possible, crossesTenants };
}

/** The attackers and their tenants on each hypervisor. */
function byHypervisor(attackers: readonly Occupant[]): ReadonlyMap<string, { readonly ids: Set<string>; readonly tenants: Set<string | undefined> }> {
  const groups = new Map<string, { ids: Set<string>; tenants: Set<string | undefined> }>();
  for (const { id, vm } of attackers) {
    const group = groups.get(vm.hypervisor) ?? { ids: new Set(), tenants: new Set() };
    group.ids.add(id);
    group.tenants.add(vm.tenant);
    groups.set(vm.hypervisor, group);
  }
  return groups;
}

function fixesFor(topology: Topology, portGroup: string, learns: boolean): FixCandidate[] {
  const setting = effectiveSecurity(topology, portGroup).promiscuous;
  const reject = setting.value === "accept" ? rejectCandidates(topology, portGroup, "promiscuous", setting) : [];
  if (!learns) return reject;
  const virtualSwitch = record(topology, "portGroups", portGroup)?.virtualSwitch ?? "";
  return candidate(topology, "Switch MAC learning off and reject promiscuous mode", (board) => {
    board.set(["virtualSwitches", virtualSwitch, "macLearning"], false);
    if (setting.value === "accept") board.set(["portGroups", portGroup, "security", "promiscuous"], "reject");
  });
}

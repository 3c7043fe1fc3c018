import { entries, type Topology } from "../model/topology";
import { colocationAt } from "./colocation";
import { byHand, listed } from "./phrase";
import type { Resident } from "./residents";
import type { Draft, IsolationRule } from "./rule";

export const res006: IsolationRule = {
  id: "RES-006",
  title: "Sensitive tenant co-located without placement control",
  severity: "info",
  threat: "Whatever leaks between VMs of one machine leaks from the sensitive one: what RES-001 and RES-002 leave over.",
  condition: "A hypervisor runs a sensitive VM, its host a VM of another tenant, whichever hypervisor there runs it, and the sensitive VM has no processors of its own (cpuAffinity that no VM of another tenant overlaps; one without affinity may run on any). Identified by the hypervisor.",
  fix: "A rule that keeps the two tenants on different hosts, a host for the sensitive one alone, or processors of its own.",
  commands: [
    { platform: "hyper-v", text: "(Get-ClusterGroup X).AntiAffinityClassNames = 'TenantA'" },
    { platform: "libvirt", text: "<vcpupin vcpu='0' cpuset='8-11'/>" },
  ],
  references: ["Linux kernel documentation, l1tf.rst (guest confinement)", "NIST SP 800-53r5 SC-32, SC-39(1)"],
  caveats: "A site with one host has no choice. Placement rules of a cluster (DRS, HA affinity) are not in the document: accept the finding by name where one holds. Affinity can stand in the way of ESXi's side-channel aware "
    + "scheduler (Broadcom KB 67577), and keeps a VM on its processors, not others off them.",
  root: () => "",
  check({ topology }) {
    return entries(topology, "hypervisors").flatMap(([id, { name, host }]) => inspect(topology, id, name, host));
  },
};

function inspect(topology: Topology, id: string, name: string, host: string): Draft[] {
  const { residents, sensitive } = colocationAt(topology, host);
  if (sensitive.length === 0) return [];
  const among = new Set(sensitive);
  const exposed = residents.filter((resident) => resident.vm.hypervisor === id && among.has(resident.id) && isExposed(resident, strangersOf(resident, residents)));
  if (exposed.length === 0) return [];
  const neighbours = [...new Set(exposed.flatMap((resident) => strangersOf(resident, residents)).map(({ vm }) => vm.tenant ?? ""))].sort();
  return [{
    key: id,
    title: `${name} runs sensitive VMs beside other tenants`,
    subjects: [id, ...exposed.slice(0, 50).map((resident) => resident.id)],
    detail: `${listed(exposed.map((resident) => resident.id))} on ${name} ${exposed.length === 1 ? "is" : "are"} sensitive and ${exposed.length === 1 ? "shares" : "share"} the machine with ${listed(neighbours)}.`
      + byHand("where VMs run is decided by rules of the cluster, and which processors are free only its owner knows"),
  }];
}

/** VMs of other tenants on the same machine. */
function strangersOf({ vm }: Resident, residents: readonly Resident[]): Resident[] {
  return residents.filter((other) => other.vm.tenant !== undefined && other.vm.tenant !== vm.tenant);
}

/** Whether there are strangers, and the sensitive VM has no processors that each of them keeps off: one without affinity runs on any. */
function isExposed({ vm: own }: Resident, strangers: readonly Resident[]): boolean {
  if (strangers.length === 0) return false;
  const cpus = cpusOf(own.resources?.cpuAffinity);
  return cpus.size === 0 || strangers.map(({ vm }) => cpusOf(vm.resources?.cpuAffinity)).some((theirs) => theirs.size === 0 || [...theirs].some((cpu) => cpus.has(cpu)));
}

/** `0-3,8` as numbers; empty where it names none. */
function cpusOf(affinity = ""): Set<number> {
  return new Set(affinity.split(",").flatMap((part) => {
    const [low, high] = part.split("-").map((text) => Number.parseInt(text, 10));
    if (low === undefined || Number.isNaN(low)) return [];
    return Array.from({ length: Math.min(4096, Math.max(1, (high ?? low) - low + 1)) }, (_, index) => low + index);
  }));
}

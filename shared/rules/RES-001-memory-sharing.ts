import { effectiveMemorySharing, effectiveVmMemorySharing } from "../model/defaults";
import { compareIds, entries, record, type Topology } from "../model/topology";
import { counted, listed } from "./phrase";
import { candidate } from "./remedy/board";
import { isSensitive, residentsOf, tenantsAmong, type Resident } from "./residents";
import type { Draft, FixCandidate, IsolationRule } from "./rule";

export const res001: IsolationRule = {
  id: "RES-001",
  title: "Cross-VM memory deduplication between tenants",
  severity: "high",
  threat: "Deduplicated pages are a timing side channel: a guest measures how long a write takes and learns what is in another guest's memory, from library versions to keys (CVE-2015-2877).",
  condition: "On one hypervisor, VMs of two tenants, or a sensitive VM and any other, both have memory shared between VMs: their own setting, else the hypervisor's, else the platform's default "
    + "(ESXi within a VM only; Proxmox VE between VMs; unknown elsewhere, which MDL-005 reports). A VM can opt out; on ESXi an explicit inter-vm is a salt it shares with others. High where "
    + "one of the VMs or tenants is sensitive, else medium. Identified by the hypervisor.",
  fix: "Share memory within a VM only, or not at all; or take the sensitive VMs out of it.",
  commands: [
    { platform: "esxi", text: "esxcli system settings advanced set -o /Mem/ShareForceSalting -i 2 (and remove sched.mem.pshare.salt from the VMs)" },
    { platform: "proxmox", text: "systemctl disable --now ksmtuned; echo 2 > /sys/kernel/mm/ksm/run" },
    { platform: "proxmox", text: "qm set ID --allow-ksm 0" },
    { platform: "libvirt", text: "<memoryBacking><nosharepages/></memoryBacking>" },
    { platform: "virtualbox", text: "VBoxManage modifyvm X --page-fusion=off" },
  ],
  references: [
    "VMware SCG esxi-8.transparent-page-sharing, vm-8.transparentpagesharing-inter-vm-enabled",
    "DISA STIG ESXI-80-000213 (V-258768), VMCH-80-000199 (V-258712)",
    "CIS VMware ESXi 7.0 v1.2.0 1.4",
    "Proxmox VE documentation, Kernel Samepage Merging; Linux kernel documentation, ksm.rst",
    "NIST SP 800-53r5 SC-4, SC-31",
    "CVE-2015-2877",
  ],
  caveats: "Sharing among VMs of one tenant is fine unless one is sensitive. Instant clones share by design. Without it the hypervisor needs more memory: check before switching it off. "
    + "CVE-2015-2877 is disputed as working as designed.",
  root: () => "",
  check({ topology }) {
    return entries(topology, "hypervisors").flatMap(([id]) => inspect(topology, id));
  },
};

/** The words of the step between two VMs. */
export function sharingWords(topology: Topology, hypervisor: string): string {
  return `${record(topology, "hypervisors", hypervisor)?.name ?? hypervisor} shares memory pages between VMs`;
}

function inspect(topology: Topology, hypervisor: string): Draft[] {
  const sharing = sharingResidents(topology, hypervisor);
  if (sharing.length < 2) return [];
  const tenants = tenantsAmong(sharing);
  const sensitive = sharing.filter(({ vm }) => isSensitive(topology, vm)).map(({ id }) => id);
  if (tenants.length < 2 && sensitive.length === 0) return [];
  const own = record(topology, "hypervisors", hypervisor);
  const name = own?.name ?? hypervisor;
  const setting = effectiveMemorySharing(topology, hypervisor);
  const why = setting.value !== "inter-vm" ? "the VMs ask for it themselves" : setting.source === "set" ? `${setting.field} is inter-vm` : `${setting.field} is not set and inter-vm is assumed: ${setting.basis}`;
  return [{
    key: hypervisor,
    severity: sensitive.length > 0 ? "high" : "medium",
    title: tenants.length > 1 ? `${name} shares memory between tenants` : `${name} shares a sensitive VM's memory with others`,
    subjects: [hypervisor, ...sharing.map(({ id }) => id)],
    detail: `On ${name}, ${counted(sharing.length, "VM")}${tenants.length > 0 ? ` of ${listed(tenants)}` : ""} share memory pages (${why}): ${listed(sharing.map(({ id }) => id))}.`
      + (sensitive.length > 0 ? ` Sensitive: ${listed(sensitive)}.` : ""),
    ways: () => {
      const places = sharing.map(({ id }) => `vm:${id}` as const);
      return [{ channel: "memory", from: places, to: places, detail: sharingWords(topology, hypervisor) }];
    },
    fixes: () => fixesFor(topology, hypervisor, sharing),
  }];
}

/** The VMs whose memory is shared with other VMs. */
function sharingResidents(topology: Topology, hypervisor: string): Resident[] {
  return residentsOf(topology, hypervisor).filter(({ id }) => effectiveVmMemorySharing(topology, id).value === "inter-vm");
}

function fixesFor(topology: Topology, hypervisor: string, sharing: readonly Resident[]): FixCandidate[] {
  const own = record(topology, "hypervisors", hypervisor);
  const name = own?.name ?? hypervisor;
  // Only ESXi shares pages within one VM; KSM is either on or off.
  const narrow = own?.platform === "esxi" ? "intra-vm" : "off";
  const salted = sharing.filter(({ vm }) => vm.resources?.memorySharing === "inter-vm");
  const atHypervisor = candidate(topology, narrow === "off" ? `Switch memory sharing off on ${name}` : `Share memory within each VM only on ${name}`, (board) => {
    board.set(["hypervisors", hypervisor, "memorySharing"], narrow);
    if (narrow === "intra-vm") for (const { id } of salted) board.set(["vms", id, "resources", "memorySharing"], narrow);
  });
  const out = toTakeOut(topology, sharing);
  const atVms = candidate(topology, `Take ${counted(out.length, "VM")} on ${name} out of memory sharing`, (board) => {
    for (const { id } of out) board.set(["vms", id, "resources", "memorySharing"], "off");
  });
  return [...atHypervisor, ...atVms];
}

/** The sensitive VMs, and every VM but those of the tenant that has most: what is left belongs together. */
function toTakeOut(topology: Topology, sharing: readonly Resident[]): Resident[] {
  const plain = sharing.filter(({ vm }) => !isSensitive(topology, vm));
  const count = (tenant: string): number => plain.filter(({ vm }) => vm.tenant === tenant).length;
  const largest = tenantsAmong(plain).sort((a, b) => count(b) - count(a) || compareIds(a, b))[0];
  return sharing.filter(({ vm }) => isSensitive(topology, vm) || (vm.tenant !== undefined && vm.tenant !== largest));
}

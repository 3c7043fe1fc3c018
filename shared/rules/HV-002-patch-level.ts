import { effectivePatchLevel } from "../model/defaults";
import { entries, type Topology } from "../model/topology";
import type { Hypervisor } from "../model/kinds/hypervisor";
import { listed } from "./phrase";
import { candidate } from "./remedy/board";
import { residentsOf, tenantsAmong } from "./residents";
import type { Draft, IsolationRule } from "./rule";

export const hv002: IsolationRule = {
  id: "HV-002",
  title: "Hypervisor unpatched or out of support",
  severity: "high",
  threat: "A bug in the hypervisor breaks the isolation of every guest: VENOM (CVE-2015-3456) left a VM by the virtual floppy drive, CVE-2025-22224 was exploited in the wild.",
  condition: "The patch level is behind or unsupported. Critical where it is unsupported and the hypervisor runs VMs of two tenants or more, else high. A patch level that is unknown or not given is "
    + "reported by MDL-005, never here. Identified by the hypervisor.",
  fix: "Update the manager first, then the hypervisors; evacuate what cannot be updated.",
  commands: [
    { platform: "esxi", text: "esxcli software profile update -d DEPOT -p PROFILE" },
    { platform: "proxmox", text: "apt update && apt full-upgrade" },
    { platform: "hyper-v", text: "Cluster-Aware Updating" },
  ],
  references: [
    "VMware SCG esxi-8.updates, esxi-8.supported, vcenter-8.vami-updates",
    "DISA STIG ESXI-80-000221 (V-258776)",
    "CIS VMware ESXi 7.0 v1.2.0 1.1",
    "NIST SP 800-53r5 SI-2, SA-22",
    "PCI DSS 4.0.1 6.3.3",
    "VMSA-2024-0006, VMSA-2025-0004, VMSA-2025-0013",
    "CVE-2015-3456, CVE-2025-22224",
  ],
  caveats: "The level is what the document says; versions are not compared with a list of fixed builds.",
  check({ topology }) {
    return entries(topology, "hypervisors").flatMap(([id, hypervisor]) => inspect(topology, id, hypervisor));
  },
};

function inspect(topology: Topology, id: string, hypervisor: Hypervisor): Draft[] {
  const level = effectivePatchLevel(topology, id).value;
  if (level !== "behind" && level !== "unsupported") return [];
  const tenants = tenantsAmong(residentsOf(topology, id));
  const version = hypervisor.version === undefined ? hypervisor.platform : `${hypervisor.platform} ${hypervisor.version}`;
  return [{
    key: id,
    severity: level === "unsupported" && tenants.length > 1 ? "critical" : "high",
    title: level === "unsupported" ? `${hypervisor.name} is out of support` : `${hypervisor.name} is behind on patches`,
    subjects: [id],
    detail: `${hypervisor.name} (${version}) ${level === "unsupported" ? "no longer gets security updates" : "lacks security updates that are out"}.`
      + (tenants.length > 1 ? ` A guest that escapes from it has ${listed(tenants)} before it.` : ""),
    fixes: () => candidate(topology, `After updating ${hypervisor.name}: mark its patch level as current`, (board) => board.set(["hypervisors", id, "patchLevel"], "current")),
  }];
}

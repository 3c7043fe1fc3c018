import { effectivePatchLevel } from "../model/defaults";
import { entries, record, type Topology } from "../model/topology";
import type { Hypervisor } from "../model/kinds/hypervisor";
import { KNOWN_FIXES_AS_OF, mendedVersion, openFlaws } from "./known-fixes";
import { listed } from "./phrase";
import { candidate } from "./remedy/board";
import { residentsOf, tenantsAmong } from "./residents";
import type { Draft, IsolationRule } from "./rule";

export const hv002: IsolationRule = {
  id: "HV-002",
  title: "Hypervisor unpatched or out of support",
  severity: "high",
  threat: "A bug in the hypervisor breaks the isolation of every guest: VENOM (CVE-2015-3456) left a VM by the virtual floppy drive, CVE-2025-22224 was exploited in the wild.",
  condition: "The patch level is behind or unsupported, or the version of an ESXi host names a build older than the one that closes a known way out of a guest or into management. Critical where it is unsupported or such a build and "
    + "the hypervisor runs VMs of two tenants or more, else high. Info where the patch level is given as unknown; where it is not given, MDL-005 reports it. Identified by the hypervisor.",
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
  caveats: `Builds are compared with a short list as of ${KNOWN_FIXES_AS_OF}, of ESXi only: for QEMU, Linux and Hyper-V the level is what the document says.`,
  root: () => "",
  check({ topology }) {
    return entries(topology, "hypervisors").flatMap(([id, hypervisor]) => inspect(topology, id, hypervisor));
  },
};

/** Why a guest may escape from a hypervisor; undefined where it is up to date, or where that is not known. */
export function wayOutOf(topology: Topology, hypervisor: string): string | undefined {
  const own = record(topology, "hypervisors", hypervisor);
  if (own === undefined) return undefined;
  const { level, late } = lateness(topology, hypervisor, own);
  return late ? wayWords(own.name, level) : undefined;
}

function wayWords(name: string, level: Hypervisor["patchLevel"]): string {
  return `${name} ${level === "unsupported" ? "is out of support" : "lacks security updates"}`;
}

function lateness(topology: Topology, id: string, { platform, version }: Hypervisor) {
  const level = effectivePatchLevel(topology, id).value;
  const flaws = platform === "esxi" && version !== undefined ? openFlaws(version) : [];
  return { level, flaws, late: level === "behind" || level === "unsupported" || flaws.length > 0 };
}

function inspect(topology: Topology, id: string, hypervisor: Hypervisor): Draft[] {
  const { name, platform, version, patchLevel } = hypervisor;
  const { level, flaws, late } = lateness(topology, id, hypervisor);
  const mended = version === undefined ? undefined : mendedVersion(version);
  if (!late && patchLevel !== "unknown") return [];
  const tenants = tenantsAmong(residentsOf(topology, id));
  const grave = (level === "unsupported" || flaws.length > 0) && tenants.length > 1;
  const what = level === "unsupported" ? "is out of support" : late ? "is behind on patches" : "may be behind on patches";
  const full = version === undefined ? platform : `${platform} ${version}`;
  return [{
    key: id,
    severity: !late ? "info" : grave ? "critical" : "high",
    title: `${name} ${what}`,
    subjects: [id],
    detail: `${name} (${full}) ${level === "unsupported" ? "no longer gets security updates" : late ? "lacks security updates that are out" : "has a patch level that nobody knows"}.`
      + (flaws.length > 0 ? ` Its build is older than the one that closes ${listed(flaws)} (as of ${KNOWN_FIXES_AS_OF}).` : "")
      + (late && tenants.length > 1 ? ` A guest that escapes from it has ${listed(tenants)} before it.` : ""),
    ways: () => (late ? [{ channel: "escape", from: residentsOf(topology, id).map((resident) => `vm:${resident.id}` as const), to: [`hypervisor:${id}`], detail: wayWords(name, level) }] : []),
    fixes: () => candidate(topology, `After updating ${name}${flaws.length > 0 && mended !== undefined ? ` to ${mended}` : ""}: mark its patch level as current`, (board) => {
      board.set(["hypervisors", id, "patchLevel"], "current");
      if (flaws.length > 0) board.set(["hypervisors", id, "version"], mended);
    }),
  }];
}

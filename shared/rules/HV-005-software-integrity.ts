import { effectiveManagement } from "../model/defaults";
import { jsonPath } from "../model/path";
import { entries, type Topology } from "../model/topology";
import { listed } from "./phrase";
import { candidate } from "./remedy/board";
import { residentsOf, tenantsAmong } from "./residents";
import type { Draft, IsolationRule } from "./rule";

const FIELDS = { secureBoot: "its boot is not verified", signedImagesOnly: "it runs software that nobody signed" } as const;

export const hv005: IsolationRule = {
  id: "HV-005",
  title: "Hypervisor boot or software integrity not enforced",
  severity: "low",
  threat: "What is planted below the tenants (a boot loader, a driver, a package) outlives every reinstallation of a guest and sees them all.",
  condition: "A hypervisor's management has secureBoot false or signedImagesOnly false. Medium where it runs VMs of two tenants or more, else low. Not described is unknown, which MDL-005 reports. Identified by the hypervisor.",
  fix: "Secure boot, enforced with a TPM; only software of a signed acceptance level; nothing that is not installed may run.",
  commands: [
    { platform: "esxi", text: "esxcli software acceptance set --level=PartnerSupported; esxcli system settings kernel set -s execInstalledOnly -v TRUE; esxcli system settings encryption set --require-secure-boot=true" },
    { platform: "linux", text: "mokutil --sb-state; kernel command line: module.sig_enforce=1" },
  ],
  references: [
    "VMware SCG esxi-8.secureboot, esxi-8.secureboot-enforcement, esxi-8.tpm-configuration, esxi-8.vib-acceptance-level-supported, esxi-8.vib-trusted-binaries",
    "DISA STIG ESXI-80-000094 (V-258741), ESXI-80-000085 (V-258740), ESXI-80-000133 (V-258746), ESXI-80-000244 (V-258798), ESXI-80-000238 (V-258793)",
    "CIS VMware ESXi 7.0 v1.2.0 1.2",
    "NIST SP 800-53r5 SI-7(9), CM-14",
  ],
  caveats: "Vendors' tools that are not signed stop working: test first. An installation of ESXi has secure boot and execInstalledOnly off; a host that says nothing is unknown all the same. TPM and acceptance level are not "
    + "fields of their own in the document.",
  root: () => "",
  check({ topology }) {
    return entries(topology, "hypervisors").flatMap(([id, { name }]) => inspect(topology, id, name));
  },
};

function inspect(topology: Topology, id: string, name: string): Draft[] {
  const lacking = (Object.keys(FIELDS) as (keyof typeof FIELDS)[]).filter((field) => effectiveManagement(topology, id, field).value === false);
  if (lacking.length === 0) return [];
  const tenants = tenantsAmong(residentsOf(topology, id));
  return [{
    key: id,
    severity: tenants.length > 1 ? "medium" : "low",
    title: `${name} does not enforce the integrity of its software`,
    subjects: [id],
    detail: `On ${name}, ${listed(lacking.map((field) => `${FIELDS[field]} (${jsonPath("hypervisors", id, "management", field)} is off)`))}.${tenants.length > 1 ? ` It runs VMs of ${listed(tenants)}.` : ""}`,
    fixes: () => candidate(topology, `Enforce the integrity of ${name}`, (board) => {
      for (const field of lacking) board.set(["hypervisors", id, "management", field], true);
    }),
  }];
}

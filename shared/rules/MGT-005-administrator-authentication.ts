import { effectiveManagement } from "../model/defaults";
import { entries, type Topology } from "../model/topology";
import type { Hypervisor } from "../model/kinds/hypervisor";
import { listed } from "./phrase";
import { candidate } from "./remedy/board";
import type { Draft, IsolationRule } from "./rule";

/** Whoever can create a group of that name in the joined directory is an administrator. CVE and STIG spell it differently. */
const DEFAULT_ADMIN_GROUPS = ["esx admins", "esxi admins"];
const SITE_GROUP = "virtualization-administrators";

export const mgt005: IsolationRule = {
  id: "MGT-005",
  title: "No multi-factor authentication, or shared accounts, for hypervisor administration",
  severity: "high",
  threat: "One stolen password controls every tenant.",
  condition: "A hypervisor's management has mfa false, strongAuthentication false or sharedAccounts true, or an ESXi host keeps the default administrators' group of a joined directory. "
    + "What is not described is unknown, which MDL-005 reports. Identified by the hypervisor.",
  fix: "Federate management to an identity provider with multi-factor authentication, give every administrator an account, and name the administrators' group.",
  commands: [
    { platform: "vcenter", text: "Administration > Single Sign On > Configuration > Identity Provider (federation with MFA)" },
    { platform: "esxi", text: "Get-VMHost X | Get-AdvancedSetting -Name Config.HostAgent.plugins.hostsvc.esxAdminsGroup | Set-AdvancedSetting -Value 'SITE GROUP'" },
    { platform: "esxi", text: "# No command was checked for a second factor at the host: vCenter's identity provider asks for it" },
    { platform: "proxmox", text: "pveum realm modify REALM --tfa type=oath" },
    { platform: "hyper-v", text: "Set-ADUser -Identity ADMINISTRATOR -SmartcardLogonRequired $true" },
    { platform: "kvm", text: "echo 'AuthenticationMethods publickey,keyboard-interactive' > /etc/ssh/sshd_config.d/10-second-factor.conf; systemctl reload sshd" },
  ],
  references: ["DISA STIG VCSA-80-000060 (V-258910), ESXI-80-000049 (V-258737), ESXI-80-000241 (V-258796), NMGR-4X-000015 (V-265296)", "VMware SCG vcf-9.mfa", "NIST SP 800-53r5 IA-2(1), IA-2(2)",
    "PCI DSS 4.0.1 8.4.1, 8.4.2", "CVE-2024-37085", "MITRE ATT&CK T1078, T1110"],
  caveats: "A local break-glass account whose password is kept offline is expected: accept it by name. The default group is ESXi Admins in the CVE record and ESX Admins in the STIG; both count.",
  root: () => "",
  check({ topology }) {
    return entries(topology, "hypervisors").flatMap(([id, hypervisor]) => inspect(topology, id, hypervisor));
  },
};

function inspect(topology: Topology, id: string, hypervisor: Hypervisor): Draft[] {
  const is = (name: "mfa" | "strongAuthentication" | "sharedAccounts"): boolean | undefined => effectiveManagement(topology, id, name).value;
  const group = effectiveManagement(topology, id, "adminGroup").value;
  const defaultGroup = hypervisor.platform === "esxi" && group !== undefined && DEFAULT_ADMIN_GROUPS.includes(withoutDomain(group));
  const reasons = [
    ...(is("mfa") === false ? ["administrators log in without a second factor"] : []),
    ...(is("strongAuthentication") === false ? ["authentication is not strong (local passwords, no directory)"] : []),
    ...(is("sharedAccounts") === true ? ["administrators share accounts"] : []),
    ...(defaultGroup ? [`the administrators' group is the default ${group}`] : []),
  ];
  if (reasons.length === 0) return [];
  return [{
    key: id,
    title: `${hypervisor.name}: ${reasons[0] ?? ""}`,
    subjects: [id],
    detail: `On ${hypervisor.name}, ${listed(reasons)}.`,
    fixes: () => candidate(topology, `Require a second factor and personal accounts on ${hypervisor.name}`, (board) => {
      board.set(["hypervisors", id, "management", "mfa"], true);
      board.set(["hypervisors", id, "management", "sharedAccounts"], false);
      if (is("strongAuthentication") === false) board.set(["hypervisors", id, "management", "strongAuthentication"], true);
      if (defaultGroup) board.set(["hypervisors", id, "management", "adminGroup"], SITE_GROUP);
    }),
  }];
}

/** `ESX Admins` of `CORP\\ESX Admins`, `ESX Admins@corp.example` or `corp\\esx^admins`, as ESXi writes a blank. */
function withoutDomain(group: string): string {
  return group.replace(/^.*\\/, "").replace(/@.*$/, "").replaceAll("^", " ").trim().toLowerCase();
}

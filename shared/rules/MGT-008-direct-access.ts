import type { Hypervisor } from "../model/kinds/hypervisor";
import { entries, type Topology } from "../model/topology";
import { listed } from "./phrase";
import { candidate } from "./remedy/board";
import type { Draft, IsolationRule } from "./rule";
import { clusterNeedsSsh, isLogin, isSsh } from "./services";

export const mgt008: IsolationRule = {
  id: "MGT-008",
  title: "Direct host access not locked down",
  severity: "medium",
  threat: "Who logs in to the hypervisor itself goes past the manager: past its roles, its second factor and its audit.",
  condition: "On ESXi, lockdown is off; on any platform, SSH or a shell is among the running services. Low for SSH among the nodes of a Proxmox VE cluster, which need it. Lockdown that is not described is "
    + "unknown, which MDL-005 reports; other platforms have none. Identified by the hypervisor.",
  fix: "Lockdown mode on ESXi; SSH and shell stopped and started only for maintenance; elsewhere SSH with keys only, and root by no password.",
  commands: [
    { platform: "esxi", text: "(Get-View (Get-VMHost X | Get-View).ConfigManager.HostAccessManager).ChangeLockdownMode('lockdownNormal')" },
    { platform: "esxi", text: "Get-VMHost X | Get-VMHostService | Where-Object {$_.Key -eq 'TSM-SSH'} | Set-VMHostService -Policy Off; the same piped to Stop-VMHostService" },
    { platform: "linux", text: "sshd_config: PermitRootLogin prohibit-password, PasswordAuthentication no" },
  ],
  references: [
    "VMware SCG esxi-8.lockdown-mode, esxi-8.deactivate-ssh",
    "DISA STIG ESXI-80-000008 (V-258730), ESXI-80-000193 (V-258754), ESXI-80-000194 (V-258755)",
    "NIST SP 800-53r5 AC-17, CM-7",
    "MITRE ATT&CK T1021.004",
  ],
  caveats: "An ESXi host without a vCenter cannot use lockdown mode: accept it by name. Exception users and who may log in as root are not in the document. An ESXi host that does not describe its lockdown is unknown, though "
    + "the installation leaves it off.",
  root: () => "",
  check({ topology }) {
    return entries(topology, "hypervisors").flatMap(([id, hypervisor]) => inspect(topology, id, hypervisor));
  },
};

function inspect(topology: Topology, id: string, hypervisor: Hypervisor): Draft[] {
  const { name, management = {}, platform } = hypervisor;
  const unlocked = platform === "esxi" && management.lockdown === "off";
  const logins = (management.services ?? []).filter(isLogin);
  const needed = clusterNeedsSsh(topology, hypervisor) && logins.every(isSsh);
  if (!unlocked && logins.length === 0) return [];
  const reasons = [...(unlocked ? ["lockdown mode is off"] : []), ...(logins.length === 0 ? [] : [`${listed(logins)} ${logins.length === 1 ? "is" : "are"} running`])];
  return [{
    key: id,
    severity: needed && !unlocked ? "low" : "medium",
    title: `${name} can be logged in to directly`,
    subjects: [id],
    detail: `On ${name}, ${listed(reasons)}: administration can go past the manager.${needed ? " The nodes of a cluster use SSH among one another: restrict it to them." : ""}`,
    fixes: () => candidate(topology, `Close direct access to ${name}`, (board) => {
      if (unlocked) board.set(["hypervisors", id, "management", "lockdown"], "normal");
      if (logins.length > 0) board.set(["hypervisors", id, "management", "services"], (management.services ?? []).filter((service) => !isLogin(service)));
    }),
  }];
}

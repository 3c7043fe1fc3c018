import type { Hypervisor } from "../model/kinds/hypervisor";
import { entries, type Topology } from "../model/topology";
import { listed } from "./phrase";
import { candidate } from "./remedy/board";
import type { Draft, IsolationRule } from "./rule";
import { clusterNeedsSsh, isSsh } from "./services";

export const hv004: IsolationRule = {
  id: "HV-004",
  title: "Unneeded hypervisor services or host roles",
  severity: "medium",
  threat: "Every service beside virtualization is a way to the hypervisor: OpenSLP on port 427 was taken over remotely before any login (CVE-2020-3992).",
  condition: "A hypervisor's management names running services, which are those not needed day to day (SSH, shell, SLP, CIM, SNMP, MOB, VNC, Cockpit …); or its host runs other roles besides (hostOsServices). "
    + "Not for SSH among the nodes of a Proxmox VE cluster (MGT-008). Not described is unknown, which MDL-005 reports. Identified by the hypervisor.",
  fix: "Stop what is not needed and keep it from starting; give other roles machines of their own.",
  commands: [
    { platform: "esxi", text: "Get-VMHost X | Get-VMHostService | Where-Object {$_.Label -eq 'slpd'} | Set-VMHostService -Policy Off; the same piped to Stop-VMHostService" },
    { platform: "linux", text: "systemctl disable --now SERVICE" },
  ],
  references: [
    "VMware SCG esxi-8.deactivate-slp, esxi-8.deactivate-cim, esxi-8.deactivate-snmp, esxi-8.deactivate-mob, esxi-8.deactivate-shell, esxi-8.deactivate-ssh",
    "DISA STIG ESXI-80-000231 (V-258786), ESXI-80-000228 (V-258783), ESXI-80-000212 (V-258767), ESXI-80-000047 (V-258736)",
    "NIST SP 800-53r5 CM-7",
    "PCI DSS 4.0.1 2.2.4",
    "CVE-2020-3992",
  ],
  caveats: "Some hardware agents need CIM. On ESXi MOB, shell, SSH and SLP are off by default; what a Linux host runs depends on what was installed.",
  root: () => "",
  check({ topology }) {
    return entries(topology, "hypervisors").flatMap(([id, hypervisor]) => inspect(topology, id, hypervisor));
  },
};

function inspect(topology: Topology, id: string, hypervisor: Hypervisor): Draft[] {
  const running = hypervisor.management?.services ?? [];
  const roles = hypervisor.hostOsServices ?? [];
  if (running.length + roles.length === 0) return [];
  const kept = clusterNeedsSsh(topology, hypervisor) ? running.filter(isSsh) : [];
  const unneeded = running.filter((service) => !kept.includes(service));
  if (unneeded.length + roles.length === 0) return [];
  const { name } = hypervisor;
  return [{
    key: id,
    title: unneeded.length > 0 ? `${name} runs services that it does not need` : `${name} does other work besides virtualization`,
    subjects: [id],
    detail: [...(unneeded.length > 0 ? [`${listed(unneeded)} ${unneeded.length === 1 ? "runs" : "run"} on ${name} without being needed day to day.`] : []),
      ...(roles.length > 0 ? [`Its host also runs ${listed(roles)}.`] : [])].join(" "),
    fixes: () => candidate(topology, `Stop ${listed([...unneeded, ...roles])} on ${name}`, (board) => {
      if (unneeded.length > 0) board.set(["hypervisors", id, "management", "services"], kept);
      if (roles.length > 0) board.set(["hypervisors", id, "hostOsServices"], []);
    }),
  }];
}

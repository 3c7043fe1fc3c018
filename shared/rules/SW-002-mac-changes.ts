import { effectiveSecurity } from "../model/defaults";
import { entries } from "../model/topology";
import { counted, listed } from "./phrase";
import { rejectCandidates, settingInWords, tenantSuspects } from "./port-security";
import type { IsolationRule } from "./rule";

export const sw002: IsolationRule = {
  id: "SW-002",
  title: "MAC address changes accepted",
  severity: "medium",
  threat: "A guest that may change its MAC address receives frames that are meant for another machine, and so impersonates it. The STIG rates it CAT I.",
  condition: "The effective MAC changes setting of a port group with a workload attached is accept, and no spoof guard binds its addresses. Unset, a distributed switch and Hyper-V reject; "
    + "a standard switch is assumed to accept, since sources disagree; a Linux bridge and Open vSwitch have no control unless a filter is applied. Identified by the port group.",
  fix: "Reject MAC changes; on Linux bridges and Open vSwitch apply a MAC filter to the ports.",
  commands: [
    { platform: "esxi", text: "esxcli network vswitch standard policy security set --allow-mac-change=false --vswitch-name=vSwitch1" },
    { platform: "vcenter", text: "Get-VDPortgroup PG | Get-VDSecurityPolicy | Set-VDSecurityPolicy -MacChanges $false" },
    { platform: "libvirt", text: "<filterref filter='no-mac-spoofing'/>" },
    { platform: "proxmox", text: "VM firewall on, with macfilter: 1 (the default)" },
    { platform: "hyper-v", text: "Set-VMNetworkAdapter -VMName X -MacAddressSpoofing Off" },
  ],
  references: [
    "VMware SCG esxi-8.network-reject-mac-changes-standardswitch, vcenter-8.network-reject-mac-changes-dvportgroup",
    "DISA STIG ESXI-80-000217 (V-258772), VCSA-80-000269 (V-258936)",
    "PCI DSS 4.0.1 1.4.3",
  ],
  caveats: "Microsoft NLB in unicast mode, some iSCSI software initiators, applications licensed to a MAC address and vCenter's Reduced Downtime Upgrade need it. The default of a standard "
    + "switch is disputed: the vSphere 7.0 security documentation says Reject since 7.0, the Security Configuration Guides 8.0.3 and 9.0 list Accept.",
  root: () => "",
  check({ topology }) {
    return entries(topology, "portGroups").flatMap(([id, group]) => {
      const setting = effectiveSecurity(topology, id).macChanges;
      if (setting.value !== "accept" || group.spoofGuard === true) return [];
      const vms = [...new Set(tenantSuspects(topology, id).map((occupant) => occupant.id))];
      if (vms.length === 0) return [];
      return [{
        key: id,
        title: `MAC changes are accepted on ${group.name}`,
        subjects: [id, ...vms],
        detail: `On port group ${group.name}, ${settingInWords("MAC changes", setting)}. ${counted(vms.length, "VM")} can take over a neighbour's MAC address: ${listed(vms)}.`,
        fixes: () => rejectCandidates(topology, id, "macChanges", setting),
      }];
    });
  },
};

import { jsonPath } from "../model/path";
import type { Topology } from "../model/topology";
import { candidate } from "./remedy/board";
import { machinesOf, type Resident } from "./residents";
import type { Draft, IsolationRule } from "./rule";

export const vm003: IsolationRule = {
  id: "VM-003",
  title: "Guest tools: unneeded functions enabled or tools outdated",
  severity: "medium",
  threat: "Guest tools are a channel between guest and host: what runs there can be driven from the host (CVE-2023-20867) and reaches the hypervisor from the guest.",
  condition: "A VM's guest tools are full (guest operations, service discovery and the rest are on), or are installed and not current. Not described is unknown, which MDL-005 reports. Identified by the VM.",
  fix: "Only the functions that are needed (quiescing, heartbeat, clean shutdown), and current tools.",
  commands: [
    { platform: "hyper-v", text: "Disable-VMIntegrationService -VMName X -Name 'Guest Service Interface'" },
    { platform: "proxmox", text: "qm set ID --agent 0" },
  ],
  references: [
    "VMware SCG guest-8.tools-deactivate-guestoperations, guest-8.tools-deactivate-servicediscovery, guest-8.tools-deactivate-appinfo, guest-8.tools-deactivate-containerinfo, guest-8.tools-updates, vm-8.restrict-host-info",
    "DISA STIG VMCH-80-000198 (V-258711)",
    "CVE-2023-20867",
    "NIST SP 800-53r5 CM-7, SI-2",
  ],
  caveats: "Backup quiescing, high-availability heartbeats and cloud-init need parts of the tools: minimal keeps those. VMware Tools have guest operations and service discovery on by default; the QEMU guest agent is off until "
    + "a VM enables it.",
  root: () => "",
  check({ topology }) {
    return machinesOf(topology).flatMap((machine) => inspect(topology, machine));
  },
};

function inspect(topology: Topology, { id, vm: { name, guest, hypervisor } }: Resident): Draft[] {
  const full = guest?.tools === "full";
  const old = guest?.toolsCurrent === false && guest.tools !== "none";
  if (!full && !old) return [];
  return [{
    key: id,
    title: full ? `${name} has all functions of its guest tools on` : `The guest tools of ${name} are outdated`,
    subjects: [id],
    detail: `${full ? `${jsonPath("vms", id, "guest", "tools")} is full` : ""}${full && old ? " and " : ""}${old ? `${jsonPath("vms", id, "guest", "toolsCurrent")} is off` : ""}: the channel between ${name} and its hypervisor is wider than it need be.`,
    ways: () => [{ channel: "tools", from: [`vm:${id}`], to: [`hypervisor:${hypervisor}`], detail: `the guest tools of ${name} ${old ? "are outdated" : "have all functions on"}` }],
    fixes: () => candidate(topology, full ? `Keep only the needed guest tools of ${name}${old ? ", and update them" : ""}` : `Update the guest tools of ${name}`, (board) => {
      if (full) board.set(["vms", id, "guest", "tools"], "minimal");
      if (old) board.set(["vms", id, "guest", "toolsCurrent"], true);
    }),
  }];
}

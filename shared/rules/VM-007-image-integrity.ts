import { effectiveGuestSecureBoot } from "../model/defaults";
import { jsonPath } from "../model/path";
import { entries, record, type Topology } from "../model/topology";
import type { Vm } from "../model/kinds/vm";
import { listed } from "./phrase";
import { candidate } from "./remedy/board";
import type { Draft, IsolationRule } from "./rule";
import { settingSays } from "./setting-words";

export const vm007: IsolationRule = {
  id: "VM-007",
  title: "VM image or template unsigned, or guest boot not verified",
  severity: "low",
  threat: "An image that somebody changed, or a boot loader that nobody checks, gives an attacker every VM that is made from it.",
  condition: "A VM or template says that its image is not signed, or its guest's secure boot is off: set so, or not set on Proxmox VE, whose default firmware has none. Medium for a template that belongs to no tenant, where there "
    + "are several tenants to use it; else low. An image, or on other platforms a secure boot, that is not described is unknown, which MDL-005 reports. Identified by the VM.",
  fix: "Images from a library that checks signatures; UEFI firmware with secure boot.",
  commands: [
    { platform: "hyper-v", text: "Set-VMFirmware -VMName X -EnableSecureBoot On" },
    { platform: "proxmox", text: "qm set ID --bios ovmf --efidisk0 STORAGE:1,efitype=4m,pre-enrolled-keys=1" },
    { platform: "vcenter", text: "content library: enable the OVF security policy and authentication" },
  ],
  references: ["VMware SCG guest-8.secure-boot", "DISA STIG VCSA-80-000296 (V-258962), VCSA-80-000295 (V-258961)", "NIST SP 800-53r5 CM-14, SI-7, SI-7(9)", "MITRE ATT&CK T1195, T1542"],
  caveats: "Older guests without UEFI and vendors' appliances cannot: accept them by name. Hyper-V has secure boot for generation 2 VMs only. Where an image came from is not in the document.",
  root: () => "",
  check({ topology }) {
    const shared = entries(topology, "tenants").length > 1;
    return entries(topology, "vms").flatMap(([id, vm]) => inspect(topology, id, vm, shared));
  },
};

function inspect(topology: Topology, id: string, vm: Vm, shared: boolean): Draft[] {
  const unsigned = vm.image?.signed === false;
  // Asked first, since most VMs say nothing and few platforms have a default.
  const mayBoot = vm.secureBoot ?? record(topology, "hypervisors", vm.hypervisor)?.platform !== "proxmox";
  if (!unsigned && mayBoot) return [];
  const boot = effectiveGuestSecureBoot(topology, id);
  const unverified = boot.value === false;
  const template = vm.role === "template";
  const reasons = [...(unsigned ? [`${jsonPath("vms", id, "image", "signed")} is off`] : []), ...(unverified ? [settingSays(boot)] : [])];
  return [{
    key: id,
    severity: template && vm.tenant === undefined && shared ? "medium" : "low",
    title: unsigned ? `The image of ${vm.name} is not signed` : `The boot of ${vm.name} is not verified`,
    subjects: [id],
    detail: `${listed(reasons)}.${template ? ` Whatever is in the template ${vm.name} is in every VM made from it.` : ""}`,
    fixes: () => candidate(topology, `${unsigned ? `Rebuild ${vm.name} from a signed image` : ""}${unsigned && unverified ? " with secure boot" : ""}${unsigned ? "" : `Give ${vm.name} secure boot`}`, (board) => {
      if (unsigned) board.set(["vms", id, "image", "signed"], true);
      if (unverified) board.set(["vms", id, "secureBoot"], true);
    }),
  }];
}

import { effectiveClipboard, effectiveDragAndDrop, type Effective } from "../model/defaults";
import { entries, record, type Topology } from "../model/topology";
import type { Vm } from "../model/kinds/vm";
import type { Channel } from "../analysis/result";
import { listed } from "./phrase";
import { candidate } from "./remedy/board";
import { residentsOf, tenantsAmong } from "./residents";
import type { Draft, IsolationRule } from "./rule";

export const vm001: IsolationRule = {
  id: "VM-001",
  title: "Clipboard or drag-and-drop sharing enabled",
  severity: "medium",
  threat: "A shared clipboard is a data path between the guest and whoever has its console, and from there to the next guest: what one tenant copies, another's VM can read.",
  condition: "The effective clipboard or drag-and-drop setting of a VM is on. Unset, ESXi and VirtualBox have it off, VMware Workstation on; on the other platforms it is unknown and "
    + "MDL-005 says so. High where the hypervisor runs VMs of two tenants or more, else medium. Identified by the VM.",
  fix: "Disable clipboard and drag-and-drop sharing of the VM.",
  commands: [
    { platform: "esxi", text: "Get-VM X | New-AdvancedSetting -Name isolation.tools.copy.disable -Value true (also isolation.tools.paste.disable and isolation.tools.dnd.disable)" },
    { platform: "virtualbox", text: "VBoxManage modifyvm X --clipboard-mode=disabled --drag-and-drop=disabled" },
    { platform: "libvirt", text: "<graphics type='spice'><clipboard copypaste='no'/><filetransfer enable='no'/></graphics>" },
    { platform: "hyper-v", text: "Set-VMHost -EnableEnhancedSessionMode $false" },
  ],
  references: [
    "VMware SCG vm-8.deactivate-console-copy, vm-8.deactivate-console-paste, vm-8.isolation-tools-dnd-deactivate",
    "DISA STIG VMCH-80-000189 (V-258703), VMCH-80-000192 (V-258705), VMCH-80-000191 (V-258704)",
    "NIST SP 800-125 (clipboard and file sharing services)",
    "NIST SP 800-53r5 CM-7, SC-4",
    "PCI DSS 4.0.1 3.4.2",
  ],
  caveats: "Virtual desktops of one tenant may want it: accept the risk by name. The default of VMware Workstation is taken from the Fusion documentation.",
  root: () => "",
  check({ topology }) {
    return entries(topology, "vms").flatMap(([id, vm]) => (vm.role === "template" ? [] : inspect(topology, id, vm)));
  },
};

function inspect(topology: Topology, id: string, vm: Vm): Draft[] {
  const shared = [
    ...sharing("clipboard", "the clipboard", effectiveClipboard(topology, id)),
    ...sharing("drag-and-drop", "drag and drop", effectiveDragAndDrop(topology, id)),
  ];
  if (shared.length === 0) return [];
  const tenants = tenantsAmong(residentsOf(topology, vm.hypervisor));
  const hypervisor = record(topology, "hypervisors", vm.hypervisor)?.name ?? vm.hypervisor;
  const setting = ["clipboard", "dragAndDrop"] as const;
  return [{
    key: id,
    severity: tenants.length > 1 ? "high" : "medium",
    title: `${vm.name} shares ${listed(shared.map(({ what }) => what))} with its console`,
    subjects: [id, vm.hypervisor],
    detail: `${shared.map(({ why }) => why).join("; ")}. `
      + (tenants.length > 1 ? `${hypervisor} runs VMs of ${listed(tenants)}: data can pass from one tenant's console session to another's.` : `Data can pass between the guest and whoever has its console on ${hypervisor}.`),
    ways: () => shared.map(({ channel, what }) => ({ channel, from: [`vm:${id}`], to: [`hypervisor:${vm.hypervisor}`], detail: `${vm.name} shares ${what} with its console` })),
    fixes: () => candidate(topology, `Disable clipboard and drag-and-drop sharing of ${vm.name}`, (board) => {
      for (const name of setting) board.set(["vms", id, "guest", name], false);
    }),
  }];
}

function sharing(channel: Channel, what: string, setting: Effective<boolean>): { channel: Channel; what: string; why: string }[] {
  if (setting.value !== true) return [];
  return [{ channel, what, why: setting.source === "set" ? `${setting.field} is true` : `${setting.field} is not set and on is assumed: ${setting.basis}` }];
}

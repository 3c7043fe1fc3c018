/** Settings of hypervisors, their management interfaces and their guests. */
import { record, type RecordOf } from "../../model/topology";
import { addressesOf } from "./addresses";
import { blank, changed, powershell, shell, virshEdit, type Change, type OperatorCommand } from "./command";

export function settingCommands(change: Change): OperatorCommand[] {
  return [...memoryCommands(change), ...guestCommands(change), ...firewallCommands(change)];
}

function memoryCommands(change: Change): OperatorCommand[] {
  return changed(change, "hypervisors").flatMap(([on, now, was]) => {
    if (now.memorySharing === was?.memorySharing || now.memorySharing === "inter-vm") return [];
    if (now.platform === "esxi" && now.memorySharing === "intra-vm") return [{ platform: "esxi", on, text: "esxcli system settings advanced set -o /Mem/ShareForceSalting -i 2" }];
    if (now.platform === "virtualbox") return guestsOf(change, on).map(({ name }) => ({ platform: "virtualbox", on, text: unfused(name) }));
    if (now.platform === "kvm") return [{ platform: "kvm", on, text: "systemctl disable --now ksm ksmtuned; echo 2 > /sys/kernel/mm/ksm/run" }];
    return now.platform === "proxmox" ? [{ platform: "proxmox", on, text: "systemctl disable --now ksmtuned; echo 2 > /sys/kernel/mm/ksm/run" }] : [];
  });
}

function guestsOf({ after }: Change, hypervisor: string): RecordOf<"vms">[] {
  return Object.values(after.vms ?? {}).filter((vm) => vm.hypervisor === hypervisor);
}

function unfused(vm: string): string {
  return `VBoxManage modifyvm ${shell(vm)} --page-fusion=off`;
}

function guestCommands(change: Change): OperatorCommand[] {
  return changed(change, "vms").flatMap(([, now, was]) => {
    const platform = record(change.after, "hypervisors", now.hypervisor)?.platform;
    if (platform === undefined) return [];
    return [...sharing(platform, now, was), ...memory(platform, now, was)].map((text) => ({ platform, on: now.hypervisor, text }));
  });
}

/** Clipboard, drag and drop, shared folders. */
function sharing(platform: string, now: RecordOf<"vms">, was: RecordOf<"vms"> | undefined): string[] {
  const off = (["clipboard", "dragAndDrop"] as const).filter((field) => now.guest?.[field] === false && was?.guest?.[field] !== false);
  const folders = now.guest?.sharedFolders?.length === 0 && (was?.guest?.sharedFolders?.length ?? 0) > 0;
  if (platform === "esxi") {
    const keys = off.flatMap((field) => (field === "clipboard" ? ["isolation.tools.copy.disable", "isolation.tools.paste.disable"] : ["isolation.tools.dnd.disable"]));
    return keys.map((key) => `Get-VM -Name ${powershell(now.name)} | New-AdvancedSetting -Name ${key} -Value true -Force -Confirm:$false`);
  }
  if (platform === "hyper-v") return off.length > 0 ? ["Set-VMHost -EnableEnhancedSessionMode $false"] : [];
  if (platform === "virtualbox") {
    const flags = off.map((field) => (field === "clipboard" ? "--clipboard-mode=disabled" : "--drag-and-drop=disabled"));
    return [
      ...(flags.length > 0 ? [`VBoxManage modifyvm ${shell(now.name)} ${flags.join(" ")}`] : []),
      ...(folders ? [`VBoxManage sharedfolder remove ${shell(now.name)} --name ${blank("share")}`] : []),
    ];
  }
  if (platform === "kvm" && off.length > 0) return [virshEdit(now.name, "<graphics type='spice'>", "<clipboard copypaste='no'/> <filetransfer enable='no'/>")];
  if (platform !== "proxmox") return [];
  // A display without SPICE has no clipboard of its own, and none is asked for.
  return [...(off.length > 0 ? ["--vga std"] : []), ...(folders ? ["--spice_enhancements foldersharing=0"] : [])].map((option) => `qm set ${blank(`VMID of ${now.name}`)} ${option}`);
}

function memory(platform: string, now: RecordOf<"vms">, was: RecordOf<"vms"> | undefined): string[] {
  const out = now.resources?.memorySharing === "off" && was?.resources?.memorySharing !== "off";
  if (!out) return [];
  if (platform === "kvm") return [virshEdit(now.name, "<domain>", "<memoryBacking><nosharepages/></memoryBacking>")];
  if (platform === "virtualbox") return [unfused(now.name)];
  return platform === "proxmox" ? [`qm set ${blank(`VMID of ${now.name}`)} --allow-ksm 0`] : [];
}

function firewallCommands(change: Change): OperatorCommand[] {
  return changed(change, "managementInterfaces").flatMap(([, now, was]) => {
    const sources = now.firewall?.allowedSources;
    if (record(change.after, "hypervisors", now.hypervisor)?.platform !== "esxi" || sources === undefined || sources === was?.firewall?.allowedSources) return [];
    const blocks = [...new Set(sources.flatMap((source) => addressesOf(change.after, source)))].sort();
    const rulesets = ["sshServer", "vSphereClient"];
    const texts = [
      "esxcli network firewall set --default-action=false --enabled=true",
      ...rulesets.flatMap((ruleset) => [
        `esxcli network firewall ruleset set --ruleset-id=${ruleset} --allowed-all=false`,
        ...blocks.map((block) => `esxcli network firewall ruleset allowedip add --ruleset-id=${ruleset} --ip-address=${block}`),
      ]),
    ];
    return texts.map((text) => ({ platform: "esxi", on: now.hypervisor, text }));
  });
}

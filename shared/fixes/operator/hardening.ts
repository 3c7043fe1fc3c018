/** Hardening of hypervisors, their hosts and datastores, and of guests beside what they share. */
import { entries, record, type RecordOf } from "../../model/topology";
import { blank, changed, powershell, shell, type Change, type OperatorCommand } from "./command";
import { hyperVAdapter } from "./ports";

export function hardeningCommands(change: Change): OperatorCommand[] {
  return [...hypervisorCommands(change), ...guestCommands(change), ...guardCommands(change), ...datastoreCommands(change)];
}

type Hypervisor = RecordOf<"hypervisors">;

function hypervisorCommands(change: Change): OperatorCommand[] {
  return changed(change, "hypervisors").flatMap(([on, now, was]) => hardened(now, was).map((text) => ({ platform: now.platform, on, text })));
}

function hardened(now: Hypervisor, was: Hypervisor | undefined): string[] {
  const became = (field: "remoteLogging" | "secureBoot" | "signedImagesOnly"): boolean => now.management?.[field] === true && was?.management?.[field] !== true;
  const stopped = (was?.management?.services ?? []).filter((service) => now.management?.services?.includes(service) === false);
  const secondFactor = now.management?.mfa === true && was?.management?.mfa !== true;
  const scheduled = now.sideChannelScheduler === true && was?.sideChannelScheduler !== true;
  switch (now.platform) {
    case "esxi":
      return [
        ...(became("remoteLogging") ? [`esxcli system syslog config set --loghost=ssl://${blank("log host")}:1514; esxcli system syslog reload; esxcli network firewall ruleset set --ruleset-id=syslog --enabled=true`] : []),
        ...(now.management?.lockdown === "normal" && was?.management?.lockdown !== "normal" ? [`(Get-View (Get-VMHost -Name ${powershell(now.name)} | Get-View).ConfigManager.HostAccessManager).ChangeLockdownMode('lockdownNormal')`] : []),
        ...stopped.flatMap((service) => stopOnEsxi(now.name, service)),
        ...administrators(now, was),
        ...(became("secureBoot") ? ["esxcli system settings encryption set --require-secure-boot=true"] : []),
        ...(became("signedImagesOnly") ? ["esxcli software acceptance set --level=PartnerSupported; esxcli system settings kernel set -s execInstalledOnly -v TRUE"] : []),
        ...(scheduled ? ["esxcli system settings kernel set -s hyperthreadingMitigation -v TRUE; esxcli system settings kernel set -s hyperthreadingMitigationIntraVM -v FALSE"] : []),
      ];
    case "hyper-v":
      return [
        ...(scheduled ? ["bcdedit /set hypervisorschedulertype core"] : []),
        ...(secondFactor ? [`Set-ADUser -Identity ${blank("administrator")} -SmartcardLogonRequired $true`] : []),
      ];
    case "proxmox":
      return [
        ...(secondFactor ? [`pveum realm modify ${blank("realm of the administrators")} --tfa type=oath`] : []),
        ...stopped.map((service) => `systemctl disable --now ${shell(service)}`),
      ];
    case "kvm":
      return [
        // The key, and what PAM asks for besides.
        ...(secondFactor ? ["echo 'AuthenticationMethods publickey,keyboard-interactive' > /etc/ssh/sshd_config.d/10-second-factor.conf; systemctl reload sshd"] : []),
        ...stopped.map((service) => `systemctl disable --now ${shell(service)}`),
      ];
    default:
      return [];
  }
}

/** DISA STIG ESXI-80-000241. What asks for a second factor is the identity provider of vCenter, for which no command was checked. */
function administrators({ name, management }: Hypervisor, was: Hypervisor | undefined): string[] {
  const group = management?.adminGroup;
  if (group === undefined || group === "" || group === was?.management?.adminGroup) return [];
  return [`Get-VMHost -Name ${powershell(name)} | Get-AdvancedSetting -Name Config.HostAgent.plugins.hostsvc.esxAdminsGroup | Set-AdvancedSetting -Value ${powershell(group)} -Confirm:$false`];
}

/** Services by the names that ESXi has for them; of others the operator knows the name. */
const ESXI_SERVICES: Readonly<Record<string, string>> = { ssh: "TSM-SSH", shell: "TSM", slp: "slpd", snmp: "snmpd", cim: "sfcbd-watchdog" };

function stopOnEsxi(host: string, service: string): string[] {
  const key = ESXI_SERVICES[service.toLowerCase()];
  if (key === undefined) return [];
  const found = `Get-VMHost -Name ${powershell(host)} | Get-VMHostService | Where-Object {$_.Key -eq '${key}'}`;
  return [`${found} | Set-VMHostService -Policy Off; ${found} | Stop-VMHostService -Confirm:$false`];
}

function guestCommands(change: Change): OperatorCommand[] {
  return changed(change, "vms").flatMap(([, now, was]) => {
    const platform = record(change.after, "hypervisors", now.hypervisor)?.platform;
    return platform === undefined ? [] : hardenedGuest(platform, now, was).map((text) => ({ platform, on: now.hypervisor, text }));
  });
}

function hardenedGuest(platform: string, now: RecordOf<"vms">, was: RecordOf<"vms"> | undefined): string[] {
  const gone = (was?.devices ?? []).filter((device) => now.devices?.includes(device) !== true).map((device) => device.toLowerCase());
  const secured = now.secureBoot === true && was?.secureBoot !== true;
  const limit = now.resources?.memoryLimitMb;
  const reservation = now.resources?.memoryReservationMb;
  const limited = limit !== undefined && limit !== was?.resources?.memoryLimitMb;
  const reserved = reservation !== undefined && reservation !== was?.resources?.memoryReservationMb;
  if (platform === "esxi") {
    const vm = `Get-VM -Name ${powershell(now.name)}`;
    const flags = [...(limited ? [`-MemLimitMB ${limit}`] : []), ...(reserved ? [`-MemReservationMB ${reservation}`] : [])];
    return [
      ...(gone.some((device) => device.startsWith("floppy")) ? [`${vm} | Get-FloppyDrive | Remove-FloppyDrive -Confirm:$false`] : []),
      ...(flags.length > 0 ? [`${vm} | Get-VMResourceConfiguration | Set-VMResourceConfiguration ${flags.join(" ")}`] : []),
    ];
  }
  if (platform === "hyper-v") return secured ? [`Set-VMFirmware -VMName ${powershell(now.name)} -EnableSecureBoot On`] : [];
  if (platform === "proxmox") {
    const numbered = gone.filter((device) => /^(usb|serial|audio|hostpci)\d+$/.test(device));
    return numbered.length > 0 ? [`qm set ${blank(`VMID of ${now.name}`)} --delete ${numbered.join(",")}`] : [];
  }
  return [];
}

/** Guards of Hyper-V are at each adapter. */
function guardCommands(change: Change): OperatorCommand[] {
  const guarded = new Set(changed(change, "portGroups").flatMap(([id, now, was]) => (now.dhcpGuard === true && now.raGuard === true && was?.dhcpGuard !== true ? [id] : [])));
  if (guarded.size === 0) return [];
  return entries(change.after, "vms").flatMap(([vmId, vm]) => {
    const { hypervisor, nics = {} } = vm;
    if (record(change.after, "hypervisors", hypervisor)?.platform !== "hyper-v") return [];
    const own = Object.entries(nics).filter(([, { portGroup }]) => portGroup !== undefined && guarded.has(portGroup));
    return own.map(([nicId]) => ({ platform: "hyper-v", on: hypervisor, text: `Set-VMNetworkAdapter ${hyperVAdapter(vmId, vm, nicId, "-Name")} -DhcpGuard On -RouterGuard On` }));
  });
}

function datastoreCommands(change: Change): OperatorCommand[] {
  return changed(change, "datastores").flatMap(([, now, was]) => {
    const [on] = (now.hypervisors ?? []).filter((id) => record(change.after, "hypervisors", id)?.platform === "proxmox");
    return on === undefined || now.secureErase !== true || was?.secureErase === true ? [] : [{ platform: "proxmox", on, text: `pvesm set ${shell(now.name)} --saferemove 1` }];
  });
}

import { describe, expect, it } from "vitest";
import type { Platform } from "../../model/kinds/hypervisor";
import type { RecordOf, Topology } from "../../model/topology";
import { access, draw, type Drawing } from "../../network/testing";
import { hardeningCommands } from "./hardening";

type Hypervisor = Partial<RecordOf<"hypervisors">>;
const host = (platform: Platform, more: Hypervisor = {}): Drawing => draw().hypervisor("hv", platform).put("hypervisors", "hv", { host: "hv-host", platform, ...more });
const texts = (before: Topology, after: Topology): string[] => hardeningCommands({ before, after }).map(({ text }) => text);
const hardened = (platform: Platform, was: Hypervisor, now: Hypervisor): string[] => texts(host(platform, was).build(), host(platform, now).build());

describe("hardeningCommands", () => {
  it("hardens an ESXi host", () => {
    const commands = hardened("esxi", { management: { services: ["ssh", "SLP", "odd"] } }, {
      sideChannelScheduler: true, management: { services: [], remoteLogging: true, lockdown: "normal", secureBoot: true, signedImagesOnly: true },
    });
    expect(commands).toEqual([
      "esxcli system syslog config set --loghost=ssl://<log host>:1514; esxcli system syslog reload; esxcli network firewall ruleset set --ruleset-id=syslog --enabled=true",
      "(Get-View (Get-VMHost -Name 'hv' | Get-View).ConfigManager.HostAccessManager).ChangeLockdownMode('lockdownNormal')",
      expect.stringContaining("Where-Object {$_.Key -eq 'TSM-SSH'} | Set-VMHostService -Policy Off"),
      expect.stringContaining("Where-Object {$_.Key -eq 'slpd'} | Stop-VMHostService -Confirm:$false"),
      "esxcli system settings encryption set --require-secure-boot=true",
      "esxcli software acceptance set --level=PartnerSupported; esxcli system settings kernel set -s execInstalledOnly -v TRUE",
      "esxcli system settings kernel set -s hyperthreadingMitigation -v TRUE; esxcli system settings kernel set -s hyperthreadingMitigationIntraVM -v FALSE",
    ]);
  });

  it("names the administrators' group of a joined directory anew", () => {
    expect(hardened("esxi", { management: { adminGroup: "ESX Admins" } }, { management: { adminGroup: "site admins" } })).toEqual([
      "Get-VMHost -Name 'hv' | Get-AdvancedSetting -Name Config.HostAgent.plugins.hostsvc.esxAdminsGroup | Set-AdvancedSetting -Value 'site admins' -Confirm:$false",
    ]);
  });

  it("knows what the others have for it, and is silent where nothing was checked", () => {
    expect(hardened("hyper-v", {}, { sideChannelScheduler: true })).toEqual(["bcdedit /set hypervisorschedulertype core"]);
    expect(hardened("kvm", { management: { services: ["cockpit; reboot"] } }, { management: { services: [] } })).toEqual(["systemctl disable --now 'cockpit; reboot'"]);
    expect(hardened("proxmox", {}, { management: { mfa: true } })).toEqual(["pveum realm modify <realm of the administrators> --tfa type=oath"]);
    expect(hardened("hyper-v", {}, { management: { mfa: true } })).toEqual(["Set-ADUser -Identity <administrator> -SmartcardLogonRequired $true"]);
    expect(hardened("kvm", {}, { management: { mfa: true } })).toEqual(["echo 'AuthenticationMethods publickey,keyboard-interactive' > /etc/ssh/sshd_config.d/10-second-factor.conf; systemctl reload sshd"]);
    expect(hardened("kvm", { management: { mfa: true } }, { management: { mfa: true, sharedAccounts: false } })).toEqual([]);
    expect(hardened("xen", {}, { sideChannelScheduler: true, management: { remoteLogging: true } })).toEqual([]);
    expect(hardened("esxi", { management: { remoteLogging: true } }, { management: { remoteLogging: true } })).toEqual([]);
  });

  it("takes devices away and limits memory", () => {
    const vm = (platform: Platform, more: Partial<RecordOf<"vms">>): Topology => host(platform).vm("v", "hv", {}, more).build();
    expect(texts(vm("esxi", { devices: ["floppy", "usb"] }), vm("esxi", { devices: [], resources: { memoryLimitMb: 2048, memoryReservationMb: 512 } })))
      .toEqual(["Get-VM -Name 'v' | Get-FloppyDrive | Remove-FloppyDrive -Confirm:$false", "Get-VM -Name 'v' | Get-VMResourceConfiguration | Set-VMResourceConfiguration -MemLimitMB 2048 -MemReservationMB 512"]);
    expect(texts(vm("proxmox", { devices: ["usb0", "floppy", "hostpci0"] }), vm("proxmox", { devices: [] }))).toEqual(["qm set <VMID of v> --delete usb0,hostpci0"]);
    expect(texts(vm("hyper-v", {}), vm("hyper-v", { secureBoot: true }))).toEqual(["Set-VMFirmware -VMName 'v' -EnableSecureBoot On"]);
  });

  it("guards the adapters of a Hyper-V port group, and erases on Proxmox VE", () => {
    const guarded = (on: boolean): Topology => host("hyper-v").vswitch("sw", "hyper-v", "hv").portGroup("pg", "sw", access(10), on ? { dhcpGuard: true, raGuard: true } : {}).vm("v", "hv", "pg").build();
    expect(texts(guarded(false), guarded(true))).toEqual(["Set-VMNetworkAdapter -VMName 'v' -DhcpGuard On -RouterGuard On"]);
    const store = (secureErase: boolean): Topology => host("proxmox").put("datastores", "ds", { name: "lvm1", hypervisors: ["hv"], secureErase }).build();
    expect(texts(store(false), store(true))).toEqual(["pvesm set lvm1 --saferemove 1"]);
  });
});

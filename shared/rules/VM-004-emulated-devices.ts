import { jsonPath } from "../model/path";
import type { Topology } from "../model/topology";
import { listed } from "./phrase";
import { candidate } from "./remedy/board";
import { machinesOf, type Resident } from "./residents";
import type { Draft, IsolationRule } from "./rule";

/** What counts, by the names that people, importers and hypervisors write. */
const KINDS: readonly { readonly names: RegExp; readonly what: string; readonly grave: boolean }[] = [
  { names: /^(floppy|fdc)/, what: "a floppy drive", grave: true },
  { names: /^(usb|xhci|ehci|uhci|ohci|redirdev)/, what: "a USB controller", grave: true },
  { names: /^(serial|com\d)/, what: "a serial port", grave: true },
  { names: /^(3d|accel3d|virgl|3d-?accel)/, what: "3D acceleration", grave: true },
  { names: /^(parallel|lpt)/, what: "a parallel port", grave: false },
  { names: /^(sound|audio|ac97|ich\d|hda)/, what: "a sound card", grave: false },
  { names: /^(cd-?rom|dvd)/, what: "a CD-ROM drive", grave: false },
  { names: /^(nested|vmx|svm)/, what: "nested virtualization", grave: false },
  { names: /^(hot-?(add|plug|connect)|device-?connect)/, what: "devices that the guest may connect", grave: false },
  { names: /^(console|vnc|spice)/, what: "more consoles than one", grave: false },
  { names: /^(independent-?)?nonpersistent/, what: "a disk that forgets", grave: false },
];

export const vm004: IsolationRule = {
  id: "VM-004",
  title: "Unneeded virtual hardware or capability",
  severity: "medium",
  threat: "Every emulated device is code of the hypervisor that the guest can attack: VENOM (CVE-2015-3456) left a VM by the floppy controller, CVE-2024-22252 and CVE-2020-14364 by USB.",
  condition: "A VM has devices beyond its boot disk, adapters and console: floppy, USB, serial, 3D acceleration (medium), parallel, sound, CD-ROM, nested virtualization, devices that the guest may connect, several consoles, "
    + "nonpersistent disks (low). Passed-through devices are VM-005. Not described is unknown, which MDL-005 reports. Identified by the VM.",
  fix: "Remove what nobody needs.",
  commands: [
    { platform: "esxi", text: "Get-VM X | Get-FloppyDrive | Remove-FloppyDrive" },
    { platform: "libvirt", text: "virsh edit X: drop <controller type='fdc'>, <sound>, <redirdev>" },
    { platform: "hyper-v", text: "Set-VMProcessor -VMName X -ExposeVirtualizationExtensions $false" },
    { platform: "proxmox", text: "qm set ID --delete usb0,audio0" },
  ],
  references: [
    "VMware SCG vm-8.remove-unnecessary-devices, vm-8.limit-console-connections, vm-8.deactivate-non-essential-3d-features, vm-8.isolation-device-connectable-deactivate",
    "DISA STIG VMCH-80-000209 to VMCH-80-000213 (V-258722 to V-258726), VMCH-80-000195 (V-258708), VMCH-80-000197 (V-258710), VMCH-80-000202 (V-258715), VMCH-80-000208 (V-258721)",
    "CVE-2015-3456, CVE-2024-22252, CVE-2020-14364",
    "NIST SP 800-53r5 CM-7",
    "MITRE ATT&CK T1611",
  ],
  caveats: "Virtual desktops need 3D acceleration, network appliances a serial console; without its USB controller a VM may lose keyboard and mouse on the console. QEMU of 2015 emulated a floppy controller even where no drive "
    + "was added. Proxmox VE adds a CD-ROM drive by default.",
  root: () => "",
  check({ topology }) {
    return machinesOf(topology).flatMap((machine) => inspect(topology, machine));
  },
};

function inspect(topology: Topology, { id, vm: { name, devices, hypervisor } }: Resident): Draft[] {
  if (devices === undefined || devices.length === 0) return [];
  const found = devices.flatMap((device) => KINDS.filter(({ names }) => names.test(device.trim().toLowerCase())).slice(0, 1).map((kind) => ({ device, ...kind })));
  if (found.length === 0) return [];
  const what = [...new Set(found.map((one) => one.what))];
  return [{
    key: id,
    severity: found.some(({ grave }) => grave) ? "medium" : "low",
    title: `${name} has ${listed(what)}`,
    subjects: [id],
    detail: `${jsonPath("vms", id, "devices")} names ${listed(found.map(({ device }) => device))}: each is code of the hypervisor within the guest's reach.`,
    ways: () => [{ channel: "device", from: [`vm:${id}`], to: [`hypervisor:${hypervisor}`], detail: `${name} has ${listed(what)}` }],
    fixes: () => candidate(topology, `Remove ${listed(what)} from ${name}`, (board) => board.set(["vms", id, "devices"], devices.filter((device) => !found.some((one) => one.device === device)))),
  }];
}

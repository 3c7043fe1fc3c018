/** What follows from a hypervisor's platform when things are drawn on it. */
import type { Hypervisor, Platform } from "../../shared/model/kinds/hypervisor";
import type { VirtualSwitch } from "../../shared/model/kinds/virtual-switch";
import type { Draft } from "./draft";

interface PlatformHabits {
  readonly switchKind: VirtualSwitch["kind"];
  /** Names of switches and adapters count up from 0 behind these. */
  readonly switchPrefix: string;
  readonly adapterPrefix: string;
}

const VMWARE: PlatformHabits = { switchKind: "standard", switchPrefix: "vSwitch", adapterPrefix: "vmk" };
const LINUX: PlatformHabits = { switchKind: "linux-bridge", switchPrefix: "vmbr", adapterPrefix: "mgmt" };

export const PLATFORM_HABITS: Readonly<Record<Platform, PlatformHabits>> = {
  esxi: VMWARE,
  "vmware-workstation": { ...VMWARE, switchPrefix: "vmnet" },
  "hyper-v": { switchKind: "hyper-v", switchPrefix: "vSwitch", adapterPrefix: "ManagementOS" },
  kvm: { ...LINUX, switchPrefix: "br" },
  proxmox: LINUX,
  xen: { ...LINUX, switchKind: "open-vswitch", switchPrefix: "xenbr" },
  virtualbox: { switchKind: "standard", switchPrefix: "vboxnet", adapterPrefix: "mgmt" },
  parallels: { switchKind: "standard", switchPrefix: "vnic", adapterPrefix: "mgmt" },
};

/** A new hypervisor is like those already drawn: sites run one platform. */
export function hypervisorSettings(draft: Draft): Pick<Hypervisor, "platform"> & Partial<Pick<Hypervisor, "version">> {
  const last = draft.entries("hypervisors").at(-1)?.[1];
  if (last === undefined) return { platform: "esxi" };
  return { platform: last.platform, ...(last.version === undefined ? {} : { version: last.version }) };
}

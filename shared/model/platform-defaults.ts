/**
 * What each platform does where nobody set anything, and who says so. `value` absent: no default is known, so nothing is assumed.
 * The wording goes into findings (MDL-005), so it names its source and says where sources disagree.
 */
import type { Forwarder } from "./kinds/forwarder";
import type { Hypervisor, Platform } from "./kinds/hypervisor";
import type { PortGroupVlan } from "./kinds/port-group";
import type { VirtualSwitch } from "./kinds/virtual-switch";

/** What holds where a field is absent. */
export interface Assumed<T> {
  readonly value?: T;
  readonly basis: string;
}

export type SecurityAction = "accept" | "reject";
export type SecurityField = "promiscuous" | "macChanges" | "forgedTransmits";
export const SECURITY_FIELDS: readonly SecurityField[] = ["promiscuous", "macChanges", "forgedTransmits"];
export type FilterAction = NonNullable<Forwarder["defaultAction"]>;
export type Filter = "routers" | "firewalls" | "distributedFirewalls";
export type MemorySharing = NonNullable<Hypervisor["memorySharing"]>;

type SecurityDefaults = Readonly<Record<SecurityField, Required<Assumed<SecurityAction>>>>;
type PerSwitch<T> = Readonly<Record<VirtualSwitch["kind"], Required<Assumed<T>>>>;

/** For fields that differ from installation to installation. */
export const UNDESCRIBED = "the document does not say, and no default is safe to assume";

const DISPUTED = "sources disagree: VMware's Security Configuration Guides 8.0.3 and 9.0 list Accept as the installation default of a standard "
  + "switch, the vSphere 7.0 security documentation says Reject since 7.0; the worse is assumed";
const DISTRIBUTED = "the default of a distributed switch";
const HYPER_V = "Hyper-V's default since 2008 R2: MAC address spoofing is off";
const NO_FILTER = "filters no source MAC unless a filter is applied (libvirt nwfilter, Proxmox firewall, OVN port security)";
const FLOODED_ONLY = "has no promiscuous setting: a port hears its own and flooded frames";

export const SECURITY_DEFAULTS: Readonly<Record<VirtualSwitch["kind"], SecurityDefaults>> = {
  standard: {
    promiscuous: { value: "reject", basis: "the default of a standard switch" },
    macChanges: { value: "accept", basis: DISPUTED },
    forgedTransmits: { value: "accept", basis: DISPUTED },
  },
  distributed: {
    promiscuous: { value: "reject", basis: DISTRIBUTED },
    macChanges: { value: "reject", basis: DISTRIBUTED },
    forgedTransmits: { value: "reject", basis: DISTRIBUTED },
  },
  "hyper-v": {
    promiscuous: { value: "reject", basis: `a Hyper-V switch ${FLOODED_ONLY}` },
    macChanges: { value: "reject", basis: HYPER_V },
    forgedTransmits: { value: "reject", basis: HYPER_V },
  },
  "linux-bridge": {
    promiscuous: { value: "reject", basis: `a Linux bridge ${FLOODED_ONLY}` },
    macChanges: { value: "accept", basis: `a Linux bridge ${NO_FILTER}` },
    forgedTransmits: { value: "accept", basis: `a Linux bridge ${NO_FILTER}` },
  },
  "open-vswitch": {
    promiscuous: { value: "reject", basis: `Open vSwitch ${FLOODED_ONLY}` },
    macChanges: { value: "accept", basis: `Open vSwitch ${NO_FILTER}` },
    forgedTransmits: { value: "accept", basis: `Open vSwitch ${NO_FILTER}` },
  },
};

const noDefault = (platform: string): { readonly basis: string } => ({ basis: `no default of ${platform} is known for certain` });

export const MEMORY_SHARING_DEFAULTS: Readonly<Record<Platform, Assumed<MemorySharing>>> = {
  esxi: { value: "intra-vm", basis: "ESXi's default since 6.0: page sharing within a VM only" },
  proxmox: { value: "inter-vm", basis: "Proxmox VE's default: KSM is enabled" },
  kvm: { basis: "KSM is off in the kernel, but distributions differ in starting it" },
  xen: noDefault("Xen"),
  "hyper-v": noDefault("Hyper-V"),
  virtualbox: noDefault("VirtualBox"),
  "vmware-workstation": noDefault("VMware Workstation"),
  parallels: noDefault("Parallels"),
};

/** The same for the shared clipboard and for drag and drop. */
export const GUEST_SHARING_DEFAULTS: Readonly<Record<Platform, Assumed<boolean>>> = {
  esxi: { value: false, basis: "ESXi's default: isolation.tools.copy, paste and dnd are disabled" },
  virtualbox: { value: false, basis: "VirtualBox's default for new machines" },
  "vmware-workstation": { value: true, basis: "VMware's desktop default, as the Fusion documentation states it" },
  kvm: noDefault("KVM"),
  proxmox: noDefault("Proxmox VE"),
  xen: noDefault("Xen"),
  "hyper-v": noDefault("Hyper-V"),
  parallels: noDefault("Parallels"),
};

/** Whether the scheduler keeps two VMs off the threads of one core. */
export const SCHEDULER_DEFAULTS: Readonly<Record<Platform, Assumed<boolean>>> = {
  esxi: { value: false, basis: "ESXi's default: hyperthreadingMitigation is FALSE" },
  "hyper-v": { value: true, basis: "Hyper-V's default since Windows Server 2019: the core scheduler" },
  kvm: { value: false, basis: "Linux schedules the threads of a core apart only where core scheduling is set up" },
  proxmox: { value: false, basis: "Linux schedules the threads of a core apart only where core scheduling is set up" },
  xen: noDefault("Xen"),
  virtualbox: noDefault("VirtualBox"),
  "vmware-workstation": noDefault("VMware Workstation"),
  parallels: noDefault("Parallels"),
};

/** Whether a guest's boot is verified. */
export const GUEST_SECURE_BOOT_DEFAULTS: Readonly<Record<Platform, Assumed<boolean>>> = {
  esxi: { basis: "vSphere leaves it to the site" },
  "hyper-v": { basis: "generation 2 VMs have it, generation 1 VMs cannot" },
  proxmox: { value: false, basis: "Proxmox VE's default firmware, SeaBIOS, has none" },
  kvm: noDefault("KVM"),
  xen: noDefault("Xen"),
  virtualbox: noDefault("VirtualBox"),
  "vmware-workstation": noDefault("VMware Workstation"),
  parallels: noDefault("Parallels"),
};

/** Whether migration and fault-tolerance traffic is always encrypted. */
export const MIGRATION_ENCRYPTION_DEFAULTS: Readonly<Record<Platform, Assumed<boolean>>> = {
  esxi: { value: false, basis: "vSphere's default for vMotion and Fault Tolerance is opportunistic, which also takes clear text" },
  proxmox: { value: true, basis: "Proxmox VE's default: migration is secure, over an SSH tunnel" },
  "hyper-v": noDefault("Hyper-V"),
  kvm: noDefault("KVM"),
  xen: noDefault("Xen"),
  virtualbox: noDefault("VirtualBox"),
  "vmware-workstation": noDefault("VMware Workstation"),
  parallels: noDefault("Parallels"),
};

export const STORAGE_ENCRYPTION_DEFAULT: Required<Assumed<boolean>> = { value: false, basis: "iSCSI, NFS and vSAN are in clear until their encryption is switched on" };

export const RULE_LOG_DEFAULT: Required<Assumed<boolean>> = { value: false, basis: "NSX, Proxmox VE and most filters log a rule only where that is switched on" };

const UNTAGGED: Required<Assumed<PortGroupVlan>> = { value: { mode: "untagged" }, basis: "a port without a VLAN is untagged" };

export const VLAN_DEFAULTS: PerSwitch<PortGroupVlan> = {
  standard: UNTAGGED,
  distributed: UNTAGGED,
  "hyper-v": UNTAGGED,
  "linux-bridge": UNTAGGED,
  "open-vswitch": { value: { mode: "trunk", allowed: "all" }, basis: "an Open vSwitch port without a tag is a trunk of all VLANs" },
};

const AWARE = { value: true, basis: "every switch but a Linux bridge keeps VLANs apart" };

export const VLAN_AWARE_DEFAULTS: PerSwitch<boolean> = {
  standard: AWARE,
  distributed: AWARE,
  "hyper-v": AWARE,
  "open-vswitch": AWARE,
  "linux-bridge": { value: false, basis: "the Linux kernel's default: vlan_filtering is off" },
};

export const DEFAULT_ACTIONS: Readonly<Record<Filter, Required<Assumed<FilterAction>>>> = {
  routers: { value: "allow", basis: "a router forwards what no rule denies" },
  firewalls: { value: "deny", basis: "a firewall denies what no rule allows" },
  distributedFirewalls: { value: "allow", basis: "NSX's default after host preparation: what no rule denies is allowed" },
};

export const STATEFUL_DEFAULT = { value: true, basis: "a filter lets answers pass" };

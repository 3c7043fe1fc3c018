/**
 * What holds where the document says nothing: the effective value of every field that a platform or the format decides, and whether
 * it was set, is a default, or is unknown. Unknown never reads as safe: `value` is then undefined, and the caller has to say so.
 */
import type { Host } from "./kinds/host";
import type { Hypervisor } from "./kinds/hypervisor";
import type { PortGroupVlan } from "./kinds/port-group";
import { jsonPath, type PathSegment } from "./path";
import {
  DEFAULT_ACTIONS, GUEST_SECURE_BOOT_DEFAULTS, GUEST_SHARING_DEFAULTS, MEMORY_SHARING_DEFAULTS, MIGRATION_ENCRYPTION_DEFAULTS, SCHEDULER_DEFAULTS, SECURITY_DEFAULTS,
  STATEFUL_DEFAULT, STORAGE_ENCRYPTION_DEFAULT, UNDESCRIBED, VLAN_AWARE_DEFAULTS, VLAN_DEFAULTS,
  type Assumed, type Filter, type FilterAction, type MemorySharing, type SecurityAction, type SecurityField,
} from "./platform-defaults";
import { record, type Topology } from "./topology";

export type Source = "set" | "default" | "unknown";

/** A value with its origin. `field` is the JSON path of the field that holds it, or that would have to be set. */
export interface Effective<T> {
  /** Undefined only where the source is `unknown`. */
  readonly value: T | undefined;
  readonly source: Source;
  readonly field: string;
  /** Whose default it is, or why nothing is known; empty where the value is set. */
  readonly basis: string;
}

export type Security = Readonly<Record<SecurityField, Effective<SecurityAction>>>;
type ManagementField = keyof NonNullable<Hypervisor["management"]>;
type CpuField = keyof NonNullable<Host["cpu"]>;

/** Writes its path only when asked: rules look at every VM, and few of them end in a sentence. */
class Setting<T> implements Effective<T> {
  constructor(readonly value: T | undefined, readonly source: Source, readonly basis: string, private readonly path: readonly PathSegment[]) {}

  get field(): string {
    return jsonPath(...this.path);
  }
}

function effective<T>(set: T | undefined, path: readonly PathSegment[], assumed: Assumed<T>): Effective<T> {
  if (set !== undefined) return new Setting(set, "set", "", path);
  return new Setting(assumed.value, assumed.value === undefined ? "unknown" : "default", assumed.basis, path);
}

/** A field that nothing decides where the document does not. */
export function undescribed(...path: readonly PathSegment[]): Effective<unknown> {
  return new Setting<unknown>(undefined, "unknown", UNDESCRIBED, path);
}

/** The three security settings at a port group: its own, else its switch's, else the platform's, field by field. */
export function effectiveSecurity(topology: Topology, portGroup: string): Security {
  const own = record(topology, "portGroups", portGroup);
  const inherited = switchSecurity(topology, own?.virtualSwitch ?? "");
  const at = (name: SecurityField): Effective<SecurityAction> => {
    const set = own?.security?.[name];
    return set === undefined ? inherited[name] : effective(set, ["portGroups", portGroup, "security", name], { basis: "" });
  };
  return { promiscuous: at("promiscuous"), macChanges: at("macChanges"), forgedTransmits: at("forgedTransmits") };
}

/** The three security settings of a virtual switch, for port groups that set none. */
export function switchSecurity(topology: Topology, virtualSwitch: string): Security {
  const vswitch = record(topology, "virtualSwitches", virtualSwitch);
  const assumed = SECURITY_DEFAULTS[vswitch?.kind ?? "standard"];
  const at = (name: SecurityField): Effective<SecurityAction> =>
    effective(vswitch?.security?.[name], ["virtualSwitches", virtualSwitch, "security", name], assumed[name]);
  return { promiscuous: at("promiscuous"), macChanges: at("macChanges"), forgedTransmits: at("forgedTransmits") };
}

/** `untagged`, or on Open vSwitch a trunk of all VLANs. Whether the switch heeds it is `effectiveVlanAware`'s answer. */
export function effectiveVlan(topology: Topology, portGroup: string): Effective<PortGroupVlan> {
  const own = record(topology, "portGroups", portGroup);
  const kind = record(topology, "virtualSwitches", own?.virtualSwitch)?.kind ?? "standard";
  return effective(own?.vlan, ["portGroups", portGroup, "vlan"], VLAN_DEFAULTS[kind]);
}

/** Whether the switch keeps VLANs apart; only a Linux bridge may not. */
export function effectiveVlanAware(topology: Topology, virtualSwitch: string): Effective<boolean> {
  const { kind = "standard", vlanAware } = record(topology, "virtualSwitches", virtualSwitch) ?? {};
  const path = ["virtualSwitches", virtualSwitch, "vlanAware"];
  return effective(kind === "linux-bridge" ? vlanAware : undefined, path, VLAN_AWARE_DEFAULTS[kind]);
}

/** Memory sharing of a hypervisor: transparent page sharing, KSM. */
export function effectiveMemorySharing(topology: Topology, hypervisor: string): Effective<MemorySharing> {
  const own = record(topology, "hypervisors", hypervisor);
  return effective(own?.memorySharing, ["hypervisors", hypervisor, "memorySharing"], own === undefined ? { basis: UNDESCRIBED } : MEMORY_SHARING_DEFAULTS[own.platform]);
}

const SHARING_WIDTH: Readonly<Record<MemorySharing, number>> = { off: 0, "intra-vm": 1, "inter-vm": 2 };

/** How far a VM's memory is shared. */
export function effectiveVmMemorySharing(topology: Topology, vm: string): Effective<MemorySharing> {
  const own = record(topology, "vms", vm);
  return memorySharingOn(topology, own?.hypervisor ?? "", vm, own?.resources?.memorySharing);
}

/** Whether a VM with this setting of its own, if any, would share memory with others on a hypervisor. */
export function sharesMemoryOn(topology: Topology, hypervisor: string, set: MemorySharing | undefined): boolean {
  return memorySharingOn(topology, hypervisor, "", set).value === "inter-vm";
}

/**
 * A VM can only narrow what its hypervisor does, but for ESXi with page sharing on: there an explicit `inter-vm` is a salt that the VM
 * shares with others (sched.mem.pshare.salt).
 */
function memorySharingOn(topology: Topology, hypervisor: string, vm: string, set: MemorySharing | undefined): Effective<MemorySharing> {
  const inherited = effectiveMemorySharing(topology, hypervisor);
  if (set === undefined || inherited.value === "off") return inherited;
  const salted = record(topology, "hypervisors", hypervisor)?.platform === "esxi" && inherited.value === "intra-vm";
  const narrower = set === "off" || (inherited.value !== undefined && SHARING_WIDTH[set] <= SHARING_WIDTH[inherited.value]);
  return salted || narrower ? effective(set, ["vms", vm, "resources", "memorySharing"], { basis: "" }) : inherited;
}

/** Whether the clipboard is shared between the guest and whoever has its console. */
export function effectiveClipboard(topology: Topology, vm: string): Effective<boolean> {
  return guestSharing(topology, vm, "clipboard");
}

export function effectiveDragAndDrop(topology: Topology, vm: string): Effective<boolean> {
  return guestSharing(topology, vm, "dragAndDrop");
}

function guestSharing(topology: Topology, vm: string, name: "clipboard" | "dragAndDrop"): Effective<boolean> {
  const own = record(topology, "vms", vm);
  const platform = record(topology, "hypervisors", own?.hypervisor)?.platform;
  return effective(own?.guest?.[name], ["vms", vm, "guest", name], platform === undefined ? { basis: UNDESCRIBED } : GUEST_SHARING_DEFAULTS[platform]);
}

/** Unknown where the document says nothing or says `unknown`. */
export function effectivePatchLevel(topology: Topology, hypervisor: string): Effective<"current" | "behind" | "unsupported"> {
  const set = record(topology, "hypervisors", hypervisor)?.patchLevel;
  return effective(set === "unknown" ? undefined : set, ["hypervisors", hypervisor, "patchLevel"], { basis: UNDESCRIBED });
}

/** A hardening setting of a hypervisor's management plane; never assumed. */
export function effectiveManagement<K extends ManagementField>(topology: Topology, hypervisor: string, name: K): Effective<NonNullable<NonNullable<Hypervisor["management"]>[K]>> {
  return effective(record(topology, "hypervisors", hypervisor)?.management?.[name] ?? undefined, ["hypervisors", hypervisor, "management", name], { basis: UNDESCRIBED });
}

/** A property of a host's processor; never assumed. */
export function effectiveCpu<K extends CpuField>(topology: Topology, host: string, name: K): Effective<NonNullable<NonNullable<Host["cpu"]>[K]>> {
  return effective(record(topology, "hosts", host)?.cpu?.[name] ?? undefined, ["hosts", host, "cpu", name], { basis: UNDESCRIBED });
}

/** Whether the scheduler never runs two VMs on the threads of one core. */
export function effectiveScheduler(topology: Topology, hypervisor: string): Effective<boolean> {
  const own = record(topology, "hypervisors", hypervisor);
  return effective(own?.sideChannelScheduler, ["hypervisors", hypervisor, "sideChannelScheduler"], own === undefined ? { basis: UNDESCRIBED } : SCHEDULER_DEFAULTS[own.platform]);
}

/** Whether the boot of a VM's guest is verified. */
export function effectiveGuestSecureBoot(topology: Topology, vm: string): Effective<boolean> {
  const own = record(topology, "vms", vm);
  const platform = record(topology, "hypervisors", own?.hypervisor)?.platform;
  return effective(own?.secureBoot, ["vms", vm, "secureBoot"], platform === undefined ? { basis: UNDESCRIBED } : GUEST_SECURE_BOOT_DEFAULTS[platform]);
}

/** Whether what a management interface carries besides management (migration, fault tolerance, storage) is encrypted. */
export function effectiveTransitEncryption(topology: Topology, managementInterface: string): Effective<boolean> {
  const own = record(topology, "managementInterfaces", managementInterface);
  const platform = record(topology, "hypervisors", own?.hypervisor)?.platform;
  const services = own?.services ?? [];
  const migrates = services.includes("migration") || services.includes("fault-tolerance");
  const assumed = services.includes("storage") ? STORAGE_ENCRYPTION_DEFAULT : migrates && platform !== undefined ? MIGRATION_ENCRYPTION_DEFAULTS[platform] : { basis: UNDESCRIBED };
  return effective(own?.encrypted, ["managementInterfaces", managementInterface, "encrypted"], assumed);
}

/** Whether a management interface's own firewall is on; settings that do not say so may be those of one that is off. */
export function effectiveOwnFirewall(topology: Topology, managementInterface: string): Effective<boolean> {
  const firewall = record(topology, "managementInterfaces", managementInterface)?.firewall;
  const path = ["managementInterfaces", managementInterface, "firewall", ...(firewall === undefined ? [] : ["enabled"])];
  return effective(firewall?.enabled, path, { basis: UNDESCRIBED });
}

/** What happens to a flow that no rule matches. */
export function effectiveDefaultAction(topology: Topology, collection: Filter, id: string): Effective<FilterAction> {
  return effective(record(topology, collection, id)?.defaultAction, [collection, id, "defaultAction"], DEFAULT_ACTIONS[collection]);
}

/** Whether answers pass without a rule of their own. */
export function effectiveStateful(topology: Topology, collection: Filter, id: string): Effective<boolean> {
  return effective(record(topology, collection, id)?.stateful, [collection, id, "stateful"], STATEFUL_DEFAULT);
}

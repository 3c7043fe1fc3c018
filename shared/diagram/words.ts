/** The short English on nodes and cables: VLANs, platforms, kinds. */
import type { Port } from "../model/primitives";
import { ALL_VLANS, parseVlanList, type VlanSet } from "../model/vlan-set";
import type { PortGroup } from "../model/kinds/port-group";
import type { Host } from "../model/kinds/host";
import type { Hypervisor, Platform } from "../model/kinds/hypervisor";
import type { VirtualSwitch } from "../model/kinds/virtual-switch";
import type { ExternalNetwork } from "../model/kinds/external-network";

/** What a cable carries, in words and as a set. */
export interface Carried {
  readonly label: string;
  readonly vlans: VlanSet;
}

const PLATFORM_NAMES: Record<Platform, string> = {
  esxi: "ESXi", "hyper-v": "Hyper-V", kvm: "KVM", proxmox: "Proxmox VE", xen: "Xen", virtualbox: "VirtualBox",
  "vmware-workstation": "Workstation", parallels: "Parallels",
};
const TYPE_2: ReadonlySet<Platform> = new Set<Platform>(["virtualbox", "vmware-workstation", "parallels"]);

const SWITCH_KINDS: Record<VirtualSwitch["kind"], string> = {
  standard: "standard", distributed: "distributed", "linux-bridge": "Linux bridge", "open-vswitch": "Open vSwitch", "hyper-v": "Hyper-V switch",
};

export function single(vlan: number): Carried {
  return { label: `VLAN ${vlan}`, vlans: [vlan, vlan] };
}

function trunk(allowed: string | undefined, native: number | undefined, tagNative = false): Carried {
  const list = allowed === undefined ? "?" : allowed.trim().replace(/\s*,\s*/g, ",");
  const label = `trunk ${list}${native === undefined ? "" : ` native ${native}`}${tagNative ? " tagged" : ""}`;
  return { label, vlans: allowed === undefined ? [] : (parseVlanList(allowed) ?? []) };
}

/** A port of a physical switch: `VLAN 10`, `trunk 10,20 native 1`, `port not set`. */
export function portCarries(port: Port | undefined): Carried {
  if (port === undefined) return { label: "port not set", vlans: [] };
  return port.mode === "access" ? single(port.vlan) : trunk(port.allowed, port.native, port.tagNative === true);
}

/** What a port group puts on its ports, as `semantics.md` reads an absent VLAN. */
export function portGroupCarries(group: PortGroup, host: VirtualSwitch | undefined): Carried {
  const vlan = group.vlan;
  if (host?.kind === "linux-bridge" && host.vlanAware !== true) return { label: "not VLAN-aware", vlans: [] };
  if (vlan === undefined) return host?.kind === "open-vswitch" ? { label: "trunk all (not set)", vlans: ALL_VLANS } : { label: "untagged (not set)", vlans: [] };
  switch (vlan.mode) {
    case "access": return single(vlan.id);
    case "untagged": return { label: "untagged", vlans: [] };
    case "trunk": return trunk(vlan.allowed, vlan.native);
    case "overlay": return { label: `VNI ${vlan.vni}`, vlans: [] };
    case "private": {
      const secondary = vlan.secondary === undefined ? "" : `/${vlan.secondary}`;
      return { label: `PVLAN ${vlan.primary}${secondary} ${vlan.type}`, vlans: pair(vlan.primary, vlan.secondary) };
    }
  }
}

function pair(primary: number, secondary: number | undefined): VlanSet {
  if (secondary === undefined || secondary === primary) return [primary, primary];
  const low = Math.min(primary, secondary), high = Math.max(primary, secondary);
  return high === low + 1 ? [low, high] : [low, low, high, high];
}

/** `Intel · VT-x · IOMMU`. */
export function hostMeta(host: Host): string {
  const cpu = host.cpu;
  const vendor = cpu?.vendor?.toLowerCase();
  const parts = [vendor === "intel" ? "Intel" : vendor === "amd" ? "AMD" : cpu?.vendor];
  if (cpu?.hardwareVirtualization === true) parts.push(vendor === "intel" ? "VT-x" : vendor === "amd" ? "AMD-V" : "hardware virtualization");
  if (cpu?.iommu === true) parts.push("IOMMU");
  return parts.filter((part) => part !== undefined && part !== "").join(" · ");
}

/** `ESXi 8.0.3 · Type 1`. */
export function hypervisorMeta(hypervisor: Hypervisor): string {
  const product = [PLATFORM_NAMES[hypervisor.platform], hypervisor.version].filter((part) => part !== undefined && part !== "").join(" ");
  return `${product} · ${TYPE_2.has(hypervisor.platform) ? "Type 2" : "Type 1"}`;
}

export function switchMeta(record: VirtualSwitch): string {
  if (record.kind === "linux-bridge") return record.vlanAware === true ? "Linux bridge · VLAN-aware" : "Linux bridge";
  return SWITCH_KINDS[record.kind];
}

export function externalSubtitle(record: ExternalNetwork): string {
  const trust = record.trust ?? "external network";
  return record.attachedTo !== undefined && "vlan" in record.attachedTo ? `${trust} · VLAN ${record.attachedTo.vlan}` : trust;
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

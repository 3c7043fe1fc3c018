/**
 * Every field that a rule rests on although the document does not set it: which one, what is assumed instead, and what would be the
 * safe thing to write. A rule that comes to use another field adds it here; a field of VMs, in `vm-gaps.ts`.
 */
import {
  effectiveCpu, effectiveDefaultAction, effectiveManagement, effectiveMemorySharing, effectiveOwnFirewall, effectivePatchLevel, effectiveScheduler, effectiveSecurity,
  effectiveTransitEncryption, effectiveVlan, effectiveVlanAware, undescribed, type Effective,
} from "../model/defaults";
import type { Host } from "../model/kinds/host";
import type { PortGroup } from "../model/kinds/port-group";
import type { Port } from "../model/primitives";
import { jsonPath, type PathSegment } from "../model/path";
import { SECURITY_FIELDS } from "../model/platform-defaults";
import { entries, record, type CollectionName, type Topology } from "../model/topology";
import { formatVlanList, NO_VLANS, parseVlanList, type VlanSet } from "../model/vlan-set";
import type { Network } from "../network/compiled-network";
import { takesTags } from "../network/double-tagging";
import { colocationAt, colocationOn, hypervisorsOn, mayLeak } from "./colocation";
import { diskEncrypted, tenantsOn } from "./disks";
import { infrastructureServices } from "./infrastructure";
import { passesThrough } from "./passthrough";
import { tenantSuspects } from "./port-security";
import type { Gap } from "./gap";
import { awarenessGaps, reachGaps } from "./reach-gaps";
import { isSensitive, machinesOf, portGroupsOf, residentsOf } from "./residents";
import { vmGaps } from "./vm-gaps";
import { servesManagement } from "./workload";

const REACH = "every verdict over it";

export function gapsOf(topology: Topology, network: Network): Gap[] {
  const used = new Set(network.layer2.ends.map(({ portGroup }) => portGroup));
  const ports = new SwitchUse(topology, used);
  const allVlans = vlansOf(topology, entries(topology, "portGroups").map(([id]) => id));
  const native = guestsTag(topology, network) ? "NET-004" : undefined;
  return [
    ...entries(topology, "trunks").flatMap(([id, { a, b }]) => [
      ...portGaps("trunks", id, ["a", "port"], a.port, allVlans, native),
      ...portGaps("trunks", id, ["b", "port"], b.port, allVlans, native),
    ]),
    ...entries(topology, "hypervisors").flatMap(([id]) => hypervisorGaps(topology, id)),
    ...entries(topology, "managementInterfaces").flatMap(([id, adapter]) => [
      ...(adapter.services === undefined ? missing("managementInterfaces", id, servesWhat(id), ["services"], "MGT-001, MGT-002, MGT-003, MGT-004, MGT-007") : []),
      ...(servesManagement(adapter) ? missing("managementInterfaces", id, effectiveOwnFirewall(topology, id), ["firewall"], "MGT-002, MGT-004") : []),
      ...(infrastructureServices(adapter).length > 0 ? missing("managementInterfaces", id, effectiveTransitEncryption(topology, id), ["encrypted"], "NET-009", true) : []),
    ]),
    ...entries(topology, "virtualSwitches").flatMap(([id]) => switchGaps(topology, id, used)),
    ...entries(topology, "uplinks").flatMap(([id, { virtualSwitch, port }]) => {
      const { vlans, untagged } = ports.of(virtualSwitch);
      return portGaps("uplinks", id, ["port"], port, vlans, untagged ? REACH : native, untagged);
    }),
    ...entries(topology, "portGroups").flatMap(([id]) => (used.has(id) ? portGroupGaps(topology, id) : [])),
    ...entries(topology, "hosts").flatMap(([id, host]) => hostGaps(topology, id, host)),
    ...entries(topology, "externalNetworks").flatMap(([id, { trust }]) => (trust === undefined ? missing("externalNetworks", id, undescribed("externalNetworks", id, "trust"), ["trust"], "HV-001, HV-006, MGT-002") : [])),
    ...storageGaps(topology),
    ...vmGaps(topology),
    ...(["firewalls", "distributedFirewalls"] as const).flatMap((collection) => entries(topology, collection).flatMap(([id]) =>
      missing(collection, id, effectiveDefaultAction(topology, collection, id), ["defaultAction"], "FW-001", "deny"))),
    ...awarenessGaps(topology),
    ...reachGaps(topology, network),
  ];
}

function missing(collection: CollectionName, id: string, setting: Effective<unknown>, path: readonly PathSegment[], usedBy: string, safe?: unknown): Gap[] {
  if (setting.source === "set") return [];
  return [{ collection, id, path, setting, usedBy, ...(safe === undefined ? {} : { safe }) }];
}

function servesWhat(id: string): Effective<unknown> {
  return { value: "management", source: "default", field: jsonPath("managementInterfaces", id, "services"), basis: "an adapter that does not say might serve it" };
}

function hypervisorGaps(topology: Topology, id: string): Gap[] {
  const shared = colocationOn(topology, id);
  const leaks = mayLeak(shared);
  const own = record(topology, "hypervisors", id);
  const narrow = own?.platform === "esxi" ? "intra-vm" : "off";
  const threads = own !== undefined && mayLeak(colocationAt(topology, own.host)) && record(topology, "hosts", own?.host)?.cpu?.smt === true;
  const management = (name: "remoteLogging" | "lockdown" | "services" | "secureBoot" | "signedImagesOnly" | "escapeMonitoring", usedBy: string, safe: unknown): Gap[] =>
    missing("hypervisors", id, effectiveManagement(topology, id, name), ["management", name], usedBy, safe);
  return [
    ...missing("hypervisors", id, effectivePatchLevel(topology, id), ["patchLevel"], "HV-002", "current"),
    ...(leaks ? missing("hypervisors", id, effectiveMemorySharing(topology, id), ["memorySharing"], "RES-001", narrow) : []),
    ...missing("hypervisors", id, effectiveManagement(topology, id, "mfa"), ["management", "mfa"], "MGT-005", true),
    ...missing("hypervisors", id, effectiveManagement(topology, id, "strongAuthentication"), ["management", "strongAuthentication"], "MGT-005", true),
    ...missing("hypervisors", id, effectiveManagement(topology, id, "sharedAccounts"), ["management", "sharedAccounts"], "MGT-005", false),
    ...management("remoteLogging", "MGT-006", true),
    ...(own?.platform === "esxi" ? management("lockdown", "MGT-008", "normal") : []),
    ...management("services", "MGT-008, HV-004", []),
    ...(own?.platform !== "esxi" && own?.hostOsServices === undefined ? missing("hypervisors", id, undescribed("hypervisors", id, "hostOsServices"), ["hostOsServices"], "HV-004", []) : []),
    ...management("secureBoot", "HV-005", true),
    ...management("signedImagesOnly", "HV-005", true),
    ...(shared.tenants.length > 1 ? management("escapeMonitoring", "HV-007", true) : []),
    ...(threads ? missing("hypervisors", id, effectiveScheduler(topology, id), ["sideChannelScheduler"], "RES-002", true) : []),
  ];
}

/** Of hosts that run a hypervisor. */
function hostGaps(topology: Topology, id: string, { bmc }: Host): Gap[] {
  const hypervisors = hypervisorsOn(topology, id);
  if (hypervisors.length === 0) return [];
  const cpu = (name: "hardwareVirtualization" | "iommu" | "smt" | "microcodeCurrent", usedBy: string, safe?: boolean): Gap[] => missing("hosts", id, effectiveCpu(topology, id, name), ["cpu", name], usedBy, safe);
  const leaks = mayLeak(colocationAt(topology, id));
  const passed = hypervisors.some((hypervisor) => residentsOf(topology, hypervisor).some(({ vm }) => passesThrough(vm)));
  const undrawn: Effective<unknown> = { value: undefined, source: "unknown", field: jsonPath("hosts", id, "bmc"), basis: "a server usually has an out-of-band controller, and none is drawn" };
  return [
    ...cpu("hardwareVirtualization", "HV-003", true),
    ...(passed ? cpu("iommu", "HV-003, VM-005", true) : []),
    ...(leaks ? [...cpu("smt", "RES-002"), ...cpu("microcodeCurrent", "RES-002", true)] : []),
    ...(bmc === undefined ? [{ collection: "hosts" as const, id, path: ["bmc"], setting: undrawn, usedBy: "MGT-009" }] : []),
  ];
}

/** Datastores with disks that nothing is known to encrypt, of several tenants, of one among several, or of a sensitive VM. */
function storageGaps(topology: Topology): Gap[] {
  const users = new Map<string, { readonly tenants: Set<string>; sensitive: boolean }>();
  for (const { vm } of machinesOf(topology)) {
    for (const disk of vm.disks ?? []) {
      if (disk.datastore === undefined || diskEncrypted(topology, disk)) continue;
      const use = users.get(disk.datastore) ?? { tenants: new Set<string>(), sensitive: false };
      users.set(disk.datastore, use);
      if (vm.tenant !== undefined) use.tenants.add(vm.tenant);
      use.sensitive ||= isSensitive(topology, vm);
    }
  }
  return entries(topology, "datastores").flatMap(([id, { secureErase, encrypted }]) => {
    const use = users.get(id);
    if (use === undefined || (tenantsOn(topology, id).length < 2 && !use.sensitive)) return [];
    const remains = use.tenants.size > 1 || use.sensitive;
    return [
      ...(remains && secureErase === undefined ? missing("datastores", id, undescribed("datastores", id, "secureErase"), ["secureErase"], "RES-005", true) : []),
      ...(encrypted === undefined ? missing("datastores", id, undescribed("datastores", id, "encrypted"), ["encrypted"], "VM-006, RES-005", true) : []),
    ];
  });
}

/** Security is said once per switch, however many port groups fall back on it. */
function switchGaps(topology: Topology, id: string, used: ReadonlySet<string | undefined>): Gap[] {
  const groups = portGroupsOf(topology, id).filter((group) => used.has(group));
  const guests = groups.filter((group) => tenantSuspects(topology, group).length > 0);
  const rules = { promiscuous: "SW-001", macChanges: "SW-002", forgedTransmits: "SW-003" };
  const security = SECURITY_FIELDS.flatMap((field) => {
    const fallback = guests.map((group) => effectiveSecurity(topology, group)[field]).find(({ source }) => source !== "set");
    return fallback === undefined ? [] : missing("virtualSwitches", id, fallback, ["security", field], rules[field], "reject");
  });
  const bridge = record(topology, "virtualSwitches", id)?.kind === "linux-bridge" && groups.length > 0;
  return [...security, ...(bridge ? missing("virtualSwitches", id, effectiveVlanAware(topology, id), ["vlanAware"], REACH, true) : [])];
}

function portGroupGaps(topology: Topology, id: string): Gap[] {
  const own = record(topology, "portGroups", id);
  if (own === undefined || effectiveVlanAware(topology, own.virtualSwitch).value === false) return [];
  const unsaid = own.vlan?.mode === "trunk" && own.vlan.allowed === undefined;
  return [
    ...missing("portGroups", id, effectiveVlan(topology, id), ["vlan"], REACH, effectiveVlan(topology, id).value),
    ...(unsaid ? unknown("portGroups", id, ["vlan", "allowed"]) : []),
  ];
}

/** Whether a guest's port lets its tags through, so that it matters which cables have a native VLAN. */
function guestsTag(topology: Topology, { layer2 }: Network): boolean {
  const groups = new Set<string | undefined>();
  for (const { nic, portGroup } of layer2.ends) {
    if (nic === undefined) continue;
    if ((nic.passthrough ?? "none") !== "none") return true;
    groups.add(portGroup);
  }
  return [...groups].some((group) => takesTags(topology, group));
}

/** @param nativeUsedBy what rests on the port's native VLAN; undefined where nothing does */
function portGaps(collection: "uplinks" | "trunks", id: string, path: readonly string[], port: Port | undefined, inUse: VlanSet, nativeUsedBy: string | undefined, untagged = false): Gap[] {
  const allowed = inUse.length === 0 ? undefined : formatVlanList(inUse);
  if (port === undefined) return unknown(collection, id, path, allowed === undefined || untagged ? undefined : { mode: "trunk", allowed });
  if (port.mode === "access") return [];
  const noNative: Effective<unknown> = { value: "none", source: "default", field: jsonPath(collection, id, ...path, "native"), basis: "a port without a native VLAN takes no untagged frame" };
  return [
    ...(port.allowed === undefined ? unknown(collection, id, [...path, "allowed"], allowed) : []),
    ...(nativeUsedBy !== undefined && port.native === undefined ? [{ collection, id, path: [...path, "native"], setting: noNative, usedBy: nativeUsedBy }] : []),
  ];
}

function unknown(collection: CollectionName, id: string, path: readonly string[], safe?: unknown): Gap[] {
  const setting: Effective<unknown> = { value: undefined, source: "unknown", field: jsonPath(collection, id, ...path), basis: "only the switch's configuration can tell" };
  return missing(collection, id, setting, path, REACH, safe);
}

/** What the port groups of each switch need of its uplinks; a switch may have thousands of both. */
class SwitchUse {
  private readonly known = new Map<string, { readonly vlans: VlanSet; readonly untagged: boolean }>();

  constructor(private readonly topology: Topology, private readonly used: ReadonlySet<string | undefined>) {}

  of(virtualSwitch: string): { readonly vlans: VlanSet; readonly untagged: boolean } {
    let use = this.known.get(virtualSwitch);
    if (use === undefined) this.known.set(virtualSwitch, (use = this.look(virtualSwitch)));
    return use;
  }

  private look(virtualSwitch: string): { readonly vlans: VlanSet; readonly untagged: boolean } {
    const groups = portGroupsOf(this.topology, virtualSwitch);
    return {
      vlans: vlansOf(this.topology, groups),
      untagged: groups.some((id) => this.used.has(id) && effectiveVlan(this.topology, id).value?.mode === "untagged"),
    };
  }
}

/** The VLANs that port groups are tagged with. */
function vlansOf(topology: Topology, portGroups: readonly string[]): VlanSet {
  const ids = new Set(portGroups.flatMap((id) => ownVlans(record(topology, "portGroups", id))));
  return parseVlanList([...ids].join(",")) ?? NO_VLANS;
}

function ownVlans(portGroup: PortGroup | undefined): number[] {
  const vlan = portGroup?.vlan;
  if (vlan?.mode === "access") return [vlan.id];
  return vlan?.mode === "private" ? [vlan.primary, ...(vlan.secondary === undefined ? [] : [vlan.secondary])] : [];
}

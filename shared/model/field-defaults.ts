/** What an inspector shows in an empty field: the value that counts as long as nobody sets one. */
import {
  DEFAULT_ACTIONS, GUEST_SHARING_DEFAULTS, MEMORY_SHARING_DEFAULTS, SECURITY_DEFAULTS, STATEFUL_DEFAULT, UNDESCRIBED, VLAN_AWARE_DEFAULTS, VLAN_DEFAULTS,
  type Assumed, type Filter, type SecurityField,
} from "./platform-defaults";
import { effectiveGuestSecureBoot, effectiveMemorySharing, effectiveScheduler, effectiveTransitEncryption, switchSecurity, type Effective, type Source } from "./defaults";
import type { PathSegment } from "./path";
import { record, type CollectionName, type Topology } from "./topology";

export interface FieldDefault {
  /** Undefined only where the source is `unknown`. */
  readonly value: unknown;
  /** For people: `off`, `untagged`, `reject`, `unknown`. */
  readonly text: string;
  /** `set` where the value is inherited from another record that sets it. */
  readonly source: Source;
  /** Whose default it is. */
  readonly basis: string;
}

type Resolve = (topology: Topology, id: string, field: string) => Assumed<unknown> | Effective<unknown>;

/**
 * What an absent field of a record means; undefined where the field has no default (a name, an address). The path is the field's
 * inside its record, such as `["security", "promiscuous"]` or `["nics", "eth0", "connected"]`.
 */
export function defaultOf(collection: CollectionName, topology: Topology, id: string, path: readonly PathSegment[]): FieldDefault | undefined {
  const fields = FIELDS[collection];
  const name = generic(path);
  const resolve = fields !== undefined && Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (resolve === undefined) return undefined;
  const found = typeof resolve === "function" ? resolve(topology, id, String(path.at(-1))) : resolve;
  const inherited = "source" in found ? (found as Effective<unknown>).source : undefined;
  const source = inherited ?? (found.value === undefined ? "unknown" : "default");
  return { value: found.value, text: describe(found.value), source, basis: found.basis };
}

/** A value in words: `on`, `off`, `untagged`, `trunk of all VLANs`, `unknown`. */
export function describe(value: unknown): string {
  if (value === undefined) return "unknown";
  if (typeof value === "boolean") return value ? "on" : "off";
  if (typeof value === "object" && value !== null && "mode" in value) return value.mode === "untagged" ? "untagged" : "trunk of all VLANs";
  return String(value);
}

/** The path with every local id as `*`: `nics.*.connected`. */
function generic(path: readonly PathSegment[]): string {
  return path.map((segment, index) => (typeof segment === "number" || LOCAL.has(String(path[index - 1])) ? "*" : segment)).join(".");
}

const LOCAL = new Set(["nics", "interfaces", "mirrors"]);

const unknown: Assumed<unknown> = { basis: UNDESCRIBED };
const means = (value: unknown, basis = "what the document format means by an absent field"): Assumed<unknown> => ({ value, basis });
const off = means(false);
const on = means(true);

const portGroupSecurity: Resolve = (topology, id, field) => switchSecurity(topology, record(topology, "portGroups", id)?.virtualSwitch ?? "")[field as SecurityField];
const switchDefault: Resolve = (topology, id, field) => SECURITY_DEFAULTS[kindOf(topology, id)][field as SecurityField];
const guestDefault: Resolve = (topology, id) => perPlatform(topology, record(topology, "vms", id)?.hypervisor, GUEST_SHARING_DEFAULTS);

function kindOf(topology: Topology, virtualSwitch: string | undefined): keyof typeof SECURITY_DEFAULTS {
  return record(topology, "virtualSwitches", virtualSwitch)?.kind ?? "standard";
}

function perPlatform(topology: Topology, hypervisor: string | undefined, table: typeof GUEST_SHARING_DEFAULTS | typeof MEMORY_SHARING_DEFAULTS): Assumed<unknown> {
  const platform = record(topology, "hypervisors", hypervisor)?.platform;
  return platform === undefined ? unknown : table[platform];
}

type Fields = Readonly<Record<string, Resolve | Assumed<unknown>>>;

const filter = (collection: Filter): Fields => ({
  defaultAction: DEFAULT_ACTIONS[collection],
  stateful: STATEFUL_DEFAULT,
  ...(collection === "distributedFirewalls" ? {} : { mode: means("routed") }),
  "rules.*.enabled": on,
  "rules.*.log": off,
  "rules.*.from": means("any"),
  "rules.*.to": means("any"),
  "rules.*.services": means("any"),
  "rules.*.in": means("any"),
  "rules.*.out": means("any"),
});

const all = (fallback: Assumed<unknown>, ...names: readonly string[]): Fields => Object.fromEntries(names.map((name) => [name, fallback]));

const FIELDS: Readonly<Partial<Record<CollectionName, Fields>>> = {
  tenants: { kind: means("customer"), sensitive: off },
  hosts: all(unknown, "cpu.vendor", "cpu.hardwareVirtualization", "cpu.iommu", "cpu.smt", "cpu.microcodeCurrent"),
  physicalSwitches: { privateVlanAware: off },
  trunks: {
    ...all(unknown, "a.port", "b.port", "a.port.allowed", "b.port.allowed"),
    ...all(means("none"), "a.port.native", "b.port.native"),
    ...all(off, "a.port.tagNative", "b.port.tagNative"),
  },
  hypervisors: {
    ...all(unknown, "patchLevel", "management.mfa", "management.strongAuthentication", "management.sharedAccounts", "management.adminGroup",
      "management.lockdown", "management.remoteLogging", "management.escapeMonitoring", "management.signedImagesOnly", "management.secureBoot", "management.services"),
    memorySharing: (topology, id) => perPlatform(topology, id, MEMORY_SHARING_DEFAULTS),
    sideChannelScheduler: effectiveScheduler,
  },
  managementInterfaces: {
    ...all(unknown, "firewall", "firewall.enabled"), encrypted: effectiveTransitEncryption, "firewall.allowedSources": means("any"), "firewall.ports": means("every port"),
  },
  virtualSwitches: {
    vlanAware: (topology, id) => VLAN_AWARE_DEFAULTS[kindOf(topology, id)],
    macLearning: off,
    "security.promiscuous": switchDefault, "security.macChanges": switchDefault, "security.forgedTransmits": switchDefault,
  },
  uplinks: { ...all(unknown, "port", "port.allowed"), "port.native": means("none"), "port.tagNative": off },
  portGroups: {
    vlan: (topology, id) => VLAN_DEFAULTS[kindOf(topology, record(topology, "portGroups", id)?.virtualSwitch)],
    "vlan.allowed": unknown,
    "vlan.native": means("none"),
    "security.promiscuous": portGroupSecurity, "security.macChanges": portGroupSecurity, "security.forgedTransmits": portGroupSecurity,
    ...all(off, "spoofGuard", "dhcpGuard", "raGuard", "isolatedPorts"),
    encryption: means("none"),
  },
  datastores: all(unknown, "encrypted", "secureErase"),
  vms: {
    role: means("workload"), sensitive: off, forwarding: off,
    "nics.*.connected": on, "nics.*.passthrough": means("none"),
    "guest.clipboard": guestDefault, "guest.dragAndDrop": guestDefault,
    ...all(unknown, "guest.tools", "guest.toolsCurrent", "disks.*.encrypted", "disks.*.encryptedInTransit",
      "encryption.migration", "encryption.faultTolerance", "image.signed"),
    secureBoot: effectiveGuestSecureBoot,
    ...all(means("none"), "resources.cpuReservationMhz", "resources.cpuLimitMhz", "resources.memoryReservationMb", "resources.memoryLimitMb", "resources.cpuAffinity"),
    "guest.sharedFolders.*.writable": means(true, "a shared folder is writable unless it is shared read-only"),
    "resources.memorySharing": (topology, id) => effectiveMemorySharing(topology, record(topology, "vms", id)?.hypervisor ?? ""),
  },
  routers: filter("routers"),
  firewalls: filter("firewalls"),
  distributedFirewalls: filter("distributedFirewalls"),
};

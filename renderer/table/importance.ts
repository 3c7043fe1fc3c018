/** Which columns of a kind are there from the start. */
import type { Column } from "./columns";
import type { TableKind } from "./kinds";

interface Importance {
  /** Shown even where no row says anything. */
  readonly always: readonly string[];
  /** Shown where a row says something, the first ones first. */
  readonly then: readonly string[];
}

const FILTER: Importance = { always: ["rules", "defaultAction"], then: ["hypervisor", "mode", "interfaces", "virtualSwitches", "stateful", "exclude"] };
const INTERFACE: Importance = { always: ["portGroup", "addresses"], then: ["physicalSwitch", "vlan", "mac"] };

/** Columns by key; others are shown when they are asked for. */
export const IMPORTANCE: Readonly<Record<string, Importance>> = {
  tenants: { always: ["kind", "sensitive"], then: ["color", "tags", "description"] },
  hosts: { always: ["bmc"], then: ["cpu.vendor", "bmc.addresses", "nics", "cpu.iommu", "cpu.smt", "cpu.microcodeCurrent", "tags"] },
  physicalSwitches: { always: ["privateVlanAware"], then: ["tags", "description"] },
  trunks: { always: ["a.switch", "a.port", "b.switch", "b.port"], then: ["tags"] },
  hypervisors: { always: ["host", "platform", "version"], then: ["patchLevel", "memorySharing", "memoryMb", "cores", "management.mfa", "management.lockdown", "management.remoteLogging"] },
  managementInterfaces: { always: ["hypervisor", "portGroup", "addresses", "services"], then: ["gateway", "firewall.enabled", "firewall.allowedSources", "encrypted"] },
  virtualSwitches: { always: ["kind", "hypervisors"], then: ["security.promiscuous", "security.macChanges", "security.forgedTransmits", "vlanAware", "macLearning", "mirrors"] },
  uplinks: { always: ["virtualSwitch", "hypervisor", "hostNic", "physicalSwitch", "port"], then: ["tags"] },
  portGroups: { always: ["virtualSwitch", "vlan"], then: ["security.promiscuous", "security.macChanges", "security.forgedTransmits", "spoofGuard", "dhcpGuard", "raGuard", "isolatedPorts", "encryption"] },
  datastores: { always: ["hypervisors", "encrypted"], then: ["secureErase", "storageNetwork"] },
  vms: { always: ["tenant", "hypervisor", "only.portGroup", "only.addresses"], then: ["role", "zone", "sensitive", "nics", "guest.clipboard", "secureBoot", "tags"] },
  routers: FILTER,
  firewalls: FILTER,
  distributedFirewalls: FILTER,
  externalNetworks: { always: ["trust", "attachedTo"], then: ["tags", "description"] },
  "vms.nics": { always: ["portGroup", "addresses", "mac"], then: ["gateway", "connected", "guestVlans", "passthrough", "name"] },
  "virtualSwitches.mirrors": { always: ["sources", "destination"], then: ["name"] },
  "routers.interfaces": INTERFACE,
  "firewalls.interfaces": INTERFACE,
  "hosts.nics": { always: ["name"], then: ["description", "tags"] },
};

/** So many columns are shown without being asked for. */
const MOST = 9;

/** The columns shown: those of importance, and as the reader has said of single ones. */
export function shownColumns(kind: TableKind, columns: readonly Column[], used: ReadonlySet<string>, said: Readonly<Record<string, boolean>>): readonly Column[] {
  const { always, then } = IMPORTANCE[kind.id] ?? { always: [], then: [] };
  const first = columns[0]?.key;
  const chosen = new Set([first, ...always, ...then.filter((key) => used.has(key))].slice(0, MOST));
  const ranked = [...always, ...then];
  const rank = (key: string): number => (key === first ? -1 : ranked.includes(key) ? ranked.indexOf(key) : ranked.length);
  return columns.filter(({ key }) => key === first || (said[key] ?? chosen.has(key))).sort((a, b) => rank(a.key) - rank(b.key));
}

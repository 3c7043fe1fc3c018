import { attribute, child, childrenOf, type XmlElement } from "../xml";
import type { Inventory, PortGroupShape } from "./inventory";
import { isOpenVSwitch, vlanShape } from "./vlan";

/** Where nics of a libvirt network go: its own ports, or those of a named port group. */
export interface NetworkPorts {
  readonly switchId: string;
  readonly name: string;
  readonly openVSwitch: boolean;
  readonly passthrough: boolean;
  readonly ports: PortGroupShape;
  readonly groups: ReadonlyMap<string, PortGroupShape>;
  readonly defaultGroup: string | undefined;
  /** DHCP reservations: MAC in lower case to address. */
  readonly reservations: ReadonlyMap<string, string>;
}

const IGNORED = new Set(["uuid", "domain", "dns", "mac", "mtu", "bandwidth", "metadata", "title", "description", "dnsmasq:options"]);

/** Reads one `<network>`: its switch, its port groups, the host's address in it and what the host routes. */
export function readNetwork(element: XmlElement, name: string, file: string, inventory: Inventory): NetworkPorts {
  const { tally } = inventory;
  tally.mapped("network/name");
  const forward = child(element, "forward");
  const mode = forward === undefined ? "isolated" : (attribute(forward, "mode") ?? "nat");
  tally.mapped("network/forward@mode");
  const openVSwitch = isOpenVSwitch(element);
  const bridge = attribute(child(element, "bridge"), "name");
  const device = attribute(forward, "dev") ?? attribute(child(forward, "interface"), "dev") ?? attribute(child(forward, "pf"), "dev");
  const key = bridge !== undefined ? `bridge ${bridge}` : device !== undefined && ["bridge", "private", "vepa", "passthrough", "hostdev"].includes(mode) ? `device ${device}` : `network ${name}`;
  const switchId = inventory.switchFor(key, name, openVSwitch ? "open-vswitch" : "linux-bridge");
  if (bridge !== undefined) tally.mapped("network/bridge@name");
  if (["bridge", "private", "vepa", "passthrough", "hostdev"].includes(mode)) inventory.uplinkUnknown(switchId, device);
  if (device !== undefined) tally.mapped("network/forward device");
  const isolated = attribute(child(element, "port"), "isolated") === "yes" || mode === "private";
  const base: PortGroupShape = { ...vlanShape(element, file, tally), ...(isolated ? { isolatedPorts: true } : {}) };
  if (child(element, "port") !== undefined) tally.mapped("network/port@isolated");
  const { groups, defaultGroup } = readPortGroups(element, file, base, inventory);
  const ports: NetworkPorts = { switchId, name, openVSwitch, passthrough: mode === "hostdev" || mode === "passthrough", ports: base, groups, defaultGroup, reservations: reservations(element, inventory) };
  readAddresses(element, file, ports, mode, inventory);
  for (const other of element.children) {
    if (IGNORED.has(other.name)) tally.ignored(`network/${other.name}`);
    else if (!["name", "forward", "bridge", "port", "vlan", "virtualport", "portgroup", "ip"].includes(other.name)) tally.notUnderstood(file, other.line, `network/${other.name}`);
  }
  return ports;
}

function readPortGroups(element: XmlElement, file: string, base: PortGroupShape, inventory: Inventory): { groups: Map<string, PortGroupShape>; defaultGroup: string | undefined } {
  const groups = new Map<string, PortGroupShape>();
  let defaultGroup: string | undefined;
  for (const group of childrenOf(element, "portgroup")) {
    const name = attribute(group, "name") ?? "portgroup";
    inventory.tally.mapped("network/portgroup@name");
    groups.set(name, { ...base, ...vlanShape(group, file, inventory.tally), ...(attribute(child(group, "port"), "isolated") === "yes" ? { isolatedPorts: true } : {}) });
    if (attribute(group, "default") === "yes") defaultGroup = name;
    if (child(group, "bandwidth") !== undefined) inventory.tally.ignored("network/portgroup/bandwidth");
  }
  return { groups, defaultGroup };
}

/** Only a reservation by MAC says which nic has an address. */
function reservations(element: XmlElement, inventory: Inventory): Map<string, string> {
  const result = new Map<string, string>();
  for (const ip of childrenOf(element, "ip")) {
    const prefix = prefixLength(ip);
    for (const host of childrenOf(child(ip, "dhcp"), "host")) {
      const mac = attribute(host, "mac");
      const address = attribute(host, "ip");
      if (mac === undefined || address === undefined || prefix === undefined) {
        inventory.tally.ignored("network/ip/dhcp/host");
        continue;
      }
      inventory.tally.mapped("network/ip/dhcp/host");
      result.set(mac.toLowerCase(), `${address}/${prefix}`);
    }
    for (const _range of childrenOf(child(ip, "dhcp"), "range")) inventory.tally.ignored("network/ip/dhcp/range");
  }
  return result;
}

/** The host has an address in the segment, and routes for it where the mode says so. */
function readAddresses(element: XmlElement, file: string, network: NetworkPorts, mode: string, inventory: Inventory): void {
  const addresses = childrenOf(element, "ip").flatMap((ip) => {
    const address = attribute(ip, "address");
    const prefix = prefixLength(ip);
    if (address === undefined || prefix === undefined) {
      inventory.tally.notUnderstood(file, ip.line, `network/ip address ${address ?? "absent"}`);
      return [];
    }
    inventory.tally.mapped("network/ip@address");
    return [`${address}/${prefix}`];
  });
  const routes = mode === "nat" || mode === "route" || mode === "open";
  if (!routes && addresses.length === 0) return;
  const portGroup = inventory.portGroupFor(network.switchId, network.name, network.ports);
  if (routes) inventory.addLeg(inventory.freshId(`${network.name}-leg`), { portGroup, ...(addresses.length > 0 ? { addresses } : {}) }, mode);
  if (addresses.length === 0) return;
  inventory.addManagement(inventory.freshId(`host-in-${network.name}`), {
    name: `host in ${network.name}`, hypervisor: "hypervisor", portGroup, ...(routes ? {} : { addresses }),
  });
  inventory.tally.notAssessed("the host's own input filter: which of its services guests of a network can open is not in libvirt's XML");
}

function prefixLength(ip: XmlElement): number | undefined {
  const prefix = attribute(ip, "prefix");
  if (prefix !== undefined) return /^\d{1,3}$/.test(prefix) && Number(prefix) <= 128 ? Number(prefix) : undefined;
  const mask = attribute(ip, "netmask");
  if (mask === undefined) return attribute(ip, "family") === "ipv6" ? undefined : classfulPrefix(attribute(ip, "address"));
  const bits = mask.split(".").map((part) => Number(part).toString(2).padStart(8, "0")).join("");
  return /^1*0*$/.test(bits) && bits.length === 32 ? bits.indexOf("0") === -1 ? 32 : bits.indexOf("0") : undefined;
}

/** libvirt falls back to the address class where neither netmask nor prefix is given. */
function classfulPrefix(address: string | undefined): number | undefined {
  const first = Number(address?.split(".")[0]);
  return first < 128 ? 8 : first < 192 ? 16 : first < 224 ? 24 : undefined;
}

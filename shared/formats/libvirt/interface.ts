import type { Vnic } from "../../model/kinds/vm";
import { attribute, child, type XmlElement } from "../xml";
import type { DomainContext } from "./domain-context";
import type { PortGroupShape } from "./inventory";
import { isOpenVSwitch, vlanShape } from "./vlan";

/** Where a nic is plugged in, before its own VLAN, isolation and filter are added. */
interface Plug {
  readonly switchId: string;
  readonly name: string;
  readonly shape: PortGroupShape;
  readonly passthrough?: "sriov" | "pci";
  readonly reservations?: ReadonlyMap<string, string>;
}

const IGNORED = new Set(["address", "alias", "boot", "driver", "model", "target", "script", "downscript", "rom", "tune", "mtu", "bandwidth", "coalesce", "backend", "guest", "ip", "route", "teaming", "acpi"]);
const READ = new Set(["mac", "source", "link", "vlan", "virtualport", "filterref", "port", "portForward"]);

/** Reads one `<interface>`; one that is plugged in nowhere we can name keeps no port group, and the report says so. */
export function readInterface(element: XmlElement, file: string, vmName: string, context: DomainContext): Vnic {
  const { inventory, filters } = context;
  const { tally } = inventory;
  const type = attribute(element, "type") ?? "";
  const plug = findPlug(type, element, file, vmName, context);
  const mac = attribute(child(element, "mac"), "address");
  const vnic: { -readonly [Key in keyof Vnic]: Vnic[Key] } = {};
  if (plug === undefined) {
    tally.notUnderstood(file, element.line, `domain/devices/interface type ${type === "" ? "absent" : type}: plugged in nowhere that the sources name`);
  } else {
    tally.mapped("domain/devices/interface");
    const isolated = attribute(child(element, "port"), "isolated") === "yes";
    const filter = filters.use(attribute(child(element, "filterref"), "filter"), file, child(element, "filterref")?.line ?? element.line);
    const shape = { ...plug.shape, ...vlanShape(element, file, tally), ...(isolated ? { isolatedPorts: true } : {}), ...filter.shape };
    vnic.portGroup = inventory.portGroupFor(plug.switchId, filter.name === undefined ? plug.name : `${plug.name} ${filter.name}`, shape);
    if (filter.name !== undefined) filters.attach(filter.name, plug.switchId, vnic.portGroup);
  }
  if (mac !== undefined) readMac(mac, vnic, plug, element, file, context);
  if (attribute(child(element, "link"), "state") === "down") vnic.connected = false;
  if (plug?.passthrough !== undefined) vnic.passthrough = plug.passthrough;
  for (const other of element.children) {
    if (IGNORED.has(other.name)) tally.ignored(`domain/devices/interface/${other.name}`);
    else if (!READ.has(other.name)) tally.notUnderstood(file, other.line, `domain/devices/interface/${other.name}`);
  }
  return vnic;
}

function readMac(mac: string, vnic: { mac?: string | undefined; addresses?: string[] | undefined }, plug: Plug | undefined, element: XmlElement, file: string, context: DomainContext): void {
  const { tally } = context.inventory;
  if (!/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i.test(mac)) {
    tally.notUnderstood(file, child(element, "mac")?.line ?? element.line, `MAC address ${mac}`);
  } else if (context.inventory.claimMac(mac)) {
    vnic.mac = mac.toLowerCase();
    tally.mapped("domain/devices/interface/mac@address");
  } else {
    tally.notUnderstood(file, child(element, "mac")?.line ?? element.line, `MAC address ${mac} is already another nic's; left out here`);
  }
  const address = plug?.reservations?.get(mac.toLowerCase());
  if (address !== undefined) vnic.addresses = [address];
}

function findPlug(type: string, element: XmlElement, file: string, vmName: string, context: DomainContext): Plug | undefined {
  const { inventory } = context;
  const source = child(element, "source");
  switch (type) {
    case "network": return networkPlug(element, file, context);
    case "bridge": {
      const bridge = attribute(source, "bridge");
      if (bridge === undefined) return undefined;
      const switchId = inventory.switchFor(`bridge ${bridge}`, bridge, isOpenVSwitch(element) ? "open-vswitch" : "linux-bridge");
      inventory.uplinkUnknown(switchId, undefined);
      return { switchId, name: bridge, shape: {} };
    }
    case "direct": {
      const device = attribute(source, "dev");
      if (device === undefined) return attribute(source, "network") === undefined ? undefined : networkPlug(element, file, context);
      const mode = attribute(source, "mode") ?? "vepa";
      const switchId = inventory.switchFor(`device ${device}`, `macvtap ${device}`, "linux-bridge");
      inventory.uplinkUnknown(switchId, device);
      return { switchId, name: `${device} ${mode}`, shape: mode === "private" ? { isolatedPorts: true } : {}, ...(mode === "passthrough" ? { passthrough: "pci" as const } : {}) };
    }
    case "hostdev": {
      const switchId = inventory.switchFor("device sr-iov", "SR-IOV", "linux-bridge");
      inventory.uplinkUnknown(switchId, undefined);
      return { switchId, name: "SR-IOV", shape: {}, passthrough: "sriov" };
    }
    case "user": return userPlug(vmName, context);
    default: return undefined;
  }
}

function networkPlug(element: XmlElement, file: string, { inventory, networks }: DomainContext): Plug | undefined {
  const source = child(element, "source");
  const name = attribute(source, "network");
  if (name === undefined) return undefined;
  const network = networks.get(name);
  if (network === undefined) {
    inventory.tally.notUnderstood(file, source?.line ?? element.line, `network ${name} is in none of the sources; drawn as a switch with an unknown uplink`);
    const switchId = inventory.switchFor(`network ${name}`, name, isOpenVSwitch(element) ? "open-vswitch" : "linux-bridge");
    inventory.uplinkUnknown(switchId, undefined);
    return { switchId, name, shape: {} };
  }
  const groupName = attribute(source, "portgroup") ?? network.defaultGroup;
  const group = groupName === undefined ? undefined : network.groups.get(groupName);
  if (groupName !== undefined && group === undefined) inventory.tally.notUnderstood(file, source?.line ?? element.line, `port group ${groupName} of network ${name}`);
  return {
    switchId: network.switchId,
    name: group === undefined ? network.name : `${network.name} ${groupName ?? ""}`,
    shape: group ?? network.ports,
    ...(network.passthrough ? { passthrough: "sriov" as const } : {}),
    reservations: network.reservations,
  };
}

/** User-mode networking: a private segment of the VM behind the host's own sockets; nothing comes in that the guest did not ask for. */
function userPlug(vmName: string, { inventory }: DomainContext): Plug {
  const name = `user mode ${vmName}`;
  const key = `user ${vmName} ${inventory.freshId("user-mode-key")}`;
  const switchId = inventory.switchFor(key, name, "linux-bridge");
  const portGroup = inventory.portGroupFor(switchId, name, {});
  inventory.addLeg(inventory.freshId(`${vmName}-user-leg`), { portGroup }, "nat");
  return { switchId, name, shape: {} };
}

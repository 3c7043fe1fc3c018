/** Cables that end at a port: vNICs, management interfaces, interfaces of routers and firewalls, external networks. */
import { locate } from "../../shared/model/ids";
import type { Vnic } from "../../shared/model/kinds/vm";
import type { CollectionName } from "../../shared/model/topology";
import { refuse, type Draft, type Outcome } from "./draft";
import { freeVlan, nameOf, nextName } from "./names";

/** Why something on `hypervisor` cannot be plugged into a port group; undefined where it can. */
export function cannotPlug(draft: Draft, hypervisor: string | undefined, portGroup: string): string | undefined {
  const group = draft.get("portGroups", portGroup);
  const virtualSwitch = draft.get("virtualSwitches", group?.virtualSwitch);
  if (group === undefined || virtualSwitch === undefined) return "That port group has no switch";
  if (hypervisor === undefined || virtualSwitch.hypervisors.includes(hypervisor)) return undefined;
  return `${virtualSwitch.name} is not on ${nameOf(draft.topology, hypervisor)}`;
}

/** Plugs a VM into a port group: a vNIC that has no port group if there is one, else a new vNIC. */
export function plugVm(draft: Draft, vm: string, portGroup: string): Outcome {
  const record = draft.get("vms", vm);
  const reason = cannotPlug(draft, record?.hypervisor, portGroup);
  if (reason !== undefined) return refuse(reason);
  const nics = record?.nics ?? {};
  const loose = Object.keys(nics).find((local) => nics[local]?.portGroup === undefined);
  const local = loose ?? nextName(Object.keys(nics), "eth", 0);
  const nic: Vnic = { ...nics[local], portGroup };
  draft.set("vms", vm, { nics: { ...nics, [local]: nic } });
  return draft.done(`connect ${nameOf(draft.topology, vm)} to ${nameOf(draft.topology, portGroup)}`, [`${vm}/${local}`]);
}

export function moveManagement(draft: Draft, adapter: string, portGroup: string): Outcome {
  const record = draft.get("managementInterfaces", adapter);
  if (record?.portGroup === portGroup) return refuse("It is plugged in there already");
  const reason = cannotPlug(draft, record?.hypervisor, portGroup);
  if (reason !== undefined) return refuse(reason);
  draft.set("managementInterfaces", adapter, { portGroup });
  return draft.done(`move ${nameOf(draft.topology, adapter)} to ${nameOf(draft.topology, portGroup)}`, [adapter]);
}

/** Gives a router or firewall an interface in a port group or on a physical switch. */
export function addInterface(draft: Draft, forwarder: string, target: string): Outcome {
  const collection = forwarderCollection(draft, forwarder);
  const record = draft.get(collection, forwarder);
  const interfaces = record?.interfaces ?? {};
  const isGroup = draft.get("portGroups", target) !== undefined;
  const reason = isGroup ? cannotPlug(draft, record?.hypervisor, target) : undefined;
  if (reason !== undefined) return refuse(reason);
  const local = nextName(Object.keys(interfaces), "if", 0);
  const port = isGroup ? { portGroup: target } : { physicalSwitch: target, vlan: vlanAt(draft, target, "externalNetworks") };
  draft.set(collection, forwarder, { interfaces: { ...interfaces, [local]: port } });
  return draft.done(`connect ${nameOf(draft.topology, forwarder)} to ${nameOf(draft.topology, target)}`, [`${forwarder}/${local}`]);
}

export function attachExternal(draft: Draft, network: string, target: string): Outcome {
  const isGroup = draft.get("portGroups", target) !== undefined;
  const attachedTo = isGroup ? { portGroup: target } : { physicalSwitch: target, vlan: vlanAt(draft, target, "forwarders") };
  draft.set("externalNetworks", network, { attachedTo });
  return draft.done(`attach ${nameOf(draft.topology, network)} to ${nameOf(draft.topology, target)}`, [network]);
}

/**
 * The VLAN for a new access port: where a firewall and an external network are to meet, the VLAN of the other one, so that two
 * cables make an edge; else one that nothing uses, so that no cable joins networks by accident.
 */
function vlanAt(draft: Draft, physicalSwitch: string, other: "externalNetworks" | "forwarders"): number {
  const externals = draft.entries("externalNetworks").flatMap(([, { attachedTo }]) =>
    attachedTo !== undefined && "vlan" in attachedTo && attachedTo.physicalSwitch === physicalSwitch ? [attachedTo.vlan] : []);
  const ports = (["firewalls", "routers"] as const).flatMap((collection) => draft.entries(collection)).flatMap(([, { interfaces }]) =>
    Object.values(interfaces ?? {}).flatMap((port) => (port.physicalSwitch === physicalSwitch && port.vlan !== undefined ? [port.vlan] : [])));
  const [mine, theirs] = other === "externalNetworks" ? [ports, externals] : [externals, ports];
  return theirs.find((vlan) => !mine.includes(vlan)) ?? freeVlan(draft.topology, 20);
}

function forwarderCollection(draft: Draft, id: string): "firewalls" | "routers" {
  const collection: CollectionName | undefined = locate(draft.topology, id)?.collection;
  return collection === "routers" ? "routers" : "firewalls";
}

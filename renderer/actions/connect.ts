/** Cables: what joins what, and what a cable between two things adds to the document. */
import { locate } from "../../shared/model/ids";
import type { CollectionName, Topology } from "../../shared/model/topology";
import { addInterface, attachExternal, plugVm, moveManagement } from "./connect-ports";
import { addTrunk, addUplinks, connectBmc } from "./connect-switches";
import { Draft, refuse, type Outcome } from "./draft";
import { KINDS } from "./kinds";
import { nameOf, withArticle } from "./names";

/** Makes the cable in the draft; answers why not where it means nothing between these two. */
type Connector = (draft: Draft, from: string, to: string) => Outcome;

type Connectors = Readonly<Partial<Record<CollectionName, Readonly<Partial<Record<CollectionName, Connector>>>>>>;

const CONNECTORS: Connectors = {
  vms: { portGroups: plugVm, virtualSwitches: onlyPortGroup(plugVm), datastores: addDisk, tenants: assignTenant },
  managementInterfaces: { portGroups: moveManagement, virtualSwitches: onlyPortGroup(moveManagement) },
  virtualSwitches: { physicalSwitches: addUplinks },
  physicalSwitches: { physicalSwitches: addTrunk },
  firewalls: { portGroups: addInterface, physicalSwitches: addInterface, virtualSwitches: onlyPortGroup(addInterface) },
  routers: { portGroups: addInterface, physicalSwitches: addInterface, virtualSwitches: onlyPortGroup(addInterface) },
  externalNetworks: { physicalSwitches: attachExternal, portGroups: attachExternal, virtualSwitches: onlyPortGroup(attachExternal) },
  hosts: { physicalSwitches: connectBmc },
  datastores: { hypervisors: addDatastoreUser, hosts: (draft, from, to) => onHypervisorOf(draft, to, (id) => addDatastoreUser(draft, from, id)), managementInterfaces: storageOver },
  distributedFirewalls: { virtualSwitches: protect, portGroups: (draft, from, to) => protect(draft, from, draft.get("portGroups", to)?.virtualSwitch ?? to) },
};

/** Why two kinds are not joined by a cable, where more can be said than that they are not. */
const REASONS: readonly (readonly [CollectionName, CollectionName, string])[] = [
  ["vms", "vms", "Two VMs meet in a port group, not on a cable: plug both into the same one"],
  ["vms", "physicalSwitches", "A VM reaches a physical switch through a port group and its switch's uplink"],
  ["vms", "externalNetworks", "A VM reaches an external network through a port group"],
  ["vms", "hypervisors", "Drag the VM onto the hypervisor to move it there"],
  ["portGroups", "portGroups", "Port groups are joined by their VLAN, not by a cable"],
  ["portGroups", "physicalSwitches", "Pull the cable from the virtual switch: it is the switch that has an uplink"],
  ["portGroups", "virtualSwitches", "Drag the port group onto the switch to move it there"],
  ["virtualSwitches", "virtualSwitches", "Virtual switches meet through physical switches: give each an uplink"],
  ["hypervisors", "physicalSwitches", "Pull the cable from a virtual switch for an uplink, from the host for its BMC"],
  ["externalNetworks", "externalNetworks", "Two external networks meet through a router or firewall"],
  ["managementInterfaces", "physicalSwitches", "A management interface is plugged into a port group"],
  ["firewalls", "vms", "Plug both into the same port group"],
  ["routers", "vms", "Plug both into the same port group"],
  ["firewalls", "externalNetworks", "Plug both into the same physical switch and VLAN"],
  ["routers", "externalNetworks", "Plug both into the same physical switch and VLAN"],
];

/** Joins two things by a cable, whichever of them it was pulled from. A BMC (`host-1/bmc`) stands for its host. */
export function connect(topology: Topology, from: string, to: string): Outcome {
  const a = locate(topology, from);
  const b = locate(topology, to);
  if (a === undefined || b === undefined) return refuse("Drop the cable on a thing");
  if (a.id === b.id) return refuse("A cable needs two ends");
  const forward = CONNECTORS[a.collection]?.[b.collection];
  const backward = CONNECTORS[b.collection]?.[a.collection];
  const draft = new Draft(topology);
  if (forward !== undefined) return forward(draft, a.id, b.id);
  if (backward !== undefined) return backward(draft, b.id, a.id);
  return refuse(reason(a.collection, b.collection));
}

function reason(a: CollectionName, b: CollectionName): string {
  const known = REASONS.find(([one, other]) => (one === a && other === b) || (one === b && other === a));
  return known?.[2] ?? `No cable joins ${withArticle(KINDS[a].noun)} and ${withArticle(KINDS[b].noun)}`;
}

/** A cable to a switch means its port group, where there is exactly one. */
function onlyPortGroup(connector: Connector): Connector {
  return (draft, from, to) => {
    const groups = draft.entries("portGroups").filter(([, group]) => group.virtualSwitch === to).map(([id]) => id);
    const [only] = groups;
    const name = nameOf(draft.topology, to);
    if (only === undefined) return refuse(`${name} has no port group yet: add one first`);
    return groups.length === 1 ? connector(draft, from, only) : refuse(`${name} has ${groups.length} port groups: drop the cable on one of them`);
  };
}

function onHypervisorOf(draft: Draft, host: string, then: (hypervisor: string) => Outcome): Outcome {
  const [first] = draft.entries("hypervisors").filter(([, hypervisor]) => hypervisor.host === host);
  return first === undefined ? refuse("That host has no hypervisor yet") : then(first[0]);
}

function addDisk(draft: Draft, vm: string, datastore: string): Outcome {
  const disks = draft.get("vms", vm)?.disks ?? [];
  draft.set("vms", vm, { disks: [...disks, { datastore }] });
  return draft.done(`add a disk on ${nameOf(draft.topology, datastore)} to ${nameOf(draft.topology, vm)}`, [vm]);
}

function assignTenant(draft: Draft, vm: string, tenant: string): Outcome {
  draft.set("vms", vm, { tenant });
  return draft.done(`give ${nameOf(draft.topology, vm)} to ${nameOf(draft.topology, tenant)}`, [vm]);
}

function addDatastoreUser(draft: Draft, datastore: string, hypervisor: string): Outcome {
  const users = draft.get("datastores", datastore)?.hypervisors ?? [];
  if (users.includes(hypervisor)) return refuse("They are joined already");
  draft.set("datastores", datastore, { hypervisors: [...users, hypervisor] });
  return draft.done(`connect ${nameOf(draft.topology, datastore)} to ${nameOf(draft.topology, hypervisor)}`, [`${datastore}>${hypervisor}`]);
}

function storageOver(draft: Draft, datastore: string, adapter: string): Outcome {
  draft.set("datastores", datastore, { storageNetwork: adapter });
  return draft.done(`reach ${nameOf(draft.topology, datastore)} over ${nameOf(draft.topology, adapter)}`, [datastore]);
}

function protect(draft: Draft, firewall: string, target: string): Outcome {
  const scope = draft.get("distributedFirewalls", firewall)?.virtualSwitches ?? [];
  if (scope.includes(target)) return refuse("That switch is in its scope already");
  draft.set("distributedFirewalls", firewall, { virtualSwitches: [...scope, target] });
  return draft.done(`put ${nameOf(draft.topology, target)} behind ${nameOf(draft.topology, firewall)}`, [firewall]);
}

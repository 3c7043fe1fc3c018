/** New things from the palette: each with a name, an id and the settings that let it be used at once. */
import { toId } from "../../shared/model/ids";
import type { CollectionName, Topology } from "../../shared/model/topology";
import { hypervisorAt, onlyHypervisor } from "./accepts";
import { createDistributedFirewall, createPortGroup, createVirtualSwitch } from "./create-network";
import { addInterface, plugVm } from "./connect-ports";
import { createManagement } from "./create-management";
import { Draft, refuse, type Outcome, type Point } from "./draft";
import { nameOf, namesOf, nextName } from "./names";
import { added, type Placing } from "./placing";
import { hypervisorSettings } from "./platform";

type Create = (draft: Draft, placing: Placing) => Outcome;

const CREATORS: Readonly<Record<CollectionName, Create>> = {
  tenants: createTenant,
  hosts: createHost,
  physicalSwitches: (draft, { at }) => simple(draft, "physicalSwitches", "tor-", at),
  hypervisors: createHypervisor,
  managementInterfaces: createManagement,
  virtualSwitches: createVirtualSwitch,
  portGroups: createPortGroup,
  datastores: createDatastore,
  vms: createVm,
  routers: (draft, placing) => createForwarder(draft, "routers", placing),
  firewalls: (draft, placing) => createForwarder(draft, "firewalls", placing),
  distributedFirewalls: createDistributedFirewall,
  externalNetworks: createExternal,
  trunks: () => refuse("Pull a cable between two physical switches"),
  uplinks: () => refuse("Pull a cable from a virtual switch to a physical one"),
};

/** Makes a new thing of a kind where it was dropped. */
export function create(topology: Topology, kind: CollectionName, placing: Placing): Outcome {
  return CREATORS[kind](new Draft(topology), placing);
}

function simple(draft: Draft, kind: "physicalSwitches", prefix: string, at: Point | undefined): Outcome {
  const name = nextName(namesOf(draft.topology, kind), prefix, 1);
  const id = draft.add(kind, name, { name });
  if (at !== undefined) draft.place(id, at);
  return added(draft, id, kind);
}

function createTenant(draft: Draft, { target }: Placing): Outcome {
  const taken = namesOf(draft.topology, "tenants");
  // Not one whose id a tenant has that was renamed since.
  const letter = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"].find((each) => !taken.includes(`Tenant ${each}`) && draft.get("tenants", toId(`Tenant ${each}`)) === undefined);
  const name = letter === undefined ? nextName(taken, "Tenant ", 27) : `Tenant ${letter}`;
  const id = draft.add("tenants", name, { name, kind: "customer" });
  if (target !== undefined) draft.set("vms", target, { tenant: id });
  return added(draft, id, "tenants");
}

function createHost(draft: Draft, { at }: Placing): Outcome {
  const id = addHost(draft, at);
  return added(draft, id, "hosts");
}

function addHost(draft: Draft, at: Point | undefined): string {
  const name = nextName(namesOf(draft.topology, "hosts"), "srv", 1);
  const id = draft.add("hosts", name, { name, nics: { vmnic0: { name: "vmnic0" }, vmnic1: { name: "vmnic1" } } });
  if (at !== undefined) draft.place(id, at);
  return id;
}

/** On the bare canvas it brings its host along: nothing runs in thin air. */
function createHypervisor(draft: Draft, { target, at }: Placing): Outcome {
  const host = target ?? addHost(draft, at);
  const name = nextName(namesOf(draft.topology, "hypervisors"), "esx-", 1);
  const id = draft.add("hypervisors", name, { name, host, ...hypervisorSettings(draft) });
  return added(draft, id, "hypervisors", target === undefined ? `With its host ${nameOf(draft.topology, host)}` : undefined);
}

function createDatastore(draft: Draft, { target, at }: Placing): Outcome {
  const hypervisor = hypervisorAt(draft.topology, target);
  const users = hypervisor === undefined ? draft.entries("hypervisors").map(([id]) => id) : [hypervisor];
  const name = nextName(namesOf(draft.topology, "datastores"), "datastore", 1);
  const id = draft.add("datastores", name, { name, hypervisors: users });
  if (at !== undefined && target === undefined) draft.place(id, at);
  return added(draft, id, "datastores");
}

/** Dropped on a port group it is plugged in there; dropped on a hypervisor that has one port group, into that one. */
function createVm(draft: Draft, { target, tenant }: Placing): Outcome {
  const hypervisor = target === undefined ? onlyHypervisor(draft.topology) : hypervisorAt(draft.topology, target);
  if (hypervisor === undefined) return refuse(whereToRun(draft, target, "A VM"));
  const owner = draft.get("tenants", tenant) === undefined ? undefined : tenant;
  const name = nextName(namesOf(draft.topology, "vms"), owner === undefined ? "vm-" : `${shortName(nameOf(draft.topology, owner))}-`, 1);
  const id = draft.add("vms", name, { name, hypervisor, role: "workload", ...(owner === undefined ? {} : { tenant: owner }) });
  const group = draft.get("portGroups", target) === undefined ? onlyPortGroup(draft, hypervisor) : target;
  if (group !== undefined) plugVm(draft, id, group);
  return added(draft, id, "vms", group === undefined && draft.entries("portGroups").length > 0 ? "Not plugged in yet: pull a cable from it to a port group" : undefined);
}

function whereToRun(draft: Draft, target: string | undefined, what: string): string {
  if (draft.entries("hypervisors").length === 0) return `${what} runs on a hypervisor: add one first`;
  if (draft.get("hosts", target) !== undefined) return `${nameOf(draft.topology, target ?? "")} has no single hypervisor: drop it on one`;
  return target === undefined ? `Drop it on the hypervisor that it runs on` : `That switch spans several hypervisors: drop it on one of them`;
}

/** `Tenant A` names its VMs `a-1`, `Acme` names them `acme-1`. */
function shortName(tenant: string): string {
  return tenant.replace(/^(tenant|customer)\s+/i, "").toLowerCase().replace(/[^a-z0-9]+/g, "-");
}

const NOT_FOR_WORKLOADS = /\b(management|mgmt|mgt|vmotion|migration|storage|vsan|iscsi|nfs)\b/i;

/** The port group that everything new on this hypervisor is plugged into: the only one that is not named for the platform's own traffic. */
function onlyPortGroup(draft: Draft, hypervisor: string): string | undefined {
  const groups = draft.entries("portGroups").filter(([, group]) =>
    draft.get("virtualSwitches", group.virtualSwitch)?.hypervisors.includes(hypervisor) === true && !NOT_FOR_WORKLOADS.test(group.name));
  return groups.length === 1 ? groups[0]?.[0] : undefined;
}

function createForwarder(draft: Draft, kind: "routers" | "firewalls", { target, at }: Placing): Outcome {
  const hypervisor = hypervisorAt(draft.topology, target);
  if (target !== undefined && hypervisor === undefined) return refuse(whereToRun(draft, target, "A virtual appliance"));
  const name = nextName(namesOf(draft.topology, kind), kind === "routers" ? "gw-" : "fw-", 1);
  const id = draft.add(kind, name, {
    name, ...(hypervisor === undefined ? {} : { hypervisor }), mode: "routed", stateful: true, rules: [], defaultAction: kind === "routers" ? "allow" : "deny",
  });
  if (draft.get("portGroups", target) !== undefined && target !== undefined) addInterface(draft, id, target);
  if (at !== undefined && hypervisor === undefined) draft.place(id, at);
  return added(draft, id, kind);
}

function createExternal(draft: Draft, { at }: Placing): Outcome {
  const taken = namesOf(draft.topology, "externalNetworks");
  const name = taken.includes("Internet") ? nextName(taken, "External ", 2) : "Internet";
  const id = draft.add("externalNetworks", name, { name, trust: "untrusted" });
  if (at !== undefined) draft.place(id, at);
  return added(draft, id, "externalNetworks");
}

/** From the document to what is drawn as boxes: one draft per record, without geometry. */
import { compareIds, entries, record, type CollectionName, type Topology } from "../model/topology";
import type { Forwarder } from "../model/kinds/forwarder";
import type { Vm } from "../model/kinds/vm";
import type { NodeKind } from "./elements";
import type { IconName } from "./icons";
import { externalSubtitle, hostMeta, hypervisorMeta, plural, portGroupCarries, switchMeta } from "./words";

export interface NodeDraft {
  readonly id: string;
  readonly kind: NodeKind;
  readonly collection: CollectionName;
  readonly parent?: string;
  readonly title: string;
  readonly subtitle: string;
  readonly meta: string;
  readonly icon: IconName;
  readonly dashed: boolean;
}

type Words = Partial<Pick<NodeDraft, "parent" | "subtitle" | "meta" | "dashed">>;

function draft(kind: NodeKind, collection: CollectionName, id: string, title: string, icon: IconName, words: Words = {}): NodeDraft {
  return { id, kind, collection, title, subtitle: "", meta: "", icon, dashed: false, ...words };
}

/** Every box of the document: parents before children, kinds in the order of the document, ids sorted. */
export function draftNodes(topology: Topology): NodeDraft[] {
  return [
    ...entries(topology, "hosts").map(([id, host]) => draft("host", "hosts", id, host.name, "host", { meta: hostMeta(host) })),
    ...entries(topology, "hypervisors").map(([id, hypervisor]) =>
      draft("hypervisor", "hypervisors", id, hypervisor.name, "hypervisor", { meta: hypervisorMeta(hypervisor), ...within(topology, "hosts", hypervisor.host) })),
    ...controllers(topology),
    ...virtualSwitches(topology),
    ...portGroups(topology),
    ...entries(topology, "vms").map(([id, vm]) => vmDraft(topology, id, vm)),
    ...entries(topology, "managementInterfaces").map(([id, own]) =>
      draft("managementInterface", "managementInterfaces", id, own.name, "managementInterface", { subtitle: managementWords(own.services), ...within(topology, "hypervisors", own.hypervisor) })),
    ...entries(topology, "firewalls").map(([id, firewall]) => forwarderDraft(topology, "firewall", id, firewall)),
    ...entries(topology, "routers").map(([id, router]) => forwarderDraft(topology, "router", id, router)),
    ...outside(topology),
  ];
}

/** A dangling reference makes a node of the outermost level, so that a half-typed document still draws. */
function within(topology: Topology, collection: CollectionName, id: string | undefined): Words {
  return id !== undefined && record(topology, collection, id) !== undefined ? { parent: id } : {};
}

function controllers(topology: Topology): NodeDraft[] {
  return entries(topology, "hosts").flatMap(([id, host]) =>
    host.bmc === undefined ? [] : [draft("bmc", "hosts", `${id}/bmc`, "BMC", "bmc", { parent: id, subtitle: `VLAN ${host.bmc.vlan}` })]);
}

function virtualSwitches(topology: Topology): NodeDraft[] {
  return entries(topology, "virtualSwitches").map(([id, virtualSwitch]) => {
    const members = virtualSwitch.hypervisors;
    const alone = members.length === 1 && virtualSwitch.kind !== "distributed";
    const meta = alone ? switchMeta(virtualSwitch) : `${switchMeta(virtualSwitch)} · ${plural(members.length, "hypervisor")}`;
    return draft("virtualSwitch", "virtualSwitches", id, virtualSwitch.name, alone ? "virtualSwitch" : "distributedSwitch", {
      meta, ...(alone ? within(topology, "hypervisors", members[0]) : {}),
    });
  });
}

function portGroups(topology: Topology): NodeDraft[] {
  return entries(topology, "portGroups").map(([id, group]) =>
    draft("portGroup", "portGroups", id, group.name, "portGroup", {
      subtitle: portGroupCarries(group, record(topology, "virtualSwitches", group.virtualSwitch)).label,
      ...within(topology, "virtualSwitches", group.virtualSwitch),
    }));
}

function vmDraft(topology: Topology, id: string, vm: Vm): NodeDraft {
  const icons: Record<NonNullable<Vm["role"]>, IconName> = { workload: "vm", "jump-host": "jumpHost", infrastructure: "infrastructure", template: "template" };
  const tenant = record(topology, "tenants", vm.tenant);
  return draft("vm", "vms", id, vm.name, icons[vm.role ?? "workload"], {
    subtitle: tenant?.name ?? (vm.role === undefined || vm.role === "workload" ? "no tenant" : vm.role.replace("-", " ")),
    dashed: vm.role === "template",
    ...within(topology, "hypervisors", vm.hypervisor),
  });
}

function managementWords(services: readonly string[] | undefined): string {
  const [first] = services ?? [];
  if (first === undefined || services?.includes("management") === true) return "Management";
  return first.charAt(0).toUpperCase() + first.slice(1).replace("-", " ");
}

function forwarderDraft(topology: Topology, kind: "firewall" | "router", id: string, forwarder: Forwarder): NodeDraft {
  const rules = forwarder.rules?.length ?? 0;
  const role = forwarder.mode === "transparent" ? `transparent ${kind}` : kind;
  return draft(kind, kind === "firewall" ? "firewalls" : "routers", id, forwarder.name, kind, {
    subtitle: rules === 0 ? role : `${role} · ${plural(rules, "rule")}`,
    ...within(topology, "hypervisors", forwarder.hypervisor),
  });
}

function outside(topology: Topology): NodeDraft[] {
  const networks: Record<string, IconName> = { corporate: "corporateNetwork", admin: "adminNetwork" };
  return [
    ...entries(topology, "physicalSwitches").map(([id, physical]) =>
      draft("physicalSwitch", "physicalSwitches", id, physical.name, "physicalSwitch", { subtitle: physical.privateVlanAware === true ? "physical switch · PVLAN" : "physical switch" })),
    ...entries(topology, "distributedFirewalls").map(([id, firewall]) =>
      draft("distributedFirewall", "distributedFirewalls", id, firewall.name, "distributedFirewall", { subtitle: plural(firewall.rules?.length ?? 0, "rule") })),
    ...entries(topology, "externalNetworks").map(([id, network]) =>
      draft("externalNetwork", "externalNetworks", id, network.name, networks[network.trust ?? ""] ?? "externalNetwork", { subtitle: externalSubtitle(network) })),
    ...entries(topology, "datastores").map(([id, store]) =>
      draft("datastore", "datastores", id, store.name, "datastore", { subtitle: store.encrypted === true ? "encrypted" : "datastore" })),
  ].sort((a, b) => compareIds(a.kind, b.kind) || compareIds(a.id, b.id));
}

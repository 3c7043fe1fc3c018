import { effectiveTransitEncryption } from "../model/defaults";
import { jsonPath } from "../model/path";
import { compareIds, entries, record, type Topology } from "../model/topology";
import type { ManagementInterface } from "../model/kinds/management-interface";
import type { PortGroup } from "../model/kinds/port-group";
import type { End } from "../network/types";
import { disksOver } from "./disks";
import { infrastructureServices } from "./infrastructure";
import { neighboursIn } from "./neighbours";
import { counted, listed } from "./phrase";
import { candidate } from "./remedy/board";
import { isSensitive, occupantsOf, portGroupsOf, residentsOf, tenantsAmong } from "./residents";
import type { Draft, FixCandidate, IsolationRule, RuleContext } from "./rule";
import { settingSays } from "./setting-words";
import { carriedBy } from "./shared-uplinks";
import { isWorkload, isWorkloadEnd } from "./workload";

export const net009: IsolationRule = {
  id: "NET-009",
  title: "Sensitive traffic crosses a shared path in clear",
  severity: "medium",
  threat: "Who gets a foothold on the path reads guests' memory while they migrate, their disks, or another tenant's packets inside a tunnel.",
  condition: "(a) An interface that serves migration, storage, replication or fault tolerance is not encrypted: it says so, or a VM there asks for less than required (of migration and fault tolerance, whatever the interface says), or nothing is said where the platform's default is clear "
    + "(vSphere migration is opportunistic, storage is in clear; Proxmox VE migrates over SSH; others are unknown). High in one segment with workloads, medium where workloads share its uplink and a router leads into its "
    + "segment. (b) Overlay segments, not encrypted, between hypervisors, over a path that several tenants share. (c) A port group with a sensitive VM says encryption none and shares a segment (high) or an uplink with another "
    + "tenant. Identified by the interface, the virtual switch or the port group.",
  fix: "Require encryption, or give the traffic a segment without workloads that nothing routes into.",
  commands: [
    { platform: "proxmox", text: "datacenter.cfg: migration: secure" },
    { platform: "vcenter", text: "VM options: Encrypted vMotion and Encrypted FT set to Required" },
  ],
  references: [
    "VMware SCG vm-8.vmotion-encrypted, vm-8.ft-encrypted, vsan-8.data-in-transit",
    "DISA STIG VMCH-80-000203 (V-258716), VMCH-80-000204 (V-258717), VCSA-80-000304 (V-258969)",
    "RFC 8926 section 6",
    "NIST SP 800-53r5 SC-8, SC-8(1)",
    "PCI DSS 4.0.1 4.2.1",
  ],
  caveats: "A segment of its own without workloads, that nothing routes into, is the documented alternative and is not reported. Consoles and backups are not in the document.",
  check(context) {
    const { topology } = context;
    return [
      ...entries(topology, "managementInterfaces").flatMap(([id, adapter]) => (infrastructureServices(adapter).length === 0 ? [] : inspectInterface(context, id, adapter))),
      ...entries(topology, "virtualSwitches").flatMap(([id]) => inspectOverlays(topology, id)),
      ...entries(topology, "portGroups").flatMap(([id, group]) => (group.encryption === "none" && group.vlan?.mode !== "overlay" ? inspectGroup(context, id, group) : [])),
    ];
  },
};

/** (a) */
function inspectInterface(context: RuleContext, id: string, adapter: ManagementInterface): Draft[] {
  const { topology, network: { layer2 } } = context;
  const why = inClear(topology, id, adapter);
  const end = layer2.end(id);
  if (why === undefined || end === undefined) return [];
  const beside = layer2.segmentsOf(end).flatMap((segment) => neighboursIn(layer2, segment, end, "workloads", (other) => isWorkloadEnd(topology, other)));
  const uplinks = beside.length > 0 || !isRouted(context, end) ? [] : uplinksWithWorkloads(topology, adapter, id);
  if (beside.length + uplinks.length === 0) return [];
  const hypervisor = record(topology, "hypervisors", adapter.hypervisor)?.name ?? adapter.hypervisor;
  const vms = [...new Set(beside.map((other) => other.owner))].sort(compareIds);
  return [{
    key: id,
    severity: beside.length > 0 ? "high" : "medium",
    title: `${adapter.name} of ${hypervisor} carries ${listed(infrastructureServices(adapter))} in clear over a shared path`,
    subjects: [id, adapter.portGroup, ...vms.slice(0, 50), ...uplinks],
    detail: `${why}. ${vms.length > 0 ? `${counted(vms.length, "workload VM")} ${vms.length === 1 ? "is" : "are"} in the same segment: ${listed(vms)}.` : `${listed(uplinks)} ${uplinks.length === 1 ? "carries" : "carry"} workloads too, and a router leads into the segment.`}`,
    fixes: () => candidate(topology, `Encrypt what ${adapter.name} of ${hypervisor} carries`, (board) => {
      board.set(["managementInterfaces", id, "encrypted"], true);
      for (const { path } of laxVms(topology, adapter)) board.set(path, "required");
    }),
  }];
}

/** Why the traffic is, or may be taken to be, in clear; undefined where it is encrypted or nothing is known. */
function inClear(topology: Topology, id: string, adapter: ManagementInterface): string | undefined {
  const encryption = record(topology, "portGroups", adapter.portGroup)?.encryption ?? "none";
  const own = effectiveTransitEncryption(topology, id);
  if (encryption !== "none") return undefined;
  const services = infrastructureServices(adapter);
  // Whether memory is encrypted on its way is a VM's own setting: what the adapter says does not help one that asks for less.
  if (own.value === true) return services.flatMap((service) => (service === "storage" ? [] : perVm(topology, id, adapter, service))).find((one) => !one.encrypted)?.text;
  if (own.source === "set") return settingSays(own);
  const wanted = services.flatMap((service) => perVm(topology, id, adapter, service));
  const lax = wanted.find((one) => !one.encrypted);
  if (lax !== undefined) return lax.text;
  const covered = services.every((service) => perVm(topology, id, adapter, service).length > 0 && isComplete(topology, id, adapter, service));
  return covered || own.value === undefined ? undefined : settingSays(own);
}

/** The settings of VMs on the hypervisor that ask for less than the services of the interface need. */
function laxVms(topology: Topology, adapter: ManagementInterface): { readonly path: readonly string[] }[] {
  return infrastructureServices(adapter).flatMap((service) => {
    const field = VM_FIELDS[service];
    if (field === undefined) return [];
    return residentsOf(topology, adapter.hypervisor).flatMap(({ id, vm: { encryption } }) => ((encryption?.[field] ?? "required") === "required" ? [] : [{ path: ["vms", id, "encryption", field] }]));
  });
}

interface Wish {
  readonly encrypted: boolean;
  readonly text: string;
}

type Service = ReturnType<typeof infrastructureServices>[number];

/** Where a VM says how its memory travels. */
const VM_FIELDS: Partial<Record<Service, "migration" | "faultTolerance">> = { migration: "migration", "fault-tolerance": "faultTolerance" };

/** What VMs say of the service themselves. */
function perVm(topology: Topology, id: string, { hypervisor }: ManagementInterface, service: Service): Wish[] {
  if (service === "storage") {
    return disksOver(topology, id).flatMap(({ vm, index, disk }) => (disk.encryptedInTransit === undefined ? [] : [{ encrypted: disk.encryptedInTransit, text: `${jsonPath("vms", vm, "disks", index, "encryptedInTransit")} is ${disk.encryptedInTransit ? "on" : "off"}` }]));
  }
  const field = VM_FIELDS[service];
  if (field === undefined) return [];
  return residentsOf(topology, hypervisor).flatMap(({ id: vm, vm: { encryption } }) => (encryption?.[field] === undefined ? [] : [{ encrypted: encryption[field] === "required", text: `${jsonPath("vms", vm, "encryption", field)} is ${encryption[field]}` }]));
}

/** Whether every VM that uses the service says something of it. */
function isComplete(topology: Topology, id: string, adapter: ManagementInterface, service: Service): boolean {
  const users = service === "storage" ? disksOver(topology, id).length : residentsOf(topology, adapter.hypervisor).length;
  return perVm(topology, id, adapter, service).length === users;
}

function isRouted({ network: { layer2 } }: RuleContext, end: End): boolean {
  return layer2.segmentsOf(end).some((segment) => segment.ends.some((other) => other.kind === "interface"));
}

/** The uplinks by which the interface leaves and that carry workloads as well. */
function uplinksWithWorkloads(topology: Topology, { portGroup }: ManagementInterface, id: string): string[] {
  const virtualSwitch = record(topology, "portGroups", portGroup)?.virtualSwitch ?? "";
  return carriedBy(topology, virtualSwitch).filter(({ adapters, workloadGroups }) => adapters.includes(id) && workloadGroups.length > 0).map(({ uplink }) => uplink);
}

/** (b) */
function inspectOverlays(topology: Topology, id: string): Draft[] {
  const clear = portGroupsOf(topology, id).filter((group) => {
    const own = record(topology, "portGroups", group);
    return own?.vlan?.mode === "overlay" && (own.encryption ?? "none") === "none";
  });
  if (clear.length === 0) return [];
  const workloads = clear.flatMap((group) => occupantsOf(topology, group)).filter(({ vm }) => isWorkload(vm));
  const own = tenantsAmong(workloads);
  const hypervisors = new Set(workloads.map(({ vm }) => vm.hypervisor));
  if (own.length === 0 || hypervisors.size < 2) return [];
  // Who else is on the cables that the tunnels take.
  const tenants = [...new Set([...own, ...carriedBy(topology, id).flatMap((uplink) => [...uplink.tenants])])].sort(compareIds);
  if (tenants.length < 2) return [];
  const name = record(topology, "virtualSwitches", id)?.name ?? id;
  const assumed = clear.filter((group) => record(topology, "portGroups", group)?.encryption === undefined);
  return [{
    key: id,
    title: `Overlay segments of ${name} cross the underlay in clear`,
    subjects: [id, ...clear.slice(0, 50)],
    detail: `${listed(clear)} ${clear.length === 1 ? "carries" : "carry"} packets of ${listed(own)} between ${counted(hypervisors.size, "hypervisor")}, over a path that ${listed(tenants)} share. VXLAN and Geneve neither encrypt nor authenticate.`
      + (assumed.length > 0 ? ` ${listed(assumed.map((group) => jsonPath("portGroups", group, "encryption")))} not set, and none is assumed: tunnels are in clear unless something encrypts them.` : ""),
    fixes: () => encrypt(topology, clear, "overlay-ipsec", `Encrypt the tunnels of ${name} with IPsec`),
  }];
}

/** (c) */
function inspectGroup({ topology, network: { layer2 } }: RuleContext, id: string, { name, virtualSwitch }: PortGroup): Draft[] {
  const sensitive = occupantsOf(topology, id).filter(({ vm }) => isSensitive(topology, vm));
  const owners = new Set(sensitive.map(({ vm }) => vm.tenant));
  if (sensitive.length === 0) return [];
  const near = new Set<string>();
  for (const segment of new Set(sensitive.flatMap(({ end }) => layer2.end(end) ?? []).flatMap((end) => layer2.segmentsOf(end)))) {
    for (const { vm } of segment.ends) if (vm?.tenant !== undefined && isWorkload(vm) && !owners.has(vm.tenant)) near.add(vm.tenant);
  }
  const along = new Set(carriedBy(topology, virtualSwitch).filter(({ groups }) => groups.includes(id)).flatMap(({ tenants }) => [...tenants]).filter((tenant) => !owners.has(tenant)));
  if (near.size + along.size === 0) return [];
  const others = [...(near.size > 0 ? near : along)].sort(compareIds);
  return [{
    key: id,
    severity: near.size > 0 ? "high" : "medium",
    title: `Sensitive traffic of ${name} is in clear beside other tenants`,
    subjects: [id, ...new Set(sensitive.slice(0, 50).map((one) => one.id))],
    detail: `${jsonPath("portGroups", id, "encryption")} is none, and ${listed([...new Set(sensitive.map((one) => one.id))])} ${sensitive.length === 1 ? "is" : "are"} sensitive. ${listed(others)} ${others.length === 1 ? "shares" : "share"} its ${near.size > 0 ? "segment" : "uplink"}.`,
    fixes: () => encrypt(topology, [id], "macsec", `Encrypt ${name} with MACsec`),
  }];
}

function encrypt(topology: Topology, groups: readonly string[], encryption: NonNullable<PortGroup["encryption"]>, title: string): FixCandidate[] {
  return candidate(topology, title, (board) => {
    for (const group of groups) board.set(["portGroups", group, "encryption"], encryption);
  });
}

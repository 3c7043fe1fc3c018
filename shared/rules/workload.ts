/** Who is a workload, a router or a management endpoint in the catalogue's words. */
import { entries, record, type RecordOf, type Topology } from "../model/topology";
import { groupBy } from "./group-by";
import type { Vm } from "../model/kinds/vm";
import type { ManagementInterface } from "../model/kinds/management-interface";
import type { End } from "../network/types";

/** Runs a tenant's work. A VM without a role is one: nothing says that it may be trusted. */
export function isWorkload(vm: Vm): boolean {
  return (vm.role ?? "workload") === "workload";
}

/** A virtual router, firewall or load balancer: role `infrastructure` and `forwarding`. */
export function isForwardingAppliance(vm: Vm): boolean {
  return vm.role === "infrastructure" && vm.forwarding === true;
}

const EXPOSED_ZONES = ["production", "dmz", "untrusted", "external"];

/** Jump hosts and manager VMs that belong to no tenant and stand in no exposed zone: management may have them. */
export function isManagementsOwn(vm: Vm): boolean {
  return !isWorkload(vm) && vm.tenant === undefined && !EXPOSED_ZONES.includes((vm.zone ?? "").toLowerCase());
}

/** Whether the interface serves management; one without services might. */
export function servesManagement(adapter: ManagementInterface): boolean {
  return adapter.services === undefined || adapter.services.includes("management");
}

/** The VM that a vNIC belongs to; undefined for every other end. */
export function vmOf(topology: Topology, end: End): Vm | undefined {
  return end.kind === "vnic" ? record(topology, "vms", end.owner) : undefined;
}

/** Whether the end is a vNIC of a workload. */
export function isWorkloadEnd(topology: Topology, end: End): boolean {
  const vm = vmOf(topology, end);
  return vm !== undefined && isWorkload(vm);
}

/** The name that people gave a tenant, or its id. */
export function tenantName(topology: Topology, id: string): string {
  return record(topology, "tenants", id)?.name ?? id;
}

type Uplinks = readonly [string, RecordOf<"uplinks">][];
const uplinksBySwitch = new WeakMap<Topology, ReadonlyMap<string, Uplinks>>();

/** The uplinks of a virtual switch, sorted by id; gathered once per document. */
export function uplinksOf(topology: Topology, virtualSwitch: string): Uplinks {
  let index = uplinksBySwitch.get(topology);
  if (index === undefined) uplinksBySwitch.set(topology, (index = groupBy(entries(topology, "uplinks"), ([, uplink]) => uplink.virtualSwitch)));
  return index.get(virtualSwitch) ?? [];
}

/** `eth0` of `a-web/eth0`: the id inside its owner. */
export function localOf(end: End): string {
  return end.id.slice(end.owner.length + 1);
}

import { compareIds, entries, record, type Topology } from "../../model/topology";
import { isWorkload, tenantName } from "../../rules/workload";
import { enclose, type Enclave } from "../enclave";
import { guardPortGroups, moveApart, reconnect } from "../relocate";
import { DISTRIBUTED, isOn, type SegmentationTemplate } from "./template";

/** A VLAN and a block of rules for every tenant. */
export const tenantIsolation: SegmentationTemplate = {
  id: "tenant-isolation",
  title: "Tenant isolation",
  what: "Every tenant that shares a segment gets a VLAN of its own with guarded port groups; at every filter its flows are those that the policy names and those inside it, and the rest is denied.",
  parameters: [
    { name: "tenants", kind: "tenants", what: "whom to isolate" },
    { name: "vlans", kind: "vlans", what: "their VLANs, in the same order; absent: free ones, and only for tenants that share a segment" },
    DISTRIBUTED,
  ],
  suggest: ({ topology }) => ({ tenants: customersWithVms(topology), distributed: ["no"] }),
  build({ before, board, values }) {
    const { tenants = [], vlans = [] } = values;
    const { topology } = before;
    if (tenants.length === 0) return "no tenant of kind customer has a VM; draw one, or name tenants";
    const enclaves = tenants.map((tenant): Enclave => ({ id: tenant, name: tenantName(topology, tenant), selectors: [`tenant:${tenant}`], members: membersOf(topology, tenant), inside: true }));
    for (const [index, { id, name, members }] of enclaves.entries()) {
      if (!moveApart(board, before, { id, name, members, vlan: vlans[index] === undefined ? undefined : Number(vlans[index]) })) return "no VLAN is free";
    }
    const members = new Set(enclaves.flatMap((enclave) => [...enclave.members]));
    guardPortGroups(board, before, members);
    reconnect(board, before, members);
    enclose(board, before, enclaves, isOn(values, "distributed"));
    return undefined;
  },
};

function customersWithVms(topology: Topology): string[] {
  const owners = new Set(entries(topology, "vms").map(([, vm]) => (isWorkload(vm) ? vm.tenant : undefined)));
  return entries(topology, "tenants").filter(([id, { kind = "customer" }]) => kind === "customer" && owners.has(id)).map(([id]) => id).sort(compareIds);
}

function membersOf(topology: Topology, tenant: string): Set<string> {
  return new Set(entries(topology, "vms").filter(([id, vm]) => vm.tenant === tenant && vm.role !== "template" && record(topology, "vms", id)?.nics !== undefined).map(([id]) => id));
}

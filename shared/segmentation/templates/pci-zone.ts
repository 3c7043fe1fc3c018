import { compareIds, entries, record, type Topology } from "../../model/topology";
import { groupBy } from "../../rules/group-by";
import { isSensitive } from "../../rules/residents";
import { isWorkload, tenantName } from "../../rules/workload";
import { enclose } from "../enclave";
import { guardPortGroups, moveApart, reconnect } from "../relocate";
import { DISTRIBUTED, isOn, type SegmentationTemplate } from "./template";
import { markZone } from "./zone";

const CARD_WORDS = /(^|[-_. ])(pci|cde|cardholder|payment|card)/i;

/** PCI DSS 4.0.1 1.3.1 and 1.3.2: what goes into and out of the cardholder data environment is what is necessary, and all else is denied. */
export const pciZone: SegmentationTemplate = {
  id: "pci-zone",
  title: "PCI zone",
  what: "The VMs that handle card data are tagged, get a VLAN apart from all others (one for each tenant) with guarded port groups, and at every filter only what the policy names goes in and out, logged.",
  parameters: [
    { name: "vms", kind: "vms", what: "the cardholder data environment" },
    { name: "name", kind: "name", what: "the tag of its VMs, and what its port groups and rules are called after" },
    { name: "vlan", kind: "vlans", what: "its VLAN, or one for each tenant in order of their ids; absent: free ones" },
    { name: "inside", kind: "switch", what: "lets its VMs talk with one another; no: only as the policy says, which takes a distributed firewall" },
    DISTRIBUTED,
  ],
  suggest: ({ topology }) => ({ vms: cardVms(topology), name: ["cde"], inside: ["yes"], distributed: ["no"] }),
  build({ before, board, values }) {
    const { vms = [], name: [tag = "cde"] = [], vlan = [] } = values;
    if (vms.length === 0) return "no VM is tagged, named or zoned pci, cde, card or payment, and none is sensitive; name them with vms";
    const { topology } = before;
    const byTenant = [...groupBy(vms, (vm) => record(topology, "vms", vm)?.tenant)].sort(([a = ""], [b = ""]) => compareIds(a, b));
    markZone(board, vms, { tag, zone: tag });
    for (const [index, [tenant, own]] of byTenant.entries()) {
      const named = byTenant.length === 1 || tenant === undefined ? { id: tag, name: tag.toUpperCase() } : { id: `${tag}-${tenant}`, name: `${tag.toUpperCase()} ${tenantName(topology, tenant)}` };
      if (!moveApart(board, before, { ...named, members: new Set(own), vlan: vlan[index] === undefined ? undefined : Number(vlan[index]) })) return "no VLAN is free";
    }
    const members = new Set(vms);
    guardPortGroups(board, before, members);
    reconnect(board, before, members);
    enclose(board, before, zonesOf(tag, byTenant, isOn(values, "inside")), isOn(values, "distributed"));
    return undefined;
  },
};

/** One zone; where it is of several tenants they stay apart in it. */
function zonesOf(tag: string, byTenant: readonly (readonly [string | undefined, readonly string[]])[], inside: boolean): Parameters<typeof enclose>[2] {
  if (byTenant.length === 1) return [{ id: tag, name: tag.toUpperCase(), selectors: [`tag:${tag}`], members: new Set(byTenant.flatMap(([, vms]) => vms)), inside }];
  return byTenant.map(([tenant = "rest", vms]) => ({ id: `${tag}-${tenant}`, name: `${tag.toUpperCase()} ${tenant}`, selectors: vms.map((vm) => `vm:${vm}`), members: new Set(vms), inside }));
}

/** Those that say so; else those that are sensitive. */
function cardVms(topology: Topology): string[] {
  const workloads = entries(topology, "vms").filter(([, vm]) => isWorkload(vm));
  const saying = workloads.filter(([id, { name, zone = "", tags = [] }]) => [id, name, zone, ...tags].some((text) => CARD_WORDS.test(text)));
  return (saying.length > 0 ? saying : workloads.filter(([, vm]) => isSensitive(topology, vm))).map(([id]) => id);
}

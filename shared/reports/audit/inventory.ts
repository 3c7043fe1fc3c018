/** What there is, as an administrator counts it: one row an adapter. */
import { table, type Section } from "../../diagram/report";
import { portGroupCarries } from "../../diagram/words";
import { entries, record, type Topology } from "../../model/topology";
import type { ReportSource } from "./source";

const MOST_ROWS = 1000;

export const INVENTORY_COLUMNS = ["Element", "Name", "Kind", "Tenant", "Adapter", "Addresses", "MAC", "VLAN", "Port group", "Hypervisor", "Host"] as const;
const SHARES = [1.5, 1.3, 1.1, 1.1, 0.9, 1.7, 1.6, 1.1, 1.4, 1.1, 1];

/** VMs, management interfaces and BMCs, in this order, each sorted by id. */
export function inventoryRows(topology: Topology): string[][] {
  const host = (hypervisor: string): string => record(topology, "hypervisors", hypervisor)?.host ?? "";
  const vlan = (portGroup: string | undefined): string => {
    const group = record(topology, "portGroups", portGroup);
    return group === undefined ? "" : portGroupCarries(group, record(topology, "virtualSwitches", group.virtualSwitch)).label.replace(/^VLAN /, "");
  };
  return [
    ...entries(topology, "vms").flatMap(([id, { name, tenant = "", hypervisor, nics = {}, role = "workload" }]) => {
      const row = (adapter: string, addresses: string, mac: string, portGroup: string | undefined): string[] => [id, name, role === "workload" ? "VM" : role, tenant, adapter, addresses, mac, vlan(portGroup), portGroup ?? "", hypervisor, host(hypervisor)];
      const rows = Object.entries(nics).sort(([a], [b]) => (a < b ? -1 : 1)).map(([nic, { addresses = [], mac = "", portGroup, connected }]) => row(connected === false ? `${nic} (off)` : nic, addresses.join(" "), mac, portGroup));
      return rows.length === 0 ? [row("", "", "", undefined)] : rows;
    }),
    ...entries(topology, "managementInterfaces").map(([id, { name, hypervisor, portGroup, addresses = [] }]) => [id, name, "management", "", "", addresses.join(" "), "", vlan(portGroup), portGroup, hypervisor, host(hypervisor)]),
    ...entries(topology, "hosts").flatMap(([id, { name, bmc }]) => (bmc === undefined ? [] : [[`${id}/bmc`, name, "BMC", "", "", (bmc.addresses ?? []).join(" "), "", String(bmc.vlan), "", "", id]])),
  ];
}

export function inventorySection({ analysis: { topology } }: ReportSource): Section {
  return { id: "inventory", title: "Appendix: inventory", pieces: [table(INVENTORY_COLUMNS.map((title, index) => ({ title, share: SHARES[index] ?? 1 })), inventoryRows(topology), "There is no adapter.", MOST_ROWS, "bulkhead export --to xlsx has all")] };
}

/** A small network for the tests of the table: two hosts, on which switches and port groups are called alike. */
import type { Topology } from "../../shared/model/topology";
import { columnsOf, type Column } from "./columns";
import { kindOf } from "./kinds";
import { rowsOf, type Row } from "./rows";

export const NETWORK: Topology = {
  format: "bulkhead/1", name: "t",
  tenants: { a: { name: "Tenant A" }, b: { name: "Tenant B" } },
  hosts: { h1: { name: "srv1", nics: { vmnic0: { name: "vmnic0" } } }, h2: { name: "srv2", bmc: { physicalSwitch: "tor-1", vlan: 10, addresses: ["10.0.0.2/24"] } } },
  physicalSwitches: { "tor-1": { name: "tor-1" }, "tor-2": { name: "tor-2" } },
  hypervisors: { "esx-1": { name: "esx-1", host: "h1", platform: "esxi" }, "esx-2": { name: "esx-2", host: "h2", platform: "esxi" } },
  virtualSwitches: { vs1: { name: "vSwitch0", kind: "standard", hypervisors: ["esx-1"] }, vs2: { name: "vSwitch0", kind: "standard", hypervisors: ["esx-2"] } },
  portGroups: {
    prod1: { name: "Production", virtualSwitch: "vs1", vlan: { mode: "access", id: 10 } },
    prod2: { name: "Production", virtualSwitch: "vs2", vlan: { mode: "access", id: 10 }, security: { promiscuous: "accept" } },
    dmz: { name: "DMZ", virtualSwitch: "vs1", vlan: { mode: "trunk", allowed: "10,20-29", native: 10 } },
  },
  vms: {
    db: { name: "db", hypervisor: "esx-2", tenant: "b", nics: { eth0: { portGroup: "prod2", mac: "00:50:56:00:00:02" } } },
    gw: { name: "gw", hypervisor: "esx-1", nics: { in: { portGroup: "prod1" }, out: { portGroup: "dmz" } } },
    web: { name: "web", hypervisor: "esx-1", tenant: "a", nics: { eth0: { portGroup: "prod1", addresses: ["10.1.0.10/24"], mac: "00:50:56:00:00:01" } }, tags: ["x,y", "z"] },
  },
  externalNetworks: { internet: { name: "Internet", attachedTo: { physicalSwitch: "tor-1", vlan: 20 } } },
};

export function columnOf(kind: string, key: string): Column {
  const column = columnsOf(kindOf(kind)).find((each) => each.key === key);
  if (column === undefined) throw new Error(`no column ${key}`);
  return column;
}

export function rowOf(topology: Topology, kind: string, id: string): Row {
  const row = rowsOf(topology, kindOf(kind)).find((each) => each.id === id);
  if (row === undefined) throw new Error(`no row ${id}`);
  return row;
}

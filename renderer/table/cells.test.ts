import { describe, expect, it } from "vitest";
import { cellText, defaultText, readCell, suggestionsFor } from "./cells";
import { columnValue, columnsOf } from "./columns";
import { kindOf, TABLE_KINDS } from "./kinds";
import { ownerOf } from "./plan";
import { rowsOf } from "./rows";
import { columnOf, NETWORK, rowOf } from "./testing";

const scopeOf = (kind: string, id: string) => ({ topology: NETWORK, collection: kindOf(kind).collection, owner: ownerOf(NETWORK, kindOf(kind), rowOf(NETWORK, kind, id)) });
const text = (kind: string, id: string, key: string): string => cellText(scopeOf(kind, id), kindOf(kind), rowOf(NETWORK, kind, id), columnOf(kind, key));
const read = (kind: string, id: string, key: string, typed: string) => {
  const column = columnOf(kind, key);
  const found = readCell(scopeOf(kind, id), column, typed, columnValue(column, rowOf(NETWORK, kind, id).value));
  return found.ok ? found.value : found.message;
};

describe("what a cell says", () => {
  it("names things by name, and adds the id where a name is no one's own", () => {
    expect(text("vms", "web", "tenant")).toBe("Tenant A");
    expect(text("portGroups", "prod1", "virtualSwitch")).toBe("vSwitch0 (vs1)");
    expect(text("vms", "web", "only.portGroup")).toBe("Production");
    expect(text("vms.nics", "gw/out", "portGroup")).toBe("DMZ");
  });

  it("writes VLANs, places and lists as people do", () => {
    expect([text("portGroups", "prod1", "vlan"), text("portGroups", "dmz", "vlan"), text("externalNetworks", "internet", "attachedTo"), text("hosts", "h2", "bmc")]).toEqual(["10", "trunk 10,20-29 native 10", "tor-1 VLAN 20", "tor-1 VLAN 10"]);
    expect([text("vms", "web", "tags"), text("vms", "web", "only.addresses"), text("vms", "gw", "only.portGroup"), text("vms", "gw", "nics")]).toEqual(['"x,y", z', "10.1.0.10/24", "Production + DMZ", "in, out"]);
    expect([text("vms.nics", "web/eth0", "id"), text("hosts", "h1", "id")]).toEqual(["web/eth0", "h1"]);
  });

  it("leaves out what the document does not say, and knows what counts then", () => {
    expect(text("portGroups", "prod1", "security.promiscuous")).toBe("");
    expect(defaultText(NETWORK, kindOf("portGroups"), rowOf(NETWORK, "portGroups", "prod1"), columnOf("portGroups", "security.promiscuous"))).toBe("reject");
    expect(defaultText(NETWORK, kindOf("vms.nics"), rowOf(NETWORK, "vms.nics", "web/eth0"), columnOf("vms.nics", "connected"))).toBe("on");
  });

  it("reads back as what it was, in every cell of the network", () => {
    for (const kind of TABLE_KINDS) {
      for (const row of rowsOf(NETWORK, kind)) {
        for (const column of columnsOf(kind).filter(({ access, through }) => access === "write" && (through === undefined || row.id !== "gw"))) {
          const said = text(kind.id, row.id, column.key);
          if (said !== "") expect(read(kind.id, row.id, column.key, said), `${row.id} ${column.key} ${said}`).toEqual(columnValue(column, row.value));
        }
      }
    }
  });
});

describe("what is meant by a text in a cell", () => {
  it.each([
    ["portGroups", "dmz", "vlan", "VLAN 30", { mode: "access", id: 30 }],
    ["portGroups", "dmz", "vlan", "trunk all", { mode: "trunk", allowed: "all" }],
    ["portGroups", "dmz", "vlan", "trunk 10, 20 native 10", { mode: "trunk", allowed: "10,20", native: 10 }],
    ["portGroups", "dmz", "vlan", "pvlan 100/101 Isolated", { mode: "private", primary: 100, secondary: 101, type: "isolated" }],
    ["portGroups", "dmz", "vlan", "untagged", { mode: "untagged" }],
    ["portGroups", "dmz", "vlan", "", undefined],
    ["portGroups", "dmz", "spoofGuard", "yes", true],
    ["portGroups", "dmz", "spoofGuard", "(off)", undefined],
    ["portGroups", "dmz", "spoofGuard", "default", undefined],
    ["portGroups", "dmz", "shaping.averageMbps", "1000 Mbit/s", 1000],
    ["portGroups", "dmz", "virtualSwitch", "vSwitch0 (vs2)", "vs2"],
    ["portGroups", "dmz", "virtualSwitch", "vs2", "vs2"],
    ["vms", "db", "only.portGroup", "Production", "prod2"],
    ["vms", "web", "tenant", "tenant b", "b"],
    ["vms", "web", "only.addresses", "10.0.0.1/24; 10.0.0.2/24", ["10.0.0.1/24", "10.0.0.2/24"]],
    ["vms", "web", "tags", 'a, "b,c"', ["a", "b,c"]],
    ["vms", "web", "tags", "nothing", []],
    ["hosts", "h2", "bmc", "tor-2 VLAN 20", { physicalSwitch: "tor-2", vlan: 20, addresses: ["10.0.0.2/24"] }],
    ["externalNetworks", "internet", "attachedTo", "DMZ", { portGroup: "dmz" }],
  ] as const)("%s %s: %s is %s", (kind, id, key, typed, value) => {
    expect(read(kind, id, key, typed)).toEqual(value);
  });

  it.each([
    ["portGroups", "dmz", "vlan", "5000", /from 1 to 4094/],
    ["portGroups", "dmz", "vlan", "ten", /is not one of: 10; untagged/],
    ["portGroups", "dmz", "vlan", "trunk 20-10", /list such as 10,20-29/],
    ["portGroups", "dmz", "virtualSwitch", "vSwitch0", /any of 2 virtual switches: write vSwitch0 \(vs1\), vSwitch0 \(vs2\)/],
    ["portGroups", "dmz", "virtualSwitch", "", /required/],
    ["vms", "db", "only.portGroup", "DMZ", /No port group on esx-2 is called “DMZ”: use Production/],
    ["vms", "web", "hypervisor", "esx-9", /No hypervisor is called “esx-9”: use esx-1, esx-2/],
    ["vms", "web", "only.addresses", "10.0.0.1/24, 10.0.0.300/24", /“10.0.0.300\/24”: not an address/],
    ["vms", "web", "only.mac", "00:50", /Not a MAC address: use six octets/],
    ["vms", "web", "role", "server", /none of workload, jump-host/],
    ["vms", "web", "sensitive", "maybe", /neither on nor off/],
    ["hypervisors", "esx-1", "cores", "32 or so", /not a number/],
    ["hosts", "h2", "bmc", "tor-2", /the switch and the VLAN/],
  ] as const)("%s %s: %s refuses %s", (kind, id, key, typed, message) => {
    expect(read(kind, id, key, typed)).toMatch(message);
  });

  it("is offered: words, names that mean something here, and the default", () => {
    const offered = (kind: string, id: string, key: string) => suggestionsFor(scopeOf(kind, id), columnOf(kind, key), "reject").map((each) => each.id);
    expect(offered("portGroups", "dmz", "security.promiscuous")).toEqual(["accept", "reject", "default"]);
    expect(offered("vms", "db", "only.portGroup")).toEqual(["Production", "default"]);
    expect(offered("portGroups", "dmz", "virtualSwitch")).toEqual(["vSwitch0 (vs1)", "vSwitch0 (vs2)"]);
  });
});

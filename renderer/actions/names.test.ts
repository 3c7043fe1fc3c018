import { describe, expect, it } from "vitest";
import { FORMAT, type Topology } from "../../shared/model/topology";
import { freeVlan, nameList, nameOf, nextName, withArticle } from "./names";

const topology: Topology = {
  format: FORMAT, name: "t",
  hosts: { h: { name: "srv1", bmc: { physicalSwitch: "tor", vlan: 100 } } },
  physicalSwitches: { tor: { name: "tor" } },
  hypervisors: { e: { name: "esx", host: "h", platform: "esxi" } },
  virtualSwitches: { s: { name: "s", kind: "standard", hypervisors: ["e"] } },
  portGroups: { pg: { name: "pg", virtualSwitch: "s", vlan: { mode: "trunk", allowed: "110-115,120" } } },
  uplinks: { "esx-up": { virtualSwitch: "s", hypervisor: "e", physicalSwitch: "tor", port: { mode: "trunk", allowed: "all", native: 130 } } },
  vms: { web: { name: "Web server", hypervisor: "e", nics: { eth0: {} } } },
};

describe("names of new things", () => {
  it("count up from what is taken", () => {
    expect(nextName(["vm-1", "vm-3"], "vm-", 1)).toBe("vm-2");
    expect(nextName([], "vmk", 0)).toBe("vmk0");
  });

  it("find a VLAN that nothing uses; a trunk of everything uses none", () => {
    expect(freeVlan(topology, 100)).toBe(140);
    expect(freeVlan(topology, 10)).toBe(10);
  });
});

describe("names in messages", () => {
  it("are the thing's own, else its id", () => {
    expect(nameOf(topology, "web")).toBe("Web server");
    expect(nameOf(topology, "web/eth0")).toBe("eth0 of Web server");
    expect(nameOf(topology, "h/bmc")).toBe("BMC of srv1");
    expect(nameOf(topology, "esx-up")).toBe("esx-up");
    expect(nameOf(topology, "nowhere")).toBe("nowhere");
  });

  it("make a list that stays short", () => {
    expect(nameList(["a"])).toBe("a");
    expect(nameList(["a", "b", "c"])).toBe("a, b and c");
    expect(nameList(["a", "b", "c", "d"])).toBe("a, b and 2 more");
    expect([withArticle("uplink"), withArticle("VM")]).toEqual(["an uplink", "a VM"]);
  });
});

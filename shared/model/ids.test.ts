import { describe, expect, it } from "vitest";
import { freshId, locate, ownerOf, toId } from "./ids";
import type { Topology } from "./topology";

const topology: Topology = {
  format: "bulkhead/1",
  name: "ids",
  hosts: { h: { name: "h", nics: { nic0: {} }, bmc: { physicalSwitch: "tor", vlan: 1 } } },
  vms: { web: { name: "web", hypervisor: "hv", nics: { eth0: {} } }, "web-2": { name: "x", hypervisor: "hv" }, constructor: { name: "c", hypervisor: "hv" } },
  firewalls: { fw: { name: "fw", interfaces: { wan: {} } } },
};

describe("locating", () => {
  it("finds the collection of an id, own keys only", () => {
    expect(locate(topology, "web")).toEqual({ collection: "vms", id: "web" });
    expect(locate(topology, "constructor")).toEqual({ collection: "vms", id: "constructor" });
    expect(locate(topology, "toString")).toBeUndefined();
  });

  it("finds the owner of a nic, interface or BMC", () => {
    expect(locate(topology, "web/eth0")).toEqual({ collection: "vms", id: "web", local: "eth0" });
    expect(locate(topology, "fw/wan")).toEqual({ collection: "firewalls", id: "fw", local: "wan" });
    expect(locate(topology, "h/bmc")).toEqual({ collection: "hosts", id: "h", local: "bmc" });
    expect(locate(topology, "h/nic0")).toMatchObject({ local: "nic0" });
    expect(locate(topology, "web/eth9")).toBeUndefined();
    expect(locate(topology, "web-2/bmc")).toBeUndefined();
  });
});

describe("a fresh id", () => {
  it("is the base where that is free, else counts up", () => {
    expect(freshId(topology, "db")).toBe("db");
    expect(freshId(topology, "web")).toBe("web-3");
  });

  it("is made of any text", () => {
    expect(toId("Web Server (Zürich)")).toBe("web-server-zurich");
    expect(toId("--x--")).toBe("x");
    expect(toId("日本")).toBe("item");
    expect(toId("")).toBe("item");
    expect(toId("A".repeat(500))).toHaveLength(128);
  });

  it("never grows over 128 characters", () => {
    const long = "a".repeat(128);
    const taken: Topology = { ...topology, tenants: { [long]: { name: "long" } } };
    expect(freshId(taken, long)).toBe(`${"a".repeat(126)}-2`);
  });
});

describe("ownerOf", () => {
  it("is the record of an owner/local, and of any other id the id itself", () => {
    expect(["a-web/eth0", "host-1/bmc", "a-web", "a.b:c"].map(ownerOf)).toEqual(["a-web", "host-1", "a-web", "a.b:c"]);
  });
});

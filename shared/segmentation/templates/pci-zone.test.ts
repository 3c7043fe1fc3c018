import { describe, expect, it } from "vitest";
import type { Drawing } from "../../network/testing";
import { applied, at, emptyish, problemsOf } from "./testing";

const shop = (): Drawing => emptyish().tenant("a").vm("pay-api", "h1", at(1, "11"), { tenant: "a", tags: ["pci"] }).vm("card-db", "h2", at(2, "12"), { tenant: "a" })
  .vm("web", "h1", at(1, "13"), { tenant: "a" }).vm("batch", "h2", at(2, "14"), { tenant: "a" });
const policy = { require: [{ id: "pay", from: ["vm:web"], to: ["vm:pay-api"], services: ["tcp/8443"] }] };

describe("PCI zone", () => {
  it("puts the VMs that say so apart from those of the same tenant, and lets only what the policy names in", () => {
    const { segmentation, after, passes } = applied({ ...shop().build(), policy }, "pci-zone");
    expect(segmentation).toMatchObject({ verified: true, required: [{ id: "pay", after: "holds" }] });
    expect(passes("web", "pay-api")).toEqual(["tcp/8443"]);
    expect(passes("pay-api", "card-db")).toEqual(["any"]);
    for (const [from, to] of [["batch", "pay-api"], ["batch", "card-db"], ["web", "card-db"], ["card-db", "web"], ["pay-api", "batch"]] as const) expect([from, to, passes(from, to)]).toEqual([from, to, []]);
    expect(after.topology.vms?.["card-db"]).toMatchObject({ zone: "cde", tags: ["cde"] });
    expect(after.topology.vms?.["pay-api"]?.tags).toEqual(["pci", "cde"]);
    expect(applied(after.topology, "pci-zone").segmentation.edits).toEqual([]);
  });

  it("cuts what goes in and out at an existing gateway, by interface, logged", () => {
    const drawing = shop().put("routers", "gw", { interfaces: { all: { physicalSwitch: "tor", vlan: 100, addresses: ["10.0.0.1/24"] }, out: { physicalSwitch: "tor", vlan: 50 } } }).external("internet", { physicalSwitch: "tor", vlan: 50 });
    const { after, passes } = applied({ ...drawing.build(), policy }, "pci-zone");
    expect(passes("internet", "pay-api")).toEqual([]);
    expect(passes("card-db", "internet")).toEqual([]);
    expect(passes("web", "pay-api")).toEqual(["tcp/8443"]);
    expect(passes("internet", "web")).toEqual(["any"]);
    const rules = after.topology.routers?.["gw"]?.rules ?? [];
    expect(rules.map(({ id, in: inbound, out }) => [id, inbound, out])).toEqual([["allow-pay", "all", "vlan-110"], ["deny-to-cde", undefined, "vlan-110"], ["deny-from-cde", "vlan-110", undefined]]);
    expect(rules.every(({ log }) => log === true)).toBe(true);
  });

  it("keeps the zones of several tenants apart from one another", () => {
    const drawing = shop().tenant("b").vm("b-card", "h1", at(1, "41"), { tenant: "b" });
    const { after, segmentation } = applied(drawing.build(), "pci-zone");
    expect(segmentation.verified).toBe(true);
    expect(after.network.pair("b-card", "card-db").verdict).toBe("isolated");
    expect(after.network.pair("card-db", "b-card").verdict).toBe("isolated");
  });

  it("without traffic inside, under a new distributed firewall, lets its VMs talk as the policy says only", () => {
    const inside = { require: [...policy.require, { id: "store", from: ["vm:pay-api"], to: ["vm:card-db"], services: ["tcp/5432"] }] };
    const { passes } = applied({ ...shop().build(), policy: inside }, "pci-zone", { inside: ["no"], distributed: ["yes"] });
    expect(passes("pay-api", "card-db")).toEqual(["tcp/5432"]);
    expect(passes("card-db", "pay-api")).toEqual([]);
    expect(passes("web", "batch")).toEqual(["any"]);
  });

  it("takes VMs by selector and a name, and says where there are none", () => {
    expect(applied(shop().build(), "pci-zone", { vms: ["tag:pci", "batch"], name: ["cards"] }).after.topology.vms?.["batch"]?.tags).toEqual(["cards"]);
    expect(problemsOf(emptyish().tenant("a").vm("x", "h1", at(1, "1"), { tenant: "a" }).build(), "pci-zone")).toHaveLength(1);
    expect(problemsOf(shop().build(), "pci-zone", { vms: ["tag:none", "wab"] })).toEqual([expect.stringContaining("tag:none"), 'vms: "wab" names no VM; did you mean "web"?']);
  });
});

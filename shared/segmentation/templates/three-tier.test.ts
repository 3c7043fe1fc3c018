import { describe, expect, it } from "vitest";
import type { Drawing } from "../../network/testing";
import { applied, at, emptyish, problemsOf } from "./testing";

const shop = (): Drawing => emptyish().tenant("shop").tenant("other").external("internet", { physicalSwitch: "tor", vlan: 50 })
  .vm("web-1", "h1", at(1, "11"), { tenant: "shop" }).vm("web-2", "h2", at(2, "12"), { tenant: "shop" }).vm("app-1", "h1", at(1, "13"), { tenant: "shop" }).vm("x", "h2", at(2, "14"), { tenant: "shop", zone: "database" })
  .vm("o", "h2", at(2, "15"), { tenant: "other" });

describe("three tiers", () => {
  const { segmentation, after, passes } = applied(shop().build(), "three-tier");

  it("finds the tiers by zone and name, and lets each reach the next and nothing else", () => {
    expect(segmentation.verified).toBe(true);
    expect(passes("internet", "web-1")).toEqual(["tcp/443"]);
    expect(passes("web-2", "app-1")).toEqual(["tcp/8443"]);
    expect(passes("app-1", "x")).toEqual(["tcp/5432"]);
    for (const [from, to] of [["internet", "app-1"], ["internet", "x"], ["web-1", "x"], ["x", "app-1"], ["app-1", "web-1"], ["o", "x"], ["web-1", "o"], ["web-1", "internet"]] as const) expect([from, to, passes(from, to)]).toEqual([from, to, []]);
    expect(passes("web-1", "web-2")).toEqual(["any"]);
  });

  it("makes the flows required, with a reason, and names tiers by tag so that a VM can join", () => {
    expect(after.topology.policy?.require).toEqual([
      { id: "shop-clients-web", from: ["external:internet"], to: ["tag:shop-web"], services: ["tcp/443"], reason: "Clients use the web tier" },
      { id: "shop-web-app", from: ["tag:shop-web"], to: ["tag:shop-app"], services: ["tcp/8443"], reason: "The web tier calls the application" },
      { id: "shop-app-db", from: ["tag:shop-app"], to: ["tag:shop-db"], services: ["tcp/5432"], reason: "The application stores its data" },
    ]);
    expect(segmentation.required.map(({ id, after: state }) => [id, state])).toEqual([["shop-clients-web", "holds"], ["shop-web-app", "holds"], ["shop-app-db", "holds"]]);
    expect(after.findings.filter(({ severity }) => severity === "critical" || severity === "high").map(({ id }) => id).filter((id) => /^(NET|FW|INT)-/.test(id))).toEqual([]);
  });

  it("changes nothing the second time, and other services change the entry and its rule", () => {
    expect(applied(after.topology, "three-tier").segmentation.edits).toEqual([]);
    const changed = applied(after.topology, "three-tier", { "db-services": ["tcp/3306"] });
    expect(changed.passes("app-1", "x")).toEqual(["tcp/3306"]);
    expect(changed.after.topology.policy?.require).toHaveLength(3);
  });

  it("does with two tiers, and without anybody outside", () => {
    const two = applied(emptyish().vm("www", "h1", at(1, "1")).vm("mysql", "h2", at(2, "2")).build(), "three-tier", { web: ["www"], app: ["mysql"] });
    expect(two.after.topology.policy?.require?.map(({ id }) => id)).toEqual(["tier-web-app"]);
    expect(two.passes("mysql", "www")).toEqual([]);
    expect(two.passes("www", "mysql")).toEqual(["tcp/8443"]);
  });

  it("refuses tiers of several tenants, one VM in two tiers, and one tier alone", () => {
    expect(problemsOf(shop().build(), "three-tier", { tenant: ["shop"], db: ["o"] })).toEqual(["the VMs are of 2 tenants, who would share a VLAN; apply the template for each tenant"]);
    expect(problemsOf(shop().build(), "three-tier", { web: ["x"] })).toEqual(["x is in the tiers web and db; it can be in one"]);
    expect(problemsOf(emptyish().vm("web", "h1", at(1, "1")).build(), "three-tier")).toEqual(["fewer than two tiers have VMs; name them with web, app and db"]);
  });
});

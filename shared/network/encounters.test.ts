import { describe, expect, it } from "vitest";
import { Encounters } from "./encounters";
import { interfaces, nic, router, rule, twoTenants } from "./fixtures/two-tenants";
import { compileKernel } from "./kernel";
import type { Drawing } from "./testing";

/** The VMs that a pair from `a` needs a look of its own with, and those from which a pair to `b` does. */
function meetings(drawing: Drawing): { ofA: string[]; towardsB: string[] } {
  const { layer2, hosts, ...kernel } = compileKernel(drawing.build(), "hostile");
  const byHost = new Map(layer2.ends.filter(({ kind }) => kind === "vnic").map((end) => [hosts.of(end), end.owner]));
  const encounters = new Encounters(kernel, hosts.all);
  const [a, b] = ["a", "b"].map((id) => [...byHost].find(([, owner]) => owner === id)?.[0]);
  if (a === undefined || b === undefined) throw new Error("no such VM");
  const named = (met: readonly (typeof a)[]): string[] => met.map((host) => byHost.get(host) ?? "").sort();
  return { ofA: named(encounters.of(a)), towardsB: named(encounters.towards(b)) };
}

const named = rule("deny tcp/22 vm:a > vm:b");

/** Three VMs, each in a segment of its own, and a firewall between these. */
function routed(defaultAction: "allow" | "deny", ...rules: ReturnType<typeof rule>[]): Drawing {
  return twoTenants().vm("c", "h1", nic("p30", "10.3.0.10/24"), { tenant: "tb" }).put("firewalls", "fw", router(rules, { interfaces: interfaces(10, 20, 30), defaultAction }))
    .put("distributedFirewalls", "dfw", { rules: [rule("deny tcp/80 vm:a > vm:c"), rule("deny tcp/80 vm:c > vm:b")], defaultAction: "allow" });
}

describe("a pair needs a look of its own", () => {
  it("where any rule names few on both sides, as long as the filters on the way let others through", () => {
    expect(meetings(routed("allow", named))).toEqual({ ofA: ["b", "c"], towardsB: ["a", "c"] });
    expect(meetings(routed("deny", named, rule("allow udp/53")))).toEqual({ ofA: ["b", "c"], towardsB: ["a", "c"] });
  });

  it("behind a firewall that passes only what such rules name, where these do", () => {
    expect(meetings(routed("deny", named))).toEqual({ ofA: ["b"], towardsB: ["a"] });
  });
});

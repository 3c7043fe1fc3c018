import { describe, expect, it } from "vitest";
import type { DistributedFirewall } from "../model/kinds/distributed-firewall";
import { Encounters } from "./encounters";
import { interfaces, networkOf, nic, router, rule, twoTenants } from "./fixtures/two-tenants";
import { compileKernel } from "./kernel";
import { trunkPort, type Drawing } from "./testing";

/** The VMs that a pair from `a` needs a look of its own with, and those from which a pair to `b` does. */
function meetings(drawing: Drawing): { ofA: string[]; towardsB: string[] } {
  const { layer2, hosts, ...kernel } = compileKernel(drawing.build(), "hostile");
  const byHost = new Map(layer2.ends.filter(({ kind }) => kind === "vnic").map((end) => [hosts.of(end), end.owner]));
  const encounters = new Encounters(kernel, hosts.all);
  const [a, b] = ["a", "b"].map((id) => [...byHost].find(([, owner]) => owner === id)?.[0]);
  if (a === undefined || b === undefined) throw new Error("no such VM");
  const named = (met: readonly (typeof a)[]): string[] => met.map((host) => byHost.get(host) ?? "").sort();
  return { ofA: named(encounters.found.slice(0, encounters.of(a))), towardsB: named(encounters.found.slice(0, encounters.towards(b))) };
}

/** The verdicts of the matrix, and those of each pair asked for by itself. */
const listed = (drawing: Drawing): string[] => networkOf(drawing).pairs.map(({ from, to, verdict }) => `${from} > ${to} ${verdict}`);
function single(drawing: Drawing): string[] {
  const network = networkOf(drawing);
  const ids = network.parties.map(({ id }) => id);
  const pairs = ids.flatMap((from) => ids.flatMap((to) => (from === to ? [] : [network.pair(from, to)])));
  return pairs.filter(({ verdict, oneWay, services }) => verdict === "unknown" || oneWay.length + services.length > 0).map(({ from, to, verdict }) => `${from} > ${to} ${verdict}`);
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

  const narrow = (more: Partial<DistributedFirewall>): Drawing => routed("allow", named).put("distributedFirewalls", "gate", { rules: [rule("allow tcp/443 vm:a > vm:b"), rule("allow tcp/443 vm:b > vm:a")], defaultAction: "deny", ...more });

  it("behind such a distributed firewall likewise", () => {
    expect(meetings(narrow({}))).toEqual({ ofA: ["b"], towardsB: ["a"] });
  });

  it("also where other rules do, if the sender may go around: by another gateway, by one behind a link that is not described, or because the firewall passes it over", () => {
    const second = (at: string): Drawing => routed("deny", named).put("firewalls", "open", { defaultAction: "allow", interfaces: { in: { physicalSwitch: at, vlan: 10 }, out: { physicalSwitch: at, vlan: 30 } } });
    const excluded = narrow({ exclude: ["vm:a"] });
    // Nobody has written whether its address is on the list.
    const perhaps = narrow({ exclude: ["cidr:10.1.0.0/24"] }).vm("a", "h1", { eth0: { portGroup: "p10" } }, { tenant: "ta" });
    for (const drawing of [second("tor-1"), second("tor-2").physicalSwitch("tor-2").trunk("t", "tor-1", trunkPort("10,30"), "tor-2", undefined), excluded, perhaps]) {
      expect(meetings(drawing).ofA).toContain("c");
      expect(listed(drawing)).toEqual(single(drawing));
    }
  });

  it("also where other rules do, if a rule of the firewall names everybody on one side", () => {
    for (const wide of [rule("allow tcp vm:a > *"), rule("allow tcp * > vm:c"), rule("deny udp")]) {
      expect(meetings(routed("deny", named, wide)).ofA).toContain("c");
      expect(listed(routed("deny", named, wide))).toEqual(single(routed("deny", named, wide)));
    }
  });
});

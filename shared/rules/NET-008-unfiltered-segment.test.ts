import { describe, expect, it } from "vitest";
import type { DistributedFirewall } from "../model/kinds/distributed-firewall";
import { access, draw, type Drawing } from "../network/testing";
import { fixesFor } from "../fixes/verify";
import { check, flawedScenario, found, idsOf, remediatedScenario } from "./testing";

const pair = (more: { zone?: string; sensitive?: boolean }[] = [{}, {}]): Drawing =>
  more.reduce((drawing, vm, index) => drawing.vm(`v${index + 1}`, "h1", "pg", { tenant: "a", ...vm }),
    draw().tenant("a").hypervisor("h1").vswitch("s1", "standard", "h1").portGroup("pg", "s1", access(10)));

describe("NET-008", () => {
  it("is medium per segment with two workloads, and high for different zones or a sensitive VM", () => {
    expect(found(check(pair().build()), "NET-008")).toEqual(["medium NET-008:s1.10"]);
    expect(found(check(pair([{ zone: "web" }, { zone: "db" }]).build()), "NET-008")).toEqual(["high NET-008:s1.10"]);
    expect(found(check(pair([{ sensitive: true }, {}]).build()), "NET-008")).toEqual(["high NET-008:s1.10"]);
    expect(idsOf(check(flawedScenario()), "NET-008")).toEqual(["NET-008:tor-1.100"]);
    expect(idsOf(check(remediatedScenario()), "NET-008")).toEqual([]);
  });

  it("does not fire for one VM, for ports isolated from each other, or for infrastructure", () => {
    expect(idsOf(check(pair([{}]).build()), "NET-008")).toEqual([]);
    const isolated = draw().hypervisor("h1", "kvm").vswitch("br0", "linux-bridge", "h1", { vlanAware: true }).portGroup("pg", "br0", access(10), { isolatedPorts: true }).vm("v1", "h1", "pg").vm("v2", "h1", "pg");
    expect(idsOf(check(isolated.build()), "NET-008")).toEqual([]);
    expect(idsOf(check(pair([{}]).vm("dns", "h1", "pg", { role: "infrastructure" }).build()), "NET-008")).toEqual([]);
  });

  it("wants a distributed firewall that denies by default and covers both", () => {
    const behind = (firewall: Partial<DistributedFirewall>): string[] => idsOf(check(pair().put("distributedFirewalls", "dfw", firewall).build()), "NET-008");
    expect(behind({ defaultAction: "deny" })).toEqual([]);
    expect(behind({ defaultAction: "reject", virtualSwitches: ["s1"] })).toEqual([]);
    expect(behind({ defaultAction: "allow" })).toEqual(["NET-008:s1.10"]);
    expect(behind({ defaultAction: "allow", rules: [{ id: "last", action: "deny" }] })).toEqual([]);
    expect(behind({})).toEqual(["NET-008:s1.10"]);
    expect(behind({ defaultAction: "deny", virtualSwitches: [] })).toEqual(["NET-008:s1.10"]);
    expect(behind({ defaultAction: "deny", exclude: ["vm:v1"] })).toEqual(["NET-008:s1.10"]);
  });

  it("is not blind to a passed-through adapter", () => {
    const drawing = pair([{}]).physicalSwitch("tor-1").uplink("u1", "s1", "h1", "tor-1", { mode: "trunk", allowed: "10" }).put("distributedFirewalls", "dfw", { defaultAction: "deny" })
      .vm("v2", "h1", { eth0: { portGroup: "pg", passthrough: "sriov", guestVlans: [10] } }, { tenant: "a" });
    const evaluation = check(drawing.build());
    const [id = ""] = idsOf(evaluation, "NET-008");
    expect(fixesFor(evaluation, id).map(({ title }) => title)).toContain("Put v2/eth0 behind the virtual switch");
  });

  it("offers a distributed firewall with rules for the declared flows, and widens one that is there", () => {
    const policy = { require: [{ id: "q1", from: ["vm:v1"], to: ["vm:v2"], services: ["tcp/5432"] }] };
    const [fresh] = fixesFor(check({ ...pair().build(), policy }), "NET-008:s1.10");
    expect(fresh).toMatchObject({ verified: true, breaksRequired: [] });
    expect(JSON.stringify(fresh?.edits)).toContain("tcp/5432");
    const [widened] = fixesFor(check({ ...pair().put("distributedFirewalls", "dfw", { defaultAction: "deny", exclude: ["vm:v1"] }).build(), policy }), "NET-008:s1.10");
    expect(widened?.edits.map((edit) => edit.path)).toContain("/distributedFirewalls/dfw/exclude/0");
    expect(widened?.breaksRequired).toEqual([]);
  });
});

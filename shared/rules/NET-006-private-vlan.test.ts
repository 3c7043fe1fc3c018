import { describe, expect, it } from "vitest";
import type { VirtualSwitch } from "../model/kinds/virtual-switch";
import { access, community, draw, isolated, promiscuous, trunkPort, type Drawing } from "../network/testing";
import { closingFixes, run, severities } from "./fixtures/run-rule";
import { net006 } from "./NET-006-private-vlan";

const found = (drawing: Drawing): Record<string, string> => severities(net006, drawing.build());
const closing = (drawing: Drawing): Record<string, string[]> => closingFixes(net006, drawing.build());
const detailOf = (drawing: Drawing, key: string): string => run(net006, drawing.build()).find((draft) => draft.key === key)?.detail ?? "";

/** Two hosts of one switch, behind a physical switch that knows private VLANs unless it is said not to. */
function base(kind: VirtualSwitch["kind"] = "distributed", privateVlanAware: boolean | "unsaid" = true): Drawing {
  const hypervisors = kind === "distributed" ? ["h1", "h2"] : ["h1"];
  const drawing = draw().tenant("ta").tenant("tb").hypervisor("h1").hypervisor("h2").put("physicalSwitches", "tor", privateVlanAware === "unsaid" ? {} : { privateVlanAware }).vswitch("s", kind, hypervisors);
  for (const id of hypervisors) drawing.uplink(`u-${id}`, "s", id, "tor", trunkPort("100-110"));
  return drawing;
}
const ta = { tenant: "ta" };
const tb = { tenant: "tb" };

describe("NET-006", () => {
  it("finds nothing where a private VLAN does what it says", () => {
    const fine = base().portGroup("prom", "s", promiscuous(100)).portGroup("iso", "s", isolated(100, 101)).portGroup("com", "s", community(100, 102))
      .vm("gw", "h1", "prom", { role: "infrastructure", forwarding: true }).vm("i1", "h1", "iso", ta).vm("i2", "h2", "iso", tb).vm("c1", "h1", "com", ta).vm("c2", "h2", "com", ta);
    expect(found(fine)).toEqual({});
  });

  it("(a) two tenants in one community, on one port group or on two, is high", () => {
    const one = base().portGroup("com", "s", community(100, 102)).vm("c1", "h1", "com", ta).vm("c2", "h1", "com", tb);
    expect(found(one)).toEqual({ com: "high" });
    const two = base().portGroup("com", "s", community(100, 102)).portGroup("dom", "s", community(100, 102)).vm("c1", "h1", "com", ta).vm("c2", "h1", "dom", tb);
    expect(found(two)).toEqual({ com: "high", dom: "high" });
    expect(found(one.portGroup("dom", "s", community(100, 103)).vm("c2", "h1", "dom", tb))).toEqual({});
  });

  it("(b) a workload on a promiscuous port: high between tenants, else medium", () => {
    const drawing = base().portGroup("prom", "s", promiscuous(100)).portGroup("iso", "s", isolated(100, 101)).vm("p", "h1", "prom", ta);
    expect(found(drawing)).toEqual({ prom: "medium" });
    expect(found(drawing.vm("i", "h1", "iso", tb))).toEqual({ prom: "high" });
    expect(found(drawing.vm("p", "h1", "prom", { ...ta, role: "infrastructure", forwarding: true }))).toEqual({});
  });

  it("(c) a private VLAN on a switch without that feature", () => {
    const on = (kind: VirtualSwitch["kind"]) => found(base(kind).portGroup("iso", "s", isolated(100, 101)).vm("i", "h1", "iso", ta));
    expect([on("standard"), on("linux-bridge"), on("distributed"), on("hyper-v")]).toEqual([{ iso: "medium" }, { iso: "medium" }, {}, {}]);
  });

  it.each([[false], ["unsaid"]] as const)("(d) members on several hosts over a physical switch that is not aware (%s): high between tenants", (aware) => {
    const drawing = base("distributed", aware).portGroup("iso", "s", isolated(100, 101)).vm("i1", "h1", "iso", ta).vm("i2", "h2", "iso", ta);
    expect(found(drawing)).toEqual({ iso: "medium" });
    expect(found(drawing.vm("i2", "h2", "iso", tb))).toEqual({ iso: "high" });
    expect(run(net006, drawing.build())[0]?.subjects).toEqual(["iso", "tor"]);
    expect(found(drawing.vm("i2", "h1", "iso", tb))).toEqual({});
    expect(found(drawing.vm("i2", "h2", "iso", tb).put("physicalSwitches", "tor", { privateVlanAware: true }))).toEqual({});
  });

  /** Isolated ports on the bridges of two hosts. */
  const bridges = (allowed: string): Drawing => draw().tenant("ta").tenant("tb").hypervisor("h1", "proxmox").hypervisor("h2", "proxmox").physicalSwitch("tor")
    .vswitch("b1", "linux-bridge", "h1", { vlanAware: true }).vswitch("b2", "linux-bridge", "h2", { vlanAware: true }).uplink("u1", "b1", "h1", "tor", trunkPort("10")).uplink("u2", "b2", "h2", "tor", trunkPort(allowed))
    .portGroup("i1", "b1", access(10), { isolatedPorts: true }).portGroup("i2", "b2", access(10), { isolatedPorts: true }).vm("x", "h1", "i1", ta).vm("y", "h2", "i2", tb);

  it("(e) isolated ports on several hosts that hear one another", () => {
    expect(found(bridges("10"))).toEqual({ i1: "medium", i2: "medium" });
    expect(detailOf(bridges("10"), "i1")).toContain("isolated on one bridge only and hear isolated ports of other hosts (y)");
    expect(found(bridges("20"))).toEqual({});
  });

  it("(f) exactly one of two ports is isolated", () => {
    const mixed = bridges("20").portGroup("n", "b1", access(10)).vm("z", "h1", "n", tb);
    expect(found(mixed)).toEqual({ i1: "medium" });
    expect(found(mixed.vm("z", "h1", "n", { role: "infrastructure", forwarding: true }))).toEqual({});
    expect(found(mixed.portGroup("n", "b1", access(20)).vm("z", "h1", "n", tb))).toEqual({});
  });

  it("says every reason in one finding", () => {
    const both = base("distributed", false).portGroup("com", "s", community(100, 102)).vm("c1", "h1", "com", ta).vm("c2", "h2", "com", tb);
    expect(detailOf(both, "com")).toMatch(/community 102 holds 2 tenants \(ta and tb\); its private VLAN spans 2 hosts over tor/);
  });

  it("is closed by a community for each tenant, isolated workloads, an aware switch, a distributed one, and the flag", () => {
    const title = (name: string) => [`Make ${name} isolate`];
    expect(closing(base("distributed", false).portGroup("com", "s", community(100, 102)).vm("c1", "h1", "com", ta).vm("c2", "h2", "com", tb))).toEqual({ com: title("com") });
    expect(closing(base().portGroup("prom", "s", promiscuous(100)).vm("p", "h1", "prom", ta).vm("gw", "h1", "prom", { role: "infrastructure", forwarding: true }))).toEqual({ prom: title("prom") });
    expect(closing(base("standard").portGroup("iso", "s", isolated(100, 101)).vm("i", "h1", "iso", ta))).toEqual({ iso: title("iso") });
    expect(closing(bridges("20").portGroup("n", "b1", access(10)).vm("z", "h1", "n", tb))).toEqual({ i1: title("i1") });
  });
});

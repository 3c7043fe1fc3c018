import { describe, expect, it } from "vitest";
import { evaluate } from "../analysis/evaluate";
import type { Topology } from "../model/topology";
import { access, draw, trunkPort, type Drawing } from "../network/testing";
import { onlyRequired, type OnlyRequiredOptions } from "./only-required";
import { prove } from "./proof";
import type { Segmentation } from "./segmentation";

const TODAY = "2026-11-23";

function segmented(topology: Topology, options: OnlyRequiredOptions = {}): { segmentation: Segmentation; after: ReturnType<typeof evaluate> } {
  const before = evaluate(topology, { today: TODAY });
  const candidate = onlyRequired(before, options);
  const proven = candidate === undefined ? undefined : prove(before, candidate);
  if (proven === undefined) throw new Error("nothing to do");
  return { segmentation: proven.segmentation, after: evaluate(proven.topology, { today: TODAY }) };
}

type Policy = NonNullable<Topology["policy"]>;
const withPolicy = (drawing: Drawing, policy: Policy): Topology => ({ ...drawing.build(), policy });

/** Tenants a (VLAN 10) and b (VLAN 20), management (VLAN 30), the Internet (50) and administrators (60), one firewall that lets everything through. */
function routed(): Drawing {
  const nic = (portGroup: string, address: string) => ({ eth0: { portGroup, addresses: [address] } });
  return draw().tenant("a").tenant("b").hypervisor("hv").vswitch("sw", "distributed", "hv").physicalSwitch("tor").uplink("up", "sw", "hv", "tor", trunkPort("10,20,30"))
    .portGroup("pg-a", "sw", access(10), { spoofGuard: true }).portGroup("pg-b", "sw", access(20), { spoofGuard: true }).portGroup("pg-m", "sw", access(30))
    .vm("a1", "hv", nic("pg-a", "10.0.1.1/24"), { tenant: "a" }).vm("a2", "hv", nic("pg-a", "10.0.1.2/24"), { tenant: "a" }).vm("b1", "hv", nic("pg-b", "10.0.2.1/24"), { tenant: "b" })
    .put("managementInterfaces", "vmk0", { hypervisor: "hv", portGroup: "pg-m", addresses: ["10.0.3.1/24"], firewall: { enabled: true } })
    .external("internet", { physicalSwitch: "tor", vlan: 50 }).external("admins", { physicalSwitch: "tor", vlan: 60 }, "admin")
    .put("firewalls", "fw", {
      defaultAction: "allow", rules: [{ id: "old", action: "allow", from: ["tenant:b"], to: ["tenant:a"] }],
      interfaces: {
        a: { portGroup: "pg-a", addresses: ["10.0.1.254/24"] }, b: { portGroup: "pg-b", addresses: ["10.0.2.254/24"] }, m: { portGroup: "pg-m", addresses: ["10.0.3.254/24"] },
        out: { physicalSwitch: "tor", vlan: 50 }, adm: { physicalSwitch: "tor", vlan: 60 },
      },
    });
}

const ADMINISTRATION = { id: "administration", from: ["external:admins"], to: ["management"], services: ["tcp/443"] };
const POLICY: Policy = {
  require: [{ id: "web", from: ["external:internet"], to: ["vm:a1"], services: ["tcp/443"], reason: "The shop" }, ADMINISTRATION],
  allow: [{ id: "api", from: ["tenant:b"], to: ["vm:a1"], services: ["tcp/8443", "tcp/8444"], until: "2027-01-31" }],
};

describe("allow only what is required, at a gateway", () => {
  const { segmentation, after } = segmented(withPolicy(routed(), POLICY));

  it("writes one rule for each entry, named after it, from the interface to the interface, and denies the rest", () => {
    expect(segmentation.rules).toMatchObject([{ filter: "fw", defaultAction: { before: "allow", after: "deny" }, removed: ["old"], kept: [] }]);
    expect(segmentation.rules[0]?.rules).toEqual([
      { id: "allow-web", name: "Policy web", description: "The shop", action: "allow", from: ["external:internet"], to: ["vm:a1"], services: ["tcp/443"], in: "out", out: "a", log: true },
      { id: "allow-administration", name: "Policy administration", action: "allow", from: ["external:admins"], to: ["management"], services: ["tcp/443"], in: "adm", out: "m", log: true },
      { id: "allow-api", name: "Policy api", description: "until 2027-01-31", action: "allow", from: ["tenant:b"], to: ["vm:a1"], services: ["tcp/8443", "tcp/8444"], in: "b", out: "a", log: true },
    ]);
  });

  it("lets exactly those flows through", () => {
    const passes = (from: string, to: string) => after.network.trace([from], [to]).services;
    expect(passes("internet", "a1")).toEqual(["tcp/443"]);
    expect(passes("b1", "a1")).toEqual(["tcp/8443-8444"]);
    for (const [from, to] of [["internet", "a2"], ["a1", "b1"], ["b1", "a2"], ["internet", "b1"], ["a1", "vmk0"], ["internet", "vmk0"], ["admins", "a1"]] as const) expect([from, to, passes(from, to)]).toEqual([from, to, []]);
    expect(after.summary.tenantPairs).toEqual({ isolated: 1, permitted: 1, violating: 0, unknown: 0 });
  });

  it("says that it is proven: what closes, that required flows hold and administrators get in, that nothing remains", () => {
    expect(segmentation).toMatchObject({
      verified: true, breaksRequired: [], remaining: [], byHand: [],
      required: [{ id: "web", before: "holds", after: "holds" }, { id: "administration", before: "holds", after: "holds" }],
      administrators: [{ from: "admins", reaches: ["vmk0"], loses: [] }],
    });
    expect(segmentation.closes).toEqual(expect.arrayContaining(["FW-001:fw", "NET-002:a>b", "INT-001:a+b"]));
    expect(after.findings.map(({ id }) => id)).not.toContain("NET-002:a>b");
  });

  it("has nothing to do the second time", () => {
    const again = evaluate(after.topology, { today: TODAY });
    expect(onlyRequired(again)).toBeUndefined();
  });
});

describe("what is not proven", () => {
  it("is a rule set that locks administrators out, because no entry names them", () => {
    const { segmentation } = segmented(withPolicy(routed(), { require: POLICY.require?.slice(0, 1) ?? [] }));
    expect(segmentation.verified).toBe(false);
    expect(segmentation.administrators).toEqual([{ from: "admins", reaches: [], loses: ["vmk0"] }]);
  });

  it("leaves entries that are over out", () => {
    const { segmentation } = segmented(withPolicy(routed(), { ...POLICY, allow: [{ id: "old", from: ["any"], to: ["any"], until: "2026-11-22" }] }));
    expect(segmentation.rules[0]?.rules.map(({ id }) => id)).toEqual(["allow-web", "allow-administration"]);
  });
});

describe("existing rules", () => {
  it("stay where they say what an entry says, with their id, and go otherwise", () => {
    const drawing = routed().put("distributedFirewalls", "dfw", {
      rules: [
        { id: "shop", name: "Shop", action: "allow", from: ["external:internet"], to: ["vm:a1"], services: ["tcp/443"] },
        { id: "off", action: "allow", from: ["tenant:b"], to: ["vm:a1"], services: ["tcp/8443-8444"], enabled: false }, { id: "allow-api", action: "deny" },
      ],
    });
    const { segmentation, after } = segmented(withPolicy(drawing, POLICY));
    const own = segmentation.rules.find(({ filter }) => filter === "dfw");
    expect(own).toMatchObject({ kept: ["shop"], added: ["allow-api"], removed: ["off", "allow-api"] });
    expect(after.topology.distributedFirewalls?.["dfw"]).toMatchObject({ defaultAction: "deny", rules: [{ id: "shop", name: "Shop" }, { id: "allow-api", action: "allow" }] });
  });
});

describe("in one segment", () => {
  const flat = (): Drawing => draw().tenant("a").tenant("b").hypervisor("hv").vswitch("sw", "standard", "hv").portGroup("pg", "sw", access(10))
    .vm("a1", "hv", "pg", { tenant: "a" }).vm("a2", "hv", "pg", { tenant: "a" }).vm("b1", "hv", "pg", { tenant: "b" });
  const policy: Policy = { require: [{ id: "q", from: ["vm:a1"], to: ["vm:a2"], services: ["tcp/5432"] }] };

  it("a distributed firewall lets exactly the flows pass, and frames remain, with the reason", () => {
    const { segmentation, after } = segmented(withPolicy(flat().put("distributedFirewalls", "dfw", {}), policy));
    expect(after.network.trace(["a1"], ["a2"]).services).toEqual(["tcp/5432"]);
    expect(after.network.trace(["a1"], ["b1"]).reachable).toBe(false);
    expect(segmentation.verified).toBe(true);
    expect(segmentation.remaining).toMatchObject([{ from: "a", to: "b", frames: true, verdict: "isolated" }]);
    expect(segmentation.cut).toEqual([{ within: "a", pairs: 1, example: { from: "a2", to: "a1" } }]);
  });

  it("nothing can be done without one, unless a new one is asked for", () => {
    const before = evaluate(withPolicy(flat(), policy), { today: TODAY });
    expect(onlyRequired(before)).toBeUndefined();
    const { segmentation, after } = segmented(withPolicy(flat(), policy), { distributed: true });
    expect(after.summary.tenantPairs).toMatchObject({ isolated: 2, violating: 0 });
    expect(segmentation.byHand.join()).toContain("dfw is new");
  });

  it("a VM on the exclusion list remains, and is named", () => {
    const { segmentation } = segmented(withPolicy(flat().put("distributedFirewalls", "dfw", { exclude: ["vm:a1"] }).vm("b2", "hv", { eth0: { portGroup: "pg", passthrough: "sriov" } }, { tenant: "b" }), policy));
    expect(segmentation.remaining.length).toBeGreaterThan(0);
    expect(segmentation.byHand.join()).toContain("a1");
    expect(segmentation.byHand.join()).toContain("exclusion list of dfw");
  });
});

describe("what needs no entry", () => {
  it("is cut and told of, or kept where asked for", () => {
    const drawing = (): Drawing => routed().vm("a3", "hv", { eth0: { portGroup: "pg-a3", addresses: ["10.0.4.1/24"] } }, { tenant: "a" }).portGroup("pg-a3", "sw", access(40), { spoofGuard: true })
      .put("distributedFirewalls", "dfw", {});
    const strict = segmented(withPolicy(drawing(), POLICY));
    expect(strict.segmentation.cut).toMatchObject([{ within: "a", pairs: 2, example: { from: "a1", to: "a2" } }, { within: "management", example: { from: "vmk0" } }]);
    const loose = segmented(withPolicy(drawing(), POLICY), { inside: true });
    expect(loose.segmentation.cut.map(({ within }) => within)).toEqual(["management"]);
    expect(loose.after.network.trace(["a1"], ["a2"]).services).toEqual(["any"]);
    expect(loose.after.network.trace(["a1"], ["b1"]).reachable).toBe(false);
  });
});

describe("filters that keep no state", () => {
  it("are made to keep it, which a person has to check", () => {
    const { segmentation, after } = segmented(withPolicy(routed().put("firewalls", "fw", { ...routed().build().firewalls?.["fw"], stateful: false }), POLICY));
    expect(after.topology.firewalls?.["fw"]?.stateful).toBe(true);
    expect(segmentation.byHand.join()).toContain("fw kept no state");
    expect(after.network.trace(["a1"], ["internet"]).reachable).toBe(false);
  });
});

describe("rules that are not needed", () => {
  it("are not written where a flow is unknown for another reason, nor for blocks of addresses behind one interface", () => {
    const drawing = routed().put("managementInterfaces", "vmk0", { hypervisor: "hv", portGroup: "pg-m", addresses: ["10.0.3.1/24"] });
    const block = { id: "block", from: ["cidr:10.0.1.0/24"], to: ["cidr:10.0.2.0/24"], services: ["udp/53"] };
    const { segmentation } = segmented(withPolicy(drawing, { require: [ADMINISTRATION], allow: [block, { ...block, id: "same", from: ["vm:a1"] }] }));
    expect(segmentation.required).toMatchObject([{ id: "administration", before: "unknown", after: "unknown", why: "admins to vmk0 rests on $.managementInterfaces.vmk0.firewall" }]);
    expect(segmentation.rules[0]?.rules.map(({ id, in: inbound, out }) => [id, inbound, out])).toEqual([["allow-administration", "adm", "m"], ["allow-block", "a", "b"]]);
  });
});

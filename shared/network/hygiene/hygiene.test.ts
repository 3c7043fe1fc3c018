import { describe, expect, it } from "vitest";
import type { Rule } from "../../model/kinds/forwarder";
import { access, draw, type Drawing } from "../testing";
import { examineDocument, type FilterHygiene } from "./hygiene";

type Written = Partial<Rule> & Pick<Rule, "action">;

function site(): Drawing {
  return draw().tenant("a").tenant("b").hypervisor("hv").physicalSwitch("tor").vswitch("sw", "standard", "hv").portGroup("pg", "sw", access(10)).portGroup("pg-guarded", "sw", access(20), { spoofGuard: true })
    .vm("a1", "hv", { eth0: { portGroup: "pg", addresses: ["10.1.0.10/24"] } }, { tenant: "a", tags: ["web"] }).vm("a2", "hv", { eth0: { portGroup: "pg", addresses: ["10.1.0.11/24"] } }, { tenant: "a" })
    .vm("b1", "hv", { eth0: { portGroup: "pg-guarded", addresses: ["10.2.0.10/24"] } }, { tenant: "b" }).external("internet", { physicalSwitch: "tor", vlan: 30 });
}

const INTERFACES = { in1: { physicalSwitch: "tor", vlan: 10 }, in2: { physicalSwitch: "tor", vlan: 20 }, out: { physicalSwitch: "tor", vlan: 30 } };

function all(drawing: Drawing): readonly FilterHygiene[] {
  const steps = examineDocument(drawing.build());
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** Each fault in short: `r2 shadowed by r0`. */
function told(drawing: Drawing, rules: readonly Written[]): string[] {
  return all(drawing).flatMap(({ faults }) => faults.map((fault) => {
    const names = (places: readonly number[]) => places.map((place) => rules[place]?.id ?? `r${place}`).join(" ");
    const why = "by" in fault ? `by ${names(fault.by)}` : "where" in fault ? `in ${fault.where}` : fault.protocols.join(" ");
    return `${names([fault.rule])} ${fault.kind} ${why}`;
  }));
}

const numbered = (rules: readonly Written[]): Rule[] => rules.map((rule, index) => ({ id: `r${index}`, ...rule }));
const firewall = (rules: readonly Written[], more: object = {}, drawing = site()): string[] => told(drawing.put("firewalls", "fw", { interfaces: INTERFACES, rules: numbered(rules), ...more }), rules);
const distributed = (rules: readonly Written[], drawing = site()): string[] => told(drawing.put("distributedFirewalls", "dfw", { rules: numbered(rules), defaultAction: "deny" }), rules);

describe("a rule is covered", () => {
  it("by several earlier rules of which none covers it alone", () => {
    expect(firewall([
      { action: "allow", from: ["tenant:a"], to: ["vm:b1"], services: ["tcp/1-100"] }, { action: "allow", from: ["tenant:a"], to: ["vm:b1"], services: ["tcp/90-200"] },
      { action: "deny", from: ["vm:a1"], to: ["vm:b1"], services: ["tcp/50-150"] },
    ])).toContain("r2 shadowed by r0 r1");
    expect(firewall([{ action: "deny", from: ["vm:a1"] }, { action: "deny", from: ["vm:a2"] }, { action: "allow", from: ["tenant:a"] }])).toContain("r2 shadowed by r0 r1");
    expect(firewall([{ action: "deny", from: ["cidr:10.0.0.0/9"] }, { action: "deny", from: ["cidr:10.128.0.0/9"] }, { action: "allow", from: ["cidr:10.0.0.0/8"] }])).toContain("r2 shadowed by r0 r1");
  });

  it("not where a single port, address or way is left", () => {
    const allows: Written[] = [{ action: "allow", from: ["tenant:a"], services: ["tcp/1-99"] }, { action: "allow", from: ["tenant:a"], services: ["tcp/101-65535"] }];
    expect(firewall([...allows, { action: "deny", from: ["tenant:a"], services: ["tcp"] }]).filter((text) => text.startsWith("r2 shadowed"))).toEqual([]);
    expect(firewall([...allows, { action: "allow", from: ["vm:a1"], services: ["tcp/100"] }, { action: "deny", from: ["vm:a1"], services: ["tcp"] }])).toContain("r3 shadowed by r0 r1 r2");
    expect(firewall([{ action: "deny", from: ["cidr:10.1.0.0/25"] }, { action: "allow", from: ["cidr:10.1.0.0/24"] }])).toEqual(["r1 general by r0"]);
  });

  it("not by the members of groups where a block is meant: it holds addresses that nobody wrote", () => {
    expect(firewall([{ action: "deny", from: ["tenant:a", "tenant:b"] }, { action: "allow", from: ["cidr:10.0.0.0/8"] }])).toEqual(["r1 general by r0"]);
    expect(firewall([{ action: "deny", from: ["cidr:10.0.0.0/8"] }, { action: "allow", from: ["tenant:a", "tenant:b"] }])).toEqual(["r1 shadowed by r0"]);
  });

  it("by blocks around an external network only where they hold all of its family and the other", () => {
    expect(firewall([{ action: "deny", from: ["cidr:0.0.0.0/0"] }, { action: "allow", from: ["external:internet"] }])).toEqual(["r1 correlated by r0"]);
    expect(firewall([{ action: "deny", from: ["cidr:0.0.0.0/0"] }, { action: "deny", from: ["cidr:::/0"] }, { action: "allow", from: ["external:internet"] }])).toEqual(["r2 shadowed by r0 r1"]);
    expect(firewall([{ action: "deny", from: ["external"] }, { action: "allow", from: ["cidr:198.51.100.0/24"] }])).toEqual(["r1 correlated by r0"]);
  });

  it("in IPv6 as in IPv4", () => {
    expect(firewall([{ action: "allow", from: ["cidr:fd00::/9"] }, { action: "allow", from: ["cidr:fd80::/9"] }, { action: "deny", from: ["cidr:fd00::/8"] }])).toEqual(["r2 shadowed by r0 r1"]);
    expect(firewall([{ action: "allow", from: ["cidr:fd00::/9"] }, { action: "allow", from: ["cidr:fd80::/10"] }, { action: "deny", from: ["cidr:fd00::/8"] }])).toEqual(["r2 general by r0 r1"]);
  });

  it("between the interfaces where the earlier rule counts, and where all interfaces are named, everywhere", () => {
    expect(firewall([{ action: "allow", in: "in1" }, { action: "deny", in: "in1", out: "out" }])).toEqual(["r1 shadowed by r0"]);
    expect(firewall([{ action: "allow", in: "in1", out: "out" }, { action: "deny", in: "in1" }])).toEqual(["r1 general by r0"]);
    expect(firewall([{ action: "allow", in: "in1" }, { action: "allow", in: "in2" }, { action: "allow", in: "out" }, { action: "deny" }])).toEqual(["r3 shadowed by r0 r1 r2"]);
    expect(firewall([{ action: "allow", in: "in1" }, { action: "allow", in: "in2" }, { action: "deny" }])).toEqual(["r2 general by r0 r1"]);
  });

  it("not by rules that are disabled", () => {
    expect(firewall([{ action: "allow", enabled: false }, { action: "deny", from: ["tenant:a"] }])).toEqual([]);
    expect(firewall([{ action: "allow" }, { action: "deny", from: ["tenant:a"], enabled: false }])).toEqual([]);
  });
});

describe("a covered rule is", () => {
  it("redundant after rules of its effect, deny and reject being one", () => {
    expect(firewall([{ action: "deny", from: ["tenant:a"] }, { action: "reject", from: ["vm:a1"], services: ["tcp/22"] }])).toEqual(["r1 redundant by r0"]);
  });

  it("unreachable where only rules of both effects cover it", () => {
    expect(firewall([{ action: "allow", from: ["vm:a1"] }, { action: "deny", from: ["vm:a2"] }, { action: "deny", from: ["tenant:a"] }])).toEqual(["r2 unreachable by r0 r1"]);
  });

  it("what happens to its packets, where rules of either effect would cover it", () => {
    const [some, most]: [Written, Written] = [{ action: "allow", services: ["tcp/1-100"] }, { action: "deny", services: ["tcp/50-200"] }];
    expect(firewall([some, most, { action: "allow", services: ["tcp/60-70"] }])).toContain("r2 redundant by r0");
    expect(firewall([most, some, { action: "allow", services: ["tcp/60-70"] }])).toContain("r2 shadowed by r0");
    expect(firewall([{ action: "deny", to: ["vm:a1"] }, { action: "deny", to: ["vm:a2"] }, { action: "allow", to: ["tenant:a", "tenant:b"] }, { action: "allow", to: ["tenant:a"] }])).toContain("r3 shadowed by r0 r1");
  });

  it("redundant before a later rule, unless one between interferes", () => {
    expect(firewall([{ action: "allow", from: ["vm:a1"], services: ["tcp/443"] }, { action: "allow", from: ["tenant:a"], services: ["tcp"] }])).toEqual(["r0 superseded by r1"]);
    expect(firewall([{ action: "allow", from: ["vm:a1"] }, { action: "deny", from: ["vm:b1"] }, { action: "allow", from: ["tenant:a", "tenant:b"] }])).toEqual(["r0 superseded by r2", "r2 general by r1"]);
    expect(firewall([{ action: "allow", from: ["vm:a1"] }, { action: "deny", to: ["vm:b1"] }, { action: "allow", from: ["tenant:a"] }])).toEqual(["r1 correlated by r0", "r2 correlated by r1"]);
  });
});

describe("a rule matches nothing", () => {
  it("where a list is empty or names only members without an address", () => {
    const drawing = () => site().tenant("empty").vm("bare", "hv", { eth0: { portGroup: "pg", addresses: [] } });
    expect(firewall([{ action: "allow", from: [] }, { action: "allow", to: ["tenant:empty"] }, { action: "allow", services: [] }, { action: "deny", from: ["vm:bare"] }], {}, drawing())).toEqual(["r0 empty in from", "r1 empty in to", "r2 empty in services", "r3 empty in from"]);
    expect(distributed([{ action: "allow", from: ["tenant:empty"] }, { action: "deny", from: ["vm:bare"] }], drawing())).toEqual(["r0 empty in from"]);
  });

  it("not where the addresses of a member are not known, nor is it covered by blocks then", () => {
    const drawing = () => site().vm("dark", "hv", "pg", { tenant: "b" });
    expect(firewall([{ action: "deny", from: ["vm:dark"] }], {}, drawing())).toEqual([]);
    expect(firewall([{ action: "deny", from: ["cidr:10.0.0.0/8"] }, { action: "allow", from: ["vm:dark"] }], {}, drawing())).toEqual([]);
    expect(firewall([{ action: "deny", from: ["tenant:b"] }, { action: "allow", from: ["vm:dark"] }], {}, drawing())).toEqual(["r1 shadowed by r0"]);
  });

  it("where a transparent firewall would let a packet back out", () => {
    expect(firewall([{ action: "allow", in: "in1", out: "in1" }], { mode: "transparent", interfaces: { in1: INTERFACES.in1, in2: INTERFACES.in2 } })).toEqual(["r0 empty in interfaces"]);
    expect(firewall([{ action: "allow", in: "in1", out: "in1" }])).toEqual([]);
  });
});

describe("in a distributed firewall", () => {
  it("selectors stand for vNICs: a guest may use another address than a block's, unless its port binds it", () => {
    expect(distributed([{ action: "deny", from: ["cidr:10.1.0.0/24"] }, { action: "allow", from: ["vm:a1"] }])).toEqual(["r1 correlated by r0"]);
    expect(distributed([{ action: "deny", from: ["cidr:10.2.0.0/24"] }, { action: "allow", from: ["vm:b1"] }])).toEqual(["r1 shadowed by r0"]);
    expect(distributed([{ action: "deny", from: ["tenant:a"] }, { action: "allow", from: ["vm:a1"] }])).toEqual(["r1 shadowed by r0"]);
    expect(distributed([{ action: "deny", from: ["vm:a1"] }, { action: "allow", from: ["cidr:10.1.0.10/32"] }])).toEqual(["r1 correlated by r0"]);
  });
});

describe("a filter without state", () => {
  const back: Written = { action: "allow", from: ["vm:b1"], to: ["tenant:a"] };

  it("answers where a rule lets some client port back, between the interfaces the other way", () => {
    const request: Written = { action: "allow", from: ["tenant:a"], to: ["vm:b1"], services: ["tcp/443", "icmp"], in: "in1", out: "in2" };
    expect(firewall([request], { stateful: false })).toEqual(["r0 unanswered icmp tcp"]);
    expect(firewall([request], { stateful: true })).toEqual([]);
    expect(firewall([request], { stateful: false, defaultAction: "allow" })).toEqual([]);
    expect(firewall([request, { ...back, services: ["tcp/1024-65535"], in: "in2", out: "in1" }], { stateful: false })).toEqual(["r0 unanswered icmp"]);
    expect(firewall([request, { ...back, in: "in1" }], { stateful: false })).toContain("r0 unanswered icmp tcp");
    expect(firewall([{ action: "deny", from: ["vm:b1"], to: ["tenant:a"], services: ["tcp", "icmp"] }, request, back], { stateful: false })).toContain("r1 unanswered icmp tcp");
  });

  it("may answer an end whose address is not known", () => {
    const drawing = site().vm("dark", "hv", "pg", { tenant: "b" });
    expect(firewall([{ action: "allow", from: ["vm:dark"], to: ["vm:a1"], services: ["tcp/443"] }, { action: "allow", from: ["vm:a1"], to: ["cidr:10.9.0.0/24"], services: ["tcp"] }], { stateful: false }, drawing)).not.toContain("r0 unanswered tcp");
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Rule } from "../../model/kinds/forwarder";
import type { Topology } from "../../model/topology";
import { access, draw } from "../testing";
import { endsAt, tabulate } from "./fixtures/packet-oracle";
import { examineRules, type RuleFault } from "./hygiene";
import { RuleSpaces } from "./space";

const RUNS = 150;
/** Milliseconds; a busy machine is slow, not wrong. */
const PATIENCE = 120_000;
const INTERFACES = ["a", "b", "c"];

const addresses = fc.constantFrom<string[] | undefined>(undefined, [], ["10.0.0.1/24"], ["10.0.0.2/24"], ["10.0.0.1/24", "fd00::1/64"], ["198.51.100.7/24"], ["10.0.1.1/24"]);
const topologies = fc.record({ a: addresses, b: addresses, c: addresses, m: addresses, guard: fc.boolean(), trust: fc.constantFrom("untrusted" as const, "corporate" as const) }).map(({ a, b, c, m, guard, trust }): Topology => {
  const at = (portGroup: string, own: string[] | undefined) => ({ eth0: { portGroup, ...(own === undefined ? {} : { addresses: own }) } });
  return draw().tenant("t").tenant("u").hypervisor("hv").vswitch("sw", "standard", "hv").portGroup("pg", "sw", access(1), { spoofGuard: guard }).portGroup("pq", "sw", access(2))
    .vm("va", "hv", at("pg", a), { tenant: "t", tags: ["x"] }).vm("vb", "hv", at("pq", b), { tenant: "t" }).vm("vc", "hv", at("pg", c), { tenant: "u", tags: ["x"] })
    .put("managementInterfaces", "vmk0", { hypervisor: "hv", portGroup: "pq", ...(m === undefined ? {} : { addresses: m }) })
    .external("net", { portGroup: "pq" }, trust).build();
});

const SELECTORS = [
  "any", "tenant:t", "tenant:u", "vm:va", "vm:vb", "tag:x", "portgroup:pg", "management", "external", "external:net", "workloads",
  "cidr:10.0.0.0/24", "cidr:10.0.0.1/32", "cidr:10.0.0.0/31", "cidr:10.0.0.0/8", "cidr:0.0.0.0/0", "cidr:0.0.0.0/1", "cidr:128.0.0.0/1", "cidr:fd00::/64", "cidr:::/0", "cidr:198.51.100.0/24",
];
const SERVICES = ["any", "icmp", "tcp", "udp", "tcp/80", "tcp/80-90", "tcp/81-65535", "tcp/1-79", "udp/53"];
const few = <T>(values: readonly T[]) => fc.option(fc.array(fc.constantFrom(...values), { minLength: 0, maxLength: 3 }), { nil: undefined, freq: 3 });
const local = fc.option(fc.constantFrom(...INTERFACES), { nil: undefined, freq: 1 });
const rule = fc.record({ action: fc.constantFrom("allow" as const, "deny" as const, "reject" as const), from: few(SELECTORS), to: few(SELECTORS), services: few(SERVICES), in: local, out: local, enabled: fc.constantFrom(true, true, true, false) });
const ruleLists = (interfaces: boolean) => fc.array(rule, { minLength: 1, maxLength: 7 }).map((rules) => rules.map(({ in: enter, out: leave, from, to, services, ...rest }, index): Rule => ({
  id: `r${index}`, ...rest, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }), ...(services === undefined ? {} : { services }),
  ...(interfaces && enter !== undefined ? { in: enter } : {}), ...(interfaces && leave !== undefined ? { out: leave } : {}),
})));

function examine(topology: Topology, kind: "firewalls" | "distributedFirewalls", rules: readonly Rule[], interfaces: readonly string[], transparent: boolean): readonly RuleFault[] {
  const device = { [kind === "firewalls" ? "firewalls" : "distributedFirewalls"]: { f: { name: "f", rules } } };
  const spaces = new RuleSpaces({ ...topology, ...device } as Topology);
  const steps = examineRules(rules, { interfaces, transparent }, kind === "firewalls" ? spaces.ofAddresses : spaces.ofVnics, { stateful: true, defaultAllow: false });
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** Checks every fault against the table of all packets. */
function compare(rules: readonly Rule[], table: readonly (readonly boolean[])[], faults: readonly RuleFault[]): void {
  const enabled = rules.map((_, index) => index).filter((index) => rules[index]?.enabled !== false);
  const rows = (index: number) => table.filter((row) => row[index] === true);
  const allows = (index: number) => rules[index]?.action === "allow";
  const decides = (index: number) => rows(index).some((row) => row.indexOf(true) === index);
  const deciding = new Set(enabled.filter(decides));
  const coveredBy = (index: number, by: readonly number[]) => rows(index).every((row) => by.some((one) => row[one] === true));
  const of = (index: number, ...kinds: readonly RuleFault["kind"][]) => faults.find((fault) => fault.rule === index && kinds.includes(fault.kind));
  for (const index of enabled) {
    const says = `rule ${index} of ${JSON.stringify(rules)}: ${JSON.stringify(faults)}`;
    expect(of(index, "empty") !== undefined, says).toBe(rows(index).length === 0);
    if (rows(index).length === 0) continue;
    const fault = of(index, "shadowed", "redundant", "unreachable");
    expect(fault === undefined, says).toBe(deciding.has(index));
    if (fault?.kind === "shadowed" || fault?.kind === "redundant" || fault?.kind === "unreachable") checkCover(index, fault, says);
    else checkOrder(index, says);
  }

  function checkCover(index: number, { kind, by }: { kind: RuleFault["kind"]; by: readonly number[] }, says: string): void {
    const earlier = [...deciding].filter((one) => one < index);
    expect(coveredBy(index, by) && by.every((one) => one < index), says).toBe(true);
    for (const left of by) expect(coveredBy(index, by.filter((one) => one !== left)), says).toBe(false);
    const [same, other] = [true, false].map((equal) => coveredBy(index, earlier.filter((one) => (allows(one) === allows(index)) === equal)));
    if (kind === "unreachable") expect([same, other], says).toEqual([false, false]);
    else expect(kind === "shadowed" ? other : same, says).toBe(true);
    if (kind !== "unreachable") expect(by.every((one) => (allows(one) === allows(index)) === (kind === "redundant")), says).toBe(true);
    const firsts = new Set(rows(index).map((row) => allows(row.indexOf(true)) === allows(index)));
    if (firsts.size === 1) expect(kind, says).toBe(firsts.has(true) ? "redundant" : "shadowed");
  }

  function checkOrder(index: number, says: string): void {
    const later = [...deciding].filter((one) => one > index && allows(one) === allows(index) && coveredBy(index, [one])).sort((a, b) => a - b)[0];
    const between = [...deciding].filter((one) => one > index && one < (later ?? 0) && allows(one) !== allows(index) && rows(index).some((row) => row[one] === true));
    const superseded = of(index, "superseded");
    expect(superseded !== undefined && "by" in superseded ? superseded.by : undefined, says).toEqual(later !== undefined && between.length === 0 ? [later] : undefined);
    const order = of(index, "correlated", "general");
    if (order === undefined || !("by" in order)) return;
    for (const one of order.by) {
      expect(one < index && allows(one) !== allows(index) && rows(index).some((row) => row[one] === true), says).toBe(true);
      expect(coveredBy(one, [index]), says).toBe(order.kind === "general");
    }
  }
}

describe("the hygiene of random lists of rules is that of every packet", () => {
  it.each([false, true])("at a firewall, transparent: %s", (transparent) => {
    fc.assert(fc.property(topologies, ruleLists(true), fc.subarray(INTERFACES, { minLength: 3 }), (topology, rules, interfaces) => {
      const table = tabulate(rules, endsAt(topology, rules, false), interfaces, transparent);
      compare(rules, table, examine(topology, "firewalls", rules, interfaces, transparent));
    }), { numRuns: RUNS });
  }, PATIENCE);

  it("at a distributed firewall", () => {
    fc.assert(fc.property(topologies, ruleLists(false), (topology, rules) => {
      const table = tabulate(rules, endsAt(topology, rules, true), [], false);
      compare(rules, table, examine(topology, "distributedFirewalls", rules, [], false));
    }), { numRuns: RUNS });
  }, PATIENCE);
});

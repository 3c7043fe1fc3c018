import { describe, expect, it } from "vitest";
import type { Finding } from "../../shared/analysis/result";
import type { Rule } from "../../shared/model/kinds/forwarder";
import type { HitCase } from "../../shared/network/hit-test";
import type { Topology } from "../../shared/model/topology";
import { beingTyped, matching } from "../ui/completion";
import { splitList } from "../actions/selectors";
import { candidatesFor, completedCell as completed, readCell } from "./cells";
import { cellText, columnsOf, draftText } from "./columns";
import { decidingRow, outcomeWords, packetWords, verdictOf } from "./hit-words";
import { ruleOfFinding } from "../actions/rules";
import { marksOf } from "./marks";

const topology = { format: "bulkhead/1", name: "x", tenants: { a: { name: "A" } }, hosts: {}, vms: { v: { name: "v", hypervisor: "h", tags: ["x,y"] } } } as unknown as Topology;
const read = (key: Parameters<typeof readCell>[0], text: string) => {
  const typed = readCell(key, text, topology, ["inside", "outside"]);
  return typed.ok ? typed.value : typed.message;
};

describe("a cell of a rule", () => {
  it("says any for what is absent, and nothing for an empty list", () => {
    const rule: Rule = { id: "r1", action: "deny", from: [], services: ["tcp/22", "icmp"] };
    expect((["name", "action", "from", "to", "services", "in", "enabled", "log"] as const).map((key) => cellText(rule, key))).toEqual(["r1", "deny", "nothing", "any", "tcp/22, icmp", "any", "on", "off"]);
    expect((["name", "from", "to", "services"] as const).map((key) => draftText(rule, key))).toEqual(["", "", "", "tcp/22, icmp"]);
    expect(columnsOf(false).map(({ key }) => key)).not.toContain("in");
  });

  it("reads what is typed as the document does, and says what would be right", () => {
    expect(read("from", " tenant:a ,cidr:10.0.0.0/8, tenant:a")).toEqual(["tenant:a", "cidr:10.0.0.0/8"]);
    expect([read("from", ""), read("to", "any"), read("services", "nothing"), read("name", "")]).toEqual([undefined, undefined, [], undefined]);
    expect(read("from", "tenant:z")).toMatch(/names nothing in \$\.tenants/);
    expect(read("to", "web")).toMatch(/not a selector; use any, workloads/);
    expect(read("services", "tcp/443, tcp/0")).toMatch(/“tcp\/0” is not a service/);
    expect([read("action", "D"), read("action", "x"), read("in", "inside"), read("out", "")]).toEqual(["deny", "allow, deny or reject", "inside", undefined]);
    expect(read("in", "dmz")).toMatch(/none of its interfaces: inside, outside/);
  });

  it("takes a tag with a comma for one item", () => {
    expect(read("from", "tag:x,y, vm:v")).toEqual(["tag:x,y", "vm:v"]);
    expect(splitList("a, b,,c", () => true)).toEqual(["a", "b", "c"]);
  });

  it("completes the item that is being typed, and offers none twice", () => {
    const all = candidatesFor("from", [{ id: "any", name: "" }, { id: "tenant:a", name: "Amber" }, { id: "vm:amber-1", name: "amber-1" }], []);
    expect(matching(true, all, "amb", 5).map(({ id }) => id)).toEqual(["tenant:a", "vm:amber-1"]);
    expect(matching(true, all, "tenant:a, ", 5).map(({ id }) => id)).not.toContain("tenant:a");
    expect(beingTyped(true, "tenant:a, am")).toBe("am");
    expect(completed("from", "tenant:a, am", "vm:amber-1")).toBe("tenant:a, vm:amber-1");
    expect([completed("from", "tenant:a, an", "any"), completed("action", "d", "deny")]).toEqual(["any", "deny"]);
    expect(candidatesFor("in", [], ["inside"]).map(({ id }) => id)).toEqual(["any", "inside"]);
  });
});

describe("marks of rules", () => {
  const finding = (id: string, more: Partial<Finding> = {}): Finding => ({ id, rule: id.split(":")[0] ?? "", severity: "high", title: "", accepted: false, subjects: ["fw"], detail: "", services: [], path: [], fixes: [], references: [], ...more });

  it("are the findings about them, the first of several, without what is accepted or normal", () => {
    const findings = [
      finding("FW-003:fw/r2"), finding("FW-002:fw/r2", { title: "Edge: rule r2 allows any to management" }), finding("FW-002:fw/r1", { title: "Edge: rule r1 allows any to management" }),
      finding("FW-004:fw/r3"), finding("FW-007:fw/r4", { accepted: true }), finding("FW-003:other/r1", { subjects: ["other"] }), finding("FW-001:fw", { title: "Edge: allows by default" }),
    ];
    const { byRule, byDefault } = marksOf(findings, { "FW-003:fw/r2": { kind: "shadowed", by: ["r1", "r0"] }, "FW-004:fw/r3": { kind: "general", by: ["r1"] } }, "fw");
    expect([...byRule].map(([rule, { words }]) => `${rule}: ${words}`)).toEqual(["r2: shadowed by r1, r0", "r1: allows any to management"]);
    expect(byDefault).toMatchObject({ words: "allows by default", finding: "FW-001:fw" });
    expect(ruleOfFinding(finding("FW-005:vm/eth0", { subjects: ["dfw"] }))).toBeUndefined();
  });
});

describe("a hit test in words", () => {
  const rules: Rule[] = [{ id: "r1", action: "allow", from: ["tenant:a"] }, { id: "r2", name: "web", action: "deny" }];
  const one: HitCase = { packets: [], walk: ["from", "decides"], decisions: [{ rule: "r2", allows: false, certain: true, services: ["tcp/443"] }] };

  it("names the rule by its number, and why the others do not match", () => {
    expect(verdictOf(one, rules)).toEqual({ tone: "denied", words: "Denied by rule 2, web" });
    expect(rules.map((rule, index) => outcomeWords(rule, one.walk[index], one))).toEqual(["not from tenant:a", "denies tcp/443"]);
    expect(decidingRow(one, rules)).toBe(1);
    expect(outcomeWords({ id: "r3", action: "allow" }, undefined, one)).toBe("not reached");
  });

  it("tells every part where several decide", () => {
    const both: HitCase = { ...one, decisions: [{ rule: "r1", allows: true, certain: false, services: ["icmp"] }, { allows: false, certain: false, services: ["tcp", "udp"] }] };
    expect(verdictOf(both, rules)).toEqual({ tone: "perhaps", words: "icmp perhaps allowed by rule 1, r1; tcp, udp perhaps denied by the default action" });
    expect(decidingRow({ ...one, decisions: [{ allows: true, certain: true, services: ["any"] }] }, rules)).toBe(2);
    expect(packetWords({ from: "a/eth0 10.0.0.1", to: "net 192.0.2.1", in: "inside" })).toBe("a/eth0 10.0.0.1 → net 192.0.2.1 (in by inside)");
  });
});

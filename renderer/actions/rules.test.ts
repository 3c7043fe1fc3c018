import { describe, expect, it } from "vitest";
import { applyEdits } from "../../shared/model/edit";
import type { Rule } from "../../shared/model/kinds/forwarder";
import type { Topology } from "../../shared/model/topology";
import type { Change } from "../store/document";
import { addRule, deleteRule, duplicateRule, filterPlace, filtersOf, moveRule, rulesOf, setDefaultAction, setRuleField } from "./rules";

const rules: Rule[] = [
  { id: "r1", name: "web", action: "allow", from: ["any"], to: ["vm:a"], services: ["tcp/443"] }, { id: "r2", name: "deny-all", action: "deny" }, { id: "r3", action: "allow", enabled: false },
];
const topology: Topology = {
  format: "bulkhead/1", name: "x",
  firewalls: { fw: { name: "Edge", interfaces: { inside: {} }, rules }, bare: { name: "Bare" } },
  distributedFirewalls: { dfw: { name: "DFW" } }, routers: { gw: { name: "GW" } },
};
const fw = { collection: "firewalls", id: "fw" } as const;
/** The name of the step, and the rules after it. */
function after(change: Change, place: Parameters<typeof rulesOf>[1] = fw): string {
  return `${change.label}: ${rulesOf(applyEdits(topology, change.edits), place).map(({ id }) => id).join(" ")}`;
}

describe("a list of rules", () => {
  it("is found by the filter's id, or one of its interfaces'", () => {
    expect(filterPlace(topology, "fw/inside")).toEqual(fw);
    expect(filterPlace(topology, "nowhere")).toBeUndefined();
    expect(filtersOf(topology).map(({ id }) => id)).toEqual(["bare", "fw", "dfw", "gw"]);
  });

  it("moves a rule, and the step says where to", () => {
    expect(after(moveRule(topology, fw, 1, 0))).toBe("move rule deny-all above web: r2 r1 r3");
    expect(after(moveRule(topology, fw, 0, 1))).toBe("move rule web below deny-all: r2 r1 r3");
    expect(after(moveRule(topology, fw, 0, 2))).toBe("move rule web to the end: r2 r3 r1");
    expect(moveRule(topology, fw, 0, 3).edits).toEqual([]);
    expect(moveRule(topology, fw, 1, 1).edits).toEqual([]);
  });

  it("takes a new rule that matches nothing yet, also where there was no list", () => {
    expect(after(addRule(topology, fw, 1))).toBe("add rule r4 to Edge: r1 r4 r2 r3");
    expect(after(addRule(topology, { collection: "firewalls", id: "bare" }, 0), { collection: "firewalls", id: "bare" })).toBe("add rule r1 to Bare: r1");
    expect(rulesOf(applyEdits(topology, addRule(topology, fw, 3).edits), fw)[3]).toEqual({ id: "r4", action: "allow", from: [], to: [] });
  });

  it("duplicates and deletes", () => {
    expect(after(duplicateRule(topology, fw, 0))).toBe("duplicate rule web: r1 r1-2 r2 r3");
    expect(rulesOf(applyEdits(topology, duplicateRule(topology, fw, 0).edits), fw)[1]).toMatchObject({ name: "web copy", services: ["tcp/443"] });
    expect(after(deleteRule(topology, fw, 1))).toBe("delete rule deny-all: r1 r3");
    expect(deleteRule(topology, fw, 3).edits).toEqual([]);
  });

  it("changes a field, and absent means any", () => {
    expect(setRuleField(topology, fw, 0, "from", ["tenant:a", "tenant:b"]).label).toBe("set from of rule web to tenant:a, tenant:b");
    expect(setRuleField(topology, fw, 0, "services", undefined)).toEqual({ label: "set services of rule web to any", edits: [{ op: "remove", path: "/firewalls/fw/rules/0/services" }] });
    expect(setRuleField(topology, fw, 0, "enabled", false).label).toBe("turn rule web off");
    expect(setRuleField(topology, fw, 2, "enabled", undefined).label).toBe("turn rule r3 on");
    expect(setRuleField(topology, fw, 0, "services", ["tcp/443"]).edits).toEqual([]);
    expect(setDefaultAction(topology, { collection: "distributedFirewalls", id: "dfw" }, "deny")).toEqual({
      label: "set default action of DFW to deny", edits: [{ op: "add", path: "/distributedFirewalls/dfw/defaultAction", value: "deny" }],
    });
  });
});

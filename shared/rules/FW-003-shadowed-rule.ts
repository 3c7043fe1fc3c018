import { crossesBoundary, ruleSidesOf } from "./rule-sides";
import { deletion, described, examineAhead, faultsOf, moveBefore, standingOf, titled, told } from "./rule-hygiene";
import type { Draft, IsolationRule } from "./rule";

export const fw003: IsolationRule = {
  id: "FW-003",
  title: "Rule shadowed by earlier rules with another action",
  severity: "medium",
  threat: "A rule that earlier rules leave nothing to decide is void: what it was written to stop passes, or what it was written to let through does not, and nobody is told.",
  condition: "Every packet that an enabled rule of a router, firewall or distributed firewall matches is matched by earlier enabled rules of the other effect (allow against deny and reject), by one of them or by "
    + "several together: over every source, destination, service and interface. High for a deny between different tenants, or from others to management; medium for any other. Identified by the firewall and the rule (fw-1/r7).",
  fix: "Move the rule before the first rule that shadows it, or delete it.",
  commands: [
    { platform: "nsx", text: "reorder the rule or its policy, then publish" },
    { platform: "hyper-v", text: "give the ACL a larger -Weight than the one that shadows it" },
  ],
  references: ["PCI DSS 4.0.1 1.2.7", "NIST SP 800-53r5 CM-7(1)"],
  caveats: "Schedules, users and applications that a product's rules may name besides are not in the document. A cidr: rule of a distributed firewall does not cover a guest that may use another address (no spoofGuard).",
  ahead: examineAhead,
  root: ({ key }) => key.slice(0, key.indexOf("/")),
  check({ topology, network }) {
    const sides = ruleSidesOf(topology, network);
    return faultsOf(topology, "shadowed").map((faulty): Draft => {
      const { id, name, rules, rule, fault } = faulty;
      const crosses = rule.action !== "allow" && crossesBoundary(sides.from(id, rule), sides.to(id, rule));
      return {
        key: `${id}/${rule.id}`,
        severity: crosses ? "high" : "medium",
        title: `${name}: rule ${rule.id} is shadowed by ${titled(rules, fault.by)}`,
        subjects: [id],
        detail: `All that ${described(rule)} of ${name} matches is decided before it by ${told(rules, fault.by)}. It ${rule.action === "allow" ? "lets nothing through" : "stops nothing"}.`
          + (crosses ? " What it was to stop crosses a boundary of tenants or of management." : ""),
        standing: standingOf(faulty),
        fixes: () => [moveBefore(faulty, fault.by[0] ?? 0), deletion(faulty)],
      };
    });
  },
};

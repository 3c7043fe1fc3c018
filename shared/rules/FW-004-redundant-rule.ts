import { byHand } from "./phrase";
import { deletion, described, examineAhead, faultsOf, standingOf, titled, told, type Faulty } from "./rule-hygiene";
import type { RuleFault } from "../network/hygiene/hygiene";
import type { Draft, IsolationRule } from "./rule";

type OrderFault = Extract<RuleFault, { kind: "redundant" | "superseded" | "correlated" | "general" }>;

export const fw004: IsolationRule = {
  id: "FW-004",
  title: "Redundant or order-dependent rules",
  severity: "low",
  threat: "Rules that do nothing hide those that do, and where two rules of different effect overlap, whoever moves one of them changes what passes.",
  condition: "An enabled rule of a router, firewall or distributed firewall whose packets are all matched by earlier rules of the same effect, or by one later rule of the same effect with no rule of the other effect between "
    + "that matches any of them; or a rule that overlaps an earlier one of the other effect, neither matching all that the other does (correlated). Info for a rule that matches all of earlier exceptions to it "
    + "(generalization), the usual way to write a list. Identified by the firewall and the rule (fw-1/r7).",
  fix: "Delete the redundant rule. Say in the description of correlated rules that their order matters.",
  commands: [],
  references: ["PCI DSS 4.0.1 1.2.7"],
  caveats: "A duplicate may be there to log. Generalization is normal style. For one rule the first eight that it overlaps are named.",
  ahead: examineAhead,
  root: ({ key }) => key.slice(0, key.indexOf("/")),
  check({ topology }) {
    return faultsOf(topology, "redundant", "superseded", "correlated", "general").map((faulty): Draft => {
      const { id, name, rule, fault } = faulty;
      const isRedundant = fault.kind === "redundant" || fault.kind === "superseded";
      return {
        key: `${id}/${rule.id}`,
        severity: fault.kind === "general" ? "info" : "low",
        title: `${name}: ${titleOf(faulty)}`,
        subjects: [id],
        detail: detailOf(faulty) + (isRedundant ? "" : byHand("which order is meant only the author of the rules knows")),
        standing: standingOf(faulty),
        ...(isRedundant ? { fixes: () => [deletion(faulty)] } : {}),
      };
    });
  },
};

function titleOf({ rules, rule, fault }: Faulty<OrderFault>): string {
  const others = titled(rules, fault.by);
  switch (fault.kind) {
    case "redundant":
      return `rule ${rule.id} is redundant after ${others}`;
    case "superseded":
      return `rule ${rule.id} is redundant before ${others}`;
    case "correlated":
      return `the order of rule ${rule.id} and ${others} decides what passes`;
    case "general":
      return `rule ${rule.id} has the exceptions ${others}`;
  }
}

function detailOf({ name, rules, rule, fault }: Faulty<OrderFault>): string {
  const others = told(rules, fault.by);
  const more = "more" in fault && fault.more ? " and more" : "";
  const own = described(rule);
  switch (fault.kind) {
    case "redundant":
      return `All that ${own} of ${name} matches is decided the same way before it by ${others}. Without it nothing changes.`;
    case "superseded":
      return `All that ${own} of ${name} matches is decided the same way after it by ${others}, and no rule between them interferes. Without it nothing changes.`;
    case "correlated":
      return `${capitalized(own)} of ${name} overlaps ${others}${more}, before it and of the other effect, and neither covers the other: if their order changes, so does what passes.`;
    case "general":
      return `${capitalized(own)} of ${name} covers ${others}${more}, before it and of the other effect: these are exceptions to it as long as they stay before it.`;
  }
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

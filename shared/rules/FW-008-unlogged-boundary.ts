import { entries, record } from "../model/topology";
import { RULE_LOG_DEFAULT } from "../model/platform-defaults";
import type { Rule } from "../model/kinds/forwarder";
import { ANY_SERVICE, equalServices, parseServices } from "../model/services";
import { counted, listed } from "./phrase";
import { candidate } from "./remedy/board";
import type { Draft, IsolationRule, RuleContext } from "./rule";
import { crossesBoundary, ruleSidesOf, type RuleSides } from "./rule-sides";

type Collection = "firewalls" | "distributedFirewalls";

export const fw008: IsolationRule = {
  id: "FW-008",
  title: "Boundary denies or allows not logged",
  severity: "low",
  threat: "Nobody sees who probes the boundary, and afterwards nobody can say what crossed it.",
  condition: "An enabled rule of a firewall or distributed firewall between different tenants, or from others to management, is not logged; or a last rule that denies everything is not (log unset is off, the default of NSX and Proxmox "
    + "VE). Identified by the firewall.",
  fix: "Log those rules, and end the list with a rule that denies and logs the rest.",
  commands: [
    { platform: "proxmox", text: "IN DROP -source +GROUP -log info; [OPTIONS] log_level_in: info" },
    { platform: "nsx", text: "settings of the rule (gear): Logging on" },
  ],
  references: ["DISA STIG NDFW-4X-000004 (V-265612), NT0F-4X-000020 (V-265370)", "PCI DSS 4.0.1 10.2.1", "NIST SP 800-53r5 AU-12"],
  caveats: "Allow rules of high volume may be better left unlogged: accept the finding by name. Whether the default action is logged, and where logs go, is not in the document, so only a rule that denies the rest is judged.",
  root: () => "",
  check(context) {
    const sides = ruleSidesOf(context.topology, context.network);
    return (["firewalls", "distributedFirewalls"] as const).flatMap((collection) => entries(context.topology, collection).flatMap(([id, { name, rules = [] }]) => inspect(context, sides, collection, id, name, rules)));
  },
};

function inspect({ topology }: RuleContext, sides: RuleSides, collection: Collection, id: string, name: string, rules: readonly Rule[]): Draft[] {
  const silent = rules.flatMap((rule, index) => (rule.log !== true && rule.enabled !== false && matters(sides, id, rule) ? [index] : []));
  if (silent.length === 0) return [];
  const assumed = silent.filter((index) => rules[index]?.log === undefined);
  const ids = silent.map((index) => rules[index]?.id ?? "");
  return [{
    key: id,
    title: `${name} does not log ${counted(silent.length, "rule")} at a boundary`,
    subjects: [id],
    detail: `${silent.length === 1 ? "Rule" : "Rules"} ${listed(ids)} of ${name} ${silent.length === 1 ? "decides" : "decide"} what crosses a boundary of tenants or of management, or deny all the rest, and leave no trace.`
      + (assumed.length > 0 ? ` log is not set on ${listed(assumed.map((index) => rules[index]?.id ?? ""))} and off is assumed: ${RULE_LOG_DEFAULT.basis}.` : ""),
    fixes: () => candidate(topology, `Log ${counted(silent.length, "rule")} of ${name}`, (board) => {
      const now = record(topology, collection, id)?.rules ?? [];
      board.set([collection, id, "rules"], now.map((rule, index) => (silent.includes(index) ? { ...rule, log: true } : rule)));
    }),
  }];
}

function matters(sides: RuleSides, id: string, rule: Rule): boolean {
  const [from, to] = [sides.from(id, rule), sides.to(id, rule)];
  if (from.any && to.any) return rule.action !== "allow" && equalServices(parseServices(rule.services), ANY_SERVICE);
  return crossesBoundary(from, to);
}

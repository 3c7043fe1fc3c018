import { formatBlock } from "../model/address";
import type { Rule } from "../model/kinds/forwarder";
import { ANY_SERVICE, equalServices, parseServices, type ServiceSet } from "../model/services";
import { entries, record, type Topology } from "../model/topology";
import type { Severity } from "../analysis/result";
import { sorted } from "./crowd";
import { currentIntents } from "./intents";
import { listed } from "./phrase";
import { candidate } from "./remedy/board";
import { policyRules } from "./remedy/policy-rules";
import type { Draft, FixCandidate, IsolationRule, RuleContext } from "./rule";
import { ruleSidesOf, type RuleSide, type RuleSides } from "./rule-sides";
import { WrittenSubnets } from "./wide-blocks";

type Collection = "firewalls" | "distributedFirewalls";
interface Reason {
  readonly severity: Severity;
  readonly text: string;
}

export const fw002: IsolationRule = {
  id: "FW-002",
  title: "Any-any or over-broad allow rule",
  severity: "high",
  threat: "One allow rule that is too broad cancels the rules below it and, with them, the isolation that they were written for.",
  condition: "An enabled allow rule of a firewall or distributed firewall lets everybody reach everybody; or every service across a boundary of tenants, from an external network to workloads, or "
    + "from a tenant or external network to management; or everybody reach management or a sensitive VM (high). It is medium for every service between zones of one tenant and low for an "
    + "address block with over 256 addresses more than the subnets written in it. What policy entries ask for in full does not count. Identified by the firewall and the rule (fw-1/r1).",
  fix: "Replace the rule with what the policy needs, or disable it; name the subnets in use instead of a wider block.",
  commands: [{ platform: "proxmox", text: "IN ACCEPT -source +GROUP -p tcp -dport 443 (in place of IN ACCEPT)" }],
  references: ["PCI DSS 4.0.1 1.2.5, 1.2.6, 1.2.7", "NIST SP 800-53r5 AC-4, AC-6, SC-7(5)", "MITRE ATT&CK T1046"],
  caveats: "Outbound rules from workloads to an external network are not counted: a proxy's egress is often any. A rule that an earlier one shadows is judged as if it were reached.",
  root: ({ key }) => key.slice(0, key.indexOf("/")),
  check(context) {
    const sides = ruleSidesOf(context.topology, context.network);
    const subnets = new WrittenSubnets(context.topology);
    return (["firewalls", "distributedFirewalls"] as const).flatMap((collection) =>
      entries(context.topology, collection).flatMap(([id, { name, rules = [] }]) => rules.flatMap((rule, index): Draft[] => {
        if (rule.action !== "allow" || rule.enabled === false) return [];
        const reasons = reasonsAgainst(sides, collection, id, rule, subnets);
        const worst = reasons[0];
        if (worst === undefined) return [];
        return [{
          key: `${id}/${rule.id}`,
          severity: worst.severity,
          title: `${name}: rule ${rule.id} ${worst.text}`,
          subjects: [id],
          detail: `Rule ${rule.id}${rule.name === undefined ? "" : ` (${rule.name})`} of ${name} ${listed(reasons.map(({ text }) => text))}, which no policy entry asks for.`,
          fixes: () => fixesFor(context, collection, id, index),
        }];
      })));
  },
};

const ORDER: readonly Severity[] = ["high", "medium", "low"];

/** The worst first. */
function reasonsAgainst(sides: RuleSides, collection: Collection, id: string, rule: Rule, subnets: WrittenSubnets): Reason[] {
  const from = sides.from(id, rule);
  const to = sides.to(id, rule);
  const services = parseServices(rule.services);
  const broad = broadReasons(from, to, services, collection === "firewalls");
  // Asking the policy is the dear part, and most rules give no reason to.
  const kept = broad.length > 0 && sides.covered(from, to, services) ? [] : broad;
  const wide = [...(rule.from ?? []), ...(rule.to ?? [])].flatMap((selector): Reason[] => {
    const excess = subnets.excess(selector);
    return excess === undefined ? [] : [{ severity: "low", text: `names ${selector.slice("cidr:".length)}, ${excess.addresses} addresses more than the subnets in it` }];
  });
  return [...kept, ...wide].sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
}

/** `isAppliance`: a distributed firewall filters at vNICs only, so it stands between VMs and management but not between external networks and management. */
function broadReasons(from: RuleSide, to: RuleSide, services: ServiceSet, isAppliance: boolean): Reason[] {
  const reasons: Reason[] = [];
  const high = (text: string): void => void reasons.push({ severity: "high", text });
  if (from.any && to.any) high("lets everybody reach everybody");
  else if (from.any) {
    if (to.crowd.management.size > 0 && (isAppliance || from.crowd.vms > 0)) high(`lets everybody reach management (${listed(sorted(to.crowd.management))})`);
    if (to.crowd.sensitive.size > 0) high(`lets everybody reach ${listed(sorted(to.crowd.sensitive))}, which is sensitive`);
  }
  if (!equalServices(services, ANY_SERVICE) || (from.any && to.any)) return reasons;
  const boundary = boundaryBetween(from, to, isAppliance);
  if (boundary !== undefined) reasons.push(boundary);
  return reasons;
}

function boundaryBetween({ crowd: from }: RuleSide, { crowd: to }: RuleSide, isAppliance: boolean): Reason | undefined {
  const tenants = new Set([...from.tenants, ...to.tenants]);
  if (from.tenants.size > 0 && to.tenants.size > 0 && tenants.size > 1) return { severity: "high", text: `allows every service between tenants (${listed(sorted(tenants))})` };
  const strangers = new Set([...from.tenants, ...(isAppliance ? from.externals : [])]);
  if (strangers.size > 0 && to.management.size > 0) return { severity: "high", text: `allows every service from ${listed(sorted(strangers))} to management` };
  if (from.externals.size > 0 && to.vms > 0) return { severity: "high", text: `allows every service from ${listed(sorted(from.externals))} to workloads` };
  const zones = new Set([...from.zones, ...to.zones]);
  if (from.zones.size > 0 && to.zones.size > 0 && zones.size > 1) return { severity: "medium", text: `allows every service between zones (${listed(sorted(zones))})` };
  return undefined;
}

function fixesFor(context: RuleContext, collection: Collection, id: string, index: number): FixCandidate[] {
  const { topology } = context;
  const own = record(topology, collection, id);
  const rules = own?.rules ?? [];
  const rule = rules[index];
  if (own === undefined || rule === undefined) return [];
  const place = [collection, id, "rules"];
  const needed = neededInstead(context, id, rule, rules);
  const replaced = candidate(topology, `Replace rule ${rule.id} of ${own.name} with what the policy allows`, (board) =>
    board.set(place, [...rules.slice(0, index), ...needed, ...rules.slice(index + 1)]));
  const disabled = candidate(topology, `Disable rule ${rule.id} of ${own.name}`, (board) => board.set([...place, index, "enabled"], false));
  return [...narrowed(topology, place, index, rule, own.name), ...(needed.length > 0 ? replaced : []), ...disabled];
}

/** The flows of the policy, and the traffic inside tenants, that the rule lets through as a part of what it does. */
function neededInstead({ topology, network }: RuleContext, id: string, rule: Rule, rules: readonly Rule[]): Rule[] {
  const sides = ruleSidesOf(topology, network);
  const members = (side: RuleSide): ReadonlySet<string> => new Set(side.parts.flatMap((part) => [...part.members]));
  const [from, to] = [sides.from(id, rule), sides.to(id, rule)];
  const [sources, targets] = [members(from), members(to)];
  const inside = (side: RuleSide, outer: ReadonlySet<string>): boolean => side.parts.some(({ members: all }) => all.size > 0) && side.parts.every(({ members: all }) => [...all].every((one) => outer.has(one)));
  const intents = currentIntents(topology, network.today).filter((intent) => {
    const asRule: Rule = { id: intent.id, action: "allow", ...(intent.from === undefined ? {} : { from: intent.from }), ...(intent.to === undefined ? {} : { to: intent.to }) };
    return inside(sides.from(id, asRule), sources) && inside(sides.to(id, asRule), targets);
  });
  const tenants = sorted(from.crowd.tenants).filter((tenant) => to.crowd.tenants.has(tenant));
  const { in: inbound, out: outbound } = rule;
  return policyRules(intents, tenants, rules).map((one) => ({ ...one, ...(inbound === undefined ? {} : { in: inbound }), ...(outbound === undefined ? {} : { out: outbound }) }));
}

/** Wide blocks replaced by the subnets in them. */
function narrowed(topology: Topology, place: readonly string[], index: number, rule: Rule, name: string): FixCandidate[] {
  const subnets = new WrittenSubnets(topology);
  const narrow = (selectors: readonly string[]): string[] =>
    selectors.flatMap((selector) => subnets.excess(selector)?.subnets.map((subnet) => `cidr:${formatBlock(subnet)}`) ?? [selector]);
  return candidate(topology, `Name the subnets in use in rule ${rule.id} of ${name}`, (board) => {
    if (rule.from !== undefined) board.set([...place, index, "from"], narrow(rule.from));
    if (rule.to !== undefined) board.set([...place, index, "to"], narrow(rule.to));
  });
}

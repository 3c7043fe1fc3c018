import { setField } from "../model/edit-builder";
import type { Rule } from "../model/kinds/forwarder";
import { pointer } from "../model/path";
import { entries, record, type Topology } from "../model/topology";
import type { RuleFault } from "../network/hygiene/hygiene";
import { guardedBy } from "./guarded";
import { misplacedRules } from "./misplaced";
import { byHand, listed } from "./phrase";
import { namesPlanned } from "./planned";
import { freshRuleId } from "./remedy/filter-rule";
import { deletion, described, examineAhead, faultsOf, standingOf, told, type Faulty } from "./rule-hygiene";
import type { Draft, FixCandidate, IsolationRule } from "./rule";

type Empty = Extract<RuleFault, { kind: "empty" }>;
type Unanswered = Extract<RuleFault, { kind: "unanswered" }>;

export const fw007: IsolationRule = {
  id: "FW-007",
  title: "Dangling, ineffective or asymmetric rule",
  severity: "medium",
  threat: "A rule that matches nothing, or whose answers are stopped, looks like a control and is none.",
  condition: "An enabled rule of a router, firewall or distributed firewall matches nothing: a list is empty or names only empty groups (in routers and firewalls: members without an address), the interface that it names "
    + "is plugged in nowhere, or nothing can come in and leave as it says (a transparent firewall lets nothing back out); nobody of a list that names parties is behind the "
    + "interface that goes with it, or behind the filter at all (a distributed firewall: none of both lists is a vNIC that it filters); or earlier rules of both effects leave it nothing to decide (of one effect: FW-003, FW-004). Or a "
    + "stateless filter allows what no rule lets back: no client port, or no ICMP, from its destinations to its sources. Or a distributed firewall with rules filters no vNIC. Not where a list names what is planned, by the tag planned. Identified by the firewall and the rule.",
  fix: "Delete or retarget the rule; make the filter stateful, or allow the answers.",
  commands: [{ platform: "hyper-v", text: "Add-VMNetworkAdapterExtendedAcl ... -Stateful $true" }],
  references: ["PCI DSS 4.0.1 1.2.7, 1.2.8"],
  caveats: "Rules prepared for planned VMs match nothing yet: tag those VMs, their tenant or their port group planned. A deny of inside sources at an outside interface keeps forgers out and is none of these. An end whose addresses are not known may have any, so a rule that names it is not called empty.",
  ahead: examineAhead,
  check({ topology, network }) {
    const drafts = [
      ...faultsOf(topology, "empty").filter(({ rule, fault: { where } }) => (where !== "from" && where !== "to") || !namesPlanned(topology, rule[where])).map((faulty) => draft(faulty, "matches nothing", whyEmpty(faulty), [deletion(faulty)])),
      ...faultsOf(topology, "unreachable").map((faulty) => draft(faulty, "can never decide a packet",
        `All that it matches is decided before it by ${told(faulty.rules, faulty.fault.by)}, which allow some of it and deny the rest.`, [deletion(faulty)])),
      ...unplugged(topology),
      ...misplacedRules(topology, network).filter(({ rule: { from, to } }) => !namesPlanned(topology, from) && !namesPlanned(topology, to)).map(({ index, why, ...place }) => {
        const faulty: Faulty<Empty> = { ...place, fault: { kind: "empty", rule: index, where: "interfaces" } };
        return draft(faulty, "never sees its traffic", why, [deletion(faulty)]);
      }),
      ...faultsOf(topology, "unanswered").map((faulty) => draft(faulty, "lets nothing back", whyUnanswered(faulty), answersFor(topology, faulty))),
      ...unused(topology),
    ];
    // A rule that matches nothing is told once, by the first reason.
    const keys = new Set<string>();
    return drafts.filter(({ key }) => !keys.has(key) && keys.add(key));
  },
};

function draft({ id, name, rules, rule, fault }: Faulty<RuleFault>, what: string, why: string, fixes: readonly FixCandidate[]): Draft {
  return { key: `${id}/${rule.id}`, title: `${name}: rule ${rule.id} ${what}`, subjects: [id], detail: `In ${name}, ${described(rule)} ${what}. ${why}`, standing: standingOf({ rules, fault }), fixes: () => fixes };
}

function whyEmpty({ collection, rule, fault }: Faulty<Empty>): string {
  if (fault.where === "services") return "Its list of services is empty.";
  if (fault.where === "interfaces") return `A transparent firewall never lets a packet out by the interface that it came in by (${rule.in ?? ""}).`;
  const selectors = rule[fault.where] ?? [];
  if (selectors.length === 0) return `Its list "${fault.where}" is empty.`;
  return `Its list "${fault.where}" names only ${listed(selectors)}, and ${collection === "distributedFirewalls" ? "no vNIC or address" : "no address"} of a member is in the document.`;
}

function whyUnanswered({ fault }: Faulty<Unanswered>): string {
  return `The filter keeps no state, and no rule lets answers (${listed(fault.protocols)}) from its destinations back to its sources: the flow is one-way.`;
}

/** Rules of an interface without a network. */
function unplugged(topology: Topology): Draft[] {
  return (["routers", "firewalls"] as const).flatMap((collection) => entries(topology, collection).flatMap(([id, { name, interfaces = {}, rules = [] }]) => {
    const isOut = (local: string | undefined): boolean => {
      const port = local === undefined || !Object.hasOwn(interfaces, local) ? undefined : interfaces[local];
      return port !== undefined && port.portGroup === undefined && port.physicalSwitch === undefined;
    };
    return rules.flatMap((rule, index) => {
      const local = rule.enabled === false ? undefined : [rule.in, rule.out].find(isOut);
      if (local === undefined) return [];
      const faulty: Faulty<Empty> = { collection, id, name, rules, rule, fault: { kind: "empty", rule: index, where: "interfaces" } };
      return [draft(faulty, "matches nothing", `Its interface ${local} is plugged into no port group and no physical switch.`, [deletion(faulty)])];
    });
  }));
}

/** Distributed firewalls that stand at no vNIC although there are some. */
function unused(topology: Topology): Draft[] {
  const anyVnic = entries(topology, "vms").some(([, { role, nics = {} }]) => role !== "template" && Object.values(nics).some(({ portGroup, connected }) => portGroup !== undefined && connected !== false));
  return entries(topology, "distributedFirewalls").flatMap(([id, { name, rules = [], virtualSwitches }]): Draft[] => {
    if (!anyVnic || rules.every(({ enabled }) => enabled === false) || guardedBy(topology, id).size > 0) return [];
    const scope = virtualSwitches === undefined ? "every switch" : virtualSwitches.length === 0 ? "no switch" : listed(virtualSwitches);
    return [{ key: id, title: `${name} filters no vNIC`, subjects: [id], detail: `${name} is applied to ${scope}, and no vNIC there is left that it filters: its rules decide nothing.${byHand("which machines it was meant for only its author knows")}` }];
  });
}

function answersFor(topology: Topology, { collection, id, name, rules, rule, fault }: Faulty<Unanswered>): FixCandidate[] {
  const { from, to, in: enter, out: leave } = rule;
  const answer: Rule = {
    id: freshRuleId(rules, `${rule.id}-answers`), action: "allow", ...(to === undefined ? {} : { from: to }), ...(from === undefined ? {} : { to: from }),
    services: fault.protocols.map((protocol) => (protocol === "icmp" ? "icmp" : `${protocol}/1024-65535`)), ...(leave === undefined ? {} : { in: leave }), ...(enter === undefined ? {} : { out: enter }),
  };
  return record(topology, collection, id) === undefined ? [] : [
    { title: `Let ${name} keep state`, edits: [setField(topology, [collection, id, "stateful"], true)] },
    { title: `Allow the answers to rule ${rule.id} of ${name}`, edits: [{ op: "add", path: pointer(collection, id, "rules", fault.rule + 1), value: answer }] },
  ];
}

/** Ordered rules read one by one for one packet: appliances, distributed firewalls, a management interface's own firewall. */
import { parseServices } from "../../model/services";
import type { DistributedFirewall } from "../../model/kinds/distributed-firewall";
import type { Rule } from "../../model/kinds/forwarder";
import { entries, record, type Topology } from "../../model/topology";
import type { End } from "./ends";
import type { Selectors, Station } from "./selectors";

/** A packet of a flow: its ends and the service, numbered as service sets number it. */
export interface Packet {
  readonly from: Station;
  readonly to: Station;
  readonly service: number;
}

export interface RuleList {
  readonly rules: readonly Rule[];
  readonly allows: boolean;
  readonly stateful: boolean;
  /** Whether it can stop anything; else it keeps no state. */
  readonly denies: boolean;
  readonly distributed: boolean;
}

export function ruleList({ rules = [], defaultAction, stateful }: Pick<DistributedFirewall, "rules" | "defaultAction" | "stateful">, otherwise: "allow" | "deny", distributed: boolean): RuleList {
  const allows = (defaultAction ?? otherwise) === "allow";
  const denies = !allows || rules.some(({ action, enabled }) => action !== "allow" && enabled !== false);
  return { rules, allows, stateful: stateful !== false, denies, distributed };
}

export class Filters {
  private readonly guards: readonly { readonly list: RuleList; readonly firewall: DistributedFirewall }[];
  private readonly serviceSets = new Map<Rule, readonly number[]>();
  private readonly guarding = new Map<End, readonly RuleList[]>();

  constructor(private readonly topology: Topology, private readonly selectors: Selectors) {
    this.guards = entries(topology, "distributedFirewalls").map(([, firewall]) => ({ firewall, list: ruleList(firewall, "allow", true) }));
  }

  /** The first rule that matches decides. `enter` and `leave` are the interfaces of an appliance. */
  passes(list: RuleList, packet: Packet, enter?: string, leave?: string): boolean {
    const rule = this.deciding(list, packet, enter, leave);
    return rule === undefined ? list.allows : rule.action === "allow";
  }

  /** The first rule that matches; undefined where none does. */
  deciding({ rules, distributed }: RuleList, { from, to, service }: Packet, enter?: string, leave?: string): Rule | undefined {
    for (const rule of rules) {
      if (rule.enabled === false) continue;
      if (rule.in !== undefined && rule.in !== enter) continue;
      if (rule.out !== undefined && rule.out !== leave) continue;
      if (!inSet(this.servicesOf(rule), service)) continue;
      if (this.selectors.match(rule.from, from, distributed) && this.selectors.match(rule.to, to, distributed)) return rule;
    }
    return undefined;
  }

  /** Distributed firewalls that filter one of the ends. */
  guardsAt(...ends: readonly End[]): RuleList[] {
    return [...new Set(ends.flatMap((end) => this.guardsOf(end)))];
  }

  passesOwnFirewall({ from, to, service }: Packet): boolean {
    if (to.end.kind !== "managementInterface") return true;
    const firewall = record(this.topology, "managementInterfaces", to.end.owner)?.firewall;
    if (firewall === undefined) return false;
    if (firewall.enabled === false) return true;
    return this.selectors.match(firewall.allowedSources, from, false) && inSet(parseServices(firewall.ports), service);
  }

  /** A distributed firewall by its id. */
  guard(id: string): RuleList | undefined {
    const firewall = record(this.topology, "distributedFirewalls", id);
    return this.guards.find((guard) => guard.firewall === firewall)?.list;
  }

  private guardsOf(end: End): readonly RuleList[] {
    let found = this.guarding.get(end);
    if (found === undefined) this.guarding.set(end, (found = this.guards.filter(({ firewall }) => this.isGuarded(end, firewall)).map(({ list }) => list)));
    return found;
  }

  private isGuarded(end: End, { virtualSwitches, exclude = [] }: DistributedFirewall): boolean {
    if (end.kind !== "vnic" || end.passthrough) return false;
    const vswitch = record(this.topology, "portGroups", end.portGroup)?.virtualSwitch ?? "";
    return (virtualSwitches === undefined || virtualSwitches.includes(vswitch)) && !this.selectors.excludes(exclude, end);
  }

  private servicesOf(rule: Rule): readonly number[] {
    let services = this.serviceSets.get(rule);
    if (services === undefined) this.serviceSets.set(rule, (services = parseServices(rule.services)));
    return services;
  }
}

function inSet(set: readonly number[], service: number): boolean {
  return set.some((low, at) => at % 2 === 0 && low <= service && service <= (set[at + 1] ?? low));
}

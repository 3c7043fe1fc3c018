/** Where a distributed firewall would keep two tenants apart even if their segments were one: the second of two layers. */
import type { Rule } from "../model/kinds/forwarder";
import { ANY_SERVICE, equalServices, parseServices } from "../model/services";
import { entries, type Topology } from "../model/topology";
import type { Network } from "../network/compiled-network";
import { deniesRest } from "./denies-rest";
import { Enforcement } from "./enforcement";
import { machinesOf } from "./residents";
import { ruleSidesOf, type RuleSide, type RuleSides } from "./rule-sides";

/** Pairs of tenants are unordered here: `a b`, the smaller first. */
function pairOf(a: string, b: string): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

/** More pairs of one rule than this are not kept one by one: the rule then counts for all. */
const MOST_PAIRS = 20_000;

/** A set of pairs of tenants, in which a rule may put all, or all of one tenant. */
class Pairs {
  private readonly pairs = new Set<string>();
  private readonly whole = new Set<string>();
  private all = false;

  add(from: RuleSide, to: RuleSide): void {
    if (from.any && to.any) this.all = true;
    else if (from.any || to.any) for (const tenant of (from.any ? to : from).crowd.tenants) this.whole.add(tenant);
    else if (from.crowd.tenants.size * to.crowd.tenants.size > MOST_PAIRS) this.all = true;
    else for (const a of from.crowd.tenants) for (const b of to.crowd.tenants) if (a !== b) this.pairs.add(pairOf(a, b));
  }

  has(a: string, b: string): boolean {
    return this.all || this.whole.has(a) || this.whole.has(b) || this.pairs.has(pairOf(a, b));
  }
}

export class SecondLayer {
  /** Tenants of which every workload vNIC is filtered by a firewall that denies by default. */
  private readonly guarded: ReadonlySet<string>;
  /** Tenants of which every workload vNIC is filtered by some firewall. */
  private readonly filtered: ReadonlySet<string>;
  private readonly opened = new Pairs();
  private readonly denied = new Set<string>();
  /** Of those, what no allow stands before. */
  private readonly deniedFirst = new Set<string>();

  constructor(topology: Topology, network: Network) {
    this.guarded = filteredTenants(topology, (id) => deniesRest(topology, "distributedFirewalls", id));
    this.filtered = filteredTenants(topology, () => true);
    const sides = ruleSidesOf(topology, network);
    for (const [id, { rules = [] }] of entries(topology, "distributedFirewalls")) {
      for (const rule of rules) if (rule.enabled !== false) this.read(sides, id, rule);
    }
  }

  /** Whether a distributed firewall by itself keeps the two apart. */
  holds(a: string, b: string): boolean {
    const isFiltered = this.filtered.has(a) || this.filtered.has(b);
    const holds = (denied: ReadonlySet<string>): boolean => isFiltered && denied.has(`${a}>${b}`) && denied.has(`${b}>${a}`);
    if (this.opened.has(a, b)) return holds(this.deniedFirst);
    return this.guarded.has(a) || this.guarded.has(b) || holds(this.denied);
  }

  private read(sides: RuleSides, id: string, rule: Rule): void {
    const [from, to] = [sides.from(id, rule), sides.to(id, rule)];
    if (rule.action === "allow") this.opened.add(from, to);
    else if (equalServices(parseServices(rule.services), ANY_SERVICE) && from.crowd.tenants.size * to.crowd.tenants.size <= MOST_PAIRS && names(rule.from) && names(rule.to)) {
      for (const a of from.crowd.tenants) {
        for (const b of to.crowd.tenants) {
          this.denied.add(`${a}>${b}`);
          if (!this.opened.has(a, b)) this.deniedFirst.add(`${a}>${b}`);
        }
      }
    }
  }
}

/** Whether the selectors are of whole tenants, or everybody: a rule about single VMs denies their tenant nothing. */
function names(selectors: readonly string[] | undefined): boolean {
  return (selectors ?? []).every((selector) => selector === "any" || selector === "workloads" || selector.startsWith("tenant:"));
}

function filteredTenants(topology: Topology, wanted: (id: string) => boolean): ReadonlySet<string> {
  const enforcement = new Enforcement(topology, wanted);
  const tenants = new Set<string>();
  if (!enforcement.exists) return tenants;
  const open = new Set<string>();
  for (const { id, vm: { tenant, nics } } of machinesOf(topology)) {
    if (tenant === undefined || nics === undefined) continue;
    tenants.add(tenant);
    for (const nic of Object.values(nics)) if (!open.has(tenant) && enforcement.gapOf(id, nic) !== undefined) open.add(tenant);
  }
  for (const tenant of open) tenants.delete(tenant);
  return tenants;
}

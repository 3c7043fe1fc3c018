/**
 * Ordered rules, first match wins, as exact service sets per class of source and destination.
 *
 * A source or destination is known to a filter only by the rules that it matches: a short ascending list, even among 100,000 rules. It
 * says which rules match for certain and which may: they differ only where an address is unknown, and then the answer is what might
 * pass if the unknown address were the worst.
 */
import { ANY_SERVICE, NO_SERVICES, intersectServices, parseServices, subtractServices, unionServices, type ServiceSet } from "../model/services";
import type { Rule } from "../model/kinds/forwarder";
import type { AddressClass, Traits } from "./addresses";
import type { Label, LabelSet, LabelTable, Named } from "./labels";
import { withItem } from "./lists";

export type FilterKind = "router" | "firewall" | "distributedFirewall" | "managementInterface";

export interface FilterSettings {
  readonly id: string;
  readonly kind: FilterKind;
  readonly stateful: boolean;
  readonly rules: readonly Rule[];
  readonly defaultAllow: boolean;
  /** Whether `vm:`, `tenant:`, `tag:` and `portgroup:` stand for the end itself and not for its addresses. */
  readonly byIdentity: boolean;
}

interface CompiledRule {
  readonly id: string;
  readonly allows: boolean;
  readonly services: ServiceSet;
  readonly enabled: boolean;
  readonly in: string | undefined;
  readonly out: string | undefined;
}

/** What a rule, or the default action where `rule` is absent, decided about part of a packet's services. */
export interface Decision {
  readonly rule?: string;
  readonly allows: boolean;
  readonly services: ServiceSet;
}

/**
 * What becomes of a packet at a rule: the rule decides some of its services, or may where an address is unknown; or it does not match, by what is
 * named; or what it matches was decided before (`decided`).
 */
export type Outcome = "decides" | "mayDecide" | "off" | "in" | "out" | "from" | "to" | "services" | "decided";

export interface Step {
  readonly outcome: Outcome;
  /** What the rule decides; empty where it decides nothing. */
  readonly services: ServiceSet;
}

/** The rules that match a source or a destination, ascending; those that match everything on that side are left out. */
interface Row {
  readonly must: readonly number[];
  readonly may: readonly number[];
  /** Those of `may` that match everything on the other side. */
  readonly wide: readonly number[];
}

export class Filter {
  readonly id: string;
  readonly kind: FilterKind;
  readonly stateful: boolean;
  readonly defaultAllow: boolean;
  /** Whether it can stop anything; a router without rules keeps no state and breaks nothing. */
  readonly filtering: boolean;
  readonly rules: CompiledRule[];
  readonly from: Side;
  readonly to: Side;
  /** Rules that match everything on both sides, ascending. */
  readonly general: readonly number[];
  private readonly unnamed = new Crossing(this, "", "");
  private readonly crossings = new Map<string, Map<string, Crossing>>();
  /** Interfaces that some rule names; all others are alike to the filter. */
  private readonly named: ReadonlySet<string>;

  constructor(private readonly settings: FilterSettings, private readonly labels: LabelTable) {
    this.id = settings.id;
    this.kind = settings.kind;
    this.stateful = settings.stateful;
    this.defaultAllow = settings.defaultAllow;
    this.rules = settings.rules.map((rule) => compileRule(rule));
    this.filtering = !settings.defaultAllow || settings.rules.some(({ action, enabled }) => action !== "allow" && enabled !== false);
    this.named = new Set(settings.rules.flatMap(({ in: enter, out: leave }) => (enter === undefined && leave === undefined ? [] : [enter, leave])).filter((local) => local !== undefined));
    const { from, to } = labels.sidesOf(settings.rules);
    this.from = new Side(from, to, labels, settings.byIdentity);
    this.to = new Side(to, from, labels, settings.byIdentity);
    this.general = [...settings.rules.keys()].filter((index) => from[index] === "any" && to[index] === "any");
  }

  /** The rules that count for packets from one interface to another; both are undefined at a filter without interfaces. */
  crossing(inside: string | undefined, outside: string | undefined): Crossing {
    const [enter, leave] = [this.known(inside), this.known(outside)];
    if (enter === "" && leave === "") return this.unnamed;
    let row = this.crossings.get(enter);
    if (row === undefined) this.crossings.set(enter, (row = new Map<string, Crossing>()));
    let crossing = row.get(leave);
    if (crossing === undefined) row.set(leave, (crossing = new Crossing(this, enter, leave)));
    return crossing;
  }

  /**
   * Puts a rule, which is on, in the place of one that named the same parties and interfaces.
   *
   * @returns whether the filter can still stop something, or still cannot
   */
  replace(index: number, rule: Rule): boolean {
    this.rules[index] = compileRule(rule);
    return this.filtering === (!this.defaultAllow || this.rules.some(({ allows, enabled }) => !allows && enabled));
  }

  /** Whether the label stands for the end itself here, and not for its addresses. */
  seesIdentity(label: Label): boolean {
    return this.settings.byIdentity && this.labels.isIdentity(label);
  }

  /** Whether some rule names the interface. */
  names(local: string): boolean {
    return this.named.has(local);
  }

  /** No interface has an empty id. */
  private known(local: string | undefined): string {
    return local !== undefined && this.named.size > 0 && this.named.has(local) ? local : "";
  }
}

function compileRule({ id, action, services, enabled, in: enter, out: leave }: Rule): CompiledRule {
  return { id, allows: action === "allow", services: parseServices(services), enabled: enabled !== false, in: enter, out: leave };
}

/** The rules of a filter between two of its interfaces. */
export class Crossing {
  constructor(readonly filter: Filter, private readonly enter: string, private readonly leave: string) {}

  /** Exactly what passes as the first packet of a flow. */
  passes(from: Traits, to: Traits): ServiceSet {
    const { filter } = this;
    if (!filter.filtering) return ANY_SERVICE;
    const source = filter.from.row(from);
    const target = filter.to.row(to);
    let undecided: ServiceSet = ANY_SERVICE;
    let passing: ServiceSet = NO_SERVICES;
    for (const index of this.matching(source, target)) {
      const rule = filter.rules[index] as CompiledRule;
      if (!this.counts(rule)) continue;
      const decided = undecided === ANY_SERVICE ? rule.services : intersectServices(undecided, rule.services);
      if (decided.length === 0) continue;
      if (rule.allows) passing = unionServices(passing, decided);
      if (!isCertain(source, target, index)) continue;
      undecided = subtractServices(undecided, decided);
      if (undecided.length === 0) return passing;
    }
    return filter.defaultAllow ? unionServices(passing, undecided) : passing;
  }

  /** What each rule decided, in order; the default action last. */
  explain(from: Traits, to: Traits): Decision[] {
    const { rules, defaultAllow } = this.filter;
    const source = this.filter.from.row(from);
    const target = this.filter.to.row(to);
    const decisions: Decision[] = [];
    let undecided: ServiceSet = ANY_SERVICE;
    for (const index of this.matching(source, target)) {
      const rule = rules[index] as CompiledRule;
      if (!this.counts(rule)) continue;
      const certain = isCertain(source, target, index);
      const decided = intersectServices(undecided, rule.services);
      // A denial that only may match leaves the worst case open.
      if (decided.length > 0 && (rule.allows || certain)) decisions.push({ rule: rule.id, allows: rule.allows, services: decided });
      if (certain) undecided = subtractServices(undecided, decided);
      if (undecided.length === 0) return decisions;
    }
    decisions.push({ allows: defaultAllow, services: undecided });
    return decisions;
  }

  /** What becomes of these services at each rule, in order, until nothing of them is left; `left` is the default action's. */
  walk(from: Traits, to: Traits, asked: ServiceSet): { readonly steps: readonly Step[]; readonly left: ServiceSet } {
    const { rules, from: sources, to: targets } = this.filter;
    const [source, target] = [sources.row(from), targets.row(to)];
    const [sends, receives] = [new Set(source.may), new Set(target.may)];
    const steps: Step[] = [];
    let left = asked;
    for (const [index, rule] of rules.entries()) {
      if (left.length === 0) break;
      const miss = this.missOf(rule) ?? (sources.matches(index, sends) ? (targets.matches(index, receives) ? undefined : "to") : "from");
      const decided = miss === undefined ? intersectServices(left, rule.services) : NO_SERVICES;
      const certain = isCertain(source, target, index);
      if (decided.length > 0) steps.push({ outcome: certain ? "decides" : "mayDecide", services: decided });
      else steps.push({ outcome: miss ?? (intersectServices(asked, rule.services).length === 0 ? "services" : "decided"), services: NO_SERVICES });
      if (certain) left = subtractServices(left, decided);
    }
    return { steps, left };
  }

  private missOf({ enabled, in: enter, out: leave }: CompiledRule): "off" | "in" | "out" | undefined {
    if (!enabled) return "off";
    if (enter !== undefined && enter !== this.enter) return "in";
    return leave !== undefined && leave !== this.leave ? "out" : undefined;
  }

  private counts(rule: CompiledRule): boolean {
    return this.missOf(rule) === undefined;
  }

  /** Every rule that matches or may match both, ascending. */
  private matching(source: Row, target: Row): readonly number[] {
    const { general } = this.filter;
    const both = common(source.may, target.may);
    const others = general.length + source.wide.length + target.wide.length;
    if (others === 0) return both;
    if (both.length === 0 && others === general.length) return general;
    return [...both, ...source.wide, ...target.wide, ...general].sort((a, b) => a - b);
  }
}

/** Rows differ in what is certain only where an address is unknown. */
function isCertain(source: Row, target: Row, index: number): boolean {
  return (source.must === source.may || source.must.includes(index) || !source.may.includes(index))
    && (target.must === target.may || target.must.includes(index) || !target.may.includes(index));
}

const NOTHING: readonly number[] = [];

function common(a: readonly number[], b: readonly number[]): readonly number[] {
  let found: number[] | undefined;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const difference = (a[i] as number) - (b[j] as number);
    if (difference === 0) (found ??= []).push(a[i] as number);
    if (difference <= 0) i += 1;
    if (difference >= 0) j += 1;
  }
  return found ?? NOTHING;
}

/** What is in either of two ascending lists, ascending. */
function merged(a: readonly number[], b: readonly number[]): readonly number[] {
  const found: number[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length;) {
    const [one, other] = [a[i] ?? Infinity, b[j] ?? Infinity];
    found.push(Math.min(one, other));
    if (one <= other) i += 1;
    if (other <= one) j += 1;
  }
  return found;
}

/** The `from` or the `to` of every rule. */
class Side {
  private readonly byLabel = new Map<Label, number[]>();
  /** By address class where a filter sees addresses only, else by traits. */
  private readonly rows: Row[] = [];
  private readonly anyOther: boolean;
  private readonly none: Row = { must: NOTHING, may: NOTHING, wide: NOTHING };

  /** @param others the other side of every rule */
  constructor(private readonly named: readonly Named[], private readonly others: readonly Named[], private readonly labels: LabelTable, private readonly byIdentity: boolean) {
    this.anyOther = others.includes("any");
    for (let rule = 0; rule < named.length; rule++) {
      const labels = named[rule] as Named;
      if (labels !== "any") for (const label of labels) this.index(label, rule);
    }
  }

  private index(label: Label, rule: number): void {
    const rules = this.byLabel.get(label);
    if (rules === undefined || rules[rules.length - 1] !== rule) {
      const more = withItem(rules, rule);
      if (more !== rules) this.byLabel.set(label, more);
    }
  }

  /** The labels that a rule names; `any` where it matches everything. */
  labelsOf(rule: number): Named {
    return this.named[rule] ?? NOTHING;
  }

  /** Whether a rule matches on this side, given the rules that name the end. */
  matches(rule: number, naming: ReadonlySet<number>): boolean {
    return this.named[rule] === "any" || naming.has(rule);
  }

  row({ id, identity, address }: Traits): Row {
    return (this.rows[this.byIdentity ? id : address.id] ??= this.match(identity, address));
  }

  private match(identity: LabelSet, address: AddressClass): Row {
    const must = this.rulesOf(identity.labels, address.must);
    return this.rowOf(must, address.may === address.must ? must : this.rulesOf(identity.labels, address.may));
  }

  /** A distributed firewall sees of an end itself for the selectors that name ends, and its address for the others. */
  private rulesOf(identity: readonly Label[], address: readonly Label[]): readonly number[] {
    let found = NOTHING;
    if (!this.byIdentity) {
      for (const label of address) found = this.adding(found, label);
      return found;
    }
    for (const label of identity) if (this.labels.isIdentity(label)) found = this.adding(found, label);
    for (const label of address) if (!this.labels.isIdentity(label)) found = this.adding(found, label);
    return found;
  }

  private adding(rules: readonly number[], label: Label): readonly number[] {
    const more = this.byLabel.get(label);
    return more === undefined ? rules : rules.length === 0 ? more : merged(rules, more);
  }

  private rowOf(must: readonly number[], may: readonly number[]): Row {
    if (may.length === 0) return this.none;
    return { must, may, wide: this.anyOther ? may.filter((rule) => this.others[rule] === "any") : NOTHING };
  }
}

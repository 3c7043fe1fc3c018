/**
 * Ordered rules, first match wins, as exact service sets per class of source and destination.
 *
 * A source or destination is known to a filter only by the rules that it matches (a row of bits), so that all sources with the same
 * row share one answer. A row says which rules match for certain and which may: they differ only where an address is unknown, and
 * then the answer is what might pass if the unknown address were the worst.
 */
import { ANY_SERVICE, NO_SERVICES, intersectServices, parseServices, subtractServices, unionServices, type ServiceSet } from "../model/services";
import type { Rule } from "../model/kinds/forwarder";
import type { AddressClass } from "./addresses";
import { eachCommon, emptyBits, hasBit, setBit, type Bits } from "./bits";
import type { Label, LabelSet, LabelTable } from "./labels";

/** One end of a packet: what the end is, and the address it uses. */
export interface Traits {
  readonly identity: LabelSet;
  readonly address: AddressClass;
}

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
}

/** What a rule, or the default action where `rule` is absent, decided about part of a packet's services. */
export interface Decision {
  readonly rule?: string;
  readonly allows: boolean;
  readonly services: ServiceSet;
}

interface Row {
  readonly id: number;
  readonly must: Bits;
  readonly may: Bits;
}

export class Filter {
  readonly id: string;
  readonly kind: FilterKind;
  readonly stateful: boolean;
  readonly defaultAllow: boolean;
  /** Whether it can stop anything; a router without rules keeps no state and breaks nothing. */
  readonly filtering: boolean;
  readonly rules: readonly CompiledRule[];
  private readonly from: Side;
  private readonly to: Side;
  private readonly crossings = new Map<string, Map<string, Crossing>>();
  /** Interfaces that some rule names; all others are alike to the filter. */
  private readonly named: ReadonlySet<string>;

  private readonly opened = new Map<number, readonly Label[] | "any">();
  /** Rules that allow and are enabled. */
  private readonly allowing: Bits;

  constructor(private readonly settings: FilterSettings, private readonly labels: LabelTable) {
    this.id = settings.id;
    this.kind = settings.kind;
    this.stateful = settings.stateful;
    this.defaultAllow = settings.defaultAllow;
    this.rules = settings.rules.map(({ id, action, services }) => ({ id, allows: action === "allow", services: parseServices(services) }));
    this.filtering = !settings.defaultAllow || settings.rules.some(({ action, enabled }) => action !== "allow" && enabled !== false);
    this.named = new Set(settings.rules.flatMap(({ in: enter, out: leave }) => [enter, leave]).filter((local) => local !== undefined));
    this.allowing = emptyBits(settings.rules.length);
    for (const [index, { action, enabled }] of settings.rules.entries()) if (action === "allow" && enabled !== false) setBit(this.allowing, index);
    this.from = new Side(settings.rules.map(({ from }) => from), labels, settings.byIdentity);
    this.to = new Side(settings.rules.map(({ to }) => to), labels, settings.byIdentity);
  }

  /** The rules that count for packets from one interface to another; both are undefined at a filter without interfaces. */
  crossing(inside: string | undefined, outside: string | undefined): Crossing {
    const [enter, leave] = [this.known(inside), this.known(outside)];
    let row = this.crossings.get(enter);
    if (row === undefined) this.crossings.set(enter, (row = new Map<string, Crossing>()));
    let crossing = row.get(leave);
    if (crossing === undefined) row.set(leave, (crossing = new Crossing(this, this.from, this.to, this.active(enter, leave))));
    return crossing;
  }

  /** Selectors to which some rule may let packets of this source pass, between whatever interfaces; `any` where one or the default action lets them pass to all. */
  openTo(source: Traits): readonly Label[] | "any" {
    if (this.defaultAllow) return "any";
    const row = this.from.row(source);
    let labels = this.opened.get(row.id);
    if (labels === undefined) {
      const open = new Set<Label | "any">();
      eachCommon(row.may, this.allowing, this.allowing, (rule) => {
        for (const label of this.to.labelsOf(rule)) open.add(label);
        return !open.has("any");
      });
      labels = open.has("any") ? "any" : [...open].filter((label) => label !== "any");
      this.opened.set(row.id, labels);
    }
    return labels;
  }

  /** Whether the label stands for the end itself here, and not for its addresses. */
  seesIdentity(label: Label): boolean {
    return this.settings.byIdentity && this.labels.isIdentity(label);
  }

  /** No interface has an empty id. */
  private known(local: string | undefined): string {
    return local !== undefined && this.named.has(local) ? local : "";
  }

  private active(enter: string, leave: string): Bits {
    const active = emptyBits(this.rules.length);
    for (const [index, rule] of this.settings.rules.entries()) {
      const crosses = (rule.in === undefined || rule.in === enter) && (rule.out === undefined || rule.out === leave);
      if (rule.enabled !== false && crosses) setBit(active, index);
    }
    return active;
  }
}

/** The rules of a filter between two of its interfaces. */
export class Crossing {
  private readonly known = new Map<number, ServiceSet>();

  constructor(readonly filter: Filter, private readonly from: Side, private readonly to: Side, private readonly active: Bits) {}

  /** Exactly what passes as the first packet of a flow. */
  passes(from: Traits, to: Traits): ServiceSet {
    if (!this.filter.filtering) return ANY_SERVICE;
    const source = this.from.row(from);
    const target = this.to.row(to);
    const key = source.id * 67108864 + target.id;
    let services = this.known.get(key);
    if (services === undefined) this.known.set(key, (services = allowed(this.walk(source, target))));
    return services;
  }

  /** What each rule decided, in order; the default action last. */
  explain(from: Traits, to: Traits): Decision[] {
    return this.walk(this.from.row(from), this.to.row(to));
  }

  private walk(from: Row, to: Row): Decision[] {
    const { rules, defaultAllow } = this.filter;
    const decisions: Decision[] = [];
    let undecided: ServiceSet = ANY_SERVICE;
    eachCommon(from.may, to.may, this.active, (index) => {
      const { id, allows, services } = rules[index] as CompiledRule;
      const certain = hasBit(from.must, index) && hasBit(to.must, index);
      const decided = intersectServices(undecided, services);
      // A denial that only may match leaves the worst case open.
      if (decided.length > 0 && (allows || certain)) decisions.push({ rule: id, allows, services: decided });
      if (certain) undecided = subtractServices(undecided, decided);
      return undecided.length > 0;
    });
    if (undecided.length > 0) decisions.push({ allows: defaultAllow, services: undecided });
    return decisions;
  }
}

function allowed(decisions: readonly Decision[]): ServiceSet {
  return decisions.reduce<ServiceSet>((set, { allows, services }) => (allows ? unionServices(set, services) : set), NO_SERVICES);
}

/** The `from` or the `to` of every rule. */
class Side {
  private readonly any: number[] = [];
  private readonly byLabel = new Map<Label, number[]>();
  private readonly rows = new Map<string, Row>();
  private readonly byTraits = new Map<number, Row>();

  constructor(private readonly selectors: readonly (readonly string[] | undefined)[], private readonly labels: LabelTable, private readonly byIdentity: boolean) {
    for (const [index, texts] of selectors.entries()) {
      if (texts === undefined || texts.includes("any")) this.any.push(index);
      else for (const text of texts) this.index(labels.get(text), index);
    }
  }

  private index(label: Label | undefined, rule: number): void {
    if (label === undefined) return;
    const rules = this.byLabel.get(label);
    if (rules === undefined) this.byLabel.set(label, [rule]);
    else rules.push(rule);
  }

  /** The selectors of a rule. */
  labelsOf(rule: number): readonly (Label | "any")[] {
    const texts = this.selectors[rule];
    return texts === undefined ? ["any"] : texts.map((text) => (text === "any" ? "any" : this.labels.get(text))).filter((label) => label !== undefined);
  }

  row({ identity, address }: Traits): Row {
    const key = this.byIdentity ? identity.id * 67108864 + address.id : address.id;
    let row = this.byTraits.get(key);
    if (row === undefined) {
      const must = this.rulesOf(this.byIdentity ? this.seen(identity.labels, address.must) : address.must);
      const may = address.may === address.must ? must : this.rulesOf(this.byIdentity ? this.seen(identity.labels, address.may) : address.may);
      this.byTraits.set(key, (row = this.intern(must, may)));
    }
    return row;
  }

  /** What a distributed firewall sees of an end: itself for the selectors that name ends, its address for the others. */
  private seen(identity: readonly Label[], address: readonly Label[]): Label[] {
    return [...identity.filter((label) => this.labels.isIdentity(label)), ...address.filter((label) => !this.labels.isIdentity(label))];
  }

  private rulesOf(labels: readonly Label[]): number[] {
    const rules = new Set<number>();
    for (const label of labels) for (const rule of this.byLabel.get(label) ?? []) rules.add(rule);
    return [...rules].sort((a, b) => a - b);
  }

  private intern(must: readonly number[], may: readonly number[]): Row {
    const key = must === may ? must.join(",") : `${must.join(",")}/${may.join(",")}`;
    let row = this.rows.get(key);
    if (row === undefined) {
      const sure = this.bits(must);
      this.rows.set(key, (row = { id: this.rows.size, must: sure, may: must === may ? sure : this.bits(may) }));
    }
    return row;
  }

  private bits(rules: readonly number[]): Bits {
    const bits = emptyBits(this.selectors.length);
    for (const rule of this.any) setBit(bits, rule);
    for (const rule of rules) setBit(bits, rule);
    return bits;
  }
}

/**
 * Which pairs of hosts need a look of their own. Of 40,000 VMs every pair could, but nearly all are alike: no frame passes between the
 * two and no rule names both, so what the defaults and the wide rules do decides.
 *
 * A rule is narrow where both its sides name few hosts. A pair meets where frames pass, or a narrow rule has it on its two sides: one of
 * the filter that all packets of its sender have to pass, where that passes nothing else. Pairs that do not meet have the same answer
 * wherever their hosts are of the same kinds: the same surroundings, the same distributed firewalls, the same wide rules.
 */
import type { Assume } from "../analysis/result";
import type { AddressClass } from "./addresses";
import type { Guards } from "./distributed";
import type { Fabric, PortSet, Surroundings } from "./fabric";
import type { Filter } from "./filters";
import type { Port } from "./forwarders";
import type { Candidate, Host } from "./hosts";
import type { Label, LabelTable, Named } from "./labels";
import { append, roomFor } from "./lists";
import type { NextHops } from "./next-hop";
import type { Spot, Spots } from "./spots";

/** A side that names more hosts than this is as good as any. */
const FEW = 256;
/** Three numbers below this, and one below 64, fit in one that is exact. */
const MANY = 32768;

export interface EncounterParts {
  readonly assume: Assume;
  readonly fabric: Fabric;
  readonly spots: Spots;
  readonly guards: Guards;
  readonly labels: LabelTable;
  readonly hops: NextHops;
}

/** A label as a filter sees it: of the hosts themselves, or of their addresses. */
type Sight = number;

const ofIdentity = (label: Label): Sight => 2 * label + 1;
const ofAddress = (label: Label): Sight => 2 * label;

function sightOf(label: Label, filter: Filter): Sight {
  return filter.seesIdentity(label) ? ofIdentity(label) : ofAddress(label);
}

/** A rule of which both sides name few hosts. */
interface Narrow {
  readonly filter: Filter;
  readonly from: readonly Label[];
  readonly to: readonly Label[];
}

/** Under each name of one side once. */
function fileRule(rule: Narrow, labels: readonly Label[], by: (Narrow[] | undefined)[]): void {
  for (const label of labels.length > 1 ? new Set(labels) : labels) append(by, sightOf(label, rule.filter), rule);
}

/** As the sender, or as the receiver. */
type Direction = "leaving" | "entering";

export class Encounters {
  /** The hosts that a label stands for. */
  private readonly members: (Host[] | undefined)[];
  private readonly atSpot: (Host[] | undefined)[];
  /** Narrow rules by what they name in their `from`, and in their `to`. */
  private readonly narrow: Record<Direction, (Narrow[] | undefined)[]>;
  /** Wide rules by a label of theirs, as text: those that see the host itself, and those that see its address. */
  private readonly wide = { identity: [] as string[], address: [] as string[] };
  private readonly wideRules = new Map<Filter, Set<number>>();
  /** Interfaces that a wide rule names, by filter. */
  private readonly namedByWide = new Map<Filter, Set<string>>();
  private readonly kinds = new Map<string | number, number>();
  private readonly kindOfHost: number[] = [];
  private readonly roles: string[] = [];
  private readonly wideOfAddress: string[] = [];
  private readonly rolesOf: string[] = [];
  /** What the keys of hosts are made of, numbered: by set of ports, identity and address. */
  private readonly numbers = { role: [] as number[], identity: [] as number[], address: [] as number[] };
  private readonly texts = new Map<string, number>();
  private readonly seen: (number | undefined)[];
  private readonly enrolled: boolean[] = [];
  private mark = 0;
  /** What was asked for last, and perhaps more; kept, as a list that is made for each of thousands takes longer than what is in it. */
  readonly found: Host[] = [];
  private count = 0;
  /** Whether what passes one way may depend on what the rules say of the other. */
  readonly bothWays: boolean;
  private ruleCount = 0;

  constructor(private readonly parts: EncounterParts, hosts: readonly Host[]) {
    const { spots, labels } = parts;
    this.members = roomFor(2 * labels.size);
    this.narrow = { leaving: roomFor(2 * labels.size), entering: roomFor(2 * labels.size) };
    this.atSpot = roomFor(spots.size);
    this.seen = roomFor(hosts.length);
    for (const host of hosts) this.enrol(host);
    const filters = new Set<Filter>(parts.guards.all.map(({ filter }) => filter));
    for (const { filter } of parts.fabric.forwarders) if (filter !== undefined) filters.add(filter);
    for (const { shield } of hosts) if (shield !== undefined && typeof shield.certain === "object") filters.add(shield.certain.filter);
    for (const filter of filters) if (filter.filtering) this.survey(filter);
    this.bothWays = parts.assume === "configured" || parts.fabric.forwarders.some(({ transparent, kind, filter }) => transparent || kind === "vm" || isStateless(filter))
      || parts.guards.all.some(({ filter }) => isStateless(filter));
  }

  /** Every host that a pair from this one needs a look of its own with; perhaps a few more, in no order. They are the first in `found`, and this says how many. */
  of(from: Host): number {
    return this.around(from, this.parts.spots.hearers(from.spot, "open"), "leaving");
  }

  /** The same from the other side: every host from which a pair to this one needs a look of its own. */
  towards(to: Host): number {
    return this.around(to, this.parts.spots.heard(to.spot, "open"), "entering");
  }

  private around(host: Host, spots: readonly Spot[], direction: Direction): number {
    this.count = 0;
    this.mark += 1;
    this.addAt(spots);
    this.meet(host, direction);
    if (!this.bothWays) return this.count;
    this.addAt(direction === "leaving" ? this.parts.spots.heard(host.spot, "open") : this.parts.spots.hearers(host.spot, "open"));
    this.meet(host, direction === "leaving" ? "entering" : "leaving");
    for (const label of this.subnetsOf(host)) this.addNew(this.members[ofAddress(label)]);
    return this.count;
  }

  private addAt(spots: readonly Spot[]): void {
    for (const { index } of spots) this.addNew(this.atSpot[index]);
  }

  /** Adds those that have not been seen since the mark was set. */
  private addNew(hosts: readonly Host[] | undefined): void {
    if (hosts === undefined) return;
    for (const host of hosts) {
      if (this.seen[host.index] === this.mark) continue;
      this.seen[host.index] = this.mark;
      this.found[this.count++] = host;
    }
  }

  /** The hosts on the two sides of a rule; undefined where one names everybody, or many. */
  sidesOf(filter: Filter, index: number): { from: readonly Host[]; to: readonly Host[] } | undefined {
    const [from, to] = [filter.from.labelsOf(index), filter.to.labelsOf(index)];
    if (from === "any" || to === "any" || this.wideRules.get(filter)?.has(index) === true) return undefined;
    const members = (labels: readonly Label[]): Host[] => labels.flatMap((label) => this.members[sightOf(label, filter)] ?? []);
    return { from: members(from), to: members(to) };
  }

  /** A number; pairs that do not meet have the same answer where both their hosts' numbers are the same. */
  kindOf(host: Host): number {
    return (this.kindOfHost[host.index] ??= this.numberOf(this.keyOf(host)));
  }

  /** Takes a host in, if it is not. */
  enrol(host: Host): void {
    if (this.enrolled[host.index] === true) return;
    this.enrolled[host.index] = true;
    append(this.atSpot, host.spot.index, host);
    for (const label of host.identity.labels) append(this.members, ofIdentity(label), host);
    for (const label of addressLabels(host)) append(this.members, ofAddress(label), host);
  }

  /** Takes a host out again. */
  withdraw(host: Host): void {
    this.enrolled[host.index] = false;
    remove(this.atSpot[host.spot.index], host);
    for (const label of host.identity.labels) remove(this.members[ofIdentity(label)], host);
    for (const label of addressLabels(host)) remove(this.members[ofAddress(label)], host);
  }

  private survey(filter: Filter): void {
    for (let index = 0; index < filter.rules.length; index++) {
      const rule = filter.rules[index];
      if (rule?.enabled !== true) continue;
      const from = filter.from.labelsOf(index), to = filter.to.labelsOf(index);
      this.ruleCount += 1;
      if (from !== "any" && to !== "any" && this.areFew(from, filter) && this.areFew(to, filter)) this.addNarrow({ filter, from, to });
      else this.addWide(filter, index, from, to, [rule.in, rule.out]);
    }
  }

  private addNarrow(rule: Narrow): void {
    fileRule(rule, rule.from, this.narrow.leaving);
    fileRule(rule, rule.to, this.narrow.entering);
  }

  private addWide(filter: Filter, index: number, from: Named, to: Named, locals: readonly (string | undefined)[]): void {
    const note = (labels: Named, side: string): void => {
      for (const label of labels === "any" ? [] : new Set(labels)) {
        const by = filter.seesIdentity(label) ? this.wide.identity : this.wide.address;
        by[label] = `${by[label] ?? ""}${side}${this.ruleCount}`;
      }
    };
    const wide = this.wideRules.get(filter) ?? new Set<number>();
    this.wideRules.set(filter, wide.add(index));
    note(from, "<");
    note(to, ">");
    let named = this.namedByWide.get(filter);
    if (named === undefined) this.namedByWide.set(filter, (named = new Set()));
    for (const local of locals) if (local !== undefined) named.add(local);
  }

  /** Whether one side of a rule names few hosts. Said when the rules are filed; hosts that come and go later do not change it. */
  private areFew(labels: readonly Label[], filter: Filter): boolean {
    let sum = 0;
    for (const label of labels) sum += this.members[sightOf(label, filter)]?.length ?? 0;
    return sum <= FEW;
  }

  /** Adds the hosts on the other side of every narrow rule that has the host on this one. */
  private meet(host: Host, direction: Direction): void {
    const rules = this.narrow[direction], isLeaving = direction === "leaving";
    const gate = isLeaving ? this.gateOf(host) : undefined;
    for (const label of host.identity.labels) this.cross(rules[ofIdentity(label)], isLeaving, gate);
    for (const label of addressLabels(host)) this.cross(rules[ofAddress(label)], isLeaving, gate);
  }

  private cross(rules: readonly Narrow[] | undefined, isLeaving: boolean, gate: Filter | undefined): void {
    if (rules === undefined) return;
    if (isLeaving) this.leave(rules, gate);
    else this.enter(rules);
  }

  /** @param gate of the sender */
  private leave(rules: readonly Narrow[], gate: Filter | undefined): void {
    for (const { filter, to } of rules) if (gate === undefined || gate === filter) for (const label of to) this.addNew(this.members[sightOf(label, filter)]);
  }

  private enter(rules: readonly Narrow[]): void {
    for (const { filter, from } of rules) {
      for (const label of from) {
        const senders = this.members[sightOf(label, filter)];
        this.addNew(senders?.filter((sender) => (this.gateOf(sender) ?? filter) === filter));
      }
    }
  }

  /**
   * A filter that whatever the host sends to others than its neighbours has to pass, and that passes only what its narrow rules name: nobody whom
   * none of these names beside the host is reached by it, whatever other filters say. Undefined where there is none.
   */
  private gateOf({ spot, guards, mayEscape }: Host): Filter | undefined {
    const { fabric } = this.parts;
    if (this.bothWays || fabric.mayWiden) return undefined;
    const { ports } = fabric.surroundings(spot, "closed").mutual;
    const first = ports[0]?.forwarder;
    if (first?.filter !== undefined && this.isGate(first.filter) && ports.every(({ forwarder }) => forwarder === first)) return first.filter;
    return guards.find((guard) => this.isGate(guard.filter) && !mayEscape.includes(guard))?.filter;
  }

  private isGate(filter: Filter): boolean {
    return !filter.defaultAllow && !this.wideRules.has(filter);
  }

  /** As configured, hosts of one subnet talk to one another directly. */
  private subnetsOf(host: Host): Label[] {
    if (this.parts.assume !== "configured") return [];
    const written = [...host.sources, ...host.targets].flatMap((candidate) => candidate.written ?? []);
    return written.map((text) => this.parts.labels.get(`cidr:${text}`)).filter((label) => label !== undefined);
  }

  private numberOf(key: string | number): number {
    let number = this.kinds.get(key);
    if (number === undefined) this.kinds.set(key, (number = this.kinds.size));
    return number;
  }

  /** Equal for hosts of one kind. A number for a vNIC with one address of its own and nothing else to it, which most are. */
  private keyOf(host: Host): string | number {
    const { assume, fabric } = this.parts;
    const only = soleAddress(host);
    if (only === undefined || host.kind !== "vnic" || host.guards.length > 1 || host.mayEscape.length > 0 || assume !== "hostile" || fabric.mayWiden || fabric.bridging) return this.describe(host);
    const { mutual } = fabric.surroundings(host.spot, "closed");
    const role = (this.numbers.role[mutual.id] ??= this.numberOfText(this.rolesAround(mutual)));
    const identity = (this.numbers.identity[host.identity.id] ??= this.numberOfText(this.wideOfIdentity(host)));
    const address = (this.numbers.address[only.id] ??= this.numberOfText(this.wideOf(only)));
    const guard = (host.guards[0]?.index ?? -1) + 1;
    return Math.max(role, identity, address, guard * 512) < MANY ? ((role * MANY + identity) * MANY + address) * 64 + guard : this.describe(host);
  }

  private numberOfText(text: string): number {
    let number = this.texts.get(text);
    if (number === undefined) this.texts.set(text, (number = this.texts.size));
    return number;
  }

  private describe(host: Host): string {
    const { fabric } = this.parts;
    const models = fabric.mayWiden ? (["closed", "open"] as const) : (["closed"] as const);
    const around = models.map((model) => this.roleOf(fabric.surroundings(host.spot, model))).join("|");
    return `${host.kind} ${around} ${indices(host.guards)}/${indices(host.mayEscape)} ${host.shield?.key ?? ""} ${this.wideOfIdentity(host)} ${this.candidatesOf(host)}`;
  }

  private wideOfIdentity({ identity: { labels } }: Host): string {
    return labels.map((label) => this.wide.identity[label] ?? "").join("");
  }

  /** What of a host's addresses matters beside the narrow rules that see them. */
  private candidatesOf(host: Host): string {
    const { sources, targets, forged, perhapsForged } = host;
    const wide = `${this.wideOfAll(sources)}!${this.wideOfAll(targets)}!${this.wideOfAll(forged)}!${this.wideOfAll(perhapsForged)}!${this.wideOfAll(unknowns(host))}`;
    if (this.parts.assume === "hostile") return wide;
    const gateways = host.sources.map((source) => (["closed", "open"] as const).map((model) => [this.parts.hops.first(host, source, model).id, ...this.parts.hops.beyondBridges(host, source, model).map(({ index }) => index)].join(".")).join("/"));
    return `${wide} ${gateways.join()}`;
  }

  /** Each once, in order. */
  private wideOfAll(candidates: readonly Candidate[]): string {
    const [first] = candidates;
    if (first === undefined) return "";
    const found = [this.wideOf(first.address)];
    for (const { address } of candidates) if (!found.includes(this.wideOf(address))) found.push(this.wideOf(address));
    return found.length === 1 ? (found[0] as string) : found.sort().join(";");
  }

  private wideOf({ id, must, may, family }: AddressClass): string {
    const text = (labels: readonly Label[]): string => labels.map((label) => this.wide.address[label] ?? "").join("");
    return (this.wideOfAddress[id] ??= must === may ? `${family ?? ""}:${text(must)}` : `${family ?? ""}:${text(must)}?${text(may)}`);
  }

  private roleOf({ mutual, bridges, into, outOf }: Surroundings): string {
    return `${this.rolesAround(mutual)}/${bridges.id}/${into.id}/${outOf.id}`;
  }

  private rolesAround({ id, ports }: PortSet): string {
    const [only] = ports;
    return (this.rolesOf[id] ??= ports.length === 1 && only !== undefined ? this.rolePort(only) : [...new Set(ports.map((port) => this.rolePort(port)))].sort().join());
  }

  /** Interfaces of a router are alike unless a wide rule names them. As configured, packets may not turn back by the one they came by. */
  private rolePort(port: Port): string {
    return (this.roles[port.index] ??= this.describePort(port));
  }

  private describePort({ index, forwarder, local }: Port): string {
    if (this.parts.assume === "configured" || forwarder.kind === "vm" || forwarder.transparent || forwarder.filter === undefined) return `${index}`;
    return `${forwarder.index}:${this.namedByWide.get(forwarder.filter)?.has(local) === true ? local : ""}`;
  }
}

function indices(guards: readonly { readonly index: number }[]): string {
  return guards.length === 0 ? "" : guards.map(({ index }) => index).join();
}

function isStateless(filter: Filter | undefined): boolean {
  return filter !== undefined && filter.filtering && !filter.stateful;
}

/** Labels of every address that the host may use at worst. */
function addressLabels(host: Host): readonly Label[] {
  const only = soleAddress(host);
  if (only !== undefined) return only.may;
  const all = [...host.sources, ...host.targets, ...host.forged, ...host.perhapsForged, ...unknowns(host)];
  return [...new Set(all.flatMap(({ address }) => address.may))];
}

const NOBODY: readonly Candidate[] = [];

function unknowns({ unknown, unknownElsewhere }: Host): readonly Candidate[] {
  if (unknown === undefined && unknownElsewhere === undefined) return NOBODY;
  return [unknown, unknownElsewhere].filter((candidate) => candidate !== undefined);
}

/** The class of the one address that a host may use at worst; undefined where there are several, or none. */
function soleAddress({ sources, targets, forged, perhapsForged, unknown, unknownElsewhere }: Host): AddressClass | undefined {
  const address = sources[0]?.address;
  const isSole = sources.length === 1 && targets.length === 1 && targets[0]?.address === address && forged.length === 0 && perhapsForged.length === 0 && unknown === undefined && unknownElsewhere === undefined;
  return isSole ? address : undefined;
}

function remove(hosts: Host[] | undefined, host: Host): void {
  const at = hosts?.indexOf(host) ?? -1;
  if (hosts === undefined || at === -1) return;
  hosts[at] = hosts[hosts.length - 1] as Host;
  hosts.pop();
}

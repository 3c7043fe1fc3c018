/** The compiled network: everything that rules, traces, the matrix and the diagram ask about reach. */
import { NO_SERVICES, coversServices, parseServices, subtractServices, type ServiceSet } from "../model/services";
import { compareIds, type Topology } from "../model/topology";
import type { Assume, Hop, Trace, Verdict } from "../analysis/result";
import { breaches, managementMeetings, type Meeting } from "./concerns";
import { testHit, type HitAnswer, type HitQuestion } from "./hit-test";
import { compileKernel, type Kernel } from "./kernel";
import type { RecordChange } from "../model/record-changes";
import { missingBetween, missingFields } from "./missing";
import { unknownFields } from "./unknown-fields";
import { listParties, Parties, type PartyClass } from "./parties";
import { Policy } from "./policy";
import { Rows } from "./rows";
import { reviseEnds, reviseRules } from "./kernel-revision";
import { smallChange } from "./small-change";
import { Survey } from "./survey";
import { firstPath, traceFlow } from "./trace";
import { missingOf } from "./trace-pairs";
import type { Network } from "./compiled-network";
import type { Breach, End, Layer2, Pair, Party, Sum } from "./types";
import { answer, type Answer } from "./verdicts";

export { matrixCells, matrixOf, matrixStream, type MatrixStream } from "./matrix";

/**
 * Compiles a document. Everything is computed when first asked for, and at most once.
 *
 * `today` is a date such as `2026-11-23`; policy entries whose `until` is before it do not count.
 */
export function compileNetwork(topology: Topology, { assume, today }: { assume: Assume; today: string }): Network {
  return new CompiledNetwork(topology, assume, today);
}

class CompiledNetwork implements Network {
  readonly layer2: Layer2;
  private readonly kernel: Kernel;
  private readonly policy: Policy;
  private readonly groups: Parties;
  private readonly answers = new Map<number, Answer>();
  private foundRows: Rows | undefined;
  private foundMissing: ReadonlyMap<string, ReadonlySet<string>> | undefined;
  private foundSurvey: Survey | undefined;
  private foundConcerns: readonly Pair[] | undefined;
  private foundFields: ReadonlySet<string> | undefined;
  private foundByTenant: ReadonlyMap<string, readonly PartyClass[]> | undefined;
  private listed: readonly Pair[] | undefined;
  private requirements: Network["required"] | undefined;

  constructor(private document: Topology, readonly assume: Assume, readonly today: string) {
    this.kernel = compileKernel(document, assume);
    this.layer2 = this.kernel.layer2;
    this.policy = new Policy(document, today);
    this.groups = new Parties(listParties(document, this.layer2.vmIds), this.layer2, this.kernel.hosts, this.policy);
  }

  get topology(): Topology {
    return this.document;
  }

  get parties(): readonly Party[] {
    return this.groups.all;
  }

  get pairs(): readonly Pair[] {
    return (this.listed ??= [...this.eachPair()]);
  }

  eachBreach(): Iterable<Breach> {
    return breaches(this.survey.tenants);
  }

  violations(from: string, to: string): readonly Pair[] {
    const byTenant = (this.foundByTenant ??= groupedByTenant(this.groups.classes));
    const targets = byTenant.get(to) ?? [];
    return (byTenant.get(from) ?? []).flatMap((source): Pair[] => {
      this.rows.meeting(source);
      const found = targets.map((target): Meeting => [source, target, this.rows.answerTo(source, target)]).filter(([, , { verdict }]) => verdict === "violating");
      return found.flatMap((meeting) => this.pairsOf(meeting));
    }).sort(comparePairs);
  }

  get managementConcerns(): readonly Pair[] {
    return (this.foundConcerns ??= managementMeetings(this.rows).flatMap((meeting) => this.pairsOf(meeting)).sort(comparePairs));
  }

  get missingFields(): ReadonlySet<string> {
    return (this.foundFields ??= this.mayBeUnknown ? unknownFields(this.kernel, this.groups, this.rows, this.policy) : new Set());
  }

  /** Whether any verdict may be; false for certain. */
  private get mayBeUnknown(): boolean {
    const { spots, fabric, hosts, shields } = this.kernel;
    return spots.unknownLinks || fabric.mayWiden || hosts.all.some(({ unknown, unknownElsewhere }) => unknown !== undefined || unknownElsewhere !== undefined)
      || [...shields.values()].some(({ mayBeOpen }) => mayBeOpen) || this.parties.some(({ kind, tenant }) => kind === "vm" && tenant === undefined);
  }

  private pairsOf([from, to, answer]: Meeting): Pair[] {
    return from.members.flatMap((source) => to.members.flatMap((target) => (source === target ? [] : [this.describe(source, target, answer)])));
  }

  tenantSum(from: string, to: string): Sum {
    return this.survey.tenants.between(from, to);
  }

  tenantMissing(from: string, to: string): readonly string[] {
    const known = (this.foundMissing ??= this.missingByTenants());
    return [...(known.get(`${from}>${to}`) ?? [])].sort(compareIds);
  }

  private missingByTenants(): ReadonlyMap<string, ReadonlySet<string>> {
    const found = new Map<string, Set<string>>();
    for (const from of this.groups.classes) {
      const tenant = from.members[0]?.tenant;
      if (tenant === undefined) continue;
      this.rows.forEach(from, (to, { verdict, doubts }) => {
        const other = to.members[0]?.tenant;
        if (verdict !== "unknown" || other === undefined || other === tenant) return;
        const key = `${tenant}>${other}`;
        const paths = found.get(key) ?? new Set<string>();
        found.set(key, paths);
        const ends = ({ members }: PartyClass): (readonly End[])[] => members.map((party) => this.groups.ends(party));
        for (const path of missingBetween(this.kernel, ends(from), ends(to), doubts)) paths.add(path);
      });
    }
    return found;
  }

  countTenantPairs(): Readonly<Record<Verdict, number>> {
    return this.survey.tenants.count(Object.keys(this.topology.tenants ?? {}).length);
  }

  get managementExposedTo(): readonly string[] {
    return this.survey.exposed.sorted;
  }

  get managementUndecidedFor(): readonly string[] {
    return this.survey.exposed.undecided;
  }

  private get survey(): Survey {
    return (this.foundSurvey ??= new Survey(this.rows, this.judging));
  }

  /** A class's row is kept for as long as members of it are to come. */
  *eachPair(): Generator<Pair> {
    const open = new Map<PartyClass, { readonly row: readonly Target[]; left: number }>();
    for (const from of this.parties) {
      const own = this.groups.classOf(from);
      const known = open.get(own) ?? { row: this.targetsOf(own), left: own.members.length };
      open.set(own, known);
      known.left -= 1;
      if (known.left === 0) open.delete(own);
      for (const { party, answer } of known.row) if (party !== from) yield this.describe(from, party, answer);
    }
  }

  private targetsOf(from: PartyClass): readonly Target[] {
    const found: Target[] = [];
    this.rows.forEach(from, (to, answer) => {
      for (const party of to.members) found.push({ party, answer });
    });
    return found.sort((a, b) => compareIds(a.party.id, b.party.id));
  }

  private get rows(): Rows {
    return (this.foundRows ??= new Rows(this.kernel, this.groups, this.policy, this.judging));
  }

  /** In small documents many rules ask for the same pairs, and all that there are can be kept. */
  private readonly judging = (from: PartyClass, to: PartyClass): Answer => (this.groups.classes.length <= FEW_CLASSES ? this.answer(from, to) : this.judge(from, to));

  revise(topology: Topology, changes: readonly RecordChange[]): boolean {
    const change = smallChange(changes);
    const survey = this.foundSurvey;
    this.document = topology;
    if (change === undefined || survey?.follows !== true || (change.vms.length > 0 && !this.policy.revise(topology))) return false;
    const ends = reviseEnds(this.kernel, topology, change);
    const rules = ends === undefined ? undefined : reviseRules(this.kernel, change.rules);
    this.answers.clear();
    if (ends === undefined || rules === undefined) return false;
    this.regroup(survey, ends);
    if (rules.some(({ filter, index }) => !survey.reconsider(filter, index))) this.foundSurvey = undefined;
    if (this.foundSurvey === undefined) this.foundRows?.forget();
    this.foundMissing = undefined;
    this.foundConcerns = undefined;
    this.foundFields = undefined;
    this.foundByTenant = undefined;
    this.listed = undefined;
    this.requirements = undefined;
    return true;
  }

  /** Puts the parties of these ends into the classes that they are of now. */
  private regroup(survey: Survey, ends: readonly End[]): void {
    const moves = new Map<Party, PartyClass>();
    const touched = new Set<PartyClass>();
    for (const { owner } of ends) {
      const party = this.groups.get(owner);
      if (party === undefined || moves.has(party)) continue;
      moves.set(party, this.groups.find(party));
      touched.add(this.groups.classOf(party)).add(this.groups.find(party));
    }
    survey.withdraw(touched);
    for (const [party, to] of moves) this.groups.move(party, to);
    this.answers.clear();
    survey.enter(touched);
  }

  get required(): Network["required"] {
    return (this.requirements ??= this.policy.requirements.map(({ id, from, to, services }) => {
      const wanted = parseServices(services);
      const failing = this.failing(this.select(from), this.select(to), wanted);
      return { id, holds: failing.length === 0, failing };
    }));
  }

  party(id: string): Party | undefined {
    return this.groups.get(id);
  }

  pair(from: string, to: string): Pair {
    const [source, target] = [this.groups.get(from), this.groups.get(to)];
    if (source === undefined || target === undefined || source === target) return isolatedPair(from, to);
    return this.describe(source, target, this.answer(this.groups.classOf(source), this.groups.classOf(target)));
  }

  endPair(from: End, to: End): Pair {
    const [source, target] = [this.groups.get(from.owner), this.groups.get(to.owner)];
    if (source === undefined || target === undefined || source === target) return isolatedPair(from.owner, to.owner);
    const one = (end: End, party: Party): PartyClass => ({ index: -1, tenant: party.tenant, hosts: [this.kernel.hosts.of(end)], members: [party] });
    const found = answer(this.kernel.reach, one(from, source), one(to, target), () => this.policy.permission(source, target));
    return this.describe(source, target, found, [from], [to]);
  }

  allowed(from: string, to: string): ServiceSet {
    const [source, target] = [this.groups.get(from), this.groups.get(to)];
    return source === undefined || target === undefined ? NO_SERVICES : this.policy.allowed(source, target);
  }

  missingFor(from: string, to: string, services: ServiceSet): readonly string[] {
    return missingOf(this.kernel, this.groups, { from: [from], to: [to], pair: this.pair(from, to), size: 1 }, services);
  }

  trace(from: readonly string[], to: readonly string[], services?: ServiceSet): Trace {
    return traceFlow(this, this.kernel, this.groups, from, to, services);
  }

  firstPath(from: string, to: string): readonly Hop[] {
    return firstPath(this.kernel, this.pair(from, to));
  }

  hitTest(question: HitQuestion): HitAnswer {
    return testHit(this.kernel, question);
  }

  private select(selectors: readonly string[] | undefined): readonly Party[] {
    const selection = this.policy.select(selectors);
    return this.parties.filter((party) => selection.has(party));
  }

  private failing(from: readonly Party[], to: readonly Party[], wanted: ServiceSet): { from: string; to: string; services: ServiceSet }[] {
    return from.flatMap((source) => to.flatMap((target) => {
      if (source === target) return [];
      const { services } = this.answer(this.groups.classOf(source), this.groups.classOf(target));
      return coversServices(services, wanted) ? [] : [{ from: source.id, to: target.id, services: subtractServices(wanted, services) }];
    }));
  }

  private answer(from: PartyClass, to: PartyClass): Answer {
    const key = from.index * MANY + to.index;
    let found = this.answers.get(key);
    if (found === undefined) this.answers.set(key, (found = this.judge(from, to)));
    return found;
  }

  private judge(from: PartyClass, to: PartyClass): Answer {
    const [source, target] = [from.members[0], to === from ? (to.members[1] ?? to.members[0]) : to.members[0]];
    if (source === undefined || target === undefined) throw new Error("a class without members");
    return answer(this.kernel.reach, from, to, () => this.policy.permission(source, target));
  }

  classOf(party: Party): PartyClass {
    return this.groups.classOf(party);
  }

  eachAnswer(from: PartyClass, visit: (to: PartyClass, answer: Answer) => void, isKindWanted?: (kind: number, answer: Answer) => boolean): void {
    this.rows.forEach(from, visit, undefined, isKindWanted);
  }

  kindOf(own: PartyClass): number {
    return this.rows.kind(own);
  }

  eachPart(from: PartyClass, visit: Parameters<Network["eachPart"]>[1]): void {
    this.rows.eachPart(from, visit);
  }

  describe(from: Party, to: Party, found: Answer, sources?: readonly End[], targets?: readonly End[]): Pair {
    const { layer, frames, services, oneWay, beyond, perhaps, verdict, forged, doubts } = found;
    const pair: Pair = frames === undefined
      ? { from: from.id, to: to.id, layer, services, oneWay, beyond, verdict }
      : { from: from.id, to: to.id, layer, frames, services, oneWay, beyond, verdict };
    if (forged) return { ...pair, forged };
    if (verdict !== "unknown") return pair;
    const tenants = this.policy.permission(from, to).missing;
    return { ...pair, missing: missingFields(this.kernel, sources ?? this.groups.ends(from), targets ?? this.groups.ends(to), doubts, tenants), perhaps };
  }
}

function groupedByTenant(classes: readonly PartyClass[]): Map<string, PartyClass[]> {
  const found = new Map<string, PartyClass[]>();
  for (const own of classes) {
    const { tenant } = own;
    if (tenant === undefined || own.members.length === 0 || own.hosts.length === 0) continue;
    const others = found.get(tenant);
    if (others === undefined) found.set(tenant, [own]);
    else others.push(own);
  }
  return found;
}

function comparePairs(a: Pair, b: Pair): number {
  return compareIds(a.from, b.from) || compareIds(a.to, b.to);
}

/** Of so many classes the answers of all pairs are kept. */
const FEW_CLASSES = 100;

/** Above the number of classes of any document. */
const MANY = 2 ** 24;

interface Target {
  readonly party: Party;
  readonly answer: Answer;
}

function isolatedPair(from: string, to: string): Pair {
  return { from, to, layer: 3, services: NO_SERVICES, oneWay: NO_SERVICES, beyond: NO_SERVICES, verdict: "isolated" };
}

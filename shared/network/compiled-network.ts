/** What rules, traces, the matrix and the diagram ask a compiled document. */
import type { Topology } from "../model/topology";
import type { RecordChange } from "../model/record-changes";
import type { ServiceSet } from "../model/services";
import type { Assume, Hop, Trace, Verdict } from "../analysis/result";
import type { HitAnswer, HitQuestion } from "./hit-test";
import type { PartyClass } from "./parties";
import type { Breach, End, Layer2, Pair, Party, Sum } from "./types";
import type { Answer } from "./verdicts";

/** The compiled network and its answers. Everything is computed at most once. */
export interface Network {
  /** The document that this was compiled from. */
  readonly topology: Topology;
  readonly assume: Assume;
  readonly today: string;
  readonly parties: readonly Party[];
  readonly layer2: Layer2;
  party(id: string): Party | undefined;
  /** Pairs between which anything passes, or which are unknown; sorted by from, then to. */
  readonly pairs: readonly Pair[];
  /** The same, found as they are asked for: large networks have more pairs than memory holds. */
  eachPair(): Iterable<Pair>;
  /** The parties that no answer tells apart from this one, and itself. */
  classOf(party: Party): PartyClass;
  /**
   * The pairs by classes, in no order: to whom something passes from a class or might, to itself meaning to another of its members. Nothing may be
   * asked of the network before the last visit.
   * @param isKindWanted what a class answers to all of a kind that it does not meet is left out where this says so
   */
  eachAnswer(from: PartyClass, visit: (to: PartyClass, answer: Answer) => void, isKindWanted?: (kind: number, answer: Answer) => boolean): void;
  /**
   * The same without listing those that are alike: the answers to classes that are asked for one by one, also where there is nothing to say; and
   * what all other classes of a kind (`kindOf`), of the sender's tenant or of others, have in common. What is not visited is nothing.
   */
  eachPart(from: PartyClass, visit: { readonly met: (to: PartyClass, answer: Answer) => void; readonly alike: (kind: number, sameTenant: boolean, answer: Answer) => void }): void;
  /** Classes of one kind differ in nothing but whom they meet. */
  kindOf(own: PartyClass): number;
  /** The pair of two parties whose classes have this answer. */
  describe(from: Party, to: Party, answer: Answer): Pair;
  /** Ordered pairs of tenants of which some pair of VMs violates, in no order; found without listing pairs. */
  eachBreach(): Iterable<Breach>;
  /** The violating pairs of the VMs of two tenants, sorted by from, then to. */
  violations(from: string, to: string): readonly Pair[];
  /** Pairs to management interfaces and BMCs whose verdict is violating or unknown, sorted by from, then to. */
  readonly managementConcerns: readonly Pair[];
  /** JSON paths of the absent fields on which some unknown verdict rests. */
  readonly missingFields: ReadonlySet<string>;
  /** The union over the VMs of two tenants, found without listing pairs. */
  tenantSum(from: string, to: string): Sum;
  /** JSON paths of the absent fields on which unknown pairs of the two tenants' VMs rest, sorted. */
  tenantMissing(from: string, to: string): readonly string[];
  /** Ordered pairs of all tenants of the document by verdict. */
  countTenantPairs(): Readonly<Record<Verdict, number>>;
  /** Tenants and external networks that reach a management interface or BMC beyond the policy, sorted. */
  readonly managementExposedTo: readonly string[];
  /** Those that are not among them, but of which it is unknown because data is missing, sorted. */
  readonly managementUndecidedFor: readonly string[];
  /** One ordered pair; an isolated one where nothing passes. Answers without computing `pairs`. */
  pair(from: string, to: string): Pair;
  /** The part of a pair that goes from one of the sender's ends to one of the receiver's. */
  endPair(from: End, to: End): Pair;
  /** JSON paths of the absent fields without which it is unknown whether more of these services passes, or is answered, than `pair` says; whatever its verdict. */
  missingFor(from: string, to: string, services: ServiceSet): readonly string[];
  /** Why, or why not. `services` narrows the question. */
  trace(from: readonly string[], to: readonly string[], services?: ServiceSet): Trace;
  /** The first path of a trace between two parties, empty where nothing passes; finding it alone is far less work. */
  firstPath(from: string, to: string): readonly Hop[];
  /** Which rules of a router, firewall or distributed firewall decide a packet, and why the others before them do not. */
  hitTest(question: HitQuestion): HitAnswer;
  /** For each `policy.require` entry that counts today: whether every member of `from` reaches every member of `to` on all its services. */
  readonly required: readonly { readonly id: string; readonly holds: boolean; readonly failing: readonly { from: string; to: string; services: ServiceSet }[] }[];
  /**
   * Goes over to the next document, where the changes that lead there are small: vNICs plugged into other port groups, other VLANs of port
   * groups, rules with another action or other services, and what no packet feels. Afterwards every answer is as if compiled anew.
   *
   * @param topology in which the changes are made already
   * @returns false where only a new compilation will do; then this network must not be asked any more
   */
  revise(topology: Topology, changes: readonly RecordChange[]): boolean;
  /** What `policy.allow` and `policy.require` entries that count today permit from one party to another. */
  allowed(from: string, to: string): ServiceSet;
}

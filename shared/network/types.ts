/** The forwarding model that rules, traces, the matrix and the diagram ask. Ids are those of the document; `owner/local` for nics and interfaces. */
import type { Vnic } from "../model/kinds/vm";
import type { RecordOf, Topology } from "../model/topology";
import type { ServiceSet } from "../model/services";
import type { Hop, Verdict } from "../analysis/result";

/** A row of the matrix: every VM but templates, management interfaces, BMCs (`host/bmc`) and external networks. */
export interface Party {
  readonly id: string;
  readonly kind: "vm" | "managementInterface" | "bmc" | "external";
  /** The tenant of a VM. */
  readonly tenant?: string;
}

/** A place where frames enter and leave the network. A disconnected vNIC is no end. */
export interface End {
  readonly index: number;
  /** `a-web/eth0`, `esx-1-vmk0`, `host-1/bmc`, `internet`, `fw-1/inside`. */
  readonly id: string;
  /** The party, router or firewall that it belongs to. */
  readonly owner: string;
  readonly kind: "vnic" | "managementInterface" | "bmc" | "external" | "interface";
  readonly portGroup?: string;
  /** JSON path of its record, such as `$.vms.a-web.nics.eth0`. */
  readonly path: string;
  /** Written addresses in CIDR form. */
  readonly addresses: readonly string[];
  /** The key of the nic or interface below its owner; undefined where the owner is the end. */
  readonly local: string | undefined;
  /** The record of a vNIC, and of its VM. */
  readonly nic?: Vnic;
  readonly vm?: RecordOf<"vms">;
  /** Of a vNIC: a number of its port group, small and equal for equal ones; -1 for other ends. */
  readonly group: number;
}

/** Ends that hear one another: a strongly connected component of (switch instance, VLAN). */
export interface Segment {
  /** Position in `Layer2.segments`. Tell segments apart by it: unjoined instances of one distributed switch have segments of equal `id`. */
  readonly index: number;
  /** Smallest switch id and the VLAN there: `tor-1.100`; `vsw-1.0` is untagged; overlays `vds-1.vni5001`. */
  readonly id: string;
  readonly switch: string;
  readonly vlan: number;
  readonly vni?: number | undefined;
  /**
   * Ends that both send into the segment and hear it, sorted by id. The segment of a private VLAN's primary also lists that VLAN's isolated and
   * community ends. Not everyone here hears everyone (isolated ports, private VLANs, teams): ask `hears`.
   */
  readonly ends: readonly End[];
  /** Every (switch id, VLAN) of the component. */
  readonly members: readonly { readonly switch: string; readonly hypervisor?: string; readonly vlan: number }[];
}

/** Ends with the same port, or with ports that behave the same: all hear the same ends and are heard by the same. */
export interface EndClass {
  readonly index: number;
  /** Sorted by id. */
  readonly ends: readonly End[];
  /** How many. */
  readonly size: number;
}

/** Ways of frames from one end to another, told apart by the cables that they take; none is a detour. */
export interface PathList {
  readonly paths: readonly (readonly Hop[])[];
  /** How many there are in all; if not `exact`, at least so many. */
  readonly count: number;
  readonly exact: boolean;
}

/** Layer 2: who hears a frame. Directed. */
export interface Layer2 {
  readonly ends: readonly End[];
  /** Every VM of the document, sorted by id, with ends or without: listing tens of thousands takes long, and several ask. */
  readonly vmIds: readonly string[];
  /** The addresses written on vNICs and interfaces that are no ends: not connected, or of templates. */
  readonly idle: readonly string[];
  /** Whether nothing about any port or cable is absent. */
  readonly complete: boolean;
  readonly segments: readonly Segment[];
  end(id: string): End | undefined;
  endsOf(owner: string): readonly End[];
  /** Whether some frame that `from` may send is heard by `to`. False for an end and itself. */
  hears(from: End, to: End): boolean;
  /** Whether it might be, if the fields that are absent (`missing`) were the worst. False where `hears` is already true. */
  mayHear(from: End, to: End): boolean;
  /** JSON paths of the absent fields on which `mayHear` rests. */
  missing(from: End, to: End): readonly string[];
  /** JSON paths, sorted, of the absent fields by which the segments of these ends may be larger, whoever hears whom there: of their own ports and cables, else of any. */
  missingBeyond(ends: readonly End[]): readonly string[];
  /** Segments that the end both sends into and hears. */
  segmentsOf(end: End): readonly Segment[];
  /** The same if absent fields were the worst. These are not in `segments`, and their names mean nothing. */
  maySegmentsOf(end: End): readonly Segment[];
  /** The same, taking what a vNIC is in by one VLAN for one place: where uplinks of its switch lead to several segments it is in all of them. */
  placesOf(end: End): readonly (readonly Segment[])[];
  /** The same as `segmentsOf`, by number: no order, no names, and numbers stay what they are when the layer is revised. */
  domainsOf(end: End): readonly number[];
  /** The ends of a segment by its number, sorted by id. */
  domainEnds(domain: number): readonly End[];
  /** Where two ends that hear one another meet: the segments that both send into and hear; for private VLANs the primary's. Empty where they do not hear one another. */
  sharedSegments(a: End, b: End): readonly Segment[];
  /** Groups of ends that nobody can tell apart at layer 2; every end is in one. */
  readonly classes: readonly EndClass[];
  classOf(end: End): EndClass;
  /** The classes that hear a frame of the class, in order of index; the class itself where its ends hear one another. Use these instead of pairs of ends. */
  hearers(of: EndClass): readonly EndClass[];
  /** The classes that might, where `hears` does not hold. */
  mayHearers(of: EndClass): readonly EndClass[];
  /** The same from the other side: the classes whose frames the class hears, and those whose frames it might hear. */
  senders(of: EndClass): readonly EndClass[];
  maySenders(of: EndClass): readonly EndClass[];
  /** The hops of one frame from `from` to `to`, first the sender, last the receiver; undefined where it is not heard. */
  path(from: End, to: End): readonly Hop[] | undefined;
  /** The distinct ways of such frames, at most so many of them, the shortest first. */
  paths(from: End, to: End, most: number): PathList;
  /** Every place at which a frame of `from` on its way towards `to` is stopped, where it is not heard. */
  blockedAt(from: End, to: End): readonly Hop[];
  /**
   * Goes over to a document that differs in what is named here only: vNICs (ids of ends, which all stay ends) with other records, and port
   * groups with other `vlan`, `isolatedPorts` or `security`. Afterwards everything is as if compiled anew, but for classes that may be
   * without ends or finer, and the order of classes.
   *
   * @returns the ends whose class may have changed; those of `vnics` are new objects; and whether the numbers of `domainsOf` are others.
   * Undefined where only a new compilation will do, as for a VLAN that nobody had: then nothing has changed.
   */
  revise(topology: Topology, change: { readonly vnics: readonly string[]; readonly portGroups: readonly string[] }): { readonly ends: readonly End[]; readonly renumbered: boolean } | undefined;
}

/** What one party can do to another; see `semantics.md` sections 3 to 5. */
export interface Pair {
  readonly from: string;
  readonly to: string;
  readonly layer: 2 | 3;
  readonly frames?: "both" | "one";
  /** Passes and is answered. */
  readonly services: ServiceSet;
  /** Delivered without an answer. */
  readonly oneWay: ServiceSet;
  /** The part of `services` and `oneWay` that the policy does not allow. */
  readonly beyond: ServiceSet;
  readonly verdict: Verdict;
  readonly missing?: readonly string[];
  /** Where the verdict is unknown: what of the worst that the absent fields could mean the policy does not allow. */
  readonly perhaps?: ServiceSet;
  /** Rests on an address that the guest took over from a neighbour. */
  readonly forged?: boolean;
}

/** What the members of one tenant can do to those of another. */
export interface Sum {
  readonly layer: 2 | 3;
  readonly frames?: "both" | "one";
  readonly services: ServiceSet;
  readonly oneWay: ServiceSet;
  readonly verdict: Verdict;
  readonly forged?: boolean;
}

/** A tenant reaches another beyond the policy. */
export interface Breach {
  readonly from: string;
  readonly to: string;
  /** What passes beyond the policy between VMs that are not joined by frames both ways, what of it between those that get answers, and whether some of it rests on taken addresses. */
  readonly routed?: { readonly beyond: ServiceSet; readonly answered: ServiceSet; readonly forged: boolean };
}

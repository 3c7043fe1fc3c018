/** What an analysis answers: the shapes that the command line prints (`cli.md`), the app shows and reports draw. All of it is plain data. */

export const SEVERITIES = ["critical", "high", "medium", "low", "info"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** A JSON Patch operation (RFC 6902) on the document. */
export type Edit =
  | { readonly op: "add" | "replace" | "test"; readonly path: string; readonly value: unknown }
  | { readonly op: "remove"; readonly path: string }
  | { readonly op: "move" | "copy"; readonly from: string; readonly path: string };

export type HopKind =
  | "vm" | "portGroup" | "virtualSwitch" | "uplink" | "physicalSwitch" | "trunk" | "router" | "firewall"
  | "distributedFirewall" | "managementInterface" | "external" | "bmc";

/** One step of a trace. `at` is an entity id, or `owner/local` for a nic or interface. */
export interface Hop {
  readonly at: string;
  readonly kind: HopKind;
  /** "sends", "tags 10", "carries", "allows by r1", "denies by default" … */
  readonly does: string;
  readonly vlan?: number;
  readonly rule?: string;
  /** Where it stops something: what, of that which gets there; services, or VLANs where frames end. */
  readonly stops?: readonly string[];
  /** What would have passed there, of what the trace is about. */
  readonly passes?: readonly string[];
  /** Nothing gets there, because of places before it; it would stop the flow if they did not. */
  readonly behind?: true;
}

export interface Fix {
  readonly title: string;
  readonly edits: readonly Edit[];
  /** Applied to a copy and analysed again: the finding is gone. */
  readonly verified: boolean;
  /** Ids of `policy.require` entries that held before and would not any more. */
  readonly breaksRequired: readonly string[];
  /** Ids of findings that the fix would open. */
  readonly introduces: readonly string[];
}

export interface Finding {
  /** Stable over runs and over unrelated edits: `NET-001:tenant-a+tenant-b@tor-1.100`. */
  readonly id: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly title: string;
  readonly accepted: boolean;
  /** Entity ids; the place to change first. */
  readonly subjects: readonly string[];
  readonly detail: string;
  readonly services: readonly string[];
  readonly path: readonly Hop[];
  readonly fixes: readonly Fix[];
  readonly references: readonly string[];
  /** Findings of the rule with the same root are mended by one change, or by the same change in several places. Absent where each is a matter of its own. */
  readonly root?: string;
  /** Ids of the findings of which this one is a cause; absent where there are none. */
  readonly children?: readonly string[];
}

/** Ways out of a VM, a hypervisor or a management interface: over packets, and over everything else. */
export const CHANNELS = [
  "network", "inject", "sniff", "spoof", "vlan-hop", "clipboard", "drag-and-drop", "shared-folder", "tools", "device", "memory", "core", "escape", "control", "management", "storage", "mirror",
] as const;
export type Channel = (typeof CHANNELS)[number];

/** Where VMs count as running: where they are drawn, or on any host where live migration or a restart could put them. */
export const PLACEMENTS = ["drawn", "cluster"] as const;
export type PlacementName = (typeof PLACEMENTS)[number];

/** A VM that runs, or is started again, on another hypervisor than the one that is drawn. */
export interface Move {
  readonly vm: string;
  readonly to: string;
}

/** One step of an attack path, from entity to entity. */
export interface AttackStep {
  readonly from: string;
  readonly to: string;
  readonly channel: Channel;
  /** The rule that explains it. */
  readonly rule: string;
  readonly detail: string;
  /** The finding that says it of these two; absent where the policy permits the step, or the design implies it. */
  readonly finding?: string;
  /** Without these the step is not there; absent where everything is where it is drawn. */
  readonly moves?: readonly Move[];
  /** Its share of the path's; the command line leaves it out. */
  readonly cost: number;
}

export interface AttackPath {
  /** The sum of its steps' costs; lower is easier. */
  readonly cost: number;
  readonly steps: readonly AttackStep[];
}

/** A change of the document, and how many ways it closes: a way is a target and a manner of leaving the senders that leads to it. */
export interface AttackCut {
  readonly title: string;
  readonly edits: readonly Edit[];
  readonly cuts: number;
}

export interface AttackPaths {
  /** The cheapest path for every manner of leaving the senders, cheapest first. */
  readonly paths: readonly AttackPath[];
  /** Ids of everything else that the senders get to, sorted: VMs, hypervisors, management interfaces, BMCs, datastores. */
  readonly reached: readonly string[];
  /** Single changes that close ways, those that close most first. */
  readonly cuts: readonly AttackCut[];
  /** The fewest changes found that together leave no way; empty where there is none, or none was found. */
  readonly separate: readonly AttackCut[];
}

export type Verdict = "isolated" | "permitted" | "violating" | "unknown";

export interface Summary {
  readonly critical: number;
  readonly high: number;
  readonly medium: number;
  readonly low: number;
  readonly info: number;
  readonly accepted: number;
  /** Ordered pairs of all tenants. */
  readonly tenantPairs: Readonly<Record<Verdict, number>>;
  /** Tenants and externals that reach a management interface or BMC beyond the policy, sorted. */
  readonly managementExposedTo: readonly string[];
}

/** One row of `matrix --format json`. Only pairs between which anything passes, or which are unknown. */
export interface MatrixPair {
  readonly from: string;
  readonly to: string;
  /** 2 = frames pass directly, 3 = only through a forwarder. */
  readonly layer: 2 | 3;
  /** Whether non-IP frames pass at layer 2: both directions, or only from → to. */
  readonly frames?: "both" | "one";
  /** What passes and is answered. */
  readonly services: readonly string[];
  /** What is delivered without an answer (injection). */
  readonly oneWay: readonly string[];
  readonly verdict: Verdict;
  /** JSON paths of the absent fields on which an unknown verdict rests. */
  readonly missing?: readonly string[];
  /** The verdict rests on an address that a guest takes over from a neighbour. */
  readonly forged?: true;
}

export interface Matrix {
  readonly by: "tenant" | "vm" | "portgroup";
  readonly assume: Assume;
  readonly rows: readonly string[];
  readonly pairs: readonly MatrixPair[];
}

/** `hostile`: every guest may forge addresses, tags and forward. `configured`: addresses, gateways and forwarding as written. */
export type Assume = "hostile" | "configured";

export interface Trace {
  readonly reachable: boolean;
  readonly services: readonly string[];
  readonly paths: readonly (readonly Hop[])[];
  /** The places that stop the flow, where it is stopped; for what is delivered one way only, those that stop the answer first. */
  readonly blockedBy: readonly Hop[];
  /** JSON paths of absent fields, where the answer is unknown. */
  readonly missing?: readonly string[];
  /** What is delivered without an answer, where nothing is answered. */
  readonly oneWay?: readonly string[];
  /** How many distinct paths there are besides `paths`; where there are any paths. */
  readonly morePaths?: number;
  /** `morePaths` is what was counted before the search was given up: there may be more. */
  readonly morePathsAtLeast?: true;
  /** One packet that goes by the first path and is answered. */
  readonly packet?: TracePacket;
}

/** A packet to try: what to send from where. */
export interface TracePacket {
  /** The end that sends and the one that receives: `a-web/eth0`, `esx-1-vmk0`, `internet`. */
  readonly from: string;
  readonly to: string;
  /** Without prefix length. Absent where no address is written and rules name every other. */
  readonly source?: string;
  readonly destination?: string;
  /** The VLAN of the first switch that the frame is in; 0 where it is in none. */
  readonly vlan: number;
  /** The sender puts the tag on itself. */
  readonly tagged?: true;
  readonly protocol: "icmp" | "tcp" | "udp";
  /** The destination port; absent for ICMP. */
  readonly port?: number;
  /** Where a filter without state lets answers to some ports pass only: one of them. */
  readonly sourcePort?: number;
  /** It rests on an address taken over from a neighbour. */
  readonly forged?: true;
}

export interface PlanStep {
  readonly title: string;
  readonly findings: readonly string[];
  readonly edits: readonly Edit[];
  readonly closes: readonly string[];
  readonly opens: readonly string[];
  readonly breaksRequired: readonly string[];
  readonly commands: readonly { readonly platform: string; readonly on: string; readonly text: string }[];
}

export interface Plan {
  readonly plan: readonly PlanStep[];
  readonly before: Summary;
  readonly after: Summary;
}

/** What `check --format json` prints, field order fixed. */
export interface FindingsReport {
  readonly format: "bulkhead-findings/1";
  readonly document: { readonly name: string; /** Of the canonical bytes, lower-case hex. */ readonly sha256: string };
  readonly analyzer: string;
  readonly today: string;
  readonly summary: Summary;
  readonly findings: readonly Finding[];
}

/** What an importer did with its sources; counts are occurrences. */
export interface ImportReport {
  readonly mapped: Readonly<Record<string, number>>;
  readonly ignored: Readonly<Record<string, number>>;
  /** `source` is `FILE:LINE`. */
  readonly notUnderstood: readonly { readonly source: string; readonly text: string }[];
  /** What the sources say nothing about, so that the analysis reads it as unknown. */
  readonly notAssessed: readonly string[];
}

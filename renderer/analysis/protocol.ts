/** What the window and its analysis worker say to one another. */
import type { FlowChange, FlowCounts } from "../../shared/network/flow-changes";
import type { RecordDifference, Sign } from "../../shared/analysis/record-differences";
import type { Assume, AttackCut, AttackPath, Edit, Finding, Fix, Matrix, MatrixPair, Plan, PlacementName, Summary, Trace } from "../../shared/analysis/result";
import type { Radius } from "../../shared/attack/radius";
import type { Segmentation } from "../../shared/segmentation/segmentation";
import type { ListedTemplate } from "../../shared/segmentation/templates/index";
import type { Values } from "../../shared/segmentation/templates/template";
import type { HitAnswer, HitQuestion } from "../../shared/network/hit-test";
import type { RulesFile } from "../../shared/ipc";
import type { RuleInfo, Standing } from "../../shared/rules/rule";
import type { UndecidedBetween } from "../../shared/fixes/effect";
import type { PlanProgress } from "../../shared/fixes/plan";
import type { Change } from "../store/document";
import type { Piece } from "./pieces";

/** A broadcast domain, in short. */
export interface SegmentBrief {
  /** `tor-1.100`. */
  readonly id: string;
  /** Ids of its ends (`a-web/eth0`, `esx-1-vmk0`). */
  readonly ends: readonly string[];
  /** Ids of the port groups through which they are plugged in. */
  readonly portGroups: readonly string[];
}

/** What became of the file of rules beside the document. */
export interface RulesStatus {
  readonly file: string;
  /** How many of its rules are checked, and how many only would be. */
  readonly used: number;
  readonly unused: number;
  /** The first problems, `PATH: what is wrong; what would be right`, and how many there are. */
  readonly problems: readonly string[];
  readonly total: number;
}

/** What comes back after every change. Findings carry their fixes unverified; ask for `fixes` before one is offered. */
export interface AnalysisResult {
  readonly findings: readonly Finding[];
  readonly summary: Summary;
  /** Ids of tenants and external networks of which it is unknown whether they reach management; `summary` names those that do. */
  readonly managementUndecidedFor: readonly string[];
  /** By tenant; undefined where it has so many rows that its cells are asked for as they come into sight (`cells`). */
  readonly matrix: Matrix | undefined;
  readonly segments: readonly SegmentBrief[];
  readonly took: number;
  /** Ids of rules that are still being checked; an answer with their findings follows. */
  readonly pending: readonly string[];
  /** Undefined where no rules of one's own belong to the document. */
  readonly rules: RulesStatus | undefined;
}

/** What edits would do, found by applying them to a copy. */
export interface Preview {
  readonly closes: readonly Finding[];
  readonly opens: readonly Finding[];
  /** Required flows that hold now and would not any more. */
  readonly breaksRequired: readonly string[];
  readonly summary: Summary;
}

/** Which segmentation: a template with the values that somebody gave, or only what the policy requires. */
export type SegmentationWish =
  | { readonly kind: "template"; readonly id: string; readonly values: Values }
  | { readonly kind: "required"; readonly inside: boolean; readonly distributed: boolean };

/** Whom an attacker has and what is to be got at, as ids or selectors; `to` undefined: everything. */
export interface AttackQuestion {
  readonly from: string;
  readonly to: string | undefined;
  readonly placement: PlacementName;
}

export interface AttackAnswer {
  /** With a target the cheapest for every manner of leaving, without one the cheapest to every other tenant and hypervisor. */
  readonly paths: readonly AttackPath[];
  readonly radius: Radius;
  /** How many of each the document has beside those that the attacker has from the beginning. */
  readonly totals: Readonly<Record<keyof Radius, number>>;
}

export interface AttackCuts {
  /** The document is so large that only a few changes were tried, and no set was looked for. */
  readonly isPartial: boolean;
  /** How many ways there are to close. */
  readonly ways: number;
  readonly cuts: readonly AttackCut[];
  /** The smallest set found that leaves none. */
  readonly separate: readonly AttackCut[];
}

/** A finding that came, went or is another. */
export interface FindingDifference {
  readonly sign: Sign;
  /** As it is, or as it was where it went. */
  readonly finding: Finding;
  /** Such as "accepted" or another severity; "" where nothing is to be said. */
  readonly was: string;
}

/** What is different from another version of the document. The lists hold up to a thousand of each kind, the worst first; the counts are of all. */
export interface ComparisonAnswer {
  readonly flows: { readonly counts: FlowCounts; readonly listed: readonly FlowChange[] };
  readonly findings: { readonly counts: Readonly<Record<"came" | "reopened" | "changed" | "went", number>>; readonly listed: readonly FindingDifference[] };
  readonly records: { readonly count: number; readonly listed: readonly RecordDifference[] };
  /** Every thing that was added or is another. */
  readonly marks: readonly (readonly [id: string, sign: "+" | "~"])[];
}

/** Questions, each with its arguments and its answer. */
export interface Asks {
  /** Reads a document and keeps it, to be adopted; the answer follows its pieces. */
  read: { arguments: { bytes: Uint8Array }; answer: { ok: true; migratedFrom: string | undefined } | { ok: false; problems: readonly string[] } };
  /** What is wrong with the document as it is, one line each, the first few. */
  problems: { arguments: Record<string, never>; answer: readonly string[] };
  /** The canonical text of the document as it is. */
  text: { arguments: Record<string, never>; answer: string };
  /** What would close every host, or open everything. */
  fold: { arguments: { how: "collapseHosts" | "expandAll" }; answer: Change };
  /** The listed pairs of these rows with these columns. */
  cells: { arguments: { by: Matrix["by"]; rows: readonly string[]; columns: readonly string[] }; answer: readonly MatrixPair[] };
  matrix: { arguments: { by: Matrix["by"] }; answer: Matrix };
  trace: { arguments: { from: string; to: string; services: string | undefined; assume: Assume }; answer: Trace };
  attack: { arguments: AttackQuestion; answer: AttackAnswer };
  /** Given up, and refused, when the document changes or another is asked. */
  attackCuts: { arguments: AttackQuestion; answer: AttackCuts };
  /** Which rules of a filter decide a packet; `services` is one service, absent any. */
  hitTest: { arguments: Omit<HitQuestion, "services"> & { services: string | undefined }; answer: HitAnswer };
  /** What the findings about rules of a filter say of their places in its list, by finding id. */
  standings: { arguments: { filter: string }; answer: Readonly<Record<string, Standing>> };
  /** The catalogue page of a rule, or of one of one's own; undefined where there is no such rule. */
  rulePage: { arguments: { rule: string }; answer: RuleInfo | undefined };
  /** By finding about a record: the places in it that a change for the finding would touch, as JSON Pointers. */
  touched: { arguments: { collection: string; id: string }; answer: Readonly<Record<string, readonly string[]>> };
  /** Keeps another version of the document to compare with, by a name of the asker's: what edits make of the document as it is, or what bytes hold. */
  baseline: { arguments: { key: string; edits: readonly Edit[] } | { key: string; bytes: Uint8Array }; answer: { ok: true } | { ok: false; problems: readonly string[] } };
  /** Undefined where that version is not kept here. Given up, and refused, when the document changes or another is asked. */
  compare: { arguments: { key: string }; answer: ComparisonAnswer | undefined };
  /** A flow in the version to compare with, as a hostile guest sends it; undefined until it was compared with. */
  baselineTrace: { arguments: { key: string; from: string; to: string }; answer: Trace | undefined };
  fixes: { arguments: { finding: string }; answer: readonly Fix[] };
  preview: { arguments: { edits: readonly Edit[] }; answer: Preview };
  /** The segmentation templates with what the document suggests for them. */
  templates: { arguments: Record<string, never>; answer: readonly ListedTemplate[] };
  segmentation: { arguments: SegmentationWish; answer: { ok: true; segmentation: Segmentation; undecided: UndecidedBetween } | { ok: false; problems: readonly string[] } };
  /** Tells how far it has come. Given up, and refused, when the document changes, another is asked or the asker says so. */
  plan: { arguments: { findings: readonly string[] | undefined }; answer: Plan & { edits: readonly Edit[]; undecided: UndecidedBetween }; progress: PlanProgress };
}
export type AskName = keyof Asks;

/** What is told of a question before its answer. */
export type ProgressOf<K extends AskName> = Asks[K] extends { readonly progress: infer P } ? P : never;

export type ToWorker =
  /** The document as JSON, transferred; later changes come as edits. */
  | { readonly type: "document"; readonly revision: number; readonly generation: number; readonly bytes: Uint8Array; readonly rules: RulesFile }
  /** The document is now the one that was read for this question. */
  | { readonly type: "adopt"; readonly revision: number; readonly generation: number; readonly ask: number; readonly rules: RulesFile }
  /** Where the picture's worker asks for what colours it ("wanted", "unwanted") and is told (`PictureFacts`). */
  | { readonly type: "picture"; readonly port: MessagePort }
  /** The file of rules beside the document is another; the document is not. */
  | { readonly type: "rules"; readonly revision: number; readonly rules: RulesFile }
  | { readonly type: "edits"; readonly revision: number; readonly edits: readonly Edit[] }
  /** Nobody waits for the answer any more. */
  | { readonly type: "giveUp"; readonly ask: number }
  | { readonly [K in AskName]: { readonly type: "ask"; readonly ask: number; readonly name: K; readonly arguments: Asks[K]["arguments"] } }[AskName];

export type FromWorker =
  /** Some of the findings and segments of the analysis that follows. */
  | { readonly type: "part"; readonly findings: readonly Finding[]; readonly segments: readonly SegmentBrief[] }
  /** Its findings and segments came before it. */
  | { readonly type: "analysis"; readonly revision: number; readonly result: Omit<AnalysisResult, "findings" | "segments"> }
  | { readonly type: "piece"; readonly ask: number; readonly piece: Piece }
  | { readonly type: "progress"; readonly ask: number; readonly progress: unknown }
  | { readonly type: "failed"; readonly revision: number; readonly message: string }
  | { readonly type: "answer"; readonly ask: number; readonly value: unknown }
  | { readonly type: "refusal"; readonly ask: number; readonly message: string };

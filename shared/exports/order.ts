/** What an exported file is made from, analysed once for as many formats as are wanted. */
import { analyze, type Analysis } from "../analysis/analyze";
import { findingsReport, type Digest } from "../analysis/findings-json";
import type { Assume, FindingsReport, Matrix } from "../analysis/result";
import type { AuditInput } from "../diagram/audit-input";
import type { ExportOptions } from "../diagram/export-options";
import { givenOptions } from "../diagram/export-options";
import { otherFontsIn, type OtherFont } from "../diagram/fonts";
import type { Report } from "../diagram/report";
import { buildScene } from "../diagram/scene";
import { parseView, viewed, type Viewed } from "../diagram/view";
import { formatTopology } from "../model/canonical";
import type { Topology } from "../model/topology";
import { matrixOf } from "../network/network";
import type { Audit } from "../reports/audit";
import { auditReport } from "../reports/audit/audit-report";
import { isolationRules, type SourcedRule } from "../rules/custom/sourced";
import { RULES } from "../rules/index";
import type { RuleInfo } from "../rules/rule";
import { heeds, type ExportFormat, type TableName } from "./formats";

/** The document, and how it is judged. */
export interface Subject {
  readonly topology: Topology;
  readonly today: string;
  readonly assume: Assume;
  /** Those of one's own. */
  readonly rules: readonly SourcedRule[];
}

/** How the file is to be. */
export interface Wish {
  /** The document's file, for formats that name it. */
  readonly source: string;
  /** Whether that file is in canonical form: then formats may tell its lines. */
  readonly canonical: boolean;
  readonly author?: string;
  /** CSV: which table; absent: the findings. */
  readonly table?: TableName;
  readonly options: ExportOptions;
  /** False: the file carries the document's hash, and not the document. */
  readonly evidence: boolean;
}

/** The subject with its findings, their fixes verified. */
export interface Analysed {
  readonly subject: Subject;
  readonly analysis: Analysis;
  readonly report: FindingsReport;
  /** Who reaches whom, made when first asked for. */
  readonly tenants: () => Matrix;
  readonly parties: () => Matrix;
}

export function analysed(subject: Subject, digest?: Digest): Analysed {
  const { topology, today, assume, rules } = subject;
  const analysis = analyze(topology, { today, assume, customRules: isolationRules(rules) });
  return { subject, analysis, report: findingsReport(analysis, digest), tenants: once(() => matrixOf(analysis.network, "tenant")), parties: once(() => matrixOf(analysis.network, "vm")) };
}

/** All that a format needs; what not every format needs is made when it is asked for. */
export interface Prepared {
  readonly subject: Subject;
  readonly wish: Wish;
  readonly findings: FindingsReport;
  readonly input: AuditInput;
  /** Those that were run. */
  readonly rules: readonly RuleInfo[];
  readonly audit: () => Audit;
  /** It traces. */
  readonly report: () => Report;
  /** What sets the letters of the document, of rules of one's own and of who signs. */
  readonly otherFonts: () => readonly OtherFont[];
}

/** Undefined where the view of the wish shows nothing of the document. */
export function prepare({ subject, analysis, report: findings, tenants, parties }: Analysed, { options, author: by, ...rest }: Wish, format: ExportFormat): Prepared | undefined {
  const { topology, today, assume, rules: own } = subject, { document, analyzer } = findings, custom = isolationRules(own);
  const shown = viewOf(topology, options.view, findings);
  if (shown === "nothing") return undefined;
  const scope = shown === undefined ? {} : { scope: shown.scope }, author = by === undefined ? {} : { author: by };
  const wish: Wish = { ...rest, ...author, options: givenOptions(options) };
  const input: AuditInput = {
    topology, findings: findings.findings, summary: findings.summary, assume, sha256: document.sha256, date: today, analyzer, made: { format, ...author, options: wish.options },
    ...scope, ...author, ...(wish.evidence ? { documentText: formatTopology(topology), customRules: own } : {}),
  };
  const audit = once((): Audit => ({ topology, report: findings, tenants: tenants(), parties: parties(), scene: buildScene(shown?.topology ?? topology) }));
  const report = once((): Report => auditReport({ analysis, sha256: document.sha256, analyzer, customRules: custom, ...(heeds(format, "view") ? scope : {}), ...author }, { tenants: tenants(), parties: parties() }));
  const otherFonts = once(() => otherFontsIn(JSON.stringify([topology, own, by])));
  return { subject, wish, findings, input, rules: [...RULES, ...custom], audit, report, otherFonts };
}

/** What the pictures show; undefined where that is everything. */
function viewOf(topology: Topology, view: string | undefined, { findings }: FindingsReport): Viewed | "nothing" | undefined {
  const parsed = view === undefined ? undefined : parseView(view);
  if (parsed === undefined || parsed.kind === "network") return undefined;
  return viewed(topology, parsed, findings) ?? "nothing";
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

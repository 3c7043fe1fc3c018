import type { Command } from "commander";
import { analyze } from "../../shared/analysis/analyze";
import { documentHash, findingsReport } from "../../shared/analysis/findings-json";
import type { Assume } from "../../shared/analysis/result";
import { ANALYZER_VERSION } from "../../shared/analysis/version";
import { EXPORT_FORMATS } from "../../shared/exports/formats";
import type { Evidence } from "../../shared/diagram/evidence";
import type { Carried } from "../../shared/diagram/read-evidence";
import { parseTopology } from "../../shared/model/parse";
import type { Topology } from "../../shared/model/topology";
import { plain } from "../../shared/reports/plain";
import { compareVerdicts, isSame, missingRules, type Verdicts, type Verification } from "../../shared/reports/verification";
import { verificationText } from "../../shared/reports/verification-text";
import { parseRules } from "../../shared/rules/custom/read";
import { RULES_FORMAT } from "../../shared/rules/custom/schema";
import { isolationRules, type SourcedRule } from "../../shared/rules/custom/sourced";
import { withRules, writtenRulesFor, type RulesOptions } from "../custom-rules";
import { nativeDigest } from "../digest";
import { exported } from "../exporters";
import { EXIT, InputError } from "../failure";
import { readBytes, readTopology, writeOutput } from "../files";
import { choice, day, paintFor } from "../options";

interface VerifyOptions extends RulesOptions {
  readonly format: string;
  readonly quiet?: boolean;
  readonly output?: string;
  /** Absent: the file's. */
  readonly today?: string;
  readonly assume?: Assume;
  /** A file with the document. */
  readonly document?: string;
}

export function registerVerify(program: Command, done: (status: number) => void): void {
  withRules(program.command("verify").description("re-analyses the document in an exported SVG, PNG, PDF or HTML: is the file as it was exported, and do its verdicts still hold"))
    .argument("<file>", "an exported file; - is standard input")
    .option("--format <format>", "text, json", choice(["text", "json"]), "text")
    .option("--quiet", "print nothing that is meant for people only")
    .option("-o, --output <file>", "write to a file; - is standard output")
    .option("--today <date>", "judge on this day, or `now`, instead of the day of the file", (value) => (value === "now" ? new Date().toISOString().slice(0, 10) : day(value)))
    .option("--assume <guests>", "hostile or configured, instead of what the file assumes", choice(["hostile", "configured"]))
    .option("--document <file>", "the document that the file should be about")
    .action(async (file: string, options: VerifyOptions) => {
      const verification = await verify(file, options);
      const output = options.output ?? "-";
      if (options.format === "json") writeOutput(output, `${JSON.stringify(verification, null, 2)}\n`);
      else if (options.quiet !== true || options.output !== undefined) writeOutput(output, verificationText(verification, paintFor(options.output)));
      if (verification.result === "no-evidence") throw new InputError([`${plain(file)}:$: ${verification.because.join(" ")} Export it with bulkhead export, without --no-evidence`]);
      if (verification.result === "hash-only") throw new InputError([`${plain(file)}:$: ${verification.because.join(" ")} Give the document with --document FILE`]);
      done(verification.result === "holds" ? EXIT.clean : EXIT.findings);
    });
}

async function verify(file: string, options: VerifyOptions): Promise<Verification> {
  const bytes = readBytes(file);
  // What reads PDF is not loaded by other commands.
  const carried = await (await import("../../shared/diagram/read-evidence")).readEvidence(bytes);
  if (carried === undefined) throw new InputError([`${plain(file)}:$: neither SVG, PNG, PDF nor HTML; a file that bulkhead export --to svg, png, pdf or html has written`]);
  const { kind, seal, damaged, evidence, remains } = carried;
  const base = { format: "bulkhead-verification/1" as const, file: plain(file), kind, seal: seal === undefined ? "absent" as const : seal.stated === seal.actual ? "intact" as const : "broken" as const };
  const unread = { drawing: "not drawn" as const };
  if (evidence === undefined) {
    if (damaged || seal !== undefined) return { ...base, result: "changed", because: ["What the file carries of its document cannot be read any more."], ...unread };
    if (remains) return { ...base, result: "changed", because: ["It is what is left of an export by Bulkhead: it was cut off, joined with something else or saved by another program, and what it carried is gone."], ...unread };
    return { ...base, result: "no-evidence", because: ["The file carries no document and no verdicts."], ...unread };
  }
  const subject = await subjectOf(evidence, options);
  if (subject === "hash-only") return { ...base, result: "hash-only", because: [`The file carries the hash of its document only, ${evidence.sha256}.`], ...unread };
  return subject === "unreadable"
    ? { ...base, result: "changed", because: ["The text of the document in the file is no document any more.", ...(base.seal === "broken" ? ["Some byte of the file is not as it was exported."] : [])], ...unread }
    : judged(bytes, base, carried, evidence, subject, options);
}

interface Subject {
  readonly topology: Topology;
  readonly rules: readonly SourcedRule[];
}

/** What is to be analysed: the file's own document and rules, or those that were given. */
async function subjectOf(evidence: Evidence, options: VerifyOptions): Promise<Subject | "hash-only" | "unreadable"> {
  if (options.document !== undefined) {
    const { topology } = readTopology(options.document);
    const written = await writtenRulesFor(options.document, topology, options);
    return { topology, rules: written.length > 0 ? written : (embeddedRules(evidence) ?? []) };
  }
  if (evidence.document === undefined) return "hash-only";
  const parsed = parseTopology(evidence.document), embedded = embeddedRules(evidence);
  if (!parsed.ok || embedded === undefined) return "unreadable";
  return { topology: parsed.topology, rules: options.rules.length > 0 ? await writtenRulesFor("-", parsed.topology, options) : embedded };
}

function embeddedRules({ rules = [] }: Evidence): SourcedRule[] | undefined {
  if (rules.length === 0) return [];
  const read = parseRules(JSON.stringify({ format: RULES_FORMAT, rules: rules.map(({ rule }) => rule) }));
  return read.ok ? read.rules.map((rule, index) => ({ source: rules[index]?.source ?? "", rule })) : undefined;
}

async function judged(bytes: Uint8Array, base: Pick<Verification, "format" | "file" | "kind" | "seal">, carried: Carried, evidence: Evidence, { topology, rules }: Subject, options: VerifyOptions): Promise<Verification> {
  const today = options.today ?? evidence.today, assume = options.assume ?? evidence.assume, actual = documentHash(topology, nativeDigest);
  const report = findingsReport(analyze(topology, { today, assume, customRules: isolationRules(rules) }), nativeDigest);
  const unknownRules = missingRules(evidence, rules.map(({ rule }) => rule.id));
  const isOther = options.document !== undefined && actual !== evidence.sha256;
  // Without the document the file keeps its findings back too: the summary is what is left to compare.
  const verdicts = compareVerdicts(evidence.document === undefined ? { ...evidence, findings: report.findings } : evidence, report, new Set(unknownRules));
  const drawing = isOther ? "not drawn" : await drawnAgain(bytes, carried.kind, evidence, { topology, rules });
  const changes = [
    ...(base.seal === "broken" ? ["Some byte of the file is not as it was exported: the picture, its words or what it carries."] : []),
    ...(base.seal === "absent" ? ["The hash that every export carries of itself is gone."] : []),
    ...(options.document === undefined && actual !== evidence.sha256 ? ["The text of the document in the file was changed: its hash is another."] : []),
    ...(drawing === "other" ? ["Drawn again from the document that it carries, the file is another."] : []),
  ];
  const result = isOther ? "other-document" : changes.length > 0 ? "changed" : isSame(verdicts) ? "holds" : "differs";
  return {
    ...base, result, because: [...(isOther ? [`The file is about a document with the hash ${evidence.sha256}.`] : []), ...changes, ...causes(verdicts, evidence, today, assume, unknownRules), ...(drawing === "not drawn" && !isOther ? [unseen(evidence)] : [])], drawing,
    document: { name: topology.name, sha256: evidence.sha256, actual }, analyzer: { file: evidence.analyzer, now: ANALYZER_VERSION }, today: { file: evidence.today, now: today }, assume: { file: evidence.assume, now: assume },
    ...(unknownRules.length === 0 ? {} : { rulesNotEmbedded: unknownRules }), verdicts,
  };
}

/** Why verdicts may be others. */
function causes(verdicts: Verdicts, evidence: Evidence, today: string, assume: Assume, unknownRules: readonly string[]): string[] {
  const left = unknownRules.length === 0 ? [] : [`The file does not carry ${unknownRules.join(", ")}: their findings are left out; give them with --rules.`];
  if (isSame(verdicts)) return left;
  return [
    ...left,
    ...(evidence.analyzer === ANALYZER_VERSION ? [] : [`The file is of Bulkhead ${evidence.analyzer}, this is ${ANALYZER_VERSION}.`]),
    ...(evidence.today === today ? [] : [`The file judges on ${evidence.today}, this on ${today}.`]),
    ...(evidence.assume === assume ? [] : [`The file assumes ${evidence.assume} guests, this ${assume} ones.`]),
  ];
}

/** Why the file was not drawn again. A forger can write as much into it and seal it anew, so it is never passed over in silence. */
function unseen({ analyzer }: Evidence): string {
  const why = analyzer === ANALYZER_VERSION ? "the file does not say how it was made" : `the file says that Bulkhead ${analyzer} made it, this is ${ANALYZER_VERSION}`;
  return `Not checked: whether the file shows what Bulkhead draws of its document; ${why}.`;
}

/** Only this version can tell what it would have drawn, and only where the file says how it was made. */
async function drawnAgain(bytes: Uint8Array, kind: string, evidence: Evidence, { topology, rules }: Subject): Promise<Verification["drawing"]> {
  const { file, today, assume, analyzer } = evidence, format = EXPORT_FORMATS.find((each) => each === file?.format);
  if (file === undefined || analyzer !== ANALYZER_VERSION) return "not drawn";
  // No export says that it is of another kind than it is.
  if (format === undefined || format !== kind) return "other";
  const { author, options } = file;
  const again = await exported({ topology, today, assume, rules }, { source: "-", canonical: false, options, evidence: evidence.document !== undefined, ...(author === undefined ? {} : { author }) }, format);
  // Undefined with a view of a tenant that is not in the document: no export says that.
  return again !== undefined && Buffer.from(again).equals(bytes) ? "same" : "other";
}

import type { Command } from "commander";
import { acceptanceNotes } from "../../shared/analysis/acceptance";
import { analyze } from "../../shared/analysis/analyze";
import { findingsReport } from "../../shared/analysis/findings-json";
import type { FindingsReport, Severity } from "../../shared/analysis/result";
import type { Topology } from "../../shared/model/topology";
import { findingsCsv } from "../../shared/reports/findings-csv";
import { findingsMarkdown } from "../../shared/reports/findings-markdown";
import { managementView, type ManagementView } from "../../shared/reports/management-verdict";
import { findingsText } from "../../shared/reports/findings-text";
import { failsAt, findingsJunit } from "../../shared/reports/junit";
import { RULES } from "../../shared/rules/index";
import type { IsolationRule } from "../../shared/rules/rule";
import { readWithRules, withRules, type RulesOptions } from "../custom-rules";
import { nativeDigest } from "../digest";
import { EXIT, InputError } from "../failure";
import { isCanonical, writeOutput } from "../files";
import { failOnChoice, paintFor, withCommon, type CommonOptions } from "../options";

interface Checked {
  readonly report: FindingsReport;
  /** By finding, see `acceptanceNotes`. */
  readonly notes: ReadonlyMap<string, string>;
  readonly source: string;
  readonly management: ManagementView;
  /** Those of one's own. */
  readonly rules: readonly IsolationRule[];
  /** The document, where its file is in canonical form and the format tells lines. */
  readonly canonical?: Topology;
}

interface CheckOptions extends CommonOptions, RulesOptions {
  readonly failOn: Severity | "none";
}

export function registerCheck(program: Command, done: (status: number) => void): void {
  withRules(withCommon(program.command("check").description("all findings of each document"), ["text", "json", "sarif", "junit", "csv", "md"]))
    .argument("<file...>", "documents; - is standard input")
    .option("--fail-on <severity>", "exit 1 if an unaccepted finding is at or above it: critical, high, medium, low, info or none", failOnChoice, "medium" as const)
    .action(async (files: string[], options: CheckOptions) => {
      const refused: string[] = [], checked: Checked[] = [];
      for (const source of files) checked.push(...(await checkOne(source, options, refused)));
      if (checked.length > 0) await print(checked, options);
      if (refused.length > 0) throw new InputError(refused);
      const failed = checked.some(({ report }) => report.findings.some((finding) => failsAt(finding, options.failOn)));
      done(failed ? EXIT.findings : EXIT.clean);
    });
}

/** One refused document does not hide the findings of the others. */
async function checkOne(source: string, options: CheckOptions, refused: string[]): Promise<Checked[]> {
  try {
    const { topology, customRules, bytes } = await readWithRules(source, options);
    const analysis = analyze(topology, { today: options.today, assume: options.assume, customRules }), report = findingsReport(analysis, nativeDigest);
    const canonical = options.format === "sarif" && isCanonical(topology, bytes) ? { canonical: topology } : {};
    return [{ report, notes: acceptanceNotes(topology, options.today), source, management: managementView(analysis), rules: customRules, ...canonical }];
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    refused.push(...error.lines);
    return [];
  }
}

async function print(checked: readonly Checked[], options: CheckOptions): Promise<void> {
  if (options.format === "text" && options.quiet === true && options.output === undefined) return;
  writeOutput(options.output ?? "-", await render(checked, options));
}

async function render(checked: readonly Checked[], options: CheckOptions): Promise<string> {
  const reports = checked.map(({ report }) => report);
  switch (options.format) {
    case "json": return reports.map((report) => `${JSON.stringify(report, null, 2)}\n`).join("");
    // Most checks have no use for it, and what compresses takes its time to be ready.
    case "sarif": return (await import("../../shared/reports/sarif")).findingsSarif(checked, distinct([...RULES, ...checked.flatMap(({ rules }) => rules)]));
    case "junit": return findingsJunit(reports, options.failOn);
    case "csv": return findingsCsv(reports);
    case "md": return checked.map(({ report, notes, management }) => findingsMarkdown(report, notes, management)).join("\n");
    default: return checked.map(({ report, notes, source, management }) => findingsText(report, source, notes, management, paintFor(options.output))).join("\n");
  }
}

/** Documents may share rules. */
function distinct(rules: readonly IsolationRule[]): IsolationRule[] {
  return [...new Map(rules.map((rule) => [rule.id, rule])).values()];
}

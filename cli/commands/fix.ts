import type { Command } from "commander";
import { formatTopology } from "../../shared/model/canonical";
import { PLATFORMS } from "../../shared/model/kinds/hypervisor";
import { planFixes } from "../../shared/fixes/plan";
import { analyze } from "../../shared/analysis/analyze";
import type { Plan } from "../../shared/analysis/result";
import type { Topology } from "../../shared/model/topology";
import { planText } from "../../shared/reports/plan-text";
import type { IsolationRule } from "../../shared/rules/rule";
import { readWithRules, withRules, type RulesOptions } from "../custom-rules";
import { EXIT, InputError } from "../failure";
import { writeOutput } from "../files";
import { choice, paintFor, withCommon, type CommonOptions } from "../options";

interface FixOptions extends CommonOptions, RulesOptions {
  readonly finding?: string[];
  readonly all?: boolean;
  readonly write?: string;
  readonly commands?: string;
}

export function registerFix(program: Command, done: (status: number) => void): void {
  withRules(withCommon(program.command("fix").description("verified fixes: the plan, the changed document, the operator's commands"), ["text", "json"]))
    .argument("<file>", "a document; - is standard input")
    .option("--finding <id...>", "close these findings")
    .option("--all", "close all critical and high findings (the default)")
    .option("--write <file>", "write the changed document; - is standard output, the plan then goes nowhere")
    .option("--commands <platform>", "only the commands for one platform", choice(PLATFORMS))
    .action(async (file: string, options: FixOptions) => {
      if (options.all === true && options.finding !== undefined) throw new InputError(["fix: --all and --finding exclude each other; give one of them"]);
      const { topology, customRules } = await readWithRules(file, options);
      const findings = options.finding;
      if (findings !== undefined) requireKnown(topology, findings, options, customRules);
      const { topology: changed, undecided: _undecided, ...plan } = planFixes(topology, { today: options.today, assume: options.assume, customRules, ...(findings === undefined ? {} : { findings }) });
      if (options.write !== undefined) writeOutput(options.write, formatTopology(changed));
      if (options.write !== "-") print(withCommands(plan, options.commands), options);
      done(EXIT.clean);
    });
}

function requireKnown(topology: Topology, findings: readonly string[], options: FixOptions, customRules: readonly IsolationRule[]): void {
  const known = new Set(analyze(topology, { today: options.today, assume: options.assume, customRules, verifyFixes: false }).findings.map((finding) => finding.id));
  const unknown = findings.filter((id) => !known.has(id));
  if (unknown.length > 0) throw new InputError(unknown.map((id) => `--finding: "${id.slice(0, 80)}" is no finding of this document; bulkhead check lists them`));
}

function withCommands(plan: Plan, platform: string | undefined): Plan {
  if (platform === undefined) return plan;
  return { ...plan, plan: plan.plan.map((step) => ({ ...step, commands: step.commands.filter((command) => command.platform === platform) })) };
}

function print(plan: Plan, options: FixOptions): void {
  if (options.format === "json") writeOutput(options.output ?? "-", `${JSON.stringify(plan, null, 2)}\n`);
  else if (options.quiet !== true || options.output !== undefined) writeOutput(options.output ?? "-", planText(plan, paintFor(options.output)));
}

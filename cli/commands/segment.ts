import type { Command } from "commander";
import { evaluate, type Evaluation } from "../../shared/analysis/evaluate";
import { formatTopology } from "../../shared/model/canonical";
import { PLATFORMS } from "../../shared/model/kinds/hypervisor";
import { plain } from "../../shared/reports/plain";
import { segmentationText } from "../../shared/reports/segmentation-text";
import { templatesText } from "../../shared/reports/templates-text";
import { currentIntents } from "../../shared/rules/intents";
import type { FixCandidate } from "../../shared/rules/rule";
import { onlyRequired } from "../../shared/segmentation/only-required";
import { prove } from "../../shared/segmentation/proof";
import type { Segmentation } from "../../shared/segmentation/segmentation";
import { applyTemplate, templateList, TEMPLATES } from "../../shared/segmentation/templates/index";
import { readWithRules, withRules, type RulesOptions } from "../custom-rules";
import { EXIT, InputError } from "../failure";
import { writeOutput } from "../files";
import { choice, paintFor, withCommon, type CommonOptions } from "../options";

interface SegmentOptions extends CommonOptions, RulesOptions {
  readonly required?: boolean;
  readonly template?: string;
  readonly set?: string[];
  readonly list?: boolean;
  readonly inside?: boolean;
  readonly distributed?: boolean;
  readonly write?: string;
  readonly commands?: string;
}

export function registerSegment(program: Command, done: (status: number) => void): void {
  withRules(withCommon(program.command("segment").description("segmentation: a rule set that allows only what the policy names, or a template, tried on a copy and proven"), ["text", "json"]))
    .argument("[file]", "a document; - is standard input")
    .option("--list", "the templates and their parameters, with what the document suggests for them")
    .option("--template <name>", "apply a template", choice(TEMPLATES.map(({ id }) => id)))
    .option("--set <name=value...>", "with --template: a parameter; several values with commas")
    .option("--required", "allow only what policy.require and policy.allow name, at every firewall, router and distributed firewall")
    .option("--inside", "with --required: also inside each tenant, and of management to what it manages")
    .option("--distributed", "with --required: add a distributed firewall over workloads that none filters")
    .option("--write <file>", "write the changed document; - is standard output, the proof then goes nowhere")
    .option("--commands <platform>", "only the commands for one platform", choice(PLATFORMS))
    .action(async (file: string | undefined, options: SegmentOptions) => done(await segment(file, options)));
}

async function segment(file: string | undefined, options: SegmentOptions): Promise<number> {
  const asked = [options.required, options.list, options.template !== undefined].filter((one) => one === true).length;
  if (asked !== 1) throw new InputError(["segment: give one of --required, --template and --list"]);
  if (options.template === undefined && options.set !== undefined) throw new InputError(["segment: --set is for --template"]);
  if (file === undefined) {
    if (options.list !== true) throw new InputError(["segment: no document is given; name a file"]);
    return list(undefined, options);
  }
  const { topology, customRules } = await readWithRules(file, options);
  const before = evaluate(topology, { today: options.today, assume: options.assume, customRules }, { paths: false });
  if (options.list === true) return list(before, options);
  return answer(before, options.template === undefined ? required(file, before, options) : templated(options.template, before, options), options);
}

function required(file: string, before: Evaluation, options: SegmentOptions): FixCandidate | undefined {
  if (options.inside !== true && currentIntents(before.topology, before.today).length === 0) {
    throw new InputError([`${plain(file)}:$.policy: no entry counts on ${before.today}, so everything would be denied; write policy.require or policy.allow, or give --inside`]);
  }
  return onlyRequired(before, options);
}

function templated(name: string, before: Evaluation, { set = [] }: SegmentOptions): FixCandidate {
  const template = TEMPLATES.find(({ id }) => id === name);
  if (template === undefined) throw new Error(name);
  const result = applyTemplate(template, before, given(set));
  if (!result.ok) throw new InputError(result.problems.map((problem) => `segment: ${name}: ${plain(problem)}`));
  return result.candidate;
}

/** `name=a,b`, and again for more. */
function given(set: readonly string[]): Record<string, string[]> {
  const values: Record<string, string[]> = {};
  for (const text of set) {
    const at = text.indexOf("=");
    if (at < 1) throw new InputError([`--set: "${plain(text.slice(0, 80))}" is no parameter with a value; write name=value`]);
    const name = text.slice(0, at);
    values[name] = [...(Object.hasOwn(values, name) ? (values[name] ?? []) : []), ...text.slice(at + 1).split(",").map((value) => value.trim()).filter((value) => value !== "")];
  }
  return values;
}

function list(evaluation: Evaluation | undefined, options: SegmentOptions): number {
  const templates = templateList(evaluation);
  const output = options.output ?? "-";
  writeOutput(output, options.format === "json" ? `${JSON.stringify({ templates }, null, 2)}\n` : templatesText(templates, paintFor(options.output)));
  return EXIT.clean;
}

function answer(before: Evaluation, candidate: FixCandidate | undefined, options: SegmentOptions): number {
  // Nothing to change is proven too: what holds and what remains is said all the same.
  const proven = prove(before, candidate ?? { title: "Nothing to change", edits: [] });
  if (proven === undefined) throw new Error("a segmentation that gives an invalid document");
  const { segmentation } = proven;
  if (options.write !== undefined && segmentation.verified) writeOutput(options.write, formatTopology(proven.topology));
  if (options.write !== "-") print(withCommands(segmentation, options.commands), options);
  if (options.write !== undefined && !segmentation.verified) process.stderr.write(`segment: ${options.write} is not written: ${whyNot(segmentation)}\n`);
  const holds = segmentation.verified && segmentation.remaining.length === 0 && segmentation.required.every(({ after }) => after === "holds");
  return holds ? EXIT.clean : EXIT.findings;
}

function whyNot({ breaksRequired, administrators }: Segmentation): string {
  const lost = administrators.filter(({ loses }) => loses.length > 0).map(({ from }) => from);
  return [...(breaksRequired.length === 0 ? [] : [`it breaks required ${breaksRequired.join(", ")}`]), ...(lost.length === 0 ? [] : [`it locks ${lost.join(", ")} out of management`])].join(", and ");
}

function withCommands(segmentation: Segmentation, platform: string | undefined): Segmentation {
  return platform === undefined ? segmentation : { ...segmentation, commands: segmentation.commands.filter((command) => command.platform === platform) };
}

function print(segmentation: Segmentation, options: SegmentOptions): void {
  if (options.format === "json") writeOutput(options.output ?? "-", `${JSON.stringify(segmentation, null, 2)}\n`);
  else if (options.quiet !== true || options.output !== undefined) writeOutput(options.output ?? "-", segmentationText(segmentation, paintFor(options.output)));
}

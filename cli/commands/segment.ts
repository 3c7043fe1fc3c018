import type { Command } from "commander";
import { evaluate } from "../../shared/analysis/evaluate";
import { formatTopology } from "../../shared/model/canonical";
import { PLATFORMS } from "../../shared/model/kinds/hypervisor";
import { segmentationText } from "../../shared/reports/segmentation-text";
import { currentIntents } from "../../shared/rules/intents";
import type { FixCandidate } from "../../shared/rules/rule";
import { onlyRequired } from "../../shared/segmentation/only-required";
import { prove } from "../../shared/segmentation/proof";
import type { Segmentation } from "../../shared/segmentation/segmentation";
import { EXIT, InputError } from "../failure";
import { readTopology, writeOutput } from "../files";
import { choice, paintFor, withCommon, type CommonOptions } from "../options";

interface SegmentOptions extends CommonOptions {
  readonly required?: boolean;
  readonly inside?: boolean;
  readonly distributed?: boolean;
  readonly write?: string;
  readonly commands?: string;
}

export function registerSegment(program: Command, done: (status: number) => void): void {
  withCommon(program.command("segment").description("segmentation: a rule set that allows only what the policy names, tried on a copy and proven"), ["text", "json"])
    .argument("<file>", "a document; - is standard input")
    .option("--required", "allow only what policy.require and policy.allow name, at every firewall, router and distributed firewall")
    .option("--inside", "with --required: also inside each tenant, and of management to what it manages")
    .option("--distributed", "with --required: add a distributed firewall over workloads that none filters")
    .option("--write <file>", "write the changed document; - is standard output, the proof then goes nowhere")
    .option("--commands <platform>", "only the commands for one platform", choice(PLATFORMS))
    .action((file: string, options: SegmentOptions) => done(segment(file, options)));
}

function segment(file: string, options: SegmentOptions): number {
  if (options.required !== true) throw new InputError(["segment: nothing is asked for; give --required"]);
  const { topology } = readTopology(file);
  const before = evaluate(topology, options, { paths: false });
  if (options.inside !== true && currentIntents(topology, before.today).length === 0) {
    throw new InputError([`${file}:$.policy: no entry counts on ${before.today}, so everything would be denied; write policy.require or policy.allow, or give --inside`]);
  }
  return answer(before, onlyRequired(before, options), options);
}

function answer(before: ReturnType<typeof evaluate>, candidate: FixCandidate | undefined, options: SegmentOptions): number {
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

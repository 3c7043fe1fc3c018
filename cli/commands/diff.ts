import type { Command } from "commander";
import { compareTopologies, type Comparison } from "../../shared/analysis/compare";
import type { Topology } from "../../shared/model/topology";
import { comparisonJson } from "../../shared/reports/comparison-json";
import { comparisonMarkdown, comparisonText } from "../../shared/reports/comparison-text";
import { rulesFor, withRules, type RulesOptions } from "../custom-rules";
import { EXIT, InputError } from "../failure";
import { readTopology, writeOutput, writePieces } from "../files";
import { paintFor, withCommon, type CommonOptions } from "../options";

export function registerDiff(program: Command, done: (status: number) => void): void {
  withRules(withCommon(program.command("diff").description("what changed in the document, and which flows and findings appeared or went"), ["text", "json", "md"]))
    .argument("<old>", "a document; - is standard input")
    .argument("<new>", "the document that is to replace it; - is standard input")
    .action(async (before: string, after: string, options: CommonOptions & RulesOptions) => {
      if (before === "-" && after === "-") throw new InputError(["diff: standard input is one document; name a file for the other"]);
      const [old, now] = readBoth(before, after);
      const comparison = compareTopologies(old, now, { today: options.today, assume: options.assume, customRules: await rulesFor(after, now, options) });
      print(comparison, { before, after }, options);
      done(comparison.document.length > 0 ? EXIT.findings : EXIT.clean);
    });
}

/** The problems of both are listed. */
function readBoth(...files: readonly [string, string]): [Topology, Topology] {
  const refused: string[] = [];
  const read = (file: string): Topology | undefined => {
    try {
      return readTopology(file).topology;
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      refused.push(...error.lines);
      return undefined;
    }
  };
  const [old, now] = [read(files[0]), read(files[1])];
  if (old === undefined || now === undefined) throw new InputError(refused);
  return [old, now];
}

function print(comparison: Comparison, names: { readonly before: string; readonly after: string }, options: CommonOptions): void {
  const output = options.output ?? "-";
  if (options.format === "json") writePieces(output, comparisonJson(comparison));
  else if (options.format === "md") writeOutput(output, comparisonMarkdown(comparison, names));
  else if (options.quiet !== true || options.output !== undefined) writeOutput(output, comparisonText(comparison, names, paintFor(options.output)));
}

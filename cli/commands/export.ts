import type { Command } from "commander";
import { writtenRulesFor, withRules, type RulesOptions } from "../custom-rules";
import { EXPORT_FORMATS, exportFile, type ExportFormat } from "../exporters";
import { EXIT, InputError } from "../failure";
import { readTopology, writeOutput } from "../files";
import { choice, withCommon, type CommonOptions } from "../options";

const BINARY: readonly string[] = ["png", "pdf", "xlsx"];

interface OwnOptions extends CommonOptions, RulesOptions {
  readonly to: ExportFormat;
  readonly author?: string;
  readonly evidence: boolean;
}

export function registerExport(program: Command, done: (status: number) => void): void {
  withRules(withCommon(program.command("export").description("diagrams and audit reports"), ["text"]))
    .argument("<file>", "a document; - is standard input")
    .requiredOption("--to <format>", EXPORT_FORMATS.join(", "), choice(EXPORT_FORMATS))
    .option("--author <name>", "who stands in the title block")
    .option("--no-evidence", "svg, png, pdf, html: carry the document's hash only, not the document, its verdicts and rules")
    .action(async (file: string, options: OwnOptions) => {
      const output = options.output ?? "-";
      if (output === "-" && BINARY.includes(options.to) && process.stdout.isTTY === true) {
        throw new InputError([`export: ${options.to} is binary and standard output is a terminal; give -o FILE`]);
      }
      const { topology } = readTopology(file);
      const { today, assume, author, evidence } = options;
      const order = { topology, today, assume, rules: writtenRulesFor(file, topology, options), source: file, evidence, options: {}, ...(author === undefined ? {} : { author }) };
      writeOutput(output, await exportFile(order, options.to));
      done(EXIT.clean);
    });
}

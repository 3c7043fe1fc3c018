import { InvalidArgumentError, type Command } from "commander";
import type { ExportOptions } from "../../shared/diagram/export-options";
import { LENSES } from "../../shared/diagram/elements";
import { CONTENTS, FITS, givenOptions, ORIENTATIONS, PAPERS, SCALES, THEME_NAMES } from "../../shared/diagram/export-options";
import { UNKNOWN_TITLE, unknownLetters } from "../../shared/diagram/unknown-letters";
import { parseView } from "../../shared/diagram/view";
import { anonymous } from "../../shared/exports/anonymous";
import { EXPORT_FORMATS, TABLES, type ExportFormat, type TableName } from "../../shared/exports/formats";
import type { Subject, Wish } from "../../shared/exports/order";
import { writtenRulesFor, withRules, type RulesOptions } from "../custom-rules";
import { nativeDigest } from "../digest";
import { exported } from "../exporters";
import { EXIT, InputError } from "../failure";
import { isCanonical, readTopology, writeOutput } from "../files";
import { choice, withCommon, type CommonOptions } from "../options";

const SET_IN_FONTS: readonly ExportFormat[] = ["svg", "png", "pdf", "html"];
const BINARY: readonly string[] = ["png", "pdf", "xlsx"];

interface OwnOptions extends CommonOptions, RulesOptions, ExportOptions {
  readonly to: ExportFormat;
  readonly author?: string;
  readonly table?: TableName;
  readonly evidence: boolean;
  readonly anonymize?: boolean;
}

export function registerExport(program: Command, done: (status: number) => void): void {
  withRules(withCommon(program.command("export").description("diagrams and audit reports"), ["text"]))
    .argument("<file>", "a document; - is standard input")
    .requiredOption("--to <format>", EXPORT_FORMATS.join(", "), choice(EXPORT_FORMATS))
    .option("--author <name>", "who stands in the title block")
    .option("--paper <paper>", `pdf: ${PAPERS.join(", ")} (default: A4)`, choice(PAPERS))
    .option("--orientation <orientation>", `pdf: ${ORIENTATIONS.join(" or ")} (default: landscape)`, choice(ORIENTATIONS))
    .option("--fit <fit>", "pdf: page keeps the diagram on one page, tiles adds pages on which a large one can be read (default)", choice(FITS))
    .option("--contents <contents>", "pdf: report has the diagram and then the report (default), diagram only the diagram's pages", choice(CONTENTS))
    .option("--table <table>", `csv: ${TABLES.join(", ")} (default: findings)`, choice(TABLES))
    .option("--theme <theme>", `svg, png, pdf, html: ${THEME_NAMES.join(", ")} (default: print)`, choice(THEME_NAMES))
    .option("--lens <lens>", `what colours say: ${LENSES.join(", ")} (default: violations)`, choice(LENSES))
    .option("--view <view>", "what pictures show: network, management, tenant:ID, selection:SELECTOR or path:FINDING (default: network)", view)
    .option("--scale <factor>", `png: pixels per unit, ${SCALES.least} to ${SCALES.most} (default: 2)`, scale)
    .option("--anonymize", "replace names, ids, addresses and MACs, and leave out notes; verdicts and findings stay the same")
    .option("--no-evidence", "svg, png, pdf, html: carry the document's hash only, not the document, its verdicts and rules")
    .action(async (file: string, options: OwnOptions) => {
      const output = options.output ?? "-";
      if (output === "-" && BINARY.includes(options.to) && process.stdout.isTTY === true) {
        throw new InputError([`export: ${options.to} is binary and standard output is a terminal; give -o FILE`]);
      }
      const { subject, wish } = await orderOf(file, options), bytes = await exported(subject, wish, options.to);
      if (bytes === undefined) throw new InputError([`export: --view: "${(options.view ?? "").slice(0, 80)}" shows nothing of the document; name a tenant, a selector or a finding that is there`]);
      writeOutput(output, bytes);
      const letters = SET_IN_FONTS.includes(options.to) && options.quiet !== true ? unknownLetters(subject.topology, options.author) : undefined;
      if (letters !== undefined) process.stderr.write(`export: ${UNKNOWN_TITLE.toLowerCase()}: ${letters}\n`);
      done(EXIT.clean);
    });
}

interface Order {
  readonly subject: Subject;
  readonly wish: Wish;
}

async function orderOf(file: string, options: OwnOptions): Promise<Order> {
  const { topology, bytes } = readTopology(file), { today, assume, author, evidence, table } = options;
  const judged = { today, assume }, common = { evidence, options: givenOptions(options), ...(author === undefined ? {} : { author }), ...(table === undefined ? {} : { table }) };
  const rules = await writtenRulesFor(file, topology, options);
  if (options.anonymize !== true) return { subject: { ...judged, topology, rules }, wish: { ...common, source: file, canonical: options.to === "sarif" && isCanonical(topology, bytes) } };
  if (options.rules.length > 0) throw new InputError(["export: --anonymize: rules of your own name things and say what they are; leave --rules out"]);
  if (rules.length > 0 && options.quiet !== true) process.stderr.write("export: --anonymize leaves out the rules of your own beside the document\n");
  const nameless = anonymous({ ...judged, topology, rules }, nativeDigest);
  return { subject: nameless.subject, wish: nameless.wish({ ...common, source: file, canonical: false }) };
}

function view(text: string): string {
  if (parseView(text) === undefined) throw new InvalidArgumentError(`"${text.slice(0, 80)}" is not network, management, tenant:ID, selection:SELECTOR or path:FINDING.`);
  return text;
}

function scale(text: string): number {
  const value = Number(text);
  if (!(value >= SCALES.least && value <= SCALES.most)) throw new InvalidArgumentError(`"${text.slice(0, 80)}" is not a number from ${SCALES.least} to ${SCALES.most}.`);
  return value;
}

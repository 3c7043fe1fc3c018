import { readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import type { Command } from "commander";
import { IMPORTERS, type ImportFormat } from "../../shared/formats/index";
import { formatTopology } from "../../shared/model/canonical";
import { EXIT, InputError } from "../failure";
import { readBytes, writeOutput } from "../files";
import { choice } from "../options";

const FORMATS = Object.keys(IMPORTERS) as ImportFormat[];

export function registerImport(program: Command, done: (status: number) => void): void {
  program.command("import").description("real inventories to a document")
    .argument("<source...>", "files, or folders that are searched for files of the format; - is standard input")
    .requiredOption("--from <format>", FORMATS.join(", "), choice(FORMATS))
    .option("-o, --output <file>", "the document; - is standard output (the default)")
    .option("--report <file>", "what was mapped, ignored and not understood, as JSON")
    .option("--quiet", "do not summarise the report on standard error")
    .action((sources: string[], options: { from: ImportFormat; output?: string; report?: string; quiet?: boolean }) => {
      const importer = IMPORTERS[options.from];
      const files = sources.flatMap((source) => expand(source, importer.extensions)).map((name) => ({ name, text: text(name) }));
      if (files.length === 0) throw new InputError([`import: no ${importer.extensions.join(" or ")} file in ${sources.join(", ")}; name files that hold a ${options.from} inventory`]);
      const result = importer.read(files);
      if (!result.ok) throw new InputError(result.problems.map((problem) => `${problem.source}: ${problem.message}; ${problem.expected}`));
      if (options.report !== undefined) writeOutput(options.report, `${JSON.stringify(result.report, null, 2)}\n`);
      writeOutput(options.output ?? "-", formatTopology(result.topology));
      if (options.quiet !== true) {
        const { mapped, ignored, notUnderstood } = result.report;
        process.stderr.write(`${files.map(({ name }) => basename(name)).join(", ")}: ${total(mapped)} fields mapped, ${total(ignored)} ignored, ${notUnderstood.length} not understood${options.report === undefined ? " (--report FILE lists them)" : ""}\n`);
      }
      done(EXIT.clean);
    });
}

/** A folder stands for the files of the format in it, at any depth, in the order of their names. */
function expand(source: string, extensions: readonly string[]): string[] {
  if (source === "-") return [source];
  let folder: boolean;
  try {
    folder = statSync(source).isDirectory();
  } catch {
    throw new InputError([`${source}:$: cannot be read; name a file or folder that exists`]);
  }
  if (!folder) return [source];
  return readdirSync(source, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && extensions.some((extension) => entry.name.endsWith(extension)))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function text(name: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(readBytes(name));
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError([`${name}:$: is not UTF-8 text; save it as UTF-8`]);
  }
}

function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

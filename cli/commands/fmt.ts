import type { Command } from "commander";
import { anonymize } from "../../shared/anonymize/anonymize";
import { formatTopology } from "../../shared/model/canonical";
import { plain } from "../../shared/reports/plain";
import { nativeDigest } from "../digest";
import { EXIT, InputError } from "../failure";
import { readTopology, writeOutput } from "../files";

export function registerFmt(program: Command, done: (status: number) => void): void {
  program.command("fmt").description("canonical form, in place")
    .argument("<file...>", "documents; - reads standard input and prints")
    .option("-o, --output <file>", "write there instead; - is standard output")
    .option("--check", "change nothing; exit 1 where a file is not canonical")
    .option("--anonymize", "with -o: other names, ids, addresses and MACs and no notes; what the document says of isolation stays the same")
    .option("--quiet", "do not name the files")
    .action((files: string[], options: FmtOptions) => {
      if (options.anonymize === true && options.output === undefined) throw new InputError(["fmt: --anonymize: the document itself is never overwritten; give -o FILE, or -o -"]);
      if (options.output !== undefined && files.length > 1) throw new InputError(["-o: several files cannot go to one; format one file, or leave -o out"]);
      let changed = false;
      const refused: string[] = [];
      for (const file of files) {
        try {
          changed = formatOne(file, options) || changed;
        } catch (error) {
          if (!(error instanceof InputError)) throw error;
          refused.push(...error.lines);
        }
      }
      if (refused.length > 0) throw new InputError(refused);
      done(options.check === true && changed ? EXIT.findings : EXIT.clean);
    });
}

interface FmtOptions {
  readonly output?: string;
  readonly check?: boolean;
  readonly quiet?: boolean;
  readonly anonymize?: boolean;
}

/** Whether the file was not canonical. */
function formatOne(file: string, options: FmtOptions): boolean {
  const { topology, bytes } = readTopology(file);
  const text = formatTopology(options.anonymize === true ? anonymize(topology, nativeDigest).topology : topology);
  const differs = !Buffer.from(text, "utf8").equals(bytes);
  const output = options.output ?? (file === "-" ? "-" : undefined);
  if (options.check === true) {
    if (differs && options.quiet !== true) process.stdout.write(`${plain(file)}: not canonical\n`);
  } else if (output !== undefined) {
    writeOutput(output, text);
  } else if (differs) {
    writeOutput(file, text);
  }
  return differs;
}

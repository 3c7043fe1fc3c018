import { Command, CommanderError } from "commander";
import { ANALYZER_VERSION } from "../shared/analysis/version";
import { registerCheck } from "./commands/check";
import { registerDiff } from "./commands/diff";
import { registerExport } from "./commands/export";
import { registerFix } from "./commands/fix";
import { registerFmt } from "./commands/fmt";
import { registerImport } from "./commands/import";
import { registerMatrix } from "./commands/matrix";
import { registerPaths } from "./commands/paths";
import { registerRules } from "./commands/rules";
import { registerSegment } from "./commands/segment";
import { registerSchema } from "./commands/schema";
import { registerTrace } from "./commands/trace";
import { EXIT, InputError } from "./failure";

/** Runs one command line (without the program's own name) and gives the exit status; see `failure.ts`. */
export async function run(argv: readonly string[]): Promise<number> {
  let status: number = EXIT.clean;
  const done = (value: number): void => {
    status = value;
  };
  const program = new Command("bulkhead")
    .description("Proves that tenants of a virtual network are isolated, or shows the path by which they are not.")
    .version(ANALYZER_VERSION)
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, "bulkhead: ")) });
  for (const register of [registerCheck, registerTrace, registerMatrix, registerPaths, registerFix, registerSegment, registerDiff, registerImport, registerExport, registerRules, registerSchema, registerFmt]) {
    register(program, done);
  }
  for (const command of program.commands) command.exitOverride().configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, `bulkhead ${command.name()}: `)) });
  try {
    await program.parseAsync([...argv], { from: "user" });
    return status;
  } catch (error) {
    return failure(error);
  }
}

function failure(error: unknown): number {
  if (error instanceof CommanderError) {
    return ["commander.helpDisplayed", "commander.version"].includes(error.code) ? EXIT.clean : EXIT.wrongInput;
  }
  if (error instanceof InputError) {
    process.stderr.write(`${error.lines.join("\n")}\n`);
    return EXIT.wrongInput;
  }
  process.stderr.write(`bulkhead: internal fault, please report it: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return EXIT.internal;
}

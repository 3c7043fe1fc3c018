import { Command, CommanderError } from "commander";
import { ANALYZER_VERSION } from "../shared/analysis/version";
import { EXIT, InputError } from "./failure";

type Register = (program: Command, done: (status: number) => void) => void;

/** Where a command is; what it needs is read when it is asked for, so that none waits for another's. */
const COMMANDS = {
  check: async () => (await import("./commands/check")).registerCheck,
  trace: async () => (await import("./commands/trace")).registerTrace,
  matrix: async () => (await import("./commands/matrix")).registerMatrix,
  paths: async () => (await import("./commands/paths")).registerPaths,
  fix: async () => (await import("./commands/fix")).registerFix,
  segment: async () => (await import("./commands/segment")).registerSegment,
  diff: async () => (await import("./commands/diff")).registerDiff,
  import: async () => (await import("./commands/import")).registerImport,
  export: async () => (await import("./commands/export")).registerExport,
  verify: async () => (await import("./commands/verify")).registerVerify,
  rules: async () => (await import("./commands/rules")).registerRules,
  schema: async () => (await import("./commands/schema")).registerSchema,
  fmt: async () => (await import("./commands/fmt")).registerFmt,
} as const satisfies Readonly<Record<string, () => Promise<Register>>>;

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
  for (const load of wanted(argv[0])) (await load())(program, done);
  for (const command of program.commands) command.exitOverride().configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, `bulkhead ${command.name()}: `)) });
  try {
    await program.parseAsync([...argv], { from: "user" });
    return status;
  } catch (error) {
    return failure(error);
  }
}

/** The named command alone; all where help is asked for or no command has that name. */
function wanted(name: string | undefined): readonly (() => Promise<Register>)[] {
  const named = Object.entries(COMMANDS).find(([command]) => command === name);
  return named === undefined ? Object.values(COMMANDS) : [named[1]];
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

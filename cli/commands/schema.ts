import type { Command } from "commander";
import { jsonSchema } from "../../shared/model/json-schema";
import { EXIT } from "../failure";
import { writeOutput } from "../files";

export function registerSchema(program: Command, done: (status: number) => void): void {
  program.command("schema").description("the document's JSON Schema")
    .option("-o, --output <file>", "write to a file; - is standard output")
    .action((options: { output?: string }) => {
      writeOutput(options.output ?? "-", `${JSON.stringify(jsonSchema(), null, 2)}\n`);
      done(EXIT.clean);
    });
}

import type { Command } from "commander";
import { jsonSchema } from "../../shared/model/json-schema";
import { rulesJsonSchema } from "../../shared/rules/custom/schema";
import { EXIT } from "../failure";
import { writeOutput } from "../files";

export function registerSchema(program: Command, done: (status: number) => void): void {
  program.command("schema").description("the document's JSON Schema")
    .option("--rules", "that of files of rules of your own")
    .option("-o, --output <file>", "write to a file; - is standard output")
    .action((options: { output?: string; rules?: boolean }) => {
      writeOutput(options.output ?? "-", `${JSON.stringify(options.rules === true ? rulesJsonSchema() : jsonSchema(), null, 2)}\n`);
      done(EXIT.clean);
    });
}

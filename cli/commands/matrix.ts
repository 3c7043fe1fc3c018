import type { Command } from "commander";
import { compileNetwork, matrixOf } from "../../shared/network/network";
import type { Matrix } from "../../shared/analysis/result";
import { matrixCsv, matrixMarkdown, matrixText } from "../../shared/reports/matrix-text";
import { EXIT } from "../failure";
import { readTopology, writeOutput } from "../files";
import { choice, paintFor, withCommon, type CommonOptions } from "../options";

export function registerMatrix(program: Command, done: (status: number) => void): void {
  withCommon(program.command("matrix").description("who reaches whom, with services"), ["text", "json", "csv", "md"])
    .argument("<file>", "a document; - is standard input")
    .option("--by <grain>", "tenant, vm or portgroup", choice(["tenant", "vm", "portgroup"]), "vm")
    .action((file: string, options: CommonOptions & { by: Matrix["by"] }) => {
      const { topology } = readTopology(file);
      const matrix = matrixOf(compileNetwork(topology, options), options.by);
      writeOutput(options.output ?? "-", render(matrix, options));
      done(EXIT.clean);
    });
}

function render(matrix: Matrix, options: CommonOptions): string {
  switch (options.format) {
    case "json": return `${JSON.stringify(matrix, null, 2)}\n`;
    case "csv": return matrixCsv(matrix);
    case "md": return matrixMarkdown(matrix);
    default: return matrixText(matrix, paintFor(options.output));
  }
}

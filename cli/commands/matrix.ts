import type { Command } from "commander";
import { compileNetwork, matrixStream, type MatrixStream } from "../../shared/network/network";
import type { Matrix } from "../../shared/analysis/result";
import { matrixCsv, matrixJson, matrixMarkdown, matrixText } from "../../shared/reports/matrix-text";
import { EXIT } from "../failure";
import { readTopology, writePieces } from "../files";
import { choice, paintFor, withCommon, type CommonOptions } from "../options";

export function registerMatrix(program: Command, done: (status: number) => void): void {
  withCommon(program.command("matrix").description("who reaches whom, with services"), ["text", "json", "csv", "md"])
    .argument("<file>", "a document; - is standard input")
    .option("--by <grain>", "tenant, vm or portgroup", choice(["tenant", "vm", "portgroup"]), "vm")
    .action((file: string, options: CommonOptions & { by: Matrix["by"] }) => {
      const { topology } = readTopology(file);
      writePieces(options.output ?? "-", render(matrixStream(compileNetwork(topology, options), options.by), options));
      done(EXIT.clean);
    });
}

/** Tables for people are as wide as their longest cell, so they are whole before they are written; what programs read is not. */
function render(matrix: MatrixStream, options: CommonOptions): Iterable<string> {
  switch (options.format) {
    case "json": return matrixJson(matrix);
    case "csv": return matrixCsv(matrix);
    case "md": return [matrixMarkdown({ ...matrix, pairs: [...matrix.pairs] })];
    default: return [matrixText({ ...matrix, pairs: [...matrix.pairs] }, paintFor(options.output))];
  }
}

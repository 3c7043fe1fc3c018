import type { Matrix, MatrixPair } from "../analysis/result";
import { csv } from "./csv";
import { jsonList } from "./json-list";
import { markdownTable, markdownText } from "./markdown";
import { noPaint, type Paint } from "./paint";
import { plain } from "./plain";

const HEADER = ["from", "to", "verdict", "layer", "frames", "services", "one way", "missing", "forged"];

/** Who reaches whom, one aligned line a pair. */
export function matrixText(matrix: Matrix, paint: Paint = noPaint): string {
  const rows = matrix.pairs.map((pair) => cells(pair).map(plain));
  const widths = HEADER.map((title, column) => Math.max(title.length, ...rows.map((row) => Math.min(40, row[column]?.length ?? 0))));
  const line = (row: readonly string[]): string => row.map((text, column) => text.padEnd(widths[column] ?? 0)).join("  ").trimEnd();
  const head = `${matrix.rows.length} rows by ${matrix.by}, ${matrix.pairs.length} pairs between which anything passes or might, assuming ${matrix.assume} guests`;
  if (rows.length === 0) return `${head}\n`;
  const body = matrix.pairs.map((pair, index) => {
    const text = line(rows[index] ?? []);
    return pair.verdict === "violating" ? paint.bad(text) : text;
  });
  return `${[head, "", paint.bold(line(HEADER)), ...body].join("\n")}\n`;
}

export function* matrixCsv({ pairs }: { readonly pairs: Iterable<MatrixPair> }): Generator<string> {
  yield csv([HEADER]);
  for (const pair of pairs) yield csv([cells(pair).map(plain)]);
}

/** What `JSON.stringify(matrix, null, 2)` and a line end would give, piece by piece. */
export function* matrixJson({ pairs, ...head }: Omit<Matrix, "pairs"> & { readonly pairs: Iterable<MatrixPair> }): Generator<string> {
  yield `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "pairs": `;
  yield* jsonList(pairs, "  ");
  yield "\n}\n";
}

export function matrixMarkdown(matrix: Matrix): string {
  return `${markdownTable(HEADER, matrix.pairs.map((pair) => cells(pair).map(markdownText)))}\n`;
}

function cells(pair: MatrixPair): string[] {
  return [pair.from, pair.to, pair.verdict, String(pair.layer), pair.frames ?? "", pair.services.join(" "), pair.oneWay.join(" "), (pair.missing ?? []).join(" "), pair.forged === true ? "forged" : ""];
}

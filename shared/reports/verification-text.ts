import { noPaint, type Paint } from "./paint";
import { plain } from "./plain";
import type { Verdicts, Verification, VerificationResult } from "./verification";

const HEADLINES: Readonly<Record<VerificationResult, string>> = {
  holds: "holds", differs: "verdicts differ", changed: "changed", "other-document": "another document", "no-evidence": "no evidence", "hash-only": "only a hash",
};
const SEALS: Readonly<Record<Verification["seal"], string>> = { intact: "every byte is as it was exported", broken: "not as it was exported: its hash is another", absent: "carries no hash of itself" };
const DRAWINGS: Readonly<Record<Verification["drawing"], string>> = { same: "drawn again from the document it is the same, byte for byte", other: "drawn again from the document it is another", "not drawn": "not drawn again" };
const MOST = 20;

/** For a person at a terminal. */
export function verificationText(verification: Verification, paint: Paint = noPaint): string {
  const { file, kind, result, because, seal, drawing, document, verdicts, today, assume, analyzer } = verification;
  const headline = HEADLINES[result];
  const lines = [`${result === "holds" ? paint.good(headline) : paint.bad(headline)}  ${plain(file)}`, ...because.map((reason) => `  ${plain(reason)}`)];
  const fact = (label: string, text: string): void => {
    lines.push(`  ${paint.bold(label.padEnd(10))}${text}`);
  };
  if (result !== "no-evidence") fact(kind.toUpperCase(), SEALS[seal]);
  if (document !== undefined) fact("document", `${plain(document.name)}, sha256 ${document.actual.slice(0, 16)}, ${document.sha256 === document.actual ? "as the file says" : `but the file says ${plain(document.sha256.slice(0, 16))}`}`);
  if (document !== undefined) fact("drawing", DRAWINGS[drawing]);
  if (verdicts !== undefined) {
    fact("judged", `on ${today?.now ?? ""} with ${assume?.now ?? ""} guests by Bulkhead ${analyzer?.now ?? ""}`);
    fact("verdicts", verdictWords(verdicts));
    lines.push(...list("+", verdicts.added), ...list("-", verdicts.removed), ...list("~", verdicts.changed.map(({ id, before, after }) => `${id}  ${before} → ${after}`)));
  }
  return `${lines.join("\n")}\n`;
}

function verdictWords({ same, added, removed, changed, summary }: Verdicts): string {
  const parts = [`${same} findings still hold`, ...[[added.length, "new"], [removed.length, "gone"], [changed.length, "changed"]].flatMap(([count, word]) => (count === 0 ? [] : [`${count} ${word}`]))];
  const { isolated, permitted, violating, unknown } = summary.after.tenantPairs;
  return `${parts.join(", ")}; tenant pairs: ${isolated} isolated, ${permitted} permitted, ${violating} violating, ${unknown} unknown${summary.same ? "" : ` (summary is another)`}`;
}

function list(sign: string, items: readonly string[]): string[] {
  return [...items.slice(0, MOST).map((item) => `    ${sign} ${plain(item)}`), ...(items.length > MOST ? [`    … and ${items.length - MOST} more, which --format json lists`] : [])];
}

import type { Comparison } from "../analysis/compare";
import { orderedEdit } from "../analysis/findings-json";
import type { Finding } from "../analysis/result";
import { compareIds } from "../model/topology";
import { jsonList } from "./json-list";

/** What `diff --format json` prints: field order fixed, pairs sorted as in the matrix, ids by code unit. */
export function* comparisonJson({ document, flows, findings }: Comparison): Generator<string> {
  yield '{\n  "document": ';
  yield* jsonList(document.map(orderedEdit), "  ");
  yield* lists("flows", flows.added(), flows.removed());
  yield* lists("findings", ids([...findings.appeared, ...findings.reopened]), ids(findings.gone));
  yield "\n}\n";
}

function* lists(name: string, added: Iterable<unknown>, removed: Iterable<unknown>): Generator<string> {
  yield `,\n  "${name}": {\n    "added": `;
  yield* jsonList(added, "    ");
  yield ',\n    "removed": ';
  yield* jsonList(removed, "    ");
  yield "\n  }";
}

function ids(findings: readonly Finding[]): string[] {
  return findings.map(({ id }) => id).sort(compareIds);
}

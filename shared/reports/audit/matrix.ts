import { cellWords, MOST_GROUPS, passingPairs, type GroupMatrix } from "../../diagram/group-matrix";
import { table, type Piece, type Section } from "../../diagram/report";
import type { ReportSource } from "./source";
import { managementWords } from "./management";
import { names } from "./words";

const MOST_PAIRS = 2000;

export function matrixSection({ analysis: { topology, summary } }: ReportSource, groups: GroupMatrix): Section {
  const drawn: Piece[] = groups.groups.length === 0 ? [{ kind: "text", text: "There are no parties to compare." }] : groups.groups.length <= MOST_GROUPS ? [{ kind: "matrix", groups }] : [
    { kind: "text", tone: "note", text: `${groups.groups.length} parties: only pairs between which anything passes, or might, are listed, violations first. All other pairs are isolated.` },
    table([{ title: "Verdict", share: 1 }, { title: "From → to", share: 4 }, { title: "Services", share: 3 }], passingPairs(groups).map(({ from, to, cell }) => [cell.verdict, `${from} → ${to}`, cell.services.length === 0 ? cellWords(cell) : names(cell.services, 6)]), "Nothing passes between them.", MOST_PAIRS, "bulkhead matrix lists all"),
  ];
  return {
    id: "matrix", title: "Who reaches whom",
    pieces: [...drawn, { kind: "text", text: managementWords(topology, summary, groups) }],
  };
}

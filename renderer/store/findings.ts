/** Opening a finding: its evidence below, its path on the canvas. */
import { useAnalysis } from "./analysis";
import { isLarge, useDocument } from "./document";
import { select, showCanvas, showFinding } from "./session";

/** Shows a finding by its id; undefined, or an id that is no finding any more, shows none. */
export function showFindingById(id: string | undefined): void {
  const finding = id === undefined ? undefined : useAnalysis.getState().findings.find((each) => each.id === id);
  if (finding === undefined) return showFinding(undefined, undefined);
  if (!isLarge(useDocument.getState().topology)) showCanvas();
  select([]);
  showFinding(finding.id, { hops: finding.path, subjects: finding.subjects, tone: finding.rule === "INT-002" ? "blocked" : "violation" });
}

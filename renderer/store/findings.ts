/** Opening a finding: its evidence below, its path on the canvas, or its rule in the rule editor where that is open. */
import type { Finding } from "../../shared/analysis/result";
import { filterPlace, ruleOfFinding } from "../actions/rules";
import { useAnalysis } from "./analysis";
import { isLarge, useDocument } from "./document";
import { openRules } from "./rules";
import { select, showCanvas, showFinding, useSession } from "./session";

/** Opens a finding's evidence and draws its path; the rest of the canvas dims. What is shown of a large document stays. */
export function openFinding(finding: Finding): void {
  const { topology } = useDocument.getState();
  const filter = finding.rule.startsWith("FW-") ? filterPlace(topology, finding.subjects[0]) : undefined;
  if (useSession.getState().view === "rules" && filter !== undefined) openRules(filter.id, ruleOfFinding(finding));
  else {
    if (!isLarge(topology)) showCanvas();
    select([]);
  }
  showFinding(finding.id, { hops: finding.path, subjects: finding.subjects, tone: finding.rule === "INT-002" ? "blocked" : "violation" });
}

/** Shows a finding by its id; undefined, or an id that is no finding any more, shows none. */
export function showFindingById(id: string | undefined): void {
  const finding = id === undefined ? undefined : useAnalysis.getState().findings.find((each) => each.id === id);
  if (finding === undefined) showFinding(undefined, undefined);
  else openFinding(finding);
}

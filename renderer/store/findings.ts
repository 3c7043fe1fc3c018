/** The list of findings, and opening one: its evidence below, its path on the canvas, or its rule in the rule editor where that is open. */
import { create } from "zustand";
import type { Finding } from "../../shared/analysis/result";
import { filterPlace, ruleOfFinding } from "../actions/rules";
import { useAnalysis } from "./analysis";
import { isLarge, useDocument } from "./document";
import { groupFindings, type Filter } from "./findings-list";
import { openRules } from "./rules";
import { select, showCanvas, showFinding, useSession } from "./session";

/** How the list is filtered, grouped and folded. It stays while the panel is hidden. */
export const useFindingsFilter = create<Filter>(() => ({ hidden: new Set(), query: "", grouping: "cause", toggled: new Set() }));

/** Unfolds a root cause that is folded, and the other way round. */
export function toggleCause(id: string): void {
  useFindingsFilter.setState(({ toggled }) => {
    const next = new Set(toggled);
    if (!next.delete(id)) next.add(id);
    return { toggled: next };
  });
}

/** The open findings that are in sight, from top to bottom. */
export function findingsInSight(): readonly Finding[] {
  const groups = groupFindings(useAnalysis.getState().findings, useFindingsFilter.getState(), useDocument.getState().topology);
  return groups.flatMap((group) => group.rows.map((row) => row.finding)).filter((finding) => !finding.accepted);
}

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

/** Findings, fix plan, traces. */
import { useAnalysis } from "../store/analysis";
import { compareWithFile } from "../files/compare-file";
import { attempt } from "../store/attempt";
import { openAttack } from "../store/attack";
import { openComparison } from "../store/compare";
import { useDocument } from "../store/document";
import { findingsInSight, showFindingById } from "../store/findings";
import { openRules, toggleHit } from "../store/rules";
import { openDialog, toast, togglePanel, useSession } from "../store/session";
import { showTour } from "../tour/tour";
import { partyName } from "../ui/suggestions";
import type { Handler } from "./command";

/** Steps through the findings as they are listed, the accepted ones left out. */
function step(by: 1 | -1): void {
  const open = findingsInSight();
  if (open.length === 0) return toast("No finding passes the filter of the list");
  const at = open.findIndex((finding) => finding.id === useSession.getState().activeFinding);
  const next = at < 0 ? (by > 0 ? 0 : open.length - 1) : (at + by + open.length) % open.length;
  togglePanel("findings", true);
  showFindingById(open[next]?.id);
}

/** The first thing selected, or the one after it, as a question names it; undefined where it neither sends nor receives. */
function selectedParty(index = 0): string | undefined {
  const id = useSession.getState().selection[index];
  const name = id === undefined ? "" : partyName(useDocument.getState().topology, id);
  return name === "" ? undefined : name;
}

const hasFindings = (): boolean => useAnalysis.getState().findings.some((finding) => !finding.accepted);

export const ANALYSIS_COMMANDS = {
  "analysis.fixPlan": { run: () => openDialog({ type: "fix-plan" }), enabled: hasFindings },
  "analysis.segmentation": { run: () => openDialog({ type: "segmentation" }) },
  "analysis.trace": {
    run: () => {
      const [from, to] = useSession.getState().selection;
      openDialog({ type: "trace", ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) });
    },
  },
  "analysis.attackFrom": { run: () => openAttack({ from: selectedParty() ?? "", to: selectedParty(1) ?? "" }), enabled: () => selectedParty() !== undefined },
  "analysis.attackTo": { run: () => openAttack({ to: selectedParty() ?? "" }), enabled: () => selectedParty() !== undefined },
  "analysis.hitTest": {
    run: () => {
      openRules();
      toggleHit(true);
    },
  },
  "analysis.compareSaved": { run: () => openComparison({ kind: "saved" }) },
  "analysis.compareFile": { run: () => attempt(compareWithFile(), "The file could not be compared with") },
  "analysis.nextFinding": { run: () => step(1), enabled: hasFindings },
  "analysis.previousFinding": { run: () => step(-1), enabled: hasFindings },
  "help.tour": { run: () => attempt(showTour(), "The tour could not be shown") },
  "help.shortcuts": { run: () => openDialog({ type: "shortcuts" }) },
} as const satisfies Readonly<Record<string, Handler>>;

/** The four steps: what each shows, what it points at, and what it does when it begins. */
import type { Finding } from "../../shared/analysis/result";
import { SEVERITIES } from "../../shared/analysis/result";
import { runCommand } from "../commands";
import { useAnalysis } from "../store/analysis";
import { openFinding } from "../store/findings";
import { showPath, togglePanel, useSession } from "../store/session";

export interface TourStep {
  readonly title: string;
  readonly text: string;
  /** Selectors; the first that is on the screen is pointed at. */
  readonly anchors: readonly string[];
  readonly begin?: () => void;
  /** Something to do from here, which ends the tour. */
  readonly actions?: readonly { readonly label: string; readonly run: () => void }[];
}

/** The finding that shows best what this is about: the most severe one with a path that is drawn. */
export function worstFinding(findings: readonly Finding[]): Finding | undefined {
  const open = findings.filter((finding) => !finding.accepted && finding.path.length > 1);
  const rank = (finding: Finding): number => SEVERITIES.indexOf(finding.severity) * 2 + (finding.fixes.length > 0 || finding.rule === "NET-001" ? 0 : 1);
  return [...open].sort((a, b) => rank(a) - rank(b))[0];
}

function showWorst(): void {
  togglePanel("findings", true);
  const worst = worstFinding(useAnalysis.getState().findings);
  if (worst !== undefined && useSession.getState().activeFinding !== worst.id) openFinding(worst);
}

export const TOUR: readonly TourStep[] = [
  {
    title: "This is a real network",
    text: "Hosts are frames, with the hypervisor and its VMs and switches inside; cables lead to the physical switch and the world. Colour and shape say whose a VM is: this cluster has two tenants, and management.",
    anchors: [".react-flow__node.thing-host", ".canvas"],
    begin: () => showPath(undefined),
  },
  {
    title: "The red path leads to another tenant",
    text: "Bulkhead follows every packet. This is its worst finding: the path is drawn hop by hop on the canvas, and the evidence here says what each hop does. Tenants that nothing keeps apart are never called isolated.",
    anchors: [".evidence", ".findings"],
    begin: showWorst,
  },
  {
    title: "Cut it",
    text: "Each fix has been tried on a copy: it says what it closes, opens and breaks before you apply it, and undo takes it back. The fix plan closes everything critical and high in one step.",
    anchors: [".evidence .fix", ".top-bar .button-primary"],
    begin: showWorst,
    actions: [{ label: "Open the fix plan", run: () => runCommand("analysis.fixPlan") }],
  },
  {
    title: "Now yours",
    text: "Drag things from here onto the canvas, begin with a template, or import what you run. Help › Tour shows this again.",
    anchors: [".palette", ".canvas"],
    begin: () => togglePanel("palette", true),
    actions: [{ label: "New network", run: () => runCommand("file.new") }, { label: "Import…", run: () => runCommand("file.import") }],
  },
];

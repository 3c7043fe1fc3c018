import type { Finding } from "../../shared/analysis/result";
import { isLarge, useDocument } from "../store/document";
import { select, setView, showFinding } from "../store/session";

/** Opens a finding's evidence and draws its path; the rest of the canvas dims. What is shown of a large document stays. */
export function activate(finding: Finding): void {
  if (!isLarge(useDocument.getState().topology)) setView("canvas");
  select([]);
  showFinding(finding.id, { hops: finding.path, tone: finding.rule === "INT-002" ? "blocked" : "violation", subjects: finding.subjects });
}

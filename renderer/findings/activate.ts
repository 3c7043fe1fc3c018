import type { Finding } from "../../shared/analysis/result";
import { select, setView, showFinding } from "../store/session";

/** Opens a finding's evidence and draws its path; the rest of the canvas dims. */
export function activate(finding: Finding): void {
  setView("canvas");
  select([]);
  showFinding(finding.id, { hops: finding.path, tone: finding.rule === "INT-002" ? "blocked" : "violation", subjects: finding.subjects });
}

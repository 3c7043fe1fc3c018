import type { Finding } from "../../shared/analysis/result";
import { select, showFinding } from "../store/session";

/** Opens a finding's evidence and draws its path; the rest of the canvas dims. */
export function activate(finding: Finding): void {
  select([]);
  showFinding(finding.id, { hops: finding.path, tone: finding.rule === "INT-002" ? "blocked" : "violation", subjects: finding.subjects });
}

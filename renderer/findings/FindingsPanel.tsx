import { useEffect, useMemo } from "react";
import { useAnalysis } from "../store/analysis";
import { useDocument } from "../store/document";
import { useFindingsFilter } from "../store/findings";
import { countBySeverity, groupFindings } from "../store/findings-list";
import { showFinding, useSession } from "../store/session";
import { AcceptRiskDialog } from "./AcceptRiskDialog";
import { Evidence } from "./Evidence";
import { FindingsHead } from "./FindingsHead";
import { FindingsList } from "./FindingsList";
import { RulesNotice } from "./RulesNotice";
import "./findings.css";

/** The findings of the document at the left, the evidence of the chosen one at the right. */
export function FindingsPanel() {
  const findings = useAnalysis((state) => state.findings);
  const state = useAnalysis((analysis) => analysis.state);
  const failure = useAnalysis((analysis) => analysis.failure);
  const active = useSession((session) => session.activeFinding);
  const dialog = useSession((session) => session.dialog);
  const isPending = useAnalysis((analysis) => analysis.pending.length > 0);
  const filter = useFindingsFilter();
  const topology = useDocument((document) => document.topology);
  const groups = useMemo(() => groupFindings(findings, filter, topology), [findings, filter, topology]);
  const counts = useMemo(() => countBySeverity(findings), [findings]);
  const chosen = findings.find((finding) => finding.id === active);

  // A finding that a change has closed takes its path off the canvas.
  useEffect(() => {
    if (active !== undefined && chosen === undefined && state === "fresh" && !isPending) showFinding(undefined, undefined);
  }, [active, chosen, state, isPending]);

  return (
    <section className="findings-room" aria-label="Findings">
      <div className="findings">
        <div className="findings-main">
          <FindingsHead counts={counts} shown={groups.reduce((sum, group) => sum + group.rows.length, 0)} />
          <RulesNotice />
          {state === "failed" ? <p className="findings-empty" role="alert">The analysis stopped: {failure}. The document is unharmed; the next change starts it again.</p>
            : <FindingsList groups={groups} total={findings.length} />}
        </div>
        {chosen !== undefined && <Evidence key={chosen.id} finding={chosen} />}
        {dialog?.type === "accept-risk" && <AcceptRiskDialog finding={dialog.finding} />}
      </div>
    </section>
  );
}

import { useMemo } from "react";
import { ChevronUp } from "lucide-react";
import { SEVERITIES } from "../../shared/analysis/result";
import { useAnalysis } from "../store/analysis";
import { countBySeverity } from "../store/findings-list";
import { focusPart } from "../store/parts";
import { togglePanel } from "../store/session";
import { SeverityMark } from "../ui/SeverityMark";
import "./findings.css";

/** The findings where there is no room for the list: how many and how bad. It opens the list. */
export function FindingsLine() {
  const findings = useAnalysis((state) => state.findings);
  const counts = useMemo(() => countBySeverity(findings), [findings]);
  const shown = SEVERITIES.filter((severity) => (counts.get(severity) ?? 0) > 0);
  const open = (): void => {
    togglePanel("findings", true);
    // The list has the keyboard once it is there.
    setTimeout(() => focusPart("findings"));
  };
  return (
    <button type="button" className="findings-line" aria-expanded={false} aria-keyshortcuts="Control+3" onClick={open}>
      <span className="panel-title">Findings</span>
      {shown.length === 0 && <span className="muted">none</span>}
      {shown.map((severity) => (
        <span key={severity} className="findings-line-count">
          <SeverityMark severity={severity} /><strong className="tabular">{counts.get(severity)?.toLocaleString("en")}</strong><span className="visually-hidden"> {severity}</span>
        </span>
      ))}
      <ChevronUp aria-hidden />
    </button>
  );
}

import type { Severity } from "../../shared/analysis/result";
import "./severity.css";

const SHAPES: Readonly<Record<Severity, string>> = {
  critical: "M2 2h8v8H2z",
  high: "M6 1.4 11 10.4H1z",
  medium: "M6 1 11 6 6 11 1 6z",
  low: "M6 2a4 4 0 1 0 0 8 4 4 0 0 0 0-8z",
  info: "M6 2a4 4 0 1 0 0 8 4 4 0 0 0 0-8zm0 1.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z",
};

/** A severity as colour and shape: square, triangle, diamond, disc, ring. */
export function SeverityMark({ severity, labelled = false }: { readonly severity: Severity; readonly labelled?: boolean }) {
  return (
    <svg className={`severity-mark severity-${severity}`} viewBox="0 0 12 12" width="11" height="11" {...(labelled ? { role: "img", "aria-label": severity } : { "aria-hidden": true })}>
      <path d={SHAPES[severity]} fill="currentColor" fillRule="evenodd" />
    </svg>
  );
}

import { use } from "react";
import { useAnalysis } from "../store/analysis";
import type { Finding } from "../../shared/analysis/result";
import { pointer, type PathSegment } from "../../shared/model/path";
import { showFinding } from "../store/session";
import { SeverityMark } from "../ui/SeverityMark";
import { useTarget } from "./target";
import { TouchedContext } from "./touched";

/** Whether one of these places is the field at the pointer, or something in it or around it. */
function touches(places: readonly string[] | undefined, place: string): boolean {
  return places?.some((path) => path === place || path.startsWith(`${place}/`) || place.startsWith(`${path}/`)) === true;
}

/** Findings that a change of this field is for, under the field. */
export function FieldFindings({ path }: { readonly path: readonly PathSegment[] }) {
  const { collection, ids } = useTarget();
  const findings = useAnalysis((state) => state.findings);
  const touched = use(TouchedContext);
  const id = ids[0];
  if (ids.length !== 1 || id === undefined) return null;
  const place = pointer(collection, id, ...path);
  const found = findings.filter((finding) => !finding.accepted && touches(touched[finding.id], place));
  return <>{found.slice(0, 3).map((finding) => <FindingNote key={finding.id} finding={finding} />)}</>;
}

/** A finding in a line or two; a click opens its evidence. */
export function FindingNote({ finding }: { readonly finding: Finding }) {
  const show = () => showFinding(finding.id, { hops: finding.path, tone: finding.rule === "INT-002" ? "blocked" : "violation", subjects: finding.subjects });
  return (
    <button type="button" className={`finding-note note-${finding.severity}`} onClick={show}>
      <SeverityMark severity={finding.severity} labelled />
      <span><strong>{finding.rule}</strong> {finding.title}</span>
    </button>
  );
}

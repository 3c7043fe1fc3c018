import { useAnalysis } from "../store/analysis";
import type { Finding } from "../../shared/analysis/result";
import { pointer, type PathSegment } from "../../shared/model/path";
import { showFinding } from "../store/session";
import { SeverityMark } from "../ui/SeverityMark";
import { useTarget } from "./target";

/** Whether a fix of the finding changes the field at this pointer, or something in it or around it. */
export function touches(finding: Finding, place: string): boolean {
  return finding.fixes.some((fix) => fix.edits.some(({ path }) => path === place || path.startsWith(`${place}/`) || place.startsWith(`${path}/`)));
}

/** Findings that a change of this field would close, under the field. */
export function FieldFindings({ path }: { readonly path: readonly PathSegment[] }) {
  const { collection, ids } = useTarget();
  const findings = useAnalysis((state) => state.findings);
  const id = ids[0];
  if (ids.length !== 1 || id === undefined) return null;
  const place = pointer(collection, id, ...path);
  const found = findings.filter((finding) => finding.fixes.length > 0 && !finding.accepted && finding.subjects.some((subject) => subject === id || subject.startsWith(`${id}/`)) && touches(finding, place));
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

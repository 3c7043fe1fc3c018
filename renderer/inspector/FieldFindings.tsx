import { use } from "react";
import type { Finding } from "../../shared/analysis/result";
import { pointer, type PathSegment } from "../../shared/model/path";
import { showFinding } from "../store/session";
import { SeverityMark } from "../ui/SeverityMark";
import { useTarget } from "./target";
import { TouchedContext } from "./touched";

interface FieldFindingsProps {
  readonly path: readonly PathSegment[];
  /** True where the fields inside stand in a form of their own and tell what is for them: then only what is for the whole. */
  readonly whole?: boolean;
}

/** Findings that a change of this field is for, under the field; of a rule or a group of fields, those that a change of all of it is for. */
export function FieldFindings({ path, whole = false }: FieldFindingsProps) {
  const { collection, ids } = useTarget();
  const touched = use(TouchedContext);
  const id = ids[0];
  if (ids.length !== 1 || id === undefined) return null;
  const place = pointer(collection, id, ...path);
  const isHere = (touching: string): boolean => touching === place || (!whole && touching.startsWith(`${place}/`));
  const found = touched.filter(({ places }) => places.some(isHere));
  return <>{found.slice(0, 3).map(({ finding }) => <FindingNote key={finding.id} finding={finding} />)}</>;
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

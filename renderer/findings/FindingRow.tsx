import { memo } from "react";
import { ChevronDown, ChevronRight, CornerDownRight } from "lucide-react";
import { openFinding, toggleCause } from "../store/findings";
import type { Fold, Row } from "../store/findings-list";
import { SeverityMark } from "../ui/SeverityMark";
import { tooltip } from "../ui/Tooltip";
import { AcceptedBy } from "./Acceptance";

/** A finding, or a root cause by its first finding with what is folded into it. */
export const FindingRow = memo(function FindingRow({ row, active }: { readonly row: Row; readonly active: boolean }) {
  const { finding, level, place, of, fold, follows = false } = row;
  return (
    <div
      id={rowId(finding.id)} role="treeitem" aria-level={level} aria-selected={active} aria-posinset={place} aria-setsize={of} {...(fold === undefined ? {} : { "aria-expanded": fold.open })}
      className={`finding-row${level === 2 ? " finding-inner" : ""}${finding.accepted ? " accepted" : ""}`} onClick={() => openFinding(finding)}
    >
      <span className="finding-fold" aria-hidden onClick={(event) => { if (fold === undefined) return; event.stopPropagation(); toggleCause(fold.id); }}>
        {fold !== undefined && (fold.open ? <ChevronDown /> : <ChevronRight />)}
        {follows && <CornerDownRight />}
      </span>
      <SeverityMark severity={finding.severity} labelled />
      <code className="finding-rule">{finding.rule}</code>
      <span className="finding-title">
        <span className="truncate" {...tooltip(finding.title, { cut: true })}>{finding.title}</span>
        {fold !== undefined && <Count {...fold} severity={finding.severity} />}
        {follows && <span className="visually-hidden">, follows from it</span>}
      </span>
      <span className="finding-subjects truncate muted">{finding.accepted ? <AcceptedBy finding={finding.id} /> : finding.subjects.slice(0, 4).join(", ")}</span>
    </div>
  );
}, (a, b) => a.active === b.active && sameRow(a.row, b.row));

/** How much is folded in, and how bad the worst of it is where that is worse than what is seen. */
function Count({ alike, following, worst, severity }: Fold & { readonly severity: Row["finding"]["severity"] }) {
  const words = [...(alike > 0 ? [`${alike.toLocaleString("en")} more with this cause`] : []), ...(following > 0 ? [`${following.toLocaleString("en")} that follow${following === 1 ? "s" : ""}`] : [])].join(", ");
  return (
    <span className="finding-count tabular" {...tooltip(words)}>
      {worst !== severity && <SeverityMark severity={worst} />}
      <span aria-hidden>+{(alike + following).toLocaleString("en")}</span>
      <span className="visually-hidden">, {words}</span>
    </span>
  );
}

function sameRow(a: Row, b: Row): boolean {
  return a.finding === b.finding && a.level === b.level && a.place === b.place && a.of === b.of && a.follows === b.follows && sameFold(a.fold, b.fold);
}

function sameFold(a: Fold | undefined, b: Fold | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && a.id === b.id && a.open === b.open && a.alike === b.alike && a.following === b.following && a.worst === b.worst);
}

export function rowId(id: string): string {
  return `finding-${id}`;
}

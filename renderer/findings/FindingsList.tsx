import { useEffect, useMemo, useRef, type KeyboardEvent } from "react";
import { ShieldCheck } from "lucide-react";
import type { Finding } from "../../shared/analysis/result";
import { useAnalysis } from "../store/analysis";
import { useDocument } from "../store/document";
import { showFinding, useSession } from "../store/session";
import { SeverityMark } from "../ui/SeverityMark";
import { useScrolled } from "../ui/useScrolled";
import { openFinding } from "../store/findings";
import type { Group } from "./list";
import { ROW_HEIGHT, scrolledTo, sectionsInView, sectionsOf, topOf } from "./sections";

const FIRST_SIGHT = { width: 800, height: 600 };

/** A list box: arrow keys go through the findings, Escape closes the evidence. */
export function FindingsList({ groups, total }: { readonly groups: readonly Group[]; readonly total: number }) {
  const waiting = useAnalysis((analysis) => analysis.state === "stale" || analysis.pending.length > 0);
  return groups.length === 0 ? <Empty total={total} waiting={waiting} /> : <ListBox groups={groups} />;
}

function ListBox({ groups }: { readonly groups: readonly Group[] }) {
  const active = useSession((session) => session.activeFinding);
  const box = useRef<HTMLDivElement>(null);
  const shown = useMemo(() => groups.flatMap((group) => group.findings), [groups]);
  const sections = useMemo(() => sectionsOf(groups), [groups]);
  const view = useScrolled(box, FIRST_SIGHT);

  useEffect(() => {
    const element = box.current, top = active === undefined ? undefined : topOf(sections, active);
    if (element !== null && top !== undefined) element.scrollTop = scrolledTo(top, element.scrollTop, element.clientHeight);
  }, [active, sections]);

  const onKeyDown = (event: KeyboardEvent) => {
    const index = shown.findIndex((finding) => finding.id === active);
    const target = event.key === "ArrowDown" ? index + 1 : event.key === "ArrowUp" ? Math.max(0, index - 1) : event.key === "Home" ? 0 : event.key === "End" ? shown.length - 1 : undefined;
    if (event.key === "Escape") showFinding(undefined, undefined);
    const finding = target === undefined ? undefined : shown[Math.min(target, shown.length - 1)];
    if (finding === undefined) return;
    event.preventDefault();
    openFinding(finding);
  };

  return (
    <div ref={box} className="findings-list" role="listbox" aria-label="Findings" tabIndex={0} onKeyDown={onKeyDown} {...(active === undefined ? {} : { "aria-activedescendant": rowId(active) })}>
      <div className="findings-space" role="presentation" style={{ height: sections.at(-1)?.end ?? 0 }}>
        {sectionsInView(sections, view).map(({ group, top, end, first, rows }) => (
          <div key={group.key} className="findings-section" role="group" style={{ top, height: end - top }} {...(group.title === undefined ? {} : { "aria-label": group.title })}>
            {group.title !== undefined && <p className="findings-group">{group.title} <span className="muted tabular">{group.findings.length}</span></p>}
            <div role="presentation" style={{ height: first * ROW_HEIGHT }} />
            {rows.map((finding, index) => <Row key={finding.id} finding={finding} active={finding.id === active} place={first + index + 1} of={group.findings.length} />)}
          </div>
        ))}
      </div>
    </div>
  );
}

interface RowProps {
  readonly finding: Finding;
  readonly active: boolean;
  /** Counted from 1, in its group. */
  readonly place: number;
  readonly of: number;
}

function Row({ finding, active, place, of }: RowProps) {
  return (
    <div id={rowId(finding.id)} role="option" aria-selected={active} aria-posinset={place} aria-setsize={of} className={`finding-row${finding.accepted ? " accepted" : ""}`} onClick={() => openFinding(finding)}>
      <SeverityMark severity={finding.severity} labelled />
      <code className="finding-rule">{finding.rule}</code>
      <span className="finding-title truncate">{finding.title}</span>
      <span className="finding-subjects truncate muted">{finding.accepted ? "accepted" : finding.subjects.slice(0, 4).join(", ")}</span>
    </div>
  );
}

function Empty({ total, waiting }: { readonly total: number; readonly waiting: boolean }) {
  const drawn = useDocument((document) => Object.keys(document.topology.vms ?? {}).length > 0);
  if (total > 0) return <p className="findings-empty">No finding passes the filter.</p>;
  if (waiting) return <p className="findings-empty" role="status">Analysing…</p>;
  return (
    <div className="findings-empty">
      <ShieldCheck aria-hidden />
      {drawn ? <p><strong>No findings.</strong> Every rule was checked against this network, and none fires.</p>
        : <p><strong>No findings yet.</strong> Draw or import a network: a violation shows here as soon as one exists, with its path.</p>}
    </div>
  );
}

function rowId(id: string): string {
  return `finding-${id}`;
}

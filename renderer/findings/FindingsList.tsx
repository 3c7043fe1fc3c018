import { useEffect, useRef, type KeyboardEvent } from "react";
import { ShieldCheck } from "lucide-react";
import type { Finding } from "../../shared/analysis/result";
import { useAnalysis } from "../store/analysis";
import { useDocument } from "../store/document";
import { showFinding, useSession } from "../store/session";
import { SeverityMark } from "../ui/SeverityMark";
import { activate } from "./activate";
import type { Group } from "./list";

/** A list box: arrow keys go through the findings, Escape closes the evidence. */
export function FindingsList({ groups, total }: { readonly groups: readonly Group[]; readonly total: number }) {
  const active = useSession((session) => session.activeFinding);
  const waiting = useAnalysis((analysis) => analysis.state === "stale" || analysis.pending.length > 0);
  const box = useRef<HTMLDivElement>(null);
  const shown = groups.flatMap((group) => group.findings);

  useEffect(() => {
    box.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [active]);

  const onKeyDown = (event: KeyboardEvent) => {
    const index = shown.findIndex((finding) => finding.id === active);
    const target = event.key === "ArrowDown" ? index + 1 : event.key === "ArrowUp" ? Math.max(0, index - 1) : event.key === "Home" ? 0 : event.key === "End" ? shown.length - 1 : undefined;
    if (event.key === "Escape") showFinding(undefined, undefined);
    const finding = target === undefined ? undefined : shown[Math.min(target, shown.length - 1)];
    if (finding === undefined) return;
    event.preventDefault();
    activate(finding);
  };

  if (shown.length === 0) return <Empty total={total} waiting={waiting} />;
  return (
    <div ref={box} className="findings-list" role="listbox" aria-label="Findings" tabIndex={0} onKeyDown={onKeyDown} {...(active === undefined ? {} : { "aria-activedescendant": rowId(active) })}>
      {groups.map((group) => (
        <div key={group.key} role="group" {...(group.title === undefined ? {} : { "aria-label": group.title })}>
          {group.title !== undefined && <p className="findings-group">{group.title} <span className="muted tabular">{group.findings.length}</span></p>}
          {group.findings.map((finding) => <Row key={finding.id} finding={finding} active={finding.id === active} />)}
        </div>
      ))}
    </div>
  );
}

function Row({ finding, active }: { readonly finding: Finding; readonly active: boolean }) {
  return (
    <div id={rowId(finding.id)} role="option" aria-selected={active} className={`finding-row${finding.accepted ? " accepted" : ""}`} onClick={() => activate(finding)}>
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

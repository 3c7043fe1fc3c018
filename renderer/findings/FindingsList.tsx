import { useEffect, useMemo, useRef, useState, type MouseEvent } from "react";
import { ShieldCheck } from "lucide-react";
import { useAnalysis } from "../store/analysis";
import { useDocument } from "../store/document";
import { toggleCause } from "../store/findings";
import { foldedIn, type Group, type Row } from "../store/findings-list";
import { useSession } from "../store/session";
import { ContextLines } from "../ui/Menu";
import { useScrolled } from "../ui/useScrolled";
import { FindingRow, rowId } from "./FindingRow";
import { linesOf } from "./lines";
import { ROW_HEIGHT, scrolledTo, sectionsInView, sectionsOf, topOf } from "./sections";
import { useTreeKeys } from "./useTreeKeys";

const FIRST_SIGHT = { width: 800, height: 600 };

/** What passes the filter, or why there is nothing. */
export function FindingsList({ groups, total }: { readonly groups: readonly Group[]; readonly total: number }) {
  const waiting = useAnalysis((analysis) => analysis.state === "stale" || analysis.pending.length > 0);
  return groups.length === 0 ? <Empty total={total} waiting={waiting} /> : <Tree groups={groups} />;
}

/** Root causes with what is folded into them, and findings that stand alone. */
function Tree({ groups }: { readonly groups: readonly Group[] }) {
  const active = useSession((session) => session.activeFinding);
  const findings = useAnalysis((analysis) => analysis.findings);
  const box = useRef<HTMLDivElement>(null);
  const sections = useMemo(() => sectionsOf(groups), [groups]);
  const view = useScrolled(box, FIRST_SIGHT);
  const onKeyDown = useTreeKeys(groups);

  useEffect(() => {
    const element = box.current, top = active === undefined ? undefined : topOf(sections, active);
    if (element !== null && top !== undefined) element.scrollTop = scrolledTo(top, element.scrollTop, element.clientHeight);
  }, [active, sections]);

  // What was opened elsewhere (in the inspector, by F8) is shown here too; what is folded by hand stays folded.
  const revealed = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (active === revealed.current) return;
    revealed.current = active;
    const cause = active === undefined ? undefined : foldedIn(groups, findings, active);
    if (cause !== undefined) toggleCause(cause);
  }, [active, findings, groups]);

  const [asked, setAsked] = useState<Row | undefined>(undefined);
  // With the key for menus it is the finding in hand that is asked of.
  const onAsk = (event: MouseEvent): void => {
    const id = event.target instanceof Element ? event.target.closest("[role=treeitem]")?.id ?? (active === undefined ? undefined : rowId(active)) : undefined;
    const row = groups.flatMap(({ rows }) => rows).find(({ finding }) => rowId(finding.id) === id);
    if (row === undefined) event.preventDefault();
    setAsked(row);
  };
  return (
    <ContextLines items={asked === undefined ? [] : linesOf(asked)} onAsk={onAsk}>
    <div ref={box} className="findings-list" role="tree" aria-label="Findings" tabIndex={0} onKeyDown={onKeyDown} {...(active !== undefined && topOf(sections, active) !== undefined ? { "aria-activedescendant": rowId(active) } : {})}>
      <div className="findings-space" role="presentation" style={{ height: sections.at(-1)?.end ?? 0 }}>
        {sectionsInView(sections, view).map(({ group, top, end, first, rows }) => (
          <div key={group.key} className="findings-section" style={{ top, height: end - top }} {...(group.title === undefined ? { role: "presentation" } : { role: "group", "aria-label": group.title })}>
            {group.title !== undefined && <p className="findings-group" aria-hidden>{group.title} <span className="muted tabular">{group.rows.length}</span></p>}
            <div role="presentation" style={{ height: first * ROW_HEIGHT }} />
            {rows.map((row) => <FindingRow key={row.finding.id} row={row} active={row.finding.id === active} />)}
          </div>
        ))}
      </div>
    </div>
    </ContextLines>
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

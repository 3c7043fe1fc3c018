import { useLayoutEffect, useRef } from "react";
import { X } from "lucide-react";
import { acceptanceOf } from "../../shared/analysis/acceptance";
import type { Finding } from "../../shared/analysis/result";
import { filterPlace, ruleOfFinding } from "../actions/rules";
import { openAttack } from "../store/attack";
import { useDocument } from "../store/document";
import { openRules } from "../store/rules";
import { openDialog, select, showFinding } from "../store/session";
import { Button, IconButton } from "../ui/Button";
import { SeverityMark } from "../ui/SeverityMark";
import { Acceptance } from "./Acceptance";
import { attackerOf } from "./attacker";
import { FixList } from "./FixList";
import { HopList } from "../ui/HopList";

/** Everything that a finding rests on, and what can be done about it. */
export function Evidence({ finding }: { readonly finding: Finding }) {
  const topology = useDocument((state) => state.topology);
  const filter = finding.rule.startsWith("FW-") ? finding.subjects.find((id) => filterPlace(topology, id) !== undefined) : undefined;
  // Where an entry is there already it is shown, with what can be done about it.
  const isNamed = acceptanceOf(topology, finding.id) !== undefined;
  const article = useRef<HTMLElement>(null);
  // When it goes with the keyboard in it, as after a fix, the list has the keyboard again.
  useLayoutEffect(() => () => {
    if (article.current?.contains(document.activeElement) === true) document.querySelector<HTMLElement>(".findings-list")?.focus();
  }, []);
  return (
    <article ref={article} className="evidence selectable" aria-label={`Evidence of ${finding.id}`}>
      <header className="evidence-head">
        <SeverityMark severity={finding.severity} labelled />
        <h3>{finding.title}</h3>
        <IconButton label="Close evidence" keys="Escape" icon={<X />} onClick={() => showFinding(undefined, undefined)} />
      </header>
      <p className="evidence-id mono muted">{finding.id}</p>
      <p className="evidence-detail">{finding.detail}</p>
      <FixList finding={finding} />
      {finding.path.length > 0 && <HopList hops={finding.path} />}
      {finding.services.length > 0 && <p className="evidence-line"><span className="muted">Services</span> <code>{finding.services.join(", ")}</code></p>}
      <p className="evidence-line">
        <span className="muted">Change first</span>
        {finding.subjects.slice(0, 12).map((id) => <button key={id} type="button" className="tag" onClick={() => select([id])}>{id}</button>)}
        {finding.subjects.length > 12 && <span className="muted">and {finding.subjects.length - 12} more</span>}
      </p>
      <div className="evidence-actions">
        <Button variant="ghost" size="small" onClick={() => openDialog({ type: "rule", rule: finding.rule })}>About {finding.rule}…</Button>
        <AttackLink finding={finding} />
        {filter !== undefined && <Button variant="ghost" size="small" onClick={() => openRules(filter, ruleOfFinding(finding))}>{ruleOfFinding(finding) === undefined ? "Edit rules…" : "Show the rule…"}</Button>}
        {!isNamed && <Button variant="ghost" size="small" onClick={() => openDialog({ type: "accept-risk", finding: finding.id })}>Accept this risk…</Button>}
      </div>
      <Acceptance finding={finding} />
      {finding.references.length > 0 && <ul className="evidence-references muted" aria-label="References">{finding.references.map((reference) => <li key={reference}>{reference}</li>)}</ul>}
    </article>
  );
}

/** Where somebody gets who has the first VM that the finding is about. */
function AttackLink({ finding }: { readonly finding: Finding }) {
  const vm = useDocument((state) => attackerOf(state.topology, finding));
  if (vm === undefined) return null;
  return <Button variant="ghost" size="small" onClick={() => openAttack({ from: vm, to: "" })}>Attack paths from {vm}</Button>;
}

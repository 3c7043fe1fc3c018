import type { Finding } from "../../shared/analysis/result";
import { acceptanceOf, acceptanceWords } from "../../shared/analysis/acceptance";
import { edit, useDocument } from "../store/document";
import { openDialog } from "../store/session";
import { Button } from "../ui/Button";
import { withdrawAcceptance } from "./accept";

/** Who accepts a finding, until when and why, or that this is over. Nothing where nobody ever did. */
export function Acceptance({ finding }: { readonly finding: Finding }) {
  const topology = useDocument((state) => state.topology);
  const entry = acceptanceOf(topology, finding.id);
  if (entry === undefined) return null;
  const words = acceptanceWords(entry);
  const change = () => openDialog({ type: "accept-risk", finding: finding.id });
  return (
    <div className="evidence-accepted">
      <p>{finding.accepted ? <><strong>Accepted</strong> {words}</> : <><strong>No longer accepted.</strong> It was {words}</>}</p>
      <div className="evidence-accepted-actions">
        <Button variant="secondary" size="small" onClick={change}>{finding.accepted ? "Change…" : "Renew…"}</Button>
        <Button variant="secondary" size="small" onClick={() => edit(withdrawAcceptance(topology, finding.id))}>Withdraw</Button>
      </div>
    </div>
  );
}

/** The same in a few words, for the row of an accepted finding. */
export function AcceptedBy({ finding }: { readonly finding: string }) {
  const topology = useDocument((state) => state.topology);
  const entry = acceptanceOf(topology, finding);
  return <>accepted {entry === undefined ? "" : acceptanceWords({ ...entry, reason: undefined })}</>;
}

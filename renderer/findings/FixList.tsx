import { useEffect, useState } from "react";
import { BadgeCheck, ChevronDown, ChevronRight, TriangleAlert } from "lucide-react";
import type { Finding, Fix } from "../../shared/analysis/result";
import { ask } from "../analysis/client";
import type { Preview } from "../analysis/protocol";
import { edit } from "../store/document";
import { toast } from "../store/session";
import { Button } from "../ui/Button";
import { describeEdit } from "../ui/edit-words";

/** The fixes of a finding, verified on a copy before they are shown. */
export function FixList({ finding }: { readonly finding: Finding }) {
  const [fixes, setFixes] = useState<readonly Fix[] | undefined>(undefined);
  const [failure, setFailure] = useState<string | undefined>(undefined);
  useEffect(() => {
    let current = true;
    ask("fixes", { finding: finding.id }).then(
      (found) => {
        if (!current) return;
        setFixes(found);
        setFailure(undefined);
      },
      (error: unknown) => { if (current) setFailure(error instanceof Error ? error.message : String(error)); },
    );
    return () => { current = false; };
    // The finding is a new object after every analysis, and then its fixes are asked for again.
  }, [finding]);

  if (failure !== undefined) return <p className="field-error" role="alert">{failure}</p>;
  if (fixes === undefined) return <p className="muted" role="status">Trying fixes on a copy…</p>;
  if (fixes.length === 0) return <p className="muted">No change to the document closes this by itself: it takes a person's decision.</p>;
  return <div className="fixes">{fixes.map((fix) => <FixCard key={fix.title} fix={fix} finding={finding} />)}</div>;
}

/** One fix: what it changes, and before it is applied what it closes, opens and breaks. */
function FixCard({ fix, finding }: { readonly fix: Fix; readonly finding: Finding }) {
  const [preview, setPreview] = useState<Preview | undefined>(undefined);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    let current = true;
    ask("preview", { edits: fix.edits }).then((found) => { if (current) setPreview(found); }, () => undefined);
    return () => { current = false; };
  }, [fix]);
  // A fix that opens something milder than it closes is still one to recommend; what it opens is said all the same.
  const harm = fix.breaksRequired.length > 0 || (preview?.opens.some(({ severity }) => severity === "critical" || severity === "high") ?? false);

  const apply = () => {
    edit({ label: `fix ${finding.rule}: ${fix.title}`, edits: fix.edits });
    toast(`${fix.title}. Undo takes it back.`);
  };
  return (
    <section className={`fix${harm ? " fix-harm" : ""}`} aria-label={`Fix: ${fix.title}`}>
      <div className="fix-row">
        <div className="fix-text">
          <p className="fix-title">{fix.title}</p>
          <p className="fix-effect">
            {harm ? <TriangleAlert aria-hidden /> : <BadgeCheck aria-hidden />}
            <span>{fix.verified ? "verified" : "not verified"}: closes {preview?.closes.length ?? "…"} · opens {fix.introduces.length} · breaks {fix.breaksRequired.length}</span>
          </p>
        </div>
        <Button variant={harm ? "secondary" : "primary"} onClick={apply}>Apply</Button>
      </div>
      <button type="button" className="fix-toggle" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? <ChevronDown aria-hidden /> : <ChevronRight aria-hidden />}{fix.edits.length} {fix.edits.length === 1 ? "change" : "changes"}
      </button>
      {open && (
        <div className="fix-details">
          <ul>{fix.edits.map((change, index) => <li key={index}><code>{describeEdit(change)}</code></li>)}</ul>
          {preview !== undefined && preview.closes.length > 0 && <p><span className="muted">Closes</span> {preview.closes.map(({ id }) => id).join(", ")}</p>}
          {fix.introduces.length > 0 && <p><span className="muted">Opens</span> {fix.introduces.join(", ")}</p>}
          {fix.breaksRequired.length > 0 && <p><span className="muted">Breaks required</span> {fix.breaksRequired.join(", ")}</p>}
        </div>
      )}
    </section>
  );
}

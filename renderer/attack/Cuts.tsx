import { useState } from "react";
import { BadgeCheck, ChevronDown, ChevronRight, Scissors, TriangleAlert } from "lucide-react";
import type { AttackCut, Edit } from "../../shared/analysis/result";
import type { AttackQuestion, Preview } from "../analysis/protocol";
import { edit, type Change } from "../store/document";
import { toast } from "../store/session";
import { Button } from "../ui/Button";
import { describeEdit } from "../ui/edit-words";
import { useAnswer } from "./useAnswer";
import { usePreview } from "./usePreview";

const NONE = "No change that a finding offers closes a way. Where a flow is permitted or a design implies the step, it takes a person’s decision.";
const PARTIAL = "The document is large, so only the changes that most paths rest on were tried, and none of them alone closes a way. Choose a target to try those on the way to it.";

/** Beyond so many the best are enough. */
const MOST_SHOWN = 5;

/** The single changes that close most ways, and the smallest set that leaves none. Each was applied to a copy and analysed. */
export function Cuts({ question }: { readonly question: AttackQuestion }) {
  const { answer, failure, waiting } = useAnswer("attackCuts", question);
  const [all, setAll] = useState(false);
  return (
    <section className="attack-section" aria-labelledby="attack-cuts" aria-busy={waiting}>
      <h3 id="attack-cuts">What closes it{answer !== undefined && waiting && <span className="muted"> updating…</span>}</h3>
      {failure !== undefined && <p className="field-error" role="alert">{failure}</p>}
      {failure === undefined && answer === undefined && <p className="muted" role="status">Trying changes on a copy…</p>}
      {answer !== undefined && (
        <>
          {answer.cuts.length === 0 && answer.separate.length === 0 && <p className="muted">{answer.isPartial ? PARTIAL : NONE}</p>}
          {answer.separate.length > 0 && <Whole changes={answer.separate} disabled={waiting} />}
          {answer.cuts.length > 0 && <><h4>One change, by the ways that it closes</h4><p className="muted">A way is a target, and a manner of leaving that leads to it.</p></>}
          {answer.cuts.slice(0, all ? undefined : MOST_SHOWN).map((cut) => (
            <Cut key={JSON.stringify(cut.edits)} title={cut.title} share={cut.cuts / answer.ways} closes={`closes ${cut.cuts.toLocaleString("en")} of ${answer.ways.toLocaleString("en")} ways`} changes={[cut]} disabled={waiting} />
          ))}
          {!all && answer.cuts.length > MOST_SHOWN && <Button variant="ghost" size="small" onClick={() => setAll(true)}>Show {answer.cuts.length - MOST_SHOWN} more</Button>}
        </>
      )}
    </section>
  );
}

function Whole({ changes, disabled }: { readonly changes: readonly AttackCut[]; readonly disabled: boolean }) {
  const count = `${changes.length} ${changes.length === 1 ? "change" : "changes"}`;
  return <Cut title={`Close every way: ${count}`} share={1} closes="the smallest set found" changes={changes} disabled={disabled} whole />;
}

interface CutProps {
  readonly title: string;
  /** Of all ways, 0 to 1. */
  readonly share: number;
  readonly closes: string;
  readonly changes: readonly AttackCut[];
  readonly disabled: boolean;
  readonly whole?: boolean;
}

/** One thing to apply: opened, it says what it changes, and what else it would close, open and break. */
function Cut({ title, share, closes, changes, disabled, whole = false }: CutProps) {
  const [open, setOpen] = useState(false);
  const edits = changes.flatMap((change) => change.edits);
  return (
    <div className={`attack-cut${whole ? " whole" : ""}`} role="group" aria-label={title}>
      <button type="button" className="attack-cut-head" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? <ChevronDown aria-hidden /> : <ChevronRight aria-hidden />}
        <span className="attack-cut-title">{title}</span>
        <span className="attack-cut-closes"><Scissors aria-hidden />{closes}</span>
        <span className="attack-share" aria-hidden><span style={{ width: `${Math.round(share * 100)}%` }} /></span>
      </button>
      <Button size="small" variant={whole ? "primary" : "secondary"} disabled={disabled} aria-label={`Apply: ${title}`} onClick={() => apply(title, edits)}>Apply</Button>
      {open && <Details edits={edits} changes={changes} listed={whole} />}
    </div>
  );
}

function Details({ edits, changes, listed }: { readonly edits: readonly Edit[]; readonly changes: readonly AttackCut[]; readonly listed: boolean }) {
  const { preview, failure } = usePreview(edits);
  return (
    <div className="attack-cut-details selectable">
      {listed && <ol>{changes.map(({ title }, index) => <li key={index}>{title}</li>)}</ol>}
      {failure !== undefined && <p className="field-error" role="alert">{failure}</p>}
      {failure === undefined && (preview === undefined ? <p className="muted" role="status">Trying it on a copy…</p> : <Effect preview={preview} />)}
      {!listed && <ul>{edits.map((change, index) => <li key={index}><code>{describeEdit(change)}</code></li>)}</ul>}
    </div>
  );
}

function Effect({ preview: { closes, opens, breaksRequired } }: { readonly preview: Preview }) {
  const harm = breaksRequired.length > 0 || opens.some(({ severity }) => severity === "critical" || severity === "high");
  return (
    <>
      <p className={`attack-effect${harm ? " harm" : ""}`}>
        {harm ? <TriangleAlert aria-hidden /> : <BadgeCheck aria-hidden />}
        <span>closes {closes.length} {closes.length === 1 ? "finding" : "findings"} · opens {opens.length} · breaks {breaksRequired.length}</span>
      </p>
      {opens.length > 0 && <p><span className="muted">Opens</span> {opens.map(({ id }) => id).join(", ")}</p>}
      {breaksRequired.length > 0 && <p><span className="muted">Breaks required</span> {breaksRequired.join(", ")}</p>}
    </>
  );
}

/** One step of the history; says what is wrong where the document would not be valid after it. */
function apply(title: string, edits: readonly Edit[]): void {
  const change: Change = { label: `cut attack paths: ${title}`, edits };
  try {
    const problems = edit(change);
    if (problems.length > 0) toast(`Not applied: ${problems[0]}`, "error");
    else toast(`${title}. Undo takes it back.`);
  } catch {
    toast("Not applied: the document has changed since this was found.", "error");
  }
}

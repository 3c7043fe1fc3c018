import { useMemo } from "react";
import { useAsked } from "../analysis/useAsked";
import type { RuleInfo } from "../../shared/rules/rule";
import { useDocument } from "../store/document";
import { openDialog } from "../store/session";
import { CopyBlock } from "../ui/CopyBlock";
import { Dialog } from "../ui/Dialog";
import { SeverityMark } from "../ui/SeverityMark";
import "./dialogs.css";

/** The catalogue page of a rule: why it matters, when it fires, how to mend it. */
export function RuleDialog({ rule }: { readonly rule: string }) {
  const topology = useDocument((state) => state.topology);
  const question = useMemo(() => ({ rule }), [rule]);
  const { answer, failure, waiting } = useAsked("rulePage", question, topology);
  return (
    <Dialog reading title={answer === undefined ? rule : `${rule} · ${answer.title}`} onClose={() => openDialog(undefined)}>
      {answer !== undefined && <Page {...answer} />}
      {answer === undefined && <p className="muted" role="status">{failure ?? (waiting ? "Looking it up…" : "There is no such rule any more.")}</p>}
    </Dialog>
  );
}

function Page({ severity, threat, condition, fix, commands, caveats, references }: RuleInfo) {
  return (
    <div className="rule-page selectable">
      <p className="rule-page-severity"><SeverityMark severity={severity} /> {severity} as a rule</p>
      <h3>Why it matters</h3>
      <p>{threat}</p>
      <h3>When it fires</h3>
      <p>{condition}</p>
      <h3>How to mend it</h3>
      <p>{fix}</p>
      {commands.map(({ platform, text }) => <CopyBlock key={`${platform} ${text}`} caption={<span className="muted">{platform}</span>} label={`Command for ${platform}`} copyLabel={`Copy the command for ${platform}`} text={text} />)}
      {caveats !== "" && <><h3>Caveats</h3><p>{caveats}</p></>}
      {references.length > 0 && <><h3>References</h3><ul className="rule-page-references">{references.map((reference) => <li key={reference}>{reference}</li>)}</ul></>}
    </div>
  );
}

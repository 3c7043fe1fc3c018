import { SeverityMark } from "../ui/SeverityMark";
import { tooltip } from "../ui/Tooltip";
import { VerdictMark } from "../ui/VerdictMark";
import { rowOf, SIGN_GLYPHS, SIGN_WORDS, type Difference } from "./words";

/** A sign, a mark of how bad it is, and two lines. */
export function DifferenceRow({ difference, name }: { readonly difference: Difference; readonly name: (id: string) => string }) {
  const { sign } = difference;
  const { title, detail } = rowOf(difference, name);
  return (
    <div className="difference">
      <span className={`difference-sign sign-${SIGN_WORDS[sign]}`} role="img" aria-label={SIGN_WORDS[sign]}>{SIGN_GLYPHS[sign]}</span>
      <span className="difference-title">
        <Mark difference={difference} />
        <strong className="truncate">{title}</strong>
      </span>
      <span className="difference-detail truncate muted" {...tooltip(detail, { cut: true })}>{detail}</span>
    </div>
  );
}

function Mark({ difference }: { readonly difference: Difference }) {
  if (difference.part === "findings") return <SeverityMark severity={difference.change.finding.severity} labelled />;
  const pair = difference.part === "flows" ? difference.change.after ?? difference.change.before : undefined;
  return pair === undefined ? null : <VerdictMark verdict={pair.verdict} />;
}

import { useState } from "react";
import { ChevronDown, ChevronRight, TriangleAlert } from "lucide-react";
import type { RulesStatus } from "../analysis/protocol";
import { useAnalysis } from "../store/analysis";

/** What is wrong with the file of rules beside the document. What it asks for is not checked, so nothing found is no proof. */
export function RulesNotice() {
  const status = useAnalysis((analysis) => analysis.rules);
  const [open, setOpen] = useState(false);
  if (status === undefined || status.total === 0) return null;
  const [first, ...others] = status.problems;
  const more = status.total - 1;
  return (
    <div className="rules-notice" role="status">
      <TriangleAlert aria-hidden />
      <div className="rules-notice-text selectable">
        <p><strong>{status.file}</strong> {consequence(status)}</p>
        <p><code>{first}</code></p>
        {open && <ul>{others.map((problem) => <li key={problem}><code>{problem}</code></li>)}{more > others.length && <li>and {more - others.length} more</li>}</ul>}
        {more > 0 && <button type="button" className="fix-toggle" aria-expanded={open} onClick={() => setOpen(!open)}>{open ? <ChevronDown aria-hidden /> : <ChevronRight aria-hidden />}{more} more {more === 1 ? "problem" : "problems"}</button>}
      </div>
    </div>
  );
}

function consequence({ used, unused }: RulesStatus): string {
  if (unused === 0) return "is not used: none of its rules is checked until it is mended.";
  return used === 0 ? "asks for what this document does not have: none of its rules is checked." : `asks for what this document does not have: ${unused} of its ${used + unused} rules ${unused === 1 ? "is" : "are"} not checked.`;
}

import { Search } from "lucide-react";
import type { Verdict } from "../../shared/analysis/result";
import { useAnalysis } from "../store/analysis";
import { Segmented } from "../ui/Segmented";
import { VerdictMark } from "../ui/VerdictMark";
import type { Grain } from "./grid";
import { VERDICT_WORDS } from "./words";
import "../ui/field.css";

const GRAINS: readonly { readonly value: Grain; readonly label: string }[] = [
  { value: "tenant", label: "Tenants" }, { value: "vm", label: "VMs" }, { value: "portgroup", label: "Port groups" },
];
const ORDER: readonly Verdict[] = ["isolated", "permitted", "violating", "unknown"];

interface MatrixHeadProps {
  /** Absent: not known, or too many to count. */
  readonly counts: Readonly<Record<Verdict, number>> | undefined;
  /** What the rows leave out. */
  readonly note: string;
  readonly grain: Grain;
  readonly query: string;
  readonly onGrain: (grain: Grain) => void;
  readonly onQuery: (query: string) => void;
}

/** The grain, what the marks mean and how many pairs have them, and a filter of rows. */
export function MatrixHead({ counts, note, grain, query, onGrain, onQuery }: MatrixHeadProps) {
  const stale = useAnalysis((state) => state.state === "stale");
  return (
    <header className="matrix-head">
      <h2 className="matrix-title">Matrix</h2>
      <Segmented label="Compare" size="small" value={grain} options={GRAINS} onChange={onGrain} />
      <ul className="matrix-legend" aria-label="Ordered pairs by verdict">
        {ORDER.map((verdict) => (
          <li key={verdict}><VerdictMark verdict={verdict} />{counts !== undefined && <strong className="tabular">{counts[verdict].toLocaleString("en")}</strong>} {VERDICT_WORDS[verdict]}</li>
        ))}
      </ul>
      <span className="muted matrix-note" role="status">{stale ? "updating…" : note}</span>
      <div className="field-box matrix-filter">
        <Search aria-hidden />
        <input type="text" aria-label="Filter rows" placeholder="Filter rows" spellCheck={false} autoComplete="off" value={query} onChange={(event) => onQuery(event.target.value)} />
      </div>
    </header>
  );
}

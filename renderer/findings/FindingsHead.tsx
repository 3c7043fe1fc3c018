import { Search, X } from "lucide-react";
import { SEVERITIES, type Severity } from "../../shared/analysis/result";
import { IconButton } from "../ui/Button";
import { Select } from "../ui/Select";
import { SeverityMark } from "../ui/SeverityMark";
import type { Filter, Grouping } from "./list";

const GROUPINGS: readonly { value: Grouping; label: string }[] = [
  { value: "severity", label: "No groups" }, { value: "rule", label: "Group: rule" }, { value: "place", label: "Group: subject" },
];

interface FindingsHeadProps {
  readonly counts: ReadonlyMap<Severity | "accepted", number>;
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
}

/** Chips that hide a severity, a search field and the grouping. */
export function FindingsHead({ counts, filter, onFilter }: FindingsHeadProps) {
  const toggle = (key: Severity | "accepted") => {
    const hidden = new Set(filter.hidden);
    if (!hidden.delete(key)) hidden.add(key);
    onFilter({ ...filter, hidden });
  };
  return (
    <header className="findings-head">
      <h2 className="panel-title">Findings</h2>
      <div className="findings-chips" role="group" aria-label="Severities shown">
        {[...SEVERITIES, "accepted" as const].filter((key) => (counts.get(key) ?? 0) > 0).map((key) => (
          <button key={key} type="button" className="chip" aria-label={`${counts.get(key) ?? 0} ${key}`} aria-pressed={!filter.hidden.has(key)} onClick={() => toggle(key)}>
            {key !== "accepted" && <SeverityMark severity={key} />}
            <strong className="tabular">{counts.get(key)?.toLocaleString("en")}</strong> <span className={key === "accepted" ? "" : "chip-word"}>{key}</span>
          </button>
        ))}
      </div>
      <div className="findings-tools">
        <div className="field-box findings-search">
          <Search aria-hidden />
          <input type="text" aria-label="Search findings" placeholder="Search" value={filter.query} spellCheck={false} onChange={(event) => onFilter({ ...filter, query: event.target.value })} />
          {filter.query !== "" && <IconButton label="Clear search" icon={<X />} onClick={() => onFilter({ ...filter, query: "" })} />}
        </div>
        <div className="findings-grouping">
          <Select label="Grouping" value={filter.grouping} options={GROUPINGS} onChange={(grouping) => onFilter({ ...filter, grouping })} />
        </div>
      </div>
    </header>
  );
}

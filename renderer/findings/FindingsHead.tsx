import type { KeyboardEvent } from "react";
import { ChevronDown, Search, X } from "lucide-react";
import { SEVERITIES, type Severity } from "../../shared/analysis/result";
import { IconButton } from "../ui/Button";
import { Select } from "../ui/Select";
import { SeverityMark } from "../ui/SeverityMark";
import { togglePanel, useSession } from "../store/session";
import { useFindingsFilter } from "../store/findings";
import type { Grouping } from "../store/findings-list";

const GROUPINGS: readonly { value: Grouping; label: string }[] = [
  { value: "cause", label: "Root causes" }, { value: "rule", label: "Group: rule" }, { value: "parties", label: "Group: tenants" }, { value: "place", label: "Group: subject" }, { value: "none", label: "No groups" },
];

interface FindingsHeadProps {
  readonly counts: ReadonlyMap<Severity | "accepted", number>;
  /** How many pass the filter and are in sight. */
  readonly shown: number;
}

const setFilter = useFindingsFilter.setState;

/** Chips that hide a severity, a search field and the grouping. */
export function FindingsHead({ counts, shown }: FindingsHeadProps) {
  const filter = useFindingsFilter();
  const isLow = useSession((state) => state.isLow);
  const toggle = (key: Severity | "accepted") => {
    const hidden = new Set(filter.hidden);
    if (!hidden.delete(key)) hidden.add(key);
    setFilter({ hidden });
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
          <input type="text" aria-label="Search findings" placeholder="Search" value={filter.query} spellCheck={false} onChange={(event) => setFilter({ query: event.target.value })} onKeyDown={searchKeys} />
          <span className="visually-hidden" role="status">{filter.query === "" ? "" : `${shown.toLocaleString("en")} found`}</span>
          {filter.query !== "" && <IconButton label="Clear search" icon={<X />} onClick={() => setFilter({ query: "" })} />}
        </div>
        <div className="findings-grouping">
          <Select label="Grouping" value={filter.grouping} options={GROUPINGS} onChange={(grouping) => setFilter({ grouping })} />
        </div>
        {isLow && <IconButton label="Close the list" icon={<ChevronDown />} onClick={() => togglePanel("findings", false)} />}
      </div>
    </header>
  );
}

/** Escape gives the search up, down goes on to what it found. */
function searchKeys(event: KeyboardEvent<HTMLInputElement>): void {
  if (event.key === "Escape") setFilter({ query: "" });
  else if (event.key === "ArrowDown") event.currentTarget.closest(".findings")?.querySelector<HTMLElement>(".findings-list")?.focus();
  else return;
  event.preventDefault();
}

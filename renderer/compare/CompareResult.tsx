import { useMemo, useState } from "react";
import { Equal, TriangleAlert } from "lucide-react";
import { placeName } from "../actions/names";
import type { ComparisonAnswer } from "../analysis/protocol";
import { useDocument } from "../store/document";
import { showFindingById } from "../store/findings";
import { select, showFinding, showPath, togglePanel } from "../store/session";
import { ChoiceList } from "../ui/ChoiceList";
import { Segmented } from "../ui/Segmented";
import { DifferenceDetails } from "./DifferenceDetails";
import { DifferenceRow } from "./DifferenceRow";
import { badFlows, countsOf, differencesOf, findingsWords, flowsWords, recordsWords, type Difference, type Part } from "./words";

const ROW = 42;
const PARTS: Readonly<Record<Part, string>> = { flows: "Flows", findings: "Findings", records: "Changes" };
const NONE: Readonly<Record<Part, string>> = {
  flows: "Whoever reached whom still does, with the same services, and nobody else.",
  findings: "The same findings as before, accepted as before.",
  records: "Nothing was added, removed or set otherwise. Where things stand in the picture is not compared.",
};

interface CompareResultProps {
  readonly answer: ComparisonAnswer;
  /** The analysis keeps the other version by this name. */
  readonly version: string;
  readonly waiting: boolean;
  /** What the other version is called in a sentence. */
  readonly than: string;
}

/** In one line what came and went, then flow by flow, finding by finding, thing by thing. */
export function CompareResult({ answer, version, waiting, than }: CompareResultProps) {
  const topology = useDocument((state) => state.topology);
  const counts = useMemo(() => countsOf(answer), [answer]);
  const [part, setPart] = useState<Part>("flows");
  const [choice, setChoice] = useState<{ readonly key: string; /** Chosen again, it is drawn again. */ readonly times: number } | undefined>(undefined);
  const differences = useMemo(() => differencesOf(answer, part), [answer, part]);
  const chosen = differences.find(({ key }) => key === choice?.key);
  const name = (id: string): string => placeName(topology, id);
  const choose = (difference: Difference): void => {
    setChoice((last) => ({ key: difference.key, times: (last?.times ?? 0) + 1 }));
    show(difference);
  };
  return (
    <div className="compare-result" aria-busy={waiting}>
      <Outcome answer={answer} waiting={waiting} than={than} />
      {counts.flows + counts.findings + counts.records > 0 && (
        <>
          <div className="compare-parts">
            <Segmented label="Show" size="small" value={part} options={(["flows", "findings", "records"] as const).map((value) => ({ value, label: `${PARTS[value]} ${counts[value].toLocaleString("en")}` }))} onChange={setPart} />
          </div>
          {differences.length === 0 ? <p className="compare-note muted">{NONE[part]}</p> : (
            <ChoiceList key={part} label={`${PARTS[part]} that are different`} id="difference" items={differences} chosen={chosen} keyOf={keyOf} rowHeight={ROW} onChoose={choose}>
              {(difference) => <DifferenceRow difference={difference} name={name} />}
            </ChoiceList>
          )}
          {counts[part] > differences.length && <p className="compare-more muted">The first {differences.length.toLocaleString("en")} of {counts[part].toLocaleString("en")}, the worst first. “bulkhead diff” lists all of them.</p>}
          {chosen !== undefined && <DifferenceDetails key={choice?.times} difference={chosen} version={version} than={than} />}
        </>
      )}
    </div>
  );
}

const keyOf = ({ key }: Difference): string => key;

/** A flow is drawn by its details, which follow the document; the rest is shown once. */
function show(difference: Difference): void {
  if (difference.part === "flows") {
    select([]);
    return showFinding(undefined, undefined);
  }
  if (difference.part === "records") {
    const { sign, collection, id } = difference.change;
    const shown = sign === "-" || collection === "document" ? [] : [id];
    select(shown);
    return showPath(shown.length === 0 ? undefined : { hops: [], tone: "blocked", subjects: shown });
  }
  const { sign, finding } = difference.change;
  if (sign === "-") {
    select([]);
    return showPath({ hops: [], tone: "blocked", subjects: finding.subjects });
  }
  togglePanel("findings", true);
  showFindingById(finding.id);
}

/** Told to screen readers whenever it changes. */
function Outcome({ answer, waiting, than }: Omit<CompareResultProps, "version">) {
  const parts = [flowsWords(answer), findingsWords(answer), recordsWords(answer)].filter((words) => words !== undefined);
  const bad = badFlows(answer);
  return (
    <div className={`compare-outcome${parts.length === 0 ? " none" : ""}`} role="status">
      {parts.length === 0 && <Equal aria-hidden />}
      <div>
        {parts.length === 0 ? <strong>Nothing differs from {than}</strong> : parts.map((words) => <p key={words}><strong>{words}</strong></p>)}
        {waiting && <span className="muted"> updating…</span>}
        {bad > 0 && <p className="compare-bad"><TriangleAlert aria-hidden />{bad.toLocaleString("en")} of the flows {bad === 1 ? "is" : "are"} now a violation, or may be one</p>}
        {parts.length === 0 && <p className="compare-why">Change something, such as a VLAN: the flows and findings that it brings or takes away are listed here, and drawn. What was added or is different is marked on the canvas.</p>}
      </div>
    </div>
  );
}

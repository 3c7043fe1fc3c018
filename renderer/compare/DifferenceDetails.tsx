import { locate } from "../../shared/model/ids";
import type { FlowChange } from "../../shared/network/flow-changes";
import { pairWords } from "../../shared/reports/comparison-lines";
import { nameList } from "../actions/names";
import type { FindingDifference } from "../analysis/protocol";
import { useDocument } from "../store/document";
import { fieldWords, missingOf, SIGN_WORDS, type Difference } from "./words";
import { useDrawnFlow } from "./useDrawnFlow";

interface DetailsProps<T> {
  readonly version: string;
  /** What the other version is called in a sentence. */
  readonly than: string;
  readonly difference: T;
}

/** What is known of the chosen one, and what of it is drawn. */
export function DifferenceDetails({ difference, ...rest }: DetailsProps<Difference>) {
  return (
    <section className="compare-details selectable" aria-label="Details" tabIndex={0}>
      {difference.part === "flows" ? <Flow difference={difference.change} {...rest} />
        : difference.part === "findings" ? <FindingWas difference={difference.change} {...rest} />
        : (
          <>
            <p>{difference.sign === "~" ? "" : `${SIGN_WORDS[difference.sign] === "new" ? "Not in" : "Only in"} ${rest.than}.`}</p>
            {difference.change.fields.length > 0 && <ul>{difference.change.fields.map((field) => <li key={field.field}>{fieldWords(field)}</li>)}</ul>}
          </>
        )}
    </section>
  );
}

function Flow({ difference: change, version, than }: DetailsProps<FlowChange>) {
  const topology = useDocument((state) => state.topology);
  const drawn = useDrawnFlow(change, version);
  const gone = change.after === undefined;
  const missing = !gone ? [] : missingOf([change.from, change.to, ...(drawn?.path?.hops.map(({ at }) => at) ?? [])], (id) => locate(topology, id) !== undefined);
  return (
    <>
      <dl>
        <dt>Now</dt><dd>{change.after === undefined ? "nothing passes" : pairWords(change.after)}</dd>
        <dt>Before</dt><dd>{change.before === undefined ? "nothing passed" : pairWords(change.before)}</dd>
      </dl>
      <p role="status">
        {drawn === undefined ? "Finding its way…"
          : drawn.path === undefined || drawn.path.hops.length === 0 ? "Its way could not be found."
          : gone ? `Drawn grey, as it was in ${than}.`
          : drawn.path.tone === "blocked" ? "Nothing is answered: what stops it is drawn on the canvas." : "Its way is drawn on the canvas."}
        {missing.length > 0 && ` Not there any more, and left out: ${nameList(missing)}.`}
      </p>
    </>
  );
}

function FindingWas({ difference: { sign, finding, was }, than }: DetailsProps<FindingDifference>) {
  return (
    <>
      <p>{sign === "-" ? `It was in ${than} and is not there any more. What it was about is marked on the canvas, as far as it is there.` : "Its evidence is open below, and its path is drawn."}{was === "" ? "" : ` It was ${was}.`}</p>
      <p>{finding.detail}</p>
    </>
  );
}

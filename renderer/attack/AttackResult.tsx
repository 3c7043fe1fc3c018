import { useState } from "react";
import { ShieldCheck } from "lucide-react";
import type { AttackAnswer, AttackQuestion } from "../analysis/protocol";
import { useAnalysis } from "../store/analysis";
import { useDocument } from "../store/document";
import { placeName } from "../actions/names";
import { BlastRadius } from "./BlastRadius";
import { Cuts } from "./Cuts";
import { PathList } from "./PathList";
import { PathSteps } from "./PathSteps";
import { useAnswer } from "./useAnswer";
import { useDrawnPath } from "./useDrawnPath";
import { keyOf, noWayWords, radiusWords } from "./words";

/** The answer: how far it goes, the cheapest paths with their steps, and what closes them. */
export function AttackResult({ question }: { readonly question: AttackQuestion }) {
  const stopped = useAnalysis((state) => (state.state === "failed" ? state.failure : undefined));
  const { answer, failure, waiting } = useAnswer("attack", question);
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const path = answer?.paths.find((each) => keyOf(each) === chosen) ?? answer?.paths[0];
  useDrawnPath(path);

  if (stopped !== undefined) return <p className="attack-note" role="alert">The analysis stopped: {stopped}. The document is unharmed; the next change starts it again.</p>;
  if (failure !== undefined) return <p className="attack-note field-error" role="alert">{failure}</p>;
  if (answer === undefined) return <p className="attack-note muted" role="status">Looking for ways…</p>;
  return (
    <div className="attack-result" aria-busy={waiting}>
      <Outcome answer={answer} question={question} waiting={waiting} />
      {question.to === undefined && <BlastRadius answer={answer} />}
      {path !== undefined && (
        <>
          <PathList paths={answer.paths} chosen={path} everything={question.to === undefined} onChoose={(each) => setChosen(keyOf(each))} />
          <PathSteps path={path} />
          <Cuts question={question} />
        </>
      )}
      {question.to !== undefined && <BlastRadius answer={answer} />}
    </div>
  );
}

interface OutcomeProps {
  readonly answer: AttackAnswer;
  readonly question: AttackQuestion;
  readonly waiting: boolean;
}

/** In one sentence; told to screen readers whenever it changes. */
function Outcome({ answer: { paths, radius }, question: { from, to, placement }, waiting }: OutcomeProps) {
  const topology = useDocument((state) => state.topology);
  const name = (text: string): string => placeName(topology, text.replace(/^[a-z]+:/, ""));
  const goal = to === undefined ? undefined : name(to);
  const none = paths.length === 0;
  return (
    <div className={`attack-outcome${none ? " none" : ""}`} role="status">
      {none && <ShieldCheck aria-hidden />}
      <div>
        <p>
          <strong>{none ? `No way out of ${name(from)}${goal === undefined ? "" : ` to ${goal}`}` : goal === undefined ? radiusWords(radius, name(from)) : `${paths.length.toLocaleString("en")} ${paths.length === 1 ? "path" : "paths"} from ${name(from)} to ${goal}`}</strong>
          {waiting && <span className="muted"> updating…</span>}
        </p>
        {none && <p className="attack-why">{noWayWords(name(from), goal, placement === "cluster")}{placement === "drawn" ? " Switch on the moves within a cluster to see what could come about." : ""}</p>}
      </div>
    </div>
  );
}

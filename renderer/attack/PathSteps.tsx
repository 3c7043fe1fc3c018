import { ExternalLink, MoveRight } from "lucide-react";
import type { AttackPath, AttackStep } from "../../shared/analysis/result";
import { moveWords, withoutMoves } from "../../shared/attack/moves";
import { useAnalysis } from "../store/analysis";
import { useDocument } from "../store/document";
import { showFindingById } from "../store/findings";
import { select, togglePanel } from "../store/session";
import { placeName } from "../actions/names";
import { PRECONDITIONS } from "./words";

/** The chosen path, place by place, numbered as on the canvas; between two places what leads from one to the other. */
export function PathSteps({ path }: { readonly path: AttackPath }) {
  const [first] = path.steps;
  if (first === undefined) return null;
  return (
    <section className="attack-section selectable" aria-labelledby="attack-steps">
      <h3 id="attack-steps">Step by step</h3>
      <ol className="attack-steps" aria-label="Steps">
        <li><Place number={1} id={first.from} /></li>
        {path.steps.map((step, index) => (
          <li key={index}>
            <Step step={step} />
            <Place number={index + 2} id={step.to} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Place({ number, id }: { readonly number: number; readonly id: string }) {
  const topology = useDocument((state) => state.topology);
  const name = placeName(topology, id);
  return (
    <button type="button" className="attack-place" onClick={() => select([id])} aria-label={`${number}: ${name}. Select it`}>
      <span className="attack-number tabular" aria-hidden>{number}</span>
      <strong className="truncate">{name}</strong>
      {name !== id && <code className="muted truncate">{id}</code>}
    </button>
  );
}

function Step({ step: { channel, detail, cost, rule, finding, moves = [] } }: { readonly step: AttackStep }) {
  return (
    <div className={`attack-step${moves.length > 0 ? " moved" : ""}`}>
      <p className="attack-step-head">
        <span className="attack-channel">{channel}</span>
        <span className="attack-cost tabular">cost {cost}</span>
        <RuleLink rule={rule} finding={finding} />
      </p>
      <p>{withoutMoves(detail, moves)}</p>
      <p className="muted">Needs: {PRECONDITIONS[channel]}</p>
      {moves.map((move) => <p key={moveWords(move)} className="attack-move"><MoveRight aria-hidden />{moveWords(move)}</p>)}
    </div>
  );
}

/** To the finding that explains the step; where none does, the design or the policy implies it. */
function RuleLink({ rule, finding }: { readonly rule: string; readonly finding: string | undefined }) {
  const isThere = useAnalysis((state) => finding !== undefined && state.findings.some(({ id }) => id === finding));
  if (finding === undefined || !isThere) return <span className="muted attack-rule">{rule}: no finding, by design or policy</span>;
  return (
    <button
      type="button" className="button button-link attack-rule" aria-label={`Show finding ${finding}`}
      onClick={() => {
        togglePanel("findings", true);
        showFindingById(finding);
      }}
    >
      {rule}<ExternalLink aria-hidden />
    </button>
  );
}

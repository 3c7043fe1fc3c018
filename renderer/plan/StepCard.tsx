import { BadgeCheck, TriangleAlert } from "lucide-react";
import type { PlanStep } from "../../shared/analysis/result";
import { Button } from "../ui/Button";
import { describeEdit } from "../ui/edit-words";
import { CommandBlock } from "./CommandBlock";
import { Fold, Ids } from "./Fold";
import { joinCommands } from "./words";

interface StepCardProps {
  readonly step: PlanStep;
  readonly number: number;
  /** Offered where the step can be taken by itself. */
  readonly onApply?: () => void;
}

/** One step: what it does to the findings, its changes to the document, and the operator's commands. */
export function StepCard({ step, number, onApply }: StepCardProps) {
  const harm = step.opens.length > 0 || step.breaksRequired.length > 0;
  return (
    <li className="plan-step">
      <span className="plan-number tabular" aria-hidden>{number}</span>
      <div className="plan-step-body">
        <div className="plan-step-head">
          <h3>{step.title}</h3>
          {onApply !== undefined && <Button size="small" onClick={onApply}>Apply this one</Button>}
        </div>
        <p className={`plan-effect${harm ? " harm" : ""}`}>
          {harm ? <TriangleAlert aria-hidden /> : <BadgeCheck aria-hidden />}
          <span>closes {step.closes.length} · opens {step.opens.length} · breaks {step.breaksRequired.length}</span>
        </p>
        <div className="plan-folds">
          <Fold label={`${step.edits.length} ${step.edits.length === 1 ? "change" : "changes"}`}>
            <ul>{step.edits.map((change, index) => <li key={index}><code>{describeEdit(change)}</code></li>)}</ul>
          </Fold>
          <Fold label="Findings">
            <Ids label="Closes" ids={step.closes} />
            <Ids label="Opens" ids={step.opens} />
            <Ids label="Breaks required" ids={step.breaksRequired} />
          </Fold>
          {step.commands.length > 0 && (
            <Fold label={`${step.commands.length} ${step.commands.length === 1 ? "command" : "commands"}`}>
              {joinCommands(step.commands).map((command, index) => <CommandBlock key={index} {...command} />)}
            </Fold>
          )}
        </div>
      </div>
    </li>
  );
}

import { ShieldCheck, UserRound } from "lucide-react";
import type { PlanStep, Summary } from "../../shared/analysis/result";
import type { PlanProgress } from "../../shared/fixes/plan";
import { edit, type Change } from "../store/document";
import { openDialog, toast } from "../store/session";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { Balance } from "./Balance";
import { StepCard } from "./StepCard";
import { usePlan, type FixPlan } from "./usePlan";
import { emptyPlanWords, progressWords } from "./words";
import "./plan.css";

/** The fixes of everything critical and high, in an order in which it is safe to apply them. Each was tried on a copy, on top of those before it. */
export function PlanDialog() {
  const { plan, failure, progress } = usePlan();
  const close = (): void => openDialog(undefined);
  const applyAll = (found: FixPlan): void => {
    if (!apply({ label: "apply fix plan", edits: found.edits })) return;
    close();
    toast(`Applied ${found.plan.length} ${found.plan.length === 1 ? "fix" : "fixes"}. Undo takes them all back.`);
  };
  const steps = plan?.plan.length ?? 0;
  return (
    <Dialog
      title="Fix plan" width="wide" onClose={close} description="What closes the critical and high findings, in an order in which it is safe to do it."
      footer={
        <>
          <Button onClick={close}>{plan !== undefined && steps === 0 || failure !== undefined ? "Close" : "Cancel"}</Button>
          {plan !== undefined && steps > 0 && <Button variant="primary" onClick={() => applyAll(plan)}>Apply all · {steps}</Button>}
        </>
      }
    >
      {failure !== undefined && <p className="field-error" role="alert">The plan could not be made: {failure}. The document is unchanged.</p>}
      {failure === undefined && plan === undefined && <Waiting progress={progress} />}
      {plan !== undefined && (steps === 0 ? <Empty summary={plan.before} /> : (
        <div className="plan">
          <Steps steps={plan.plan} />
          <Balance before={plan.before} after={plan.after} undecided={plan.undecided}><Left {...plan.after} /></Balance>
        </div>
      ))}
    </Dialog>
  );
}

/** What has been done so far. Only the first line is read out: the numbers change ten times a second. */
function Waiting({ progress }: { readonly progress: PlanProgress | undefined }) {
  return (
    <div className="plan-waiting muted">
      <p role="status">{progress?.isPruning === true ? "All steps are found. Each is left out once, to see whether the plan needs it." : "Trying fixes on a copy, one after the other."}</p>
      <progress aria-label="Findings closed" value={progress === undefined ? 0 : progress.wanted - progress.open} max={Math.max(1, progress?.wanted ?? 1)} />
      <p className="tabular">{progress === undefined ? "Looking at what there is to close…" : progressWords(progress)}</p>
      <p>The document stays as it is; Cancel gives the plan up.</p>
    </div>
  );
}

function Steps({ steps }: { readonly steps: readonly PlanStep[] }) {
  const applyFirst = (step: PlanStep): void => {
    if (apply({ label: `fix: ${step.title}`, edits: step.edits })) toast(`${step.title}. Undo takes it back.`);
  };
  return (
    <ol className="plan-steps" aria-label="Steps">
      {/* Later steps stand on the ones before, so only the first can be taken by itself. */}
      {steps.map((step, index) => <StepCard key={`${index} ${step.title}`} step={step} number={index + 1} {...(index === 0 && steps.length > 1 ? { onApply: () => applyFirst(step) } : {})} />)}
    </ol>
  );
}

function Left({ critical, high }: Summary) {
  const left = critical + high;
  return left === 0 ? null : <p>{left} critical or high {left === 1 ? "finding stays" : "findings stay"} open: {left === 1 ? "it takes" : "they take"} a person's decision.</p>;
}

function Empty({ summary }: { readonly summary: Summary }) {
  const done = summary.critical + summary.high === 0;
  return <div className={`plan-empty${done ? " done" : ""}`}>{done ? <ShieldCheck aria-hidden /> : <UserRound aria-hidden />}<p>{emptyPlanWords(summary)}</p></div>;
}

/** Makes one step of the history; says what is wrong where the document would not be valid after it. */
function apply(change: Change): boolean {
  try {
    const problems = edit(change);
    if (problems.length > 0) toast(`Not applied: ${problems[0]}`, "error");
    return problems.length === 0;
  } catch {
    toast("Not applied: the document has changed since the plan was made. Open the plan again.", "error");
    return false;
  }
}

/** Steps of a large document are made at once and checked in the worker; those that leave no valid document are taken back. */
import type { Topology } from "../../shared/model/topology";
import { reasonOf } from "../store/attempt";
import { isCheckedLater, undo, useDocument } from "../store/document";
import { toast } from "../store/session";
import { ask } from "./client";

/** Milliseconds without another step. */
const QUIET_MS = 250;

let timer: ReturnType<typeof setTimeout> | undefined;
/** The newest state that is known to be valid. */
let valid: Topology | undefined;

/** Follows the document for as long as the window lives. */
export function checkLater(): void {
  valid = useDocument.getState().topology;
  useDocument.subscribe((state, before) => {
    if (state.topology === before.topology) return;
    clearTimeout(timer);
    // What was opened was checked when it was read, a step of a small document before it was made.
    if (state.generation !== before.generation || !isCheckedLater(state.topology)) valid = state.topology;
    else if (state.topology !== valid) timer = setTimeout(() => void check(), QUIET_MS);
  });
}

async function check(): Promise<void> {
  const { topology, generation } = useDocument.getState();
  try {
    const [problem] = await ask("problems", {});
    // Steps that came meanwhile are checked after this one, together with it.
    if (useDocument.getState().topology !== topology) return;
    if (problem === undefined) valid = topology;
    else await takeBack(problem);
  } catch (error) {
    if (useDocument.getState().generation === generation) toast(`The last changes could not be checked: ${reasonOf(error)}. They are kept; the next change and saving check them again.`, "error");
  }
}

/** Takes steps back until the document is valid: the one that was taken back last is the one at fault. */
async function takeBack(problem: string): Promise<void> {
  const taken: string[] = [];
  try {
    while (await takesOneBack(taken));
  } finally {
    tell(taken, problem);
  }
}

/** Answers whether there is more to take back. */
async function takesOneBack(taken: string[]): Promise<boolean> {
  const { history, topology } = useDocument.getState();
  const step = history.past.at(-1);
  if (step === undefined || topology === valid) return false;
  undo();
  clearTimeout(timer);
  taken.push(step.label);
  const { topology: now } = useDocument.getState();
  if (now === valid) return false;
  const [left] = await ask("problems", {});
  // Who goes on editing meanwhile has the rest checked with the next step.
  if (useDocument.getState().topology !== now) return false;
  if (left === undefined) valid = now;
  return left !== undefined;
}

function tell(taken: readonly string[], problem: string): void {
  const fault = taken.at(-1), others = taken.length - 1;
  if (fault === undefined) return;
  toast(`“${fault}” was taken back${others === 0 ? "" : `, and the ${others === 1 ? "step" : `${others} steps`} after it`}: it would not be a valid document. ${problem}`, "error");
}

/** Makes a step of a plan, or says why not. */
import { Slices } from "../ui/slices";
import { edit, useDocument } from "../store/document";
import { perform } from "../store/perform";
import { say } from "../store/table";
import { toast } from "../store/session";
import type { TableKind } from "./kinds";
import { labelOf } from "./labels";
import { planNow, planWrites, type CellProblem, type Plan, type RowWrite } from "./plan";
import { rowName } from "./rows";

/** So long a slice leaves the frame to the window. */
const SLICE_MS = 8;
/** Up to so many rows a step is planned at once; more are planned between frames. */
const AT_ONCE = 60;
/** Who stands in another place may need room there. */
const MOVES: ReadonlySet<string> = new Set(["host", "hypervisor", "virtualSwitch"]);

/** What is wrong, in words: of the first cell, with its row and column, and how many more there are. */
export function problemWords(kind: TableKind, writes: readonly RowWrite[], problems: readonly CellProblem[]): string {
  const [first] = problems;
  if (first === undefined) return "";
  const row = writes[first.at]?.row;
  const name = row === undefined ? "" : rowName(useDocument.getState().topology, kind.collection, row);
  const where = writes.length === 1 || name === "" ? "" : `${name}: `;
  return `${where}${first.message}.${problems.length > 1 ? ` And ${(problems.length - 1).toLocaleString("en")} more.` : ""}`;
}

/** One undoable step; answers what would be wrong with it, and then nothing has changed. */
export function makeStep(kind: TableKind, plan: Plan): string | undefined {
  const { topology } = useDocument.getState();
  const label = labelOf(topology, kind, plan);
  const change = { label, edits: plan.draft.change(label).edits };
  if (change.edits.length === 0) return undefined;
  if (plan.added.length > 0 || plan.changes.some(({ column }) => MOVES.has(column))) {
    if (!perform({ ok: true, change, select: [] })) return "The document would not be valid";
  } else {
    const [problem] = edit(change);
    if (problem !== undefined) return problem;
  }
  say(label.charAt(0).toUpperCase() + label.slice(1));
  return undefined;
}

/** Writes a few rows at once, and answers why nothing was written. Of very many the answer is told when it is there. */
export function write(kind: TableKind, writes: readonly RowWrite[]): string | undefined {
  const { topology } = useDocument.getState();
  if (writes.length > AT_ONCE) {
    planInSlices(kind, writes, (plan) => {
      const reason = useDocument.getState().topology !== topology ? "The document has changed meanwhile." : plan.problems.length > 0 ? problemWords(kind, writes, plan.problems) : makeStep(kind, plan);
      if (reason !== undefined) toast(`Nothing was changed. ${reason}`, "error");
    });
    return undefined;
  }
  const plan = planNow(topology, kind, writes);
  return plan.problems.length > 0 ? problemWords(kind, writes, plan.problems) : makeStep(kind, plan);
}

/** Plans between frames; what it gives back gives the planning up. */
export function planInSlices(kind: TableKind, writes: readonly RowWrite[], done: (plan: Plan) => void): () => void {
  const slices = new Slices({ now: () => performance.now(), later: (task) => setTimeout(task, 0) }, SLICE_MS);
  slices.start(planWrites(useDocument.getState().topology, kind, writes), done, (error) => toast(`Nothing was changed: ${String(error)}`, "error"));
  return () => slices.cancel();
}

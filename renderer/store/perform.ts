/** Runs what an action answered: one undoable step, the selection after it, and what people should know. */
import type { Outcome } from "../actions/draft";
import { withRoom } from "../actions/room";
import { edit, useDocument } from "./document";
import { select, toast } from "./session";

/** True where the document changed. A refusal is told, and changes nothing. */
export function perform(outcome: Outcome): boolean {
  if (!outcome.ok) {
    toast(outcome.reason, "warning");
    return false;
  }
  const problems = edit(withRoom(useDocument.getState().topology, outcome.change));
  if (problems.length > 0) {
    toast(`That would not be a valid document: ${problems[0] ?? ""}`, "error");
    return false;
  }
  if (outcome.select.length > 0) select(outcome.select);
  if (outcome.note !== undefined) toast(outcome.note);
  return true;
}

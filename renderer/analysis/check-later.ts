/** Steps of a large document are made at once and checked in the worker; one that leaves no valid document is taken back. */
import { isCheckedLater, undo, useDocument } from "../store/document";
import { toast } from "../store/session";
import { ask } from "./client";

/** Milliseconds without another step. */
const QUIET_MS = 250;

let timer: ReturnType<typeof setTimeout> | undefined;

/** Follows the document for as long as the window lives. */
export function checkLater(): void {
  useDocument.subscribe((state, before) => {
    if (state.topology === before.topology || state.generation !== before.generation || !isCheckedLater(state.topology)) return;
    clearTimeout(timer);
    timer = setTimeout(() => void check(), QUIET_MS);
  });
}

async function check(): Promise<void> {
  const { topology, history } = useDocument.getState();
  const [problem] = await ask("problems", {}).catch(() => []);
  // Steps that came meanwhile are checked after this one, together with it.
  if (problem === undefined || useDocument.getState().topology !== topology) return;
  const label = history.past.at(-1)?.label;
  if (label === undefined) return;
  undo();
  toast(`“${label}” was taken back: it would not be a valid document. ${problem}`, "error");
}

/** Keeps main in step with the document: title, unsaved mark, menus, and the journal for recovery. */
import type { DocumentState } from "../../shared/ipc";
import { COMMAND_IDS, isMainCommand } from "../../shared/commands";
import { formatTopology } from "../../shared/model/canonical";
import { commandById } from "../commands";
import { documentText } from "../analysis/client";
import { useAnalysis } from "../store/analysis";
import { attempt } from "../store/attempt";
import { isDrawnApart, useDocument } from "../store/document";
import { isDirty, redoLabel, undoLabel } from "../store/history";
import { useRules } from "../store/rules";
import { useSession } from "../store/session";
import { textActionOf } from "./text-actions";

const AUTOSAVE_MS = 800;
/** Writing a large document takes a while: the pause between snapshots grows with it. */
const PAUSE_FACTOR = 20;

let lastState = "";

function sendState(): void {
  const { history, topology } = useDocument.getState();
  const ids = COMMAND_IDS.filter((id) => !isMainCommand(id));
  const state: DocumentState = {
    title: topology.name.slice(0, 200),
    dirty: isDirty(history),
    undo: undoLabel(history)?.slice(0, 200) ?? null,
    redo: redoLabel(history)?.slice(0, 200) ?? null,
    disabled: ids.filter((id) => textActionOf(id) === undefined && commandById(id)?.enabled() === false),
    checked: ids.filter((id) => commandById(id)?.checked?.() === true),
  };
  const text = JSON.stringify(state);
  if (text === lastState) return;
  lastState = text;
  attempt(window.bulkhead.setDocumentState(state), "The menus and the title do not follow this window");
}

let timer: ReturnType<typeof setTimeout> | undefined;
let kept: { readonly topology: object; readonly dirty: boolean; readonly journal: string | null } | undefined;
let pause = AUTOSAVE_MS;

/** Puts the document into the journal, or takes it out once it is as saved. */
function keep(): void {
  clearTimeout(timer);
  timer = undefined;
  const { history, topology, file, journal } = useDocument.getState();
  const dirty = isDirty(history);
  if (kept?.topology === topology && kept.dirty === dirty && kept.journal === journal) return;
  kept = { topology, dirty, journal };
  const started = performance.now();
  const write = (text: string | null): void => {
    pause = Math.max(AUTOSAVE_MS, (performance.now() - started) * PAUSE_FACTOR);
    attempt(window.bulkhead.autosave(journal, file.handle, text, file.name), "The unsaved changes could not be kept for recovery; save the document");
  };
  if (!dirty) return write(null);
  // A worker that has died cannot write: then the window does.
  if (isDrawnApart(topology)) documentText(topology).catch(() => formatTopology(topology)).then(write, () => undefined);
  else write(formatTopology(topology));
}

/** Follows the stores for as long as the window lives. */
export function keepInStep(): void {
  let queued = false;
  const queue = (): void => {
    if (queued) return;
    queued = true;
    setTimeout(() => {
      queued = false;
      sendState();
    }, 50);
  };
  useDocument.subscribe(() => {
    queue();
    // Never put off by the next edit: who goes on editing without a rest would lose it all.
    timer ??= setTimeout(keep, pause);
  });
  useSession.subscribe(queue);
  useRules.subscribe(queue);
  useAnalysis.subscribe(queue);
  // What Edit means depends on whether one types.
  window.addEventListener("focusin", queue);
  window.addEventListener("focusout", queue);
  window.addEventListener("blur", keep);
  timer = setTimeout(keep, pause);
  queue();
}

/** Undo, redo, and what is done with the selection. */
import { copyFragment, duplicateThings, isCopyable, NOTHING_TO_PASTE, PASTE_STEP, pasteFragment } from "../actions/clipboard";
import { remove } from "../actions/remove";
import { startArranging } from "../arrange/arranging";
import { copyDiagram } from "../exporting/make";
import { redo, undo, useDocument } from "../store/document";
import { attempt } from "../store/attempt";
import { perform } from "../store/perform";
import { deleteRuleInHand, duplicateRuleInHand, hasRuleInHand } from "../store/rules";
import { openDialog, select, setView, toast, useSession } from "../store/session";
import { tableView } from "../store/table";
import { viewport } from "../store/viewport";
import type { Handler } from "./command";

function hasSelection(): boolean {
  return useSession.getState().selection.length > 0;
}

/** Whether anything of the selection can be copied by itself. */
function hasCopyable(): boolean {
  const { topology } = useDocument.getState();
  return useSession.getState().selection.some((id) => isCopyable(topology, id));
}

function copy(): boolean {
  const text = copyFragment(useDocument.getState().topology, useSession.getState().selection);
  if (text === undefined) {
    toast("That is a part of another thing and cannot be copied by itself", "warning");
    return false;
  }
  attempt(window.bulkhead.copyFragment(text), "Nothing was copied");
  return true;
}

async function paste(): Promise<void> {
  const text = await window.bulkhead.pasteFragment();
  if (text === null) return toast(NOTHING_TO_PASTE, "warning");
  const isFirst = viewport()?.nodeIds().length === 0;
  const done = perform(pasteFragment(useDocument.getState().topology, text, { onto: useSession.getState().selection[0], offset: PASTE_STEP }));
  // Once the canvas has it.
  if (done && isFirst) setTimeout(() => viewport()?.zoomToFit(), 50);
}

function duplicate(): void {
  perform(duplicateThings(useDocument.getState().topology, useSession.getState().selection));
}

/** In the rule editor the thing in hand is a rule, and never the filter that has it. */
const inRules = (): boolean => useSession.getState().view === "rules";

/** In the table it is cells that are copied, pasted and cleared. */
const inTable = (): boolean => useSession.getState().view === "table";

export function deleteSelection(): void {
  const { selection } = useSession.getState();
  if (perform(remove(useDocument.getState().topology, selection))) select([]);
}

function selectAll(): void {
  if (inTable()) return tableView()?.selectAll();
  setView("canvas");
  select(viewport()?.nodeIds() ?? []);
}

export const EDIT_COMMANDS = {
  "edit.undo": { run: undo, enabled: () => useDocument.getState().history.past.length > 0 },
  "edit.redo": { run: redo, enabled: () => useDocument.getState().history.future.length > 0 },
  "edit.cut": { run: () => { if (copy()) deleteSelection(); }, enabled: () => hasCopyable() && !inRules() && !inTable() },
  "edit.copy": { run: () => (inTable() ? tableView()?.copy(false) : void copy()), enabled: () => (inTable() ? hasSelection() : hasCopyable()) && !inRules() },
  "edit.copyPng": { run: () => void copyDiagram("png") },
  "edit.copySvg": { run: () => void copyDiagram("svg") },
  "edit.paste": { run: () => (inTable() ? tableView()?.paste(false) : attempt(paste(), "Nothing was pasted")), enabled: () => !inRules() },
  "edit.pasteRows": { run: () => tableView()?.paste(true), enabled: inTable },
  "edit.duplicate": { run: () => (inRules() ? duplicateRuleInHand() : inTable() ? tableView()?.duplicateRows() : duplicate()), enabled: () => (inRules() ? hasRuleInHand() : inTable() ? hasSelection() : hasCopyable()) },
  "edit.fillDown": { run: () => tableView()?.fillDown(), enabled: () => inTable() && useSession.getState().selection.length > 1 },
  "edit.delete": { run: () => (inRules() ? deleteRuleInHand() : inTable() ? tableView()?.clear() : deleteSelection()), enabled: () => (inRules() ? hasRuleInHand() : hasSelection()) },
  "edit.selectAll": { run: selectAll },
  "edit.find": { run: () => openDialog({ type: "command-palette" }) },
  "edit.arrange": { run: startArranging },
} as const satisfies Readonly<Record<string, Handler>>;

import { useEffect } from "react";
import { commandSpec, type CommandId } from "../../shared/commands";
import { cancelArranging } from "../arrange/arranging";
import { commandById, COMMANDS } from "../commands";
import { isArranging } from "../store/arranging";
import { select, setRenaming, setTool, showPath, useSession } from "../store/session";
import { isSettled, isTyping, matchesKeys } from "../ui/keys";

/**
 * Keys of commands that the native menu only shows, because they mean something else while one types: they run here, where the
 * focus is known. Escape gives up what is in hand, step by step.
 */
export function useCommandKeys(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || (isTyping(event.target) && !(isSettled(event.target) && isHistoryKey(event))) || useSession.getState().dialog !== undefined) return;
      if (event.target instanceof Element && event.target.closest("[role=menu], [role=listbox], [role=dialog]") !== null) return;
      // In the tree of findings plain keys mean the finding; with Ctrl or Alt they mean the document as anywhere.
      if (event.target instanceof Element && event.target.closest("[role=tree]") !== null && !event.ctrlKey && !event.metaKey && !event.altKey && !/^F\d/.test(event.key)) return;
      if (event.key === "Escape") return giveUp();
      if (event.key === "Backspace" && !event.ctrlKey && !event.metaKey) return run(event, "Delete");
      run(event, undefined);
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}

function isHistoryKey(event: KeyboardEvent): boolean {
  return broughtAlong(event) === "edit.redo" || (["edit.undo", "edit.redo"] as const).some((id) => matchesKeys(event, commandSpec(id).keys ?? ""));
}

/** Keys that hands know from other programs besides those that the menu shows: Ctrl+Y, and for the zoom the number pad and a `+` that has a key of its own. */
function broughtAlong(event: KeyboardEvent): CommandId | undefined {
  if (matchesKeys(event, "CmdOrCtrl+Y")) return "edit.redo";
  if (event.altKey || (!event.ctrlKey && !event.metaKey)) return undefined;
  if (event.key === "+") return "view.zoomIn";
  if (event.code === "NumpadSubtract") return "view.zoomOut";
  return event.code === "Numpad0" ? "view.zoomFit" : undefined;
}

function run(event: KeyboardEvent, keys: string | undefined): void {
  const other = keys === undefined ? broughtAlong(event) : undefined;
  const command = other !== undefined ? commandById(other) : COMMANDS.find((each) => each.typing === true && each.keys !== undefined && (keys === undefined ? matchesKeys(event, each.keys) : each.keys === keys));
  if (command === undefined || !command.enabled()) return;
  event.preventDefault();
  command.run();
}

function giveUp(): void {
  const { tool, renaming, path, selection } = useSession.getState();
  if (isArranging()) cancelArranging();
  else if (tool !== undefined) setTool(undefined);
  else if (renaming !== undefined) setRenaming(undefined);
  else if (path !== undefined) showPath(undefined);
  else if (selection.length > 0) select([]);
}

/** Edit commands of the menu mean the text where a text field has the focus. */
import type { CommandId } from "../../shared/commands";
import type { TextAction } from "../../shared/ipc";
import { isSettled, isTyping } from "../ui/keys";

const TEXT_ACTIONS: Readonly<Partial<Record<CommandId, TextAction>>> = {
  "edit.undo": "undo", "edit.redo": "redo", "edit.cut": "cut", "edit.copy": "copy", "edit.paste": "paste", "edit.delete": "delete", "edit.selectAll": "selectAll",
};

/** What a command does to the text that is being typed; undefined where it means the document. */
export function textActionOf(id: CommandId): TextAction | undefined {
  const focused = document.activeElement;
  if (!isTyping(focused)) return undefined;
  const isHistory = id === "edit.undo" || id === "edit.redo";
  return isHistory && isSettled(focused) ? undefined : TEXT_ACTIONS[id];
}

/** The menu under the right button where there is text: a field, or words that are selected. */
import { Menu, type BrowserWindow, type ContextMenuParams, type MenuItemConstructorOptions } from "electron";

type Text = Pick<ContextMenuParams, "isEditable" | "editFlags" | "selectionText">;

/** Lines of the menu; none where there is no text. */
export function textMenu({ isEditable, editFlags, selectionText }: Text): MenuItemConstructorOptions[] {
  const copy: MenuItemConstructorOptions = { role: "copy", enabled: editFlags.canCopy };
  if (!isEditable) return selectionText.trim() === "" ? [] : [copy];
  return [
    { role: "undo", enabled: editFlags.canUndo }, { role: "redo", enabled: editFlags.canRedo }, { type: "separator" },
    { role: "cut", enabled: editFlags.canCut }, copy, { role: "paste", enabled: editFlags.canPaste }, { role: "delete", enabled: editFlags.canDelete }, { type: "separator" },
    { role: "selectAll", enabled: editFlags.canSelectAll },
  ];
}

/** Shows it where the page has no menu of its own. */
export function offerTextMenu(window: BrowserWindow): void {
  window.webContents.on("context-menu", (_event, params) => {
    const lines = textMenu(params);
    if (lines.length > 0) Menu.buildFromTemplate(lines).popup({ window, x: params.x, y: params.y });
  });
}

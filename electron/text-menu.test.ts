import { describe, expect, it, vi } from "vitest";
import { textMenu } from "./text-menu";

vi.mock("electron", () => ({ Menu: {} }));

const editFlags = { canUndo: false, canRedo: false, canCut: true, canCopy: true, canPaste: true, canDelete: true, canSelectAll: true, canEditRichly: false };

describe("textMenu", () => {
  it("offers what can be done with a field, and says what cannot", () => {
    const lines = textMenu({ isEditable: true, editFlags, selectionText: "web" });
    expect(lines.flatMap(({ role }) => role ?? [])).toEqual(["undo", "redo", "cut", "copy", "paste", "delete", "selectAll"]);
    expect(lines.filter(({ enabled }) => enabled === false).map(({ role }) => role)).toEqual(["undo", "redo"]);
  });

  it("copies words that are selected, and is not there where none are", () => {
    expect(textMenu({ isEditable: false, editFlags, selectionText: "10.0.0.1" })).toEqual([{ role: "copy", enabled: true }]);
    expect(textMenu({ isEditable: false, editFlags, selectionText: " " })).toEqual([]);
  });
});

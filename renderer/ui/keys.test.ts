import { describe, expect, it } from "vitest";
import { keyCaps, matchesKeys } from "./keys";

function press(key: string, modifiers: Partial<KeyboardEvent> = {}): KeyboardEvent {
  return { key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...modifiers } as KeyboardEvent;
}

describe("accelerators", () => {
  it("match exactly their modifiers", () => {
    expect(matchesKeys(press("z", { ctrlKey: true }), "CmdOrCtrl+Z")).toBe(true);
    expect(matchesKeys(press("Z", { ctrlKey: true, shiftKey: true }), "CmdOrCtrl+Z")).toBe(false);
    expect(matchesKeys(press("Z", { ctrlKey: true, shiftKey: true }), "CmdOrCtrl+Shift+Z")).toBe(true);
    expect(matchesKeys(press("v"), "V")).toBe(true);
    expect(matchesKeys(press("v", { altKey: true }), "V")).toBe(false);
    expect(matchesKeys(press("Delete"), "Delete")).toBe(true);
  });

  it("are shown as people read them", () => {
    expect(keyCaps("CmdOrCtrl+Shift+S")).toBe("Ctrl+Shift+S");
    expect(keyCaps("Delete")).toBe("Del");
  });
});

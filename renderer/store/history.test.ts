import { describe, expect, it } from "vitest";
import { amendStep, isDirty, markSaved, recordStep, redoLabel, redoStep, startHistory, undoLabel, undoStep } from "./history";

describe("history", () => {
  const a = { name: "a" };
  const b = { name: "b" };
  const c = { name: "c" };

  it("goes back and forth through named steps", () => {
    const history = recordStep(recordStep(startHistory(a, true), "to b", b), "to c", c);
    expect(undoLabel(history)).toBe("to c");
    const back = undoStep(undoStep(history));
    expect(back.present).toBe(a);
    expect(undoLabel(back)).toBeUndefined();
    expect(redoLabel(back)).toBe("to b");
    expect(redoStep(redoStep(back)).present).toBe(c);
  });

  it("forgets what was undone once another step is made", () => {
    const history = recordStep(undoStep(recordStep(startHistory(a, true), "to b", b)), "to c", c);
    expect(history.future).toEqual([]);
    expect(undoStep(history).present).toBe(a);
  });

  it("does not record a step that changes nothing", () => {
    const history = startHistory(a, true);
    expect(recordStep(history, "nothing", a)).toBe(history);
  });

  it("is clean again when undo returns to the saved state, also after a save in the middle", () => {
    const edited = recordStep(startHistory(a, true), "to b", b);
    expect(isDirty(edited)).toBe(true);
    expect(isDirty(undoStep(edited))).toBe(false);
    const saved = markSaved(edited, edited.present);
    expect(isDirty(saved)).toBe(false);
    expect(isDirty(undoStep(saved))).toBe(true);
    expect(isDirty(redoStep(undoStep(saved)))).toBe(false);
  });

  it("stays dirty when editing went on while the file was written", () => {
    const edited = recordStep(startHistory(a, true), "to b", b);
    expect(isDirty(markSaved(recordStep(edited, "to c", c), b))).toBe(true);
  });

  it("treats a document that no file holds as unsaved", () => {
    expect(isDirty(startHistory(a, false))).toBe(true);
  });

  it("amends the last step without adding one", () => {
    const history = amendStep(recordStep(startHistory(a, true), "drag", b), c);
    expect(history.past).toHaveLength(1);
    expect(undoStep(history).present).toBe(a);
  });

  it("keeps the newest 500 steps", () => {
    let history = startHistory<object>(a, true);
    for (let i = 0; i < 600; i += 1) history = recordStep(history, `step ${i}`, {});
    expect(history.past).toHaveLength(500);
    expect(undoLabel(history)).toBe("step 599");
  });
});

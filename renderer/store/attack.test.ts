import { beforeEach, describe, expect, it } from "vitest";
import { openAttack, resetAttack, setAttack, useAttack } from "./attack";
import { setView, showCanvas, useSession } from "./session";

beforeEach(() => {
  resetAttack();
  setView("matrix");
});

describe("asking about attacks", () => {
  it("opens the panel with what is known, and keeps the rest of the question", () => {
    setAttack({ placement: "cluster", from: "a-web" });
    openAttack({ to: "tenant:b" });
    expect(useAttack.getState()).toEqual({ from: "a-web", to: "tenant:b", placement: "cluster" });
    expect(useSession.getState().view).toBe("attack");
  });

  it("is forgotten with the document that it was about", () => {
    openAttack({ from: "a-web", placement: "cluster" });
    resetAttack();
    expect(useAttack.getState()).toEqual({ from: "", to: "", placement: "drawn" });
  });

  it("keeps the panel when something is shown on the canvas, which is beside it", () => {
    openAttack();
    showCanvas();
    expect(useSession.getState().view).toBe("attack");
    setView("matrix");
    showCanvas();
    expect(useSession.getState().view).toBe("canvas");
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { cluster } from "../../shared/diagram/testing";
import { openDocument, UNTITLED, useDocument } from "./document";
import { afterFirstPicture } from "./first-picture";
import { usePicture } from "./picture";
import { setView } from "./session";

const large = cluster(40, 50), small = cluster(2, 3);
const task = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  task.mockClear();
  setView("canvas");
  usePicture.setState({ failure: undefined, seen: -1 });
  openDocument(large, UNTITLED, true);
});
afterEach(() => { vi.useRealTimers(); });

const seen = () => usePicture.setState({ seen: useDocument.getState().generation });

describe("what waits until a document is seen", () => {
  it("is done once, when its picture has been", () => {
    afterFirstPicture(task);
    expect(task).not.toHaveBeenCalled();
    seen();
    usePicture.setState({ seen: -1 });
    vi.runAllTimers();
    expect(task).toHaveBeenCalledOnce();
  });

  it("is done at once where it has been seen, or is drawn where it is shown", () => {
    seen();
    afterFirstPicture(task);
    openDocument(small, UNTITLED, true);
    afterFirstPicture(task);
    expect(task).toHaveBeenCalledTimes(2);
  });

  it.each([["another view is opened", () => setView("table")], ["its picture could not be drawn", () => usePicture.setState({ failure: "too steep" })]])("is done when %s", (_, happen) => {
    afterFirstPicture(task);
    happen();
    expect(task).toHaveBeenCalledOnce();
  });

  it("is done after some seconds, whatever becomes of the picture", () => {
    afterFirstPicture(task);
    vi.advanceTimersByTime(2900);
    expect(task).not.toHaveBeenCalled();
    vi.advanceTimersByTime(200);
    expect(task).toHaveBeenCalledOnce();
  });

  it("is not done once it was given up", () => {
    const giveUp = afterFirstPicture(task);
    giveUp();
    seen();
    vi.runAllTimers();
    expect(task).not.toHaveBeenCalled();
  });
});

import { expect, it, vi } from "vitest";
import { attempt, reasonOf } from "./attempt";
import { useSession } from "./session";

it("tells what could not be done, and why", async () => {
  attempt(Promise.reject(new Error("Error invoking remote method 'bulkhead:openSample': Error: the disk is gone")), "The sample could not be opened");
  await vi.waitFor(() => expect(useSession.getState().toasts.at(-1)).toMatchObject({ tone: "error", text: "The sample could not be opened: the disk is gone" }), { timeout: 20_000 });
});

it("tells nothing of what was done", async () => {
  useSession.setState({ toasts: [] });
  attempt(Promise.resolve(), "Never told");
  await Promise.resolve();
  expect(useSession.getState().toasts).toEqual([]);
});

it("takes what is no error at its word", () => {
  expect(reasonOf("out of paper")).toBe("out of paper");
  expect(reasonOf(new Error("Error invoking remote method 'bulkhead:save': TypeError: no text"))).toBe("no text");
});

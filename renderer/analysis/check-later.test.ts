import { beforeEach, expect, it, vi } from "vitest";
import { cluster } from "../../shared/diagram/testing";
import { openDocument, edit, UNTITLED, useDocument } from "../store/document";
import { useSession } from "../store/session";

const ask = vi.hoisted(() => vi.fn());
vi.mock("./client", () => ({ ask }));
const { checkLater } = await import("./check-later");

const large = cluster(100, 50);
const rename = (name: string) => ({ label: `rename to ${name}`, edits: [{ op: "replace", path: "/vms/vm-1/name", value: name } as const] });
const name = () => useDocument.getState().topology.vms?.["vm-1"]?.name;
const asked = (times: number) => vi.waitFor(() => expect(ask).toHaveBeenCalledTimes(times), { timeout: 20_000 });

checkLater();

beforeEach(() => {
  ask.mockReset();
  openDocument(large, UNTITLED, true);
});

it("takes a step of a large document back that leaves no valid document, and says why", async () => {
  ask.mockResolvedValue(["$.vms.vm-1.name: is wrong; another"]);
  expect(edit(rename("bad"))).toEqual([]);
  await vi.waitFor(() => expect(name()).toBe("vm-1"), { timeout: 20_000 });
  expect(useSession.getState().toasts.at(-1)?.text).toContain("“rename to bad” was taken back");
});

it("leaves a step alone that is valid, and asks once for a burst of steps", async () => {
  ask.mockResolvedValue([]);
  edit(rename("one"));
  edit(rename("two"));
  await asked(1);
  expect(name()).toBe("two");
});

it("takes a burst back as far as the step at fault, and names that one", async () => {
  ask.mockImplementation(async () => (useDocument.getState().topology.vms?.["vm-1"]?.name === "one" ? [] : ["$.vms.vm-1.name: is wrong; another"]));
  edit(rename("one"));
  edit(rename("bad"));
  edit(rename("worse"));
  edit(rename("worst"));
  await vi.waitFor(() => expect(name()).toBe("one"), { timeout: 20_000 });
  await vi.waitFor(() => expect(useSession.getState().toasts.at(-1)?.text).toContain("“rename to bad” was taken back, and the 2 steps after it: "), { timeout: 20_000 });
});

it("says that a step could not be checked, leaves it, and checks it again with the next", async () => {
  ask.mockRejectedValueOnce(new Error("The analysis stopped: out of memory"));
  edit(rename("unchecked"));
  await vi.waitFor(() => expect(useSession.getState().toasts.at(-1)?.text).toContain("could not be checked: The analysis stopped: out of memory"), { timeout: 20_000 });
  expect(name()).toBe("unchecked");
  ask.mockImplementation(async () => (name() === "vm-1" ? [] : ["$.vms.vm-1.name: is wrong; another"]));
  edit(rename("next"));
  await vi.waitFor(() => expect(name()).toBe("vm-1"), { timeout: 20_000 });
  expect(useSession.getState().toasts.at(-1)?.text).toContain("“rename to unchecked” was taken back, and the step after it");
});

it("does not ask about a small document, which was checked before the step, nor about one just opened", async () => {
  ask.mockResolvedValue([]);
  openDocument(cluster(2, 2), UNTITLED, true);
  edit(rename("small"));
  openDocument(large, UNTITLED, true);
  edit(rename("large"));
  await asked(1);
  expect(ask).toHaveBeenCalledWith("problems", {});
});

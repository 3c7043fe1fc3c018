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
const asked = (times: number) => vi.waitFor(() => expect(ask).toHaveBeenCalledTimes(times), { timeout: 3000 });

checkLater();

beforeEach(() => {
  ask.mockReset();
  openDocument(large, UNTITLED, true);
});

it("takes a step of a large document back that leaves no valid document, and says why", async () => {
  ask.mockResolvedValue(["$.vms.vm-1.name: is wrong; another"]);
  expect(edit(rename("bad"))).toEqual([]);
  await vi.waitFor(() => expect(name()).toBe("vm-1"), { timeout: 3000 });
  expect(useSession.getState().toasts.at(-1)?.text).toContain("“rename to bad” was taken back");
});

it("leaves a step alone that is valid, and asks once for a burst of steps", async () => {
  ask.mockResolvedValue([]);
  edit(rename("one"));
  edit(rename("two"));
  await asked(1);
  expect(name()).toBe("two");
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

import { beforeEach, describe, expect, it, vi } from "vitest";
import type { RulesFile } from "../../shared/ipc";
import type { ReadDocument } from "../analysis/client";
import { emptyTopology, isDocumentDirty, undo, useDocument } from "../store/document";
import { undoLabel } from "../store/history";
import { useSession } from "../store/session";
import { fileChanged, loadAgain, rulesChanged, showResult } from "./current";

const worker = vi.hoisted(() => ({ readDocument: vi.fn<() => Promise<ReadDocument>>(), judgeBy: vi.fn<(file: RulesFile) => boolean>(() => true) }));
vi.mock("../analysis/client", () => worker);

const rules = (text: string): RulesFile => ({ status: "read", name: "net.rules.json", bytes: new TextEncoder().encode(text) });
const rulesBeside = vi.fn<() => Promise<RulesFile>>();

beforeEach(() => {
  vi.clearAllMocks();
  vi.stubGlobal("window", { bulkhead: { rulesBeside } });
});

it("judges a document by the rules that were written beside it while it was being read", async () => {
  let finish: (read: ReadDocument) => void = () => undefined;
  worker.readDocument.mockReturnValue(new Promise((resolve) => { finish = resolve; }));
  rulesBeside.mockResolvedValue(rules("old"));
  const shown = showResult({ status: "opened", journal: "j", file: { handle: "h", name: "net.bulkhead.json", bytes: new Uint8Array(), recovered: false } });
  await Promise.resolve();
  rulesChanged({ handle: "other", file: rules("of another") });
  rulesChanged({ handle: "h", file: rules("new") });
  rulesChanged({ handle: "other", file: rules("of another") });
  expect(worker.judgeBy).not.toHaveBeenCalled();
  finish({ ok: true, topology: emptyTopology("net"), migratedFrom: undefined });
  await shown;
  expect(useDocument.getState().topology.name).toBe("net");
  expect(worker.judgeBy.mock.calls).toEqual([[rules("new")]]);
});

it("judges it by what lay beside it where nothing has changed since", async () => {
  worker.readDocument.mockResolvedValue({ ok: true, topology: emptyTopology("net"), migratedFrom: undefined });
  rulesBeside.mockResolvedValue(rules("old"));
  await showResult({ status: "opened", journal: "j", file: { handle: "h2", name: "net.bulkhead.json", bytes: new Uint8Array(), recovered: false } });
  expect(worker.judgeBy.mock.calls).toEqual([[rules("old")]]);
  rulesChanged({ handle: "h2", file: rules("new") });
  expect(worker.judgeBy).toHaveBeenLastCalledWith(rules("new"));
});

describe("a file in an older format that takes the document's place", () => {
  const openThenLoad = async (now: string): Promise<void> => {
    worker.readDocument.mockResolvedValue({ ok: true, topology: emptyTopology("before"), migratedFrom: undefined });
    rulesBeside.mockResolvedValue({ status: "none" });
    const file = { handle: "h3", name: "net.bulkhead.json", bytes: new Uint8Array(), recovered: false };
    await showResult({ status: "opened", journal: "j", file });
    fileChanged({ handle: "h3", name: file.name, changed: true });
    vi.stubGlobal("window", { bulkhead: { rulesBeside, readAgain: async () => ({ status: "opened", journal: "j", file }) } });
    worker.readDocument.mockResolvedValue({ ok: true, topology: emptyTopology(now), migratedFrom: "bulkhead/0" });
    await loadAgain();
  };

  it("is loaded as one step, said to be older, and not yet saved in the present format", async () => {
    await openThenLoad("after");
    expect(useDocument.getState().topology.name).toBe("after");
    expect(undoLabel(useDocument.getState().history)).toBe("load net.bulkhead.json again");
    expect(isDocumentDirty()).toBe(true);
    expect(useSession.getState().changedFile).toBeUndefined();
    expect(useSession.getState().toasts.at(-1)?.text).toContain("older format bulkhead/0");
  });

  it("is not what was saved before: taken back, the document is not as the file", async () => {
    await openThenLoad("after");
    undo();
    expect(useDocument.getState().topology.name).toBe("before");
    expect(isDocumentDirty()).toBe(true);
  });

  it("is still to be written where it says the same", async () => {
    await openThenLoad("before");
    expect(undoLabel(useDocument.getState().history)).toBeUndefined();
    expect(isDocumentDirty()).toBe(true);
  });
});

import { beforeEach, expect, it, vi } from "vitest";
import type { RulesFile } from "../../shared/ipc";
import type { ReadDocument } from "../analysis/client";
import { emptyTopology, useDocument } from "../store/document";
import { rulesChanged, showResult } from "./current";

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

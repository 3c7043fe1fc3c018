import { beforeEach, expect, it, vi } from "vitest";
import { finding } from "../../shared/diagram/testing";
import { FORMAT } from "../../shared/model/topology";
import type { AnalysisResult, FromWorker, ToWorker } from "./protocol";

const told: ToWorker[] = [];
let hear: (message: FromWorker) => void;

class Noting {
  set onmessage(listener: (event: { data: FromWorker }) => void) {
    hear = (data) => listener({ data });
  }
  postMessage(message: ToWorker): void {
    told.push(message);
  }
}

const revisionsOfDocuments = () => told.flatMap((message) => (message.type === "document" ? [message.revision] : []));

beforeEach(() => {
  vi.resetModules();
  vi.stubGlobal("Worker", Noting);
  told.length = 0;
});

it("does not show what was found of a document that is not open any more", async () => {
  const [{ startAnalysis }, { openDocument, UNTITLED }, { useAnalysis }] = await Promise.all([import("./client"), import("../store/document"), import("../store/analysis")]);
  const answer = (revision: number, subject: string): void => {
    hear({ type: "part", findings: [finding("VM-001", subject, [subject])], segments: [] });
    hear({ type: "analysis", revision, result: { took: 1, pending: [] } as unknown as AnalysisResult });
  };
  const shown = () => useAnalysis.getState().findings.map(({ subjects }) => subjects[0]);
  startAnalysis();
  openDocument({ format: FORMAT, name: "another" }, UNTITLED, true);
  await vi.waitFor(() => expect(revisionsOfDocuments()).toHaveLength(2), { timeout: 20_000 });
  const [before = 0, now = 0] = revisionsOfDocuments();
  answer(before, "of-before");
  expect(shown()).toEqual([]);
  answer(now, "of-now");
  expect(shown()).toEqual(["of-now"]);
  expect(useAnalysis.getState().state).toBe("fresh");
});

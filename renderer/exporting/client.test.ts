import { beforeEach, expect, it, vi } from "vitest";
import { cluster } from "../../shared/diagram/testing";
import { openDocument, UNTITLED } from "../store/document";
import type { FromExporter, ToExporter } from "./protocol";

const documentText = vi.hoisted(() => vi.fn());
const noRules = vi.hoisted(() => ({ status: "none" }));
vi.mock("../analysis/client", () => ({ documentText, rulesInUse: () => noRules }));
const { askExporter, endExporting, GivenUp, restExporting } = await import("./client");

/** A worker that notes what it is told. */
class Noting {
  static readonly all: Noting[] = [];
  readonly told: ToExporter[] = [];
  isEnded = false;
  onmessage: ((event: { data: FromExporter }) => void) | undefined;
  constructor() {
    Noting.all.push(this);
  }
  postMessage(message: ToExporter): void {
    this.told.push(message);
  }
  terminate(): void {
    this.isEnded = true;
  }
  /** Answers the question that came as the nth. */
  answer(nth: number, value: unknown): void {
    const ask = this.told.flatMap((message) => (message.type === "ask" ? [message.ask] : []))[nth] ?? -1;
    this.onmessage?.({ data: { type: "answer", ask, value } });
  }
}
vi.stubGlobal("Worker", Noting);

const order = { format: "svg", today: "2026-11-23", anonymize: false, wish: { source: "a", canonical: false, evidence: false, options: {} } } as const;
const worker = (): Noting => Noting.all.at(-1) ?? new Noting();
const hasAsked = (times: number) => vi.waitFor(() => expect(worker().told.filter(({ type }) => type === "ask")).toHaveLength(times), { timeout: 20_000 });

beforeEach(() => {
  endExporting();
  documentText.mockReset().mockResolvedValue("{}");
  Noting.all.length = 0;
  openDocument(cluster(1, 1), UNTITLED, true);
});

it("hands the document over before the first question, and rests only when nothing is being made", async () => {
  const first = askExporter("file", { order }), second = askExporter("file", { order });
  await hasAsked(2);
  expect(worker().told.map(({ type }) => type)).toEqual(["document", "ask", "ask"]);
  worker().answer(0, "one");
  expect(await first).toBe("one");
  restExporting();
  expect(worker().isEnded).toBe(false);
  worker().answer(1, "two");
  expect(await second).toBe("two");
  restExporting();
  expect(worker().isEnded).toBe(true);
});

it("gives up what is being made, also where the document has become another", async () => {
  const stopped = askExporter("file", { order });
  endExporting();
  await expect(stopped).rejects.toBeInstanceOf(GivenUp);
  const late = expect(askExporter("file", { order })).rejects.toBeInstanceOf(GivenUp);
  openDocument(cluster(2, 1), UNTITLED, true);
  const next = askExporter("file", { order });
  await late;
  await hasAsked(1);
  worker().answer(0, "of the next");
  expect(await next).toBe("of the next");
  expect(Noting.all.map(({ isEnded }) => isEnded)).toEqual([true, true, false]);
});

it("says why a document cannot be exported that did not come, and starts anew for the next question", async () => {
  documentText.mockRejectedValueOnce(new Error("The analysis stopped: out of memory"));
  await expect(askExporter("file", { order })).rejects.toThrow("The analysis stopped: out of memory");
  const next = askExporter("file", { order });
  await hasAsked(1);
  worker().answer(0, "made");
  expect(await next).toBe("made");
});

import { beforeEach, describe, expect, it, vi } from "vitest";
import { buildScene } from "../../shared/diagram/scene";
import { cluster } from "../../shared/diagram/testing";
import type { Topology } from "../../shared/model/topology";
import { formatTopology } from "../../shared/model/canonical";
import { Assembly } from "../analysis/pieces";
import type { FromPicture, ToPicture } from "./protocol";

vi.mock("../analysis/client", () => ({ whenAnalysisStarts: () => undefined, tellPicture: () => undefined }));

/** A worker that notes what it is told. */
class Noting {
  static readonly all: Noting[] = [];
  readonly told: ToPicture[] = [];
  onmessage: ((event: { data: FromPicture }) => void) | undefined;
  onerror: ((event: { message: string }) => void) | undefined;
  constructor() {
    Noting.all.push(this);
  }
  postMessage(message: ToPicture): void {
    this.told.push(message);
  }
  terminate(): void {
    this.onmessage = undefined;
  }
  /** The documents that it was told to draw. */
  get drawn(): number[] {
    return this.told.flatMap((message) => (message.type === "draw" ? [message.document] : []));
  }
  /** A document as its file or its pieces have made it. */
  has(document: number): Topology {
    const assembly = new Assembly();
    for (const message of this.told) {
      if (message.type === "bytes" && message.document === document) return JSON.parse(new TextDecoder().decode(message.bytes)) as Topology;
      if (message.type === "piece" && message.document === document) assembly.add(message.piece);
    }
    return assembly.topology;
  }
  say(data: FromPicture): void {
    this.onmessage?.({ data });
  }
}

const bytesOf = (topology: Topology) => new TextEncoder().encode(formatTopology(topology));
const HEAD = { tenants: [], segments: [], bounds: { x: 0, y: 0, width: 1, height: 1 }, hidden: [] };

const first = cluster(40, 50), second = cluster(30, 60);

async function start() {
  vi.resetModules();
  Noting.all.length = 0;
  vi.stubGlobal("Worker", Noting);
  vi.stubGlobal("scheduler", { postTask: (task: () => void) => setTimeout(task, 0) });
  const [{ startPicture, HandOver }, { edit, openDocument, UNTITLED }, { usePicture }, { useSession }] = await Promise.all([import("./client"), import("../store/document"), import("../store/picture"), import("../store/session")]);
  startPicture();
  return { HandOver, usePicture, useSession, edit, open: (topology: Topology) => openDocument(topology, UNTITLED, true), see: () => usePicture.setState(({ generation }) => ({ seen: generation })), worker: () => Noting.all.at(-1) ?? new Noting() };
}
let window: Awaited<ReturnType<typeof start>>;

beforeEach(async () => { window = await start(); });

const untilDrawn = () => vi.waitFor(() => expect(window.worker().drawn).not.toEqual([]), { timeout: 20_000 });

describe("the window's side of the picture's worker", () => {
  it("sends a document in pieces and shows what is drawn of it", async () => {
    window.open(first);
    await untilDrawn();
    const [document = 0] = window.worker().drawn;
    expect(window.worker().has(document)).toEqual(first);
  });

  it("draws the document that was opened last, though another was still on its way", async () => {
    window.open(first);
    const handOver = new window.HandOver(bytesOf(second));
    handOver.complete(second);
    window.open(second);
    window.see();
    // Longer than the first would have been on its way.
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(window.worker().drawn).toHaveLength(1);
    const [document = 0] = window.worker().drawn;
    expect(window.worker().has(document)).toEqual(second);
    expect(window.worker().told).toContainEqual({ type: "forget", document: expect.any(Number) as number });
  });

  it("sends a document anew whose file is lost with the worker", async () => {
    const handOver = new window.HandOver(bytesOf(first));
    window.worker().onerror?.({ message: "died" });
    handOver.complete(first);
    window.open(first);
    await untilDrawn();
    expect(Noting.all).toHaveLength(2);
    const [document = 0] = window.worker().drawn;
    expect(window.worker().has(document)).toEqual(first);
  });

  it("shows boxes that were drawn while the document was checked without asking for them, and has the rest drawn once they are seen", async () => {
    const handOver = new window.HandOver(bytesOf(first));
    const [node] = buildScene(first).nodes, [document = -1] = window.worker().told.flatMap((message) => (message.type === "bytes" ? [message.document] : []));
    window.worker().say({ type: "nodes", document, change: { changed: [], start: 0, removed: 0, inserted: node === undefined ? [] : [node] } });
    window.worker().say({ type: "end", document, head: HEAD });
    expect(window.usePicture.getState().scene).toBeUndefined();
    handOver.complete(first);
    window.open(first);
    await vi.waitFor(() => expect(window.usePicture.getState().scene?.nodes).toEqual([node]), { timeout: 20_000 });
    expect(window.worker().drawn).toEqual([]);
    window.see();
    expect(window.worker().drawn).toEqual([document]);
  });

  it("has a file drawn after edits that came before it was seen", () => {
    const handOver = new window.HandOver(bytesOf(first));
    handOver.complete(first);
    window.open(first);
    window.edit({ label: "rename", edits: [{ op: "replace", path: "/name", value: "Renamed" }] });
    expect(window.worker().told.map(({ type }) => type)).toEqual(["facts", "bytes"]);
    window.see();
    expect(window.worker().told.map(({ type }) => type)).toEqual(["facts", "bytes", "draw", "edits"]);
  });

  it("does not draw a file that was replaced before it was seen", () => {
    const handOver = new window.HandOver(bytesOf(first));
    handOver.complete(first);
    window.open(first);
    window.open({ format: first.format, name: "empty" });
    window.see();
    expect(window.worker().drawn).toEqual([]);
  });

  it("forgets a file that is no document", () => {
    const handOver = new window.HandOver(bytesOf(first));
    handOver.giveUp();
    expect(window.worker().told.at(-1)).toEqual({ type: "forget", document: expect.any(Number) as number });
    window.open(second);
    expect(window.usePicture.getState().scene).toBeUndefined();
  });

  it("says that a picture is not of the document as it is, where it could not be drawn anew", async () => {
    window.open(first);
    await untilDrawn();
    const [document = 0] = window.worker().drawn;
    window.worker().say({ type: "failed", document, message: "too steep" });
    await vi.waitFor(() => expect(window.usePicture.getState().failure).toBe("too steep"), { timeout: 20_000 });
    expect(window.useSession.getState().toasts).toEqual([]);
    window.worker().say({ type: "end", document, head: HEAD });
    window.worker().say({ type: "failed", document, message: "too steep" });
    await vi.waitFor(() => expect(window.useSession.getState().toasts.at(-1)?.text).toContain("shows an earlier state: too steep"), { timeout: 20_000 });
  });
});

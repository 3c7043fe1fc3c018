/** The window's side of the analysis worker: keeps it in step with the document and turns its answers into state. */
import { diffTopologies } from "../../shared/model/diff";
import { formatTopology } from "../../shared/model/canonical";
import type { RulesFile } from "../../shared/ipc";
import type { Topology } from "../../shared/model/topology";
import type { Finding } from "../../shared/analysis/result";
import { resetAnalysis, useAnalysis } from "../store/analysis";
import { isDrawnApart, useDocument } from "../store/document";
import { afterFirstPicture } from "../store/first-picture";
import { changesAnalysis } from "./changes";
import { Assembly } from "./pieces";
import type { AskName, Asks, FromWorker, ProgressOf, SegmentBrief, ToWorker } from "./protocol";

/** Changes are sent when nothing has come for so long; a burst of typing is one analysis. */
const QUIET_MS = 40;

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (reason: Error) => void;
  readonly onProgress: ((progress: never) => void) | undefined;
}

let worker: Worker | undefined;
let sent: Topology | undefined;
/** The file of rules beside the document, and what of it the worker has. */
let rules: RulesFile = { status: "none" };
let rulesSent: RulesFile | undefined;
let generation = -1;
let revision = 0;
/** That of the document as it was opened. */
let firstRevision = 0;
let lastAsk = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
let giveUpWaiting: (() => void) | undefined;
const waiting = new Map<number, Waiting>();
/** What has come of the answer that is being received. */
let parts: { findings: Finding[]; segments: SegmentBrief[] } = { findings: [], segments: [] };
const starts: (() => void)[] = [];
const assemblies = new Map<number, Assembly>();
/** A document that the worker read and holds already. */
let held: { readonly ask: number; readonly topology: Topology } | undefined;

/** Starts the worker and follows the document for as long as the window lives. */
export function startAnalysis(): void {
  useDocument.subscribe(syncSoon);
  sync();
}

/** The first picture of a large document comes before its analysis. */
function syncSoon(): void {
  stopWaiting();
  const wait = (): void => { timer = setTimeout(sync, QUIET_MS); };
  if (useDocument.getState().generation === generation) wait();
  else giveUpWaiting = afterFirstPicture(wait);
}

function stopWaiting(): void {
  clearTimeout(timer);
  giveUpWaiting?.();
}

/** The rules of one's own that the document is judged by from now on. Answers whether they are others than before. */
export function judgeBy(file: RulesFile): boolean {
  if (sameRules(file, rules)) return false;
  rules = file;
  syncSoon();
  return true;
}

/** The file of rules that the document is judged by. */
export function rulesInUse(): RulesFile {
  return rules;
}

function sameRules(a: RulesFile, b: RulesFile): boolean {
  if (a.status !== "read" || b.status !== "read") return a.status === b.status && JSON.stringify(a) === JSON.stringify(b);
  return a.name === b.name && a.bytes.length === b.bytes.length && a.bytes.every((byte, index) => byte === b.bytes[index]);
}

/** Calls back whenever a worker has been started anew, and at once if one runs. */
export function whenAnalysisStarts(listener: () => void): void {
  starts.push(listener);
  if (worker !== undefined) listener();
}

/** Gives the worker the way to the picture's worker. */
export function tellPicture(port: MessagePort): void {
  if (worker !== undefined) post({ type: "picture", port }, [port]);
}

interface AskOptions<K extends AskName> {
  readonly transfer?: Transferable[];
  /** Nobody waits for the answer any more once this is aborted; the promise rejects then. Of what can be given up (`Asks`). */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ProgressOf<K>) => void;
}

/** Asks the worker about the document as it is now. Rejects with a message for people. */
export function ask<K extends AskName>(name: K, given: Asks[K]["arguments"], { transfer = [], signal, onProgress }: AskOptions<K> = {}): Promise<Asks[K]["answer"]> {
  sync();
  lastAsk += 1;
  const id = lastAsk;
  signal?.addEventListener("abort", () => { if (waiting.has(id)) post({ type: "giveUp", ask: id }); }, { once: true });
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject, onProgress });
    post({ type: "ask", ask: id, name, arguments: given } as ToWorker, transfer);
  });
}

export type ReadDocument = { readonly ok: true; readonly topology: Topology; readonly migratedFrom: string | undefined } | { readonly ok: false; readonly problems: readonly string[] };

/** Reads a document in the worker, which hands it over in pieces and goes on with its own copy. Takes the bytes away. */
export async function readDocument(bytes: Uint8Array<ArrayBuffer>): Promise<ReadDocument> {
  const answer = ask("read", { bytes }, { transfer: [bytes.buffer] });
  const id = lastAsk;
  const assembly = new Assembly();
  assemblies.set(id, assembly);
  try {
    const result = await answer;
    if (!result.ok) return result;
    held = { ask: id, topology: assembly.topology };
    return { ok: true, topology: assembly.topology, migratedFrom: result.migratedFrom };
  } finally {
    assemblies.delete(id);
  }
}

/** The canonical text of the document as it is, made where nobody waits for the window. */
export function documentText(topology: Topology): Promise<string> {
  return isDrawnApart(topology) ? ask("text", {}) : Promise.resolve(formatTopology(topology));
}

/** Sends what changed since the last time. */
function sync(): void {
  stopWaiting();
  const state = useDocument.getState();
  if (worker === undefined) startWorker();
  if (sent === undefined || state.generation !== generation) {
    generation = state.generation;
    sent = state.topology;
    revision += 1;
    firstRevision = revision;
    resetAnalysis();
    if (held?.topology === state.topology) post({ type: "adopt", revision, generation, ask: held.ask, rules });
    else {
      const bytes = new TextEncoder().encode(formatTopology(state.topology));
      post({ type: "document", revision, generation, bytes, rules }, [bytes.buffer]);
    }
    held = undefined;
    rulesSent = rules;
    return;
  }
  if (rules !== rulesSent) {
    rulesSent = rules;
    revision += 1;
    useAnalysis.setState({ state: "stale" });
    post({ type: "rules", revision, rules });
  }
  if (state.topology === sent) return;
  const edits = diffTopologies(sent, state.topology);
  sent = state.topology;
  if (edits.length === 0) return;
  if (changesAnalysis(edits)) {
    revision += 1;
    useAnalysis.setState({ state: "stale" });
  }
  post({ type: "edits", revision, edits });
}

function post(message: ToWorker, transfer: Transferable[] = []): void {
  worker?.postMessage(message, transfer);
}

function startWorker(): void {
  worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  worker.onmessage = ({ data }: MessageEvent<FromWorker>) => receive(data);
  worker.onerror = (event) => crashed(event.message);
  parts = { findings: [], segments: [] };
  for (const started of starts) started();
}

function receive(message: FromWorker): void {
  switch (message.type) {
    case "part":
      for (const finding of message.findings) parts.findings.push(finding);
      for (const segment of message.segments) parts.segments.push(segment);
      return;
    case "analysis": {
      const whole = { ...message.result, ...parts };
      parts = { findings: [], segments: [] };
      // An answer about an older state is worth showing while a newer one is on its way, but not one about another document.
      if (message.revision >= firstRevision) useAnalysis.setState({ ...whole, failure: undefined, state: message.revision === revision ? "fresh" : "stale" });
      return;
    }
    case "piece":
      assemblies.get(message.ask)?.add(message.piece);
      return;
    case "progress":
      return waiting.get(message.ask)?.onProgress?.(message.progress as never);
    case "failed":
      useAnalysis.setState({ state: "failed", failure: message.message });
      return;
    case "answer":
      waiting.get(message.ask)?.resolve(message.value as never);
      waiting.delete(message.ask);
      return;
    case "refusal":
      waiting.get(message.ask)?.reject(new Error(message.message));
      waiting.delete(message.ask);
  }
}

/** A worker that died is replaced at the next change; the document itself is in the window and lost nothing. */
function crashed(message: string): void {
  worker?.terminate();
  worker = undefined;
  sent = undefined;
  held = undefined;
  useAnalysis.setState({ state: "failed", failure: message });
  for (const { reject } of waiting.values()) reject(new Error(`The analysis stopped: ${message}`));
  waiting.clear();
}

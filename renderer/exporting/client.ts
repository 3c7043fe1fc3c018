/** The window's side of the export worker: it is there from the first question until `endExporting` or `restExporting`, or until the document is another. */
import type { RulesFile } from "../../shared/ipc";
import type { Topology } from "../../shared/model/topology";
import { documentText, rulesInUse } from "../analysis/client";
import { useDocument } from "../store/document";
import type { ExporterAskName, ExporterAsks, FromExporter, Progress, ToExporter } from "./protocol";

/** The work was given up by the user. */
export class GivenUp extends Error {}

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (reason: Error) => void;
  readonly tell: (progress: Progress) => void;
}

interface Running {
  readonly worker: Worker;
  readonly topology: Topology;
  readonly rules: RulesFile;
  readonly waiting: Map<number, Waiting>;
  /** The worker has the document. */
  readonly ready: Promise<void>;
}

let running: Running | undefined;
let lastAsk = 0;

/** Asks about the document as it is now. Rejects with a message for people, or with `GivenUp`. */
export async function askExporter<K extends ExporterAskName>(name: K, given: ExporterAsks[K]["arguments"], tell: (progress: Progress) => void = () => undefined): Promise<ExporterAsks[K]["answer"]> {
  const { worker, waiting, ready } = start();
  lastAsk += 1;
  const ask = lastAsk;
  return new Promise((resolve, reject) => {
    waiting.set(ask, { resolve, reject, tell });
    // Where the document does not come, `start` ends what waits for it.
    ready.then(() => worker.postMessage({ type: "ask", ask, name, arguments: given } as ToExporter), () => undefined);
  });
}

/** Ends whatever is being made: nothing comes of it. */
export function endExporting(): void {
  end(new GivenUp("It was given up"));
}

/** Lets go of the worker and its copy of the document, unless something is being made still. */
export function restExporting(): void {
  if (running?.waiting.size === 0) endExporting();
}

function end(reason: Error): void {
  const ended = running;
  running = undefined;
  ended?.worker.terminate();
  for (const { reject } of ended?.waiting.values() ?? []) reject(reason);
}

function start(): Running {
  const { topology } = useDocument.getState(), rules = rulesInUse();
  if (running?.topology === topology && running.rules === rules) return running;
  end(new GivenUp("The document has changed meanwhile"));
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  const ready = documentText(topology).then((text) => worker.postMessage({ type: "document", text, rules } satisfies ToExporter));
  const own: Running = { worker, topology, rules, waiting: new Map(), ready };
  ready.catch((error: unknown) => { if (running === own) end(error instanceof Error ? error : new Error(String(error))); });
  worker.onmessage = ({ data }: MessageEvent<FromExporter>) => receive(own, data);
  worker.onerror = (event) => {
    if (running === own) end(new Error(`The export stopped: ${event.message}`));
  };
  running = own;
  return own;
}

function receive({ waiting }: Running, message: FromExporter): void {
  const asked = waiting.get(message.ask);
  if (message.type === "progress") return asked?.tell(message.progress);
  waiting.delete(message.ask);
  if (message.type === "answer") asked?.resolve(message.value as never);
  else asked?.reject(new Error(message.message));
}

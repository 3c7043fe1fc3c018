/** The window's side of the picture's worker: keeps it in step with a large document and shows what it draws. */
import type { Scene } from "../../shared/diagram/elements";
import { buildScene } from "../../shared/diagram/scene";
import { diffTopologies } from "../../shared/model/diff";
import type { Topology } from "../../shared/model/topology";
import { tellPicture, whenAnalysisStarts } from "../analysis/client";
import { piecesOf } from "../analysis/pieces";
import { useArranging } from "../store/arranging";
import { isDrawnApart, useDocument } from "../store/document";
import { afterFirstPicture } from "../store/first-picture";
import { usePicture } from "../store/picture";
import { toast } from "../store/session";
import { Slices, windowTime } from "../ui/slices";
import { SceneAssembly } from "./assembly";
import type { FromPicture, ToPicture } from "./protocol";

let worker: Worker | undefined;
let lastDocument = 0;
/** The document that the worker draws, as it has it. */
let drawn: { readonly document: number; readonly generation: number; topology: Topology } | undefined;
let assembly = new SceneAssembly();
/** A file that the worker lays out while it is read and checked; `topology` once it was. */
let ahead: { readonly document: number; readonly assembly: SceneAssembly; readonly topology?: Topology; scene?: Scene } | undefined;
const slices = new Slices(windowTime, 8);
let isSending = false;
let giveUpWaiting: (() => void) | undefined;

/** Follows the document, and what an arrangement would make of it, for as long as the window lives. */
export function startPicture(): void {
  useDocument.subscribe(sync);
  useArranging.subscribe(sync);
  whenAnalysisStarts(connect);
}

/** Has the worker ready before there is anything to draw: who opens a large file need not wait until its code has come. */
export function warmPicture(): void {
  started();
}

/** Hands a file over while it is read and checked. */
export class HandOver {
  private readonly document = ++lastDocument;

  constructor(bytes: Uint8Array<ArrayBuffer>) {
    forgetAhead();
    ahead = { document: this.document, assembly: new SceneAssembly() };
    post({ type: "bytes", document: this.document, bytes }, [bytes.buffer]);
  }

  /** It is this document, and about to be shown. If the worker has died meanwhile, it is sent anew then. */
  complete(topology: Topology): void {
    if (ahead?.document === this.document) ahead = { ...ahead, topology };
  }

  giveUp(): void {
    if (ahead?.document === this.document) forgetAhead();
  }
}

function forgetAhead(): void {
  if (ahead !== undefined) post({ type: "forget", document: ahead.document });
  ahead = undefined;
}

/** Sends what has changed since the last time. */
function sync(): void {
  const { topology: written, generation } = useDocument.getState();
  if (isSending && drawn?.generation === generation) return;
  if (!isDrawnApart(written)) return stop();
  const { layout } = useArranging.getState();
  const topology = layout === undefined ? written : { ...written, layout };
  if (drawn?.generation !== generation) return begin(written, generation);
  if (topology === drawn.topology) return;
  const edits = diffTopologies(drawn.topology, topology);
  drawn.topology = topology;
  if (edits.length > 0) post({ type: "edits", edits });
}

/** Another document, or one that has grown beyond what is drawn at once: its last picture is shown until there is a new one. */
function begin(topology: Topology, generation: number): void {
  const { scene, generation: shown } = usePicture.getState();
  const isGrown = useDocument.getState().history.past.length > 0;
  const held = ahead?.topology === topology ? ahead : undefined;
  if (held === undefined) forgetAhead();
  ahead = undefined;
  letGo();
  const document = held?.document ?? ++lastDocument;
  assembly = held?.assembly ?? new SceneAssembly();
  drawn = { document, generation, topology };
  if (shown !== generation || scene === undefined) usePicture.setState({ scene: isGrown ? buildScene(topology) : undefined, generation, failure: undefined });
  const boxes = held?.scene;
  if (boxes !== undefined) whileDrawn(document, () => usePicture.setState({ scene: boxes }));
  const draw = (): void => {
    isSending = false;
    post({ type: "draw", document, generation });
    sync();
  };
  isSending = true;
  // Its boxes are told unasked, and seen before the rest is drawn.
  if (held !== undefined) giveUpWaiting = afterFirstPicture(draw);
  else slices.start(sendAll(topology, document), draw, (error) => failed(document, String(error)));
}

function* sendAll(topology: Topology, document: number): Generator<undefined, void, undefined> {
  for (const piece of piecesOf(topology)) {
    post({ type: "piece", document, piece });
    yield;
  }
}

/** The document is small: it is drawn where it is shown. */
function stop(): void {
  if (ahead?.topology !== undefined) forgetAhead();
  if (drawn === undefined) return;
  letGo();
  usePicture.setState({ scene: undefined, generation: -1, failure: undefined });
}

/** What was drawn, or was on its way to be, is not wanted any more. */
function letGo(): void {
  if (drawn === undefined) return;
  stopSending();
  post({ type: "forget", document: drawn.document });
  drawn = undefined;
}

function stopSending(): void {
  slices.cancel();
  giveUpWaiting?.();
  isSending = false;
}

function post(message: ToPicture, transfer: Transferable[] = []): void {
  started().postMessage(message, transfer);
}

function started(): Worker {
  if (worker !== undefined) return worker;
  worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  worker.onmessage = ({ data }: MessageEvent<FromPicture>) => receive(data);
  worker.onerror = (event) => crashed(event.message);
  connect();
  return worker;
}

/** The two workers talk to one another of what colours the picture; the window need not carry it. */
function connect(): void {
  if (worker === undefined) return;
  const { port1, port2 } = new MessageChannel();
  worker.postMessage({ type: "facts", port: port1 } satisfies ToPicture, [port1]);
  tellPicture(port2);
}

function receive(message: FromPicture): void {
  if (message.document === ahead?.document) return receiveAhead(message, ahead);
  if (message.document !== drawn?.document) return;
  switch (message.type) {
    case "nodes": return assembly.addNodes(message);
    case "cables": return assembly.addCables(message);
    case "end": {
      const scene = assembly.end(message.head);
      return whileDrawn(message.document, () => usePicture.setState({ scene, failure: undefined }));
    }
    case "failed": return whileDrawn(message.document, () => failed(message.document, message.message));
  }
}

/** As a task of its own: to show a large scene takes about as long as to put it together. */
function whileDrawn(document: number, task: () => void): void {
  windowTime.later(() => { if (drawn?.document === document) task(); });
}

/** The picture of a document that is not open yet, and may never be. */
function receiveAhead(message: FromPicture, of: NonNullable<typeof ahead>): void {
  switch (message.type) {
    case "nodes": return of.assembly.addNodes(message);
    case "cables": return of.assembly.addCables(message);
    case "end": of.scene = of.assembly.end(message.head);
  }
}

function failed(document: number, message: string): void {
  if (drawn?.document === document) tellFailure(message);
}

/** In place of a picture, or, where there is one, beside it: it does not show the document as it is. */
function tellFailure(message: string): void {
  usePicture.setState({ failure: message });
  if (usePicture.getState().scene !== undefined) toast(`The picture could not be drawn anew and shows an earlier state: ${message}. The document is unharmed.`, "error");
}

/** A worker that died is replaced at the next change; its picture stays meanwhile. */
function crashed(message: string): void {
  worker?.terminate();
  worker = undefined;
  ahead = undefined;
  stopSending();
  drawn = undefined;
  tellFailure(message);
}

/** The window's side of the picture's worker: keeps it in step with a large document and shows what it draws. */
import { buildScene } from "../../shared/diagram/scene";
import { diffTopologies } from "../../shared/model/diff";
import type { Topology } from "../../shared/model/topology";
import { tellPicture, whenAnalysisStarts } from "../analysis/client";
import { piecesOf, type Piece } from "../analysis/pieces";
import { useArranging } from "../store/arranging";
import { isDrawnApart, useDocument } from "../store/document";
import { usePicture } from "../store/picture";
import { toast } from "../store/session";
import { Slices, windowTime } from "../ui/slices";
import { SceneAssembly } from "./assembly";
import type { FromPicture, ToPicture } from "./protocol";

let worker: Worker | undefined;
let lastDocument = 0;
/** Documents up to this number were handed to a worker that has died, as a whole or in part. */
let lastLost = 0;
/** The document that the worker draws, as it has it. */
let drawn: { readonly document: number; readonly generation: number; topology: Topology } | undefined;
let assembly = new SceneAssembly();
/** A document whose pieces were handed over while it was read. */
let held: { readonly document: number; readonly topology: Topology } | undefined;
const slices = new Slices(windowTime, 8);
let isSending = false;

/** Follows the document, and what an arrangement would make of it, for as long as the window lives. */
export function startPicture(): void {
  useDocument.subscribe(sync);
  useArranging.subscribe(sync);
  whenAnalysisStarts(connect);
}

/** Hands a document over while it is being read. */
export class HandOver {
  private readonly document = ++lastDocument;

  add(piece: Piece): void {
    post({ type: "piece", document: this.document, piece });
  }

  /** All pieces have been added; the document is about to be shown. If some of them are lost, it is sent anew then. */
  complete(topology: Topology): void {
    if (this.document > lastLost) held = { document: this.document, topology };
  }

  giveUp(): void {
    post({ type: "forget", document: this.document });
  }
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
  const document = held?.topology === topology ? held.document : ++lastDocument;
  const isHeld = held !== undefined && held.document === document;
  if (held !== undefined && !isHeld) post({ type: "forget", document: held.document });
  held = undefined;
  letGo();
  assembly = new SceneAssembly();
  drawn = { document, generation, topology };
  if (shown !== generation || scene === undefined) usePicture.setState({ scene: isGrown ? buildScene(topology) : undefined, generation, failure: undefined });
  const draw = (): void => {
    isSending = false;
    post({ type: "draw", document, generation });
    sync();
  };
  if (isHeld) return draw();
  isSending = true;
  slices.start(sendAll(topology, document), draw, (error) => failed(document, String(error)));
}

function* sendAll(topology: Topology, document: number): Generator<undefined, void, undefined> {
  for (const piece of piecesOf(topology)) {
    post({ type: "piece", document, piece });
    yield;
  }
}

/** The document is small: it is drawn where it is shown. */
function stop(): void {
  if (held !== undefined) post({ type: "forget", document: held.document });
  held = undefined;
  if (drawn === undefined) return;
  letGo();
  usePicture.setState({ scene: undefined, generation: -1, failure: undefined });
}

/** What was drawn, or was on its way to be, is not wanted any more. */
function letGo(): void {
  if (drawn === undefined) return;
  slices.cancel();
  isSending = false;
  post({ type: "forget", document: drawn.document });
  drawn = undefined;
}

function post(message: ToPicture): void {
  if (worker === undefined) {
    worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }: MessageEvent<FromPicture>) => receive(data);
    worker.onerror = (event) => crashed(event.message);
    connect();
  }
  worker.postMessage(message);
}

/** The two workers talk to one another of what colours the picture; the window need not carry it. */
function connect(): void {
  if (worker === undefined) return;
  const { port1, port2 } = new MessageChannel();
  worker.postMessage({ type: "facts", port: port1 } satisfies ToPicture, [port1]);
  tellPicture(port2);
}

function receive(message: FromPicture): void {
  if (message.document !== drawn?.document) return;
  switch (message.type) {
    case "nodes": return assembly.addNodes(message);
    case "cables": return assembly.addCables(message);
    case "end": return usePicture.setState({ scene: assembly.end(message.head), failure: undefined });
    case "failed": return failed(message.document, message.message);
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
  lastLost = lastDocument;
  held = undefined;
  slices.cancel();
  isSending = false;
  drawn = undefined;
  tellFailure(message);
}

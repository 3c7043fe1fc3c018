/**
 * The picture's worker: it lays a large document out, follows it by edits and hands over what has changed of its picture, in pieces that
 * the window receives without being held up.
 */
import { PictureMaker } from "./maker";
import { workerScope } from "../worker-scope";
import type { FromPicture, PictureFacts, ToPicture } from "./protocol";

const scope = workerScope<ToPicture, FromPicture>();

const maker = new PictureMaker((message, transfer) => scope.postMessage(message, transfer));
/** Where the analysis tells what colours the picture. */
let analysis: MessagePort | undefined;
let pending: ReturnType<typeof setTimeout> | undefined;

scope.onmessage = ({ data }) => {
  switch (data.type) {
    case "piece":
      return maker.add(data.document, data.piece);
    case "bytes":
      return maker.prepare(data.document, data.bytes);
    case "draw":
      return begin(data.document, data.generation);
    case "edits":
      maker.edit(data.edits);
      return schedule();
    case "forget":
      if (maker.forget(data.document)) analysis?.postMessage("unwanted");
      return;
    case "facts":
      return listen(data.port);
  }
};

function begin(document: number, generation: number): void {
  try {
    maker.begin(document, generation);
  } catch (error) {
    return failed(document, error);
  }
  analysis?.postMessage("wanted");
  schedule();
}

function failed(document: number, error: unknown): void {
  scope.postMessage({ type: "failed", document, message: error instanceof Error ? error.message : String(error) });
}

function listen(port: MessagePort): void {
  analysis?.close();
  analysis = port;
  port.onmessage = ({ data }: MessageEvent<PictureFacts>) => { if (maker.learn(data)) schedule(); };
  if (maker.isDrawing) port.postMessage("wanted");
}

/** Lets messages that wait come in first. */
function schedule(): void {
  pending ??= setTimeout(() => {
    pending = undefined;
    try {
      maker.draw();
    } catch (error) {
      failed(maker.document, error);
    }
  }, 0);
}

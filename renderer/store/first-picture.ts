/** What waits until a document that was opened is seen: whatever works meanwhile takes the processor from its first picture. */
import { isDrawnApart, useDocument } from "./document";
import { usePicture } from "./picture";
import { hidesCanvas, useSession } from "./session";

/** Nothing waits longer than so many milliseconds. */
const PATIENCE_MS = 3000;

/** Does something once the first picture of the open document stands on the screen, or none is going to; at once where that is so. Answers how to give it up. */
export function afterFirstPicture(task: () => void): () => void {
  if (!isAwaited()) {
    task();
    return () => undefined;
  }
  const proceed = (): void => { giveUp(); task(); };
  const look = (): void => { if (!isAwaited()) proceed(); };
  const timer = setTimeout(proceed, PATIENCE_MS);
  const subscriptions = [usePicture.subscribe(look), useSession.subscribe(look)];
  const giveUp = (): void => {
    clearTimeout(timer);
    for (const end of subscriptions) end();
  };
  return giveUp;
}

/** A small picture is drawn where it is shown, and one that failed or is behind another view is not seen. */
function isAwaited(): boolean {
  const { topology, generation } = useDocument.getState();
  const { seen, failure } = usePicture.getState();
  return seen !== generation && failure === undefined && isDrawnApart(topology) && !hidesCanvas(useSession.getState().view);
}

import { useSyncExternalStore } from "react";

/** Pixels of the screen per pixel of the page. Larger text changes it, and another screen. */
export function usePixelRatio(): number {
  return useSyncExternalStore(subscribe, () => devicePixelRatio);
}

function subscribe(changed: () => void): () => void {
  const stopped = new AbortController();
  // A query tells only that the ratio is another one than it asks for.
  const listen = (): void => {
    matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener("change", () => {
      listen();
      changed();
    }, { once: true, signal: stopped.signal });
  };
  listen();
  return () => stopped.abort();
}

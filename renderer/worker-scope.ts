/** A worker's side of its talk with the window. */
export interface WorkerScope<Told, Tells> {
  postMessage(message: Tells, transfer?: Transferable[]): void;
  onmessage: ((event: MessageEvent<Told>) => void) | null;
}

/** The worker that this runs in; the types of the renderer describe a page. */
export function workerScope<Told, Tells>(): WorkerScope<Told, Tells> {
  return globalThis as unknown as WorkerScope<Told, Tells>;
}

/** Following a file: looking whether it has come, gone or been replaced. */
import { unwatchFile, watchFile, type Stats } from "node:fs";

/** Milliseconds between two looks. Looking hears of a file that comes, goes or is replaced, on network drives too. */
const INTERVAL_MS = 1000;

/** Calls whenever the file is another than at the last look, until the answer is called. */
export function follow(path: string, changed: () => void, interval = INTERVAL_MS): () => void {
  const look = (now: Stats, before: Stats): void => {
    // Reading alone is a change too, of the time of access.
    if (now.mtimeMs !== before.mtimeMs || now.size !== before.size || now.ino !== before.ino) changed();
  };
  watchFile(path, { interval, persistent: false }, look);
  return () => unwatchFile(path, look);
}

import type { Progress } from "./protocol";

/** "Drawing pages: 3 of 40". */
export function progressWords(progress: Progress | undefined): string {
  if (progress === undefined) return "Drawing…";
  const { step, done, of } = progress;
  return done === undefined || of === undefined ? `${step}…` : `${step}: ${Math.min(done + 1, of).toLocaleString("en")} of ${of.toLocaleString("en")}`;
}

/** "1.2 MB". */
export function sizeWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

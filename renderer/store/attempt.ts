import { toast } from "./session";

/** Carries on with `work` without waiting for it. What goes wrong is told in a sentence that begins with `failure`: "The sample could not be opened". */
export function attempt(work: Promise<unknown>, failure: string): void {
  work.catch((error: unknown) => toast(`${failure}: ${reasonOf(error)}`, "error"));
}

/** What an error says, for people: without the frame that Electron puts around an answer of the main process. */
export function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/^Error invoking remote method '[^']*': (?:\w*Error: )?/, "");
}

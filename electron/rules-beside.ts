/** The file of rules of one's own beside the document that a window shows: read when asked for, and followed until another takes its place. */
import { basename } from "node:path";
import type { Handle, RulesFile } from "../shared/ipc";
import { rulesFileBeside } from "../shared/rules/custom/beside";
import type { Desk } from "./desk";
import type { DocumentWindow } from "./document-window";
import { follow } from "./follow";
import { sendRules } from "./ipc";
import { explainSystemError, readRegularFile } from "./read-document";

/** What lies beside the document of a handle now; from here on the window is told when that changes. */
export async function rulesBeside(desk: Desk, from: DocumentWindow, handle: Handle | null): Promise<RulesFile> {
  const file = desk.files.find(handle, from.id);
  const path = file === undefined ? undefined : rulesFileBeside(file.path);
  from.stopRules?.();
  from.stopRules = path === undefined || file === undefined ? undefined : followRules(path, (changed) => sendRules(from, { handle: file.handle, file: changed }));
  return path === undefined ? { status: "none" } : readRules(path);
}

/** Never rejects: a file that cannot be read is told as one. */
export async function readRules(path: string): Promise<RulesFile> {
  const name = basename(path);
  try {
    const bytes = await readRegularFile(path);
    return bytes === "too large" ? { status: "failed", name, message: "it is larger than 512 MiB" } : { status: "read", name, bytes };
  } catch (error) {
    return isMissing(error) ? { status: "none" } : { status: "failed", name, message: explainSystemError(error) };
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}

/** Tells what the file holds whenever it is another, until the answer is called. */
export function followRules(path: string, tell: (file: RulesFile) => void, interval?: number): () => void {
  let following = true;
  const stop = follow(path, () => {
    void readRules(path).then((file) => {
      if (following) tell(file);
    });
  }, interval);
  return () => {
    following = false;
    stop();
  };
}

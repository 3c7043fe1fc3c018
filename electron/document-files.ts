import { randomUUID } from "node:crypto";
import { readFile, realpath } from "node:fs/promises";
import { basename } from "node:path";
import type { Handle } from "../shared/ipc";
import { explainSystemError, fingerprint } from "./read-document";
import type { UnfinishedWrites } from "./unfinished-writes";

/** A file that a window has open. */
export interface OpenFile {
  readonly handle: Handle;
  readonly path: string;
  /** The window it belongs to; to any other the handle means nothing. Undefined until one shows it. */
  windowId: number | undefined;
  /** Fingerprint of the content last read or written here. */
  savedAs: string;
}

/** The only place that knows which handle is which path. */
export class DocumentFiles {
  private readonly byHandle = new Map<Handle, OpenFile>();

  /** Takes note of a file that was read or is about to be written. `savedAs` is the fingerprint of what it holds. */
  async register(path: string, savedAs: string): Promise<OpenFile> {
    const file: OpenFile = { handle: randomUUID(), path: await canonicalPath(path), windowId: undefined, savedAs };
    this.byHandle.set(file.handle, file);
    return file;
  }

  /** The file of a handle, if it belongs to that window. */
  find(handle: Handle | null, windowId: number): OpenFile | undefined {
    const file = handle === null ? undefined : this.byHandle.get(handle);
    return file?.windowId === windowId ? file : undefined;
  }

  /** The window that has a file open. */
  async windowShowing(path: string): Promise<number | undefined> {
    const wanted = await canonicalPath(path);
    return [...this.byHandle.values()].find((file) => file.path === wanted)?.windowId;
  }

  /** The window goes on with this file, or with none: whatever else it had open is forgotten. */
  give(windowId: number, handle: Handle | null): void {
    for (const file of this.byHandle.values()) {
      if (file.handle === handle) file.windowId = windowId;
      else if (file.windowId === windowId) this.byHandle.delete(file.handle);
    }
  }
}

/** Writes a document to its file and remembers what was written. Returns what went wrong in words, or nothing. */
export async function writeDocument(writes: UnfinishedWrites, file: OpenFile, text: string): Promise<string | undefined> {
  try {
    await writes.write(file.path, text);
    file.savedAs = fingerprint(text);
    return undefined;
  } catch (error) {
    return explainSystemError(error);
  }
}

/** True if the file holds something else than what was last read or written here. A file that is gone has not changed. */
export async function changedOnDisk(file: OpenFile): Promise<boolean> {
  const content = await readFile(file.path).catch(() => undefined);
  return content !== undefined && fingerprint(content) !== file.savedAs;
}

/** The file name that people know the document by. */
export function fileName(file: OpenFile): string {
  return basename(file.path);
}

/** The one path of a file, whatever links lead to it. */
export async function canonicalPath(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}

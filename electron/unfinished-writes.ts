import { randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isTemporary, writeAtomically } from "./atomic-file";

const EXTENSION = ".unfinished";

/**
 * Writes files of the user's, and takes note in the profile of what is for a moment beside them: a kill in the midst of it leaves
 * a hidden half, which the next start takes away. Only what is noted is, so that no other program loses a file.
 */
export class UnfinishedWrites {
  /** The single-instance lock makes sure that no other run writes what is noted here. */
  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const file of readdirSync(folder)) if (file.endsWith(EXTENSION)) clear(join(folder, file));
  }

  /** As `writeAtomically`. */
  async write(path: string, content: string | Uint8Array): Promise<void> {
    const note = join(this.folder, randomUUID() + EXTENSION);
    try {
      // A profile that is full or gone keeps nobody from saving.
      await writeAtomically(path, content, undefined, (temporary) => writeFile(note, temporary, { mode: 0o600 }).catch(() => undefined));
    } finally {
      await rm(note, { force: true }).catch(() => undefined);
    }
  }
}

/** Takes away what a note names, and the note. One that cannot be taken away now is tried again at the next start. */
function clear(note: string): void {
  try {
    const path = readFileSync(note, "utf8");
    if (isTemporary(path)) rmSync(path, { force: true });
    rmSync(note, { force: true });
  } catch {
    // Left for the next start.
  }
}

import { randomUUID } from "node:crypto";
import { chown, open, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, isAbsolute, join } from "node:path";

/**
 * Replaces a file's content so that at any moment either the old or the new content is there, whole: written beside it, forced
 * to the disk, renamed over it. The file's mode and, where the system allows it, its owner stay; a symbolic link stays a link.
 * Rejects with the system's error; the old content is then untouched. A kill leaves the half that was written beside it, under a name
 * that `isTemporary` knows and that `note` is told before the file is there.
 */
export async function writeAtomically(path: string, content: string | Uint8Array, newFileMode = 0o644, note?: (temporary: string) => Promise<void>): Promise<void> {
  const target = await realpath(path).catch(() => path);
  const before = await stat(target).catch(() => undefined);
  const temporary = join(dirname(target), `.${randomUUID()}.tmp`);
  await note?.(temporary);
  try {
    const file = await open(temporary, "wx", before === undefined ? newFileMode : before.mode & 0o777);
    try {
      await file.writeFile(content);
      if (before !== undefined) await file.chmod(before.mode & 0o777);
      await file.sync();
    } finally {
      await file.close();
    }
    // Only the superuser may give a file away; anybody else owns what they write, as with any editor.
    if (before !== undefined) await chown(temporary, before.uid, before.gid).catch(() => undefined);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(target));
}

/** Whether a path is one that `writeAtomically` makes for a moment. */
export function isTemporary(path: string): boolean {
  return isAbsolute(path) && /^\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.tmp$/.test(basename(path));
}

/** Makes the rename itself durable. Windows cannot open folders and needs no such step. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r").catch(() => undefined);
  if (handle === undefined) return;
  try {
    await handle.sync().catch(() => undefined);
  } finally {
    await handle.close();
  }
}

import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { RecoveredDocument } from "../shared/ipc";
import { writeAtomically } from "./atomic-file";

const EXTENSION = ".journal";
const header = z.object({ name: z.string(), path: z.string().nullable(), savedAs: z.string().nullable(), changedAt: z.number() });

/** An unsaved document as it was a moment ago. `savedAs` is the fingerprint of the file it was opened from. */
export interface Journal {
  readonly name: string;
  readonly path: string | null;
  readonly savedAs: string | null;
  readonly changedAt: number;
  readonly text: string;
}

interface Writing {
  /** The write under way and those that follow from it. */
  done: Promise<void>;
  /** Waits for the write under way; an older one in its place is dropped. null: remove the journal. */
  next?: Journal | null;
}

/**
 * Unsaved documents, one file each in the user's profile: a line of JSON about it, then its text. A file is replaced whole, so
 * a kill at any moment leaves the last snapshot or the one before. It goes away when the document is saved or given up.
 */
export class RecoveryJournals {
  /** Journals that an earlier run left. The single-instance lock makes sure that no other run still writes them. */
  private readonly leftBehind: Set<string>;
  private readonly writing = new Map<string, Writing>();

  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const files = readdirSync(folder);
    // A kill in the midst of writing leaves the half that was not renamed yet.
    for (const file of files) if (file.startsWith(".") && file.endsWith(".tmp")) rmSync(join(folder, file), { force: true });
    const ids = files.filter((file) => file.endsWith(EXTENSION)).map((file) => file.slice(0, -EXTENSION.length));
    this.leftBehind = new Set(ids);
  }

  /** Keeps a snapshot. While one is being written only the latest of those that follow is kept waiting. */
  async keep(id: string, journal: Journal): Promise<void> {
    await this.enqueue(id, journal);
  }

  async discard(id: string): Promise<void> {
    this.leftBehind.delete(id);
    await this.enqueue(id, null);
  }

  /** What an earlier run left, latest first. */
  async list(): Promise<RecoveredDocument[]> {
    const found = await Promise.all([...this.leftBehind].map(async (id) => ({ id, journal: await this.read(id) })));
    return found
      .flatMap(({ id, journal }) => (journal === undefined ? [] : [{ id, name: journal.name, changedAt: journal.changedAt }]))
      .sort((a, b) => b.changedAt - a.changedAt);
  }

  /** True for a journal of an earlier run that no window has taken up. */
  isLeftBehind(id: string): boolean {
    return this.leftBehind.has(id);
  }

  /**
   * A window goes on with the journal: it is no longer offered, and stays until the window saves or gives up. False where no earlier
   * run left it, or another window has it.
   */
  adopt(id: string): boolean {
    return this.leftBehind.delete(id);
  }

  /** No window goes on with the journal after all: it is offered again. */
  leave(id: string): void {
    this.leftBehind.add(id);
  }

  /** A journal's content; nothing if it is gone or damaged. */
  async read(id: string): Promise<Journal | undefined> {
    await this.writing.get(id)?.done;
    const content = await readFile(this.pathOf(id), "utf8").catch(() => undefined);
    const lineEnd = content?.indexOf("\n") ?? -1;
    if (content === undefined || lineEnd < 0) return undefined;
    const parsed = header.safeParse(parseJson(content.slice(0, lineEnd)));
    return parsed.success ? { ...parsed.data, text: content.slice(lineEnd + 1) } : undefined;
  }

  /** Resolves when everything handed over so far is on the disk. */
  async flush(): Promise<void> {
    await Promise.all([...this.writing.values()].map((one) => one.done));
  }

  private enqueue(id: string, journal: Journal | null): Promise<void> {
    const busy = this.writing.get(id);
    if (busy !== undefined) {
      busy.next = journal;
      return busy.done;
    }
    const writing: Writing = { done: Promise.resolve() };
    this.writing.set(id, writing);
    writing.done = this.drain(id, writing, journal);
    return writing.done;
  }

  private async drain(id: string, writing: Writing, first: Journal | null): Promise<void> {
    let current: Journal | null | undefined = first;
    while (current !== undefined) {
      delete writing.next;
      // A disk that is full must not take the program down; the window's own copy is still whole.
      await this.write(id, current).catch(() => undefined);
      current = writing.next;
    }
    this.writing.delete(id);
  }

  private async write(id: string, journal: Journal | null): Promise<void> {
    if (journal === null) return rm(this.pathOf(id), { force: true });
    const { text, ...about } = journal;
    return writeAtomically(this.pathOf(id), `${JSON.stringify(about)}\n${text}`, 0o600);
  }

  private pathOf(id: string): string {
    return join(this.folder, id + EXTENSION);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

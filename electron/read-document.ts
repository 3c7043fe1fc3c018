import { createHash, randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { basename } from "node:path";
import type { OpenResult } from "../shared/ipc";
import { formatProblem, parseTopology } from "../shared/model/parse";

/** The greatest file that is read, as the document format says. */
const MAX_DOCUMENT_BYTES = 512 * 1024 * 1024;
/** Problems handed to a window; a file with more is told by their number. */
const SHOWN_PROBLEMS = 200;

/** What a file held: its bytes, or why it is no document. */
export type ReadResult =
  | { readonly status: "read"; readonly name: string; readonly bytes: Uint8Array }
  | Extract<OpenResult, { status: "refused" | "failed" }>;

/** Reads a file and makes sure that it is a document. Never rejects. */
export async function readDocument(path: string): Promise<ReadResult> {
  const name = basename(path);
  try {
    const bytes = await readRegularFile(path);
    if (bytes === "too large") return refusal(name, ["$: the file is larger than 512 MiB; a document is smaller"], 1);
    return checkDocument(name, bytes);
  } catch (error) {
    return { status: "failed", name, message: explainSystemError(error) };
  }
}

/** Parses bytes as a document. */
export function checkDocument(name: string, bytes: Uint8Array): ReadResult {
  const parsed = parseTopology(bytes);
  if (parsed.ok) return { status: "read", name, bytes };
  return refusal(name, parsed.problems.slice(0, SHOWN_PROBLEMS).map(formatProblem), parsed.problems.length);
}

function refusal(name: string, problems: readonly string[], total: number): ReadResult {
  return { status: "refused", name, problems, total };
}

/** The bytes of a regular file. Devices and pipes are refused before anything is read of them. */
export async function readRegularFile(path: string): Promise<Uint8Array | "too large"> {
  // Opening a pipe would otherwise wait for a writer. Windows has neither.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const status = await file.stat();
    if (!status.isFile()) throw new Error("it is not a regular file");
    return status.size > MAX_DOCUMENT_BYTES ? "too large" : new Uint8Array(await file.readFile());
  } finally {
    await file.close();
  }
}

/** A file's text; what is not UTF-8 in it is replaced. Rejects with the system's error, or if it is larger than a document may be. */
export async function readText(path: string): Promise<string> {
  const bytes = await readRegularFile(path);
  if (bytes === "too large") throw new Error("it is larger than 512 MiB");
  return new TextDecoder().decode(bytes);
}

/** The text of inventory files. Never rejects. */
export async function readInventories(paths: readonly string[]): Promise<OpenResult> {
  const files: { name: string; text: string }[] = [];
  for (const path of paths) {
    try {
      files.push({ name: basename(path), text: await readText(path) });
    } catch (error) {
      return { status: "failed", name: basename(path), message: explainSystemError(error) };
    }
  }
  return { status: "import", journal: randomUUID(), files };
}

/** Names a content, to tell later whether a file still has it. */
export function fingerprint(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

const SYSTEM_ERRORS: Readonly<Record<string, string>> = {
  ENOENT: "it does not exist",
  EACCES: "you have no permission",
  EPERM: "you have no permission",
  EISDIR: "it is a folder",
  ENOTDIR: "a part of its path is not a folder",
  ENOSPC: "the disk is full",
  EDQUOT: "your disk quota is used up",
  EROFS: "the disk is read-only",
  EBUSY: "another program is using it",
  EMFILE: "too many files are open",
};

/** A system error in words, without the path that Node puts into its messages. */
export function explainSystemError(error: unknown): string {
  if (!(error instanceof Error)) return "the system gave no reason";
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  if (code === undefined) return error.message;
  return (Object.hasOwn(SYSTEM_ERRORS, code) ? SYSTEM_ERRORS[code] : undefined) ?? `the system says ${code}`;
}

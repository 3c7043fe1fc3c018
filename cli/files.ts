/** Files and standard streams of the command line. `-` is standard input or output. */
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { dirname, basename, join } from "node:path";
import { formatTopology } from "../shared/model/canonical";
import { formatProblem, parseTopology, type Problem } from "../shared/model/parse";
import type { Topology } from "../shared/model/topology";
import { plain } from "../shared/reports/plain";
import { InputError } from "./failure";

const MAX_BYTES = 512 * 1024 * 1024;

/** The bytes of a file; a missing, unreadable or too large one is the user's error. */
export function readBytes(file: string): Uint8Array {
  try {
    if (file !== "-" && statSync(file).size > MAX_BYTES) throw new InputError([`${plain(file)}:$: the file is over 512 MiB; a topology document is at most 512 MiB`]);
    return readFileSync(file === "-" ? 0 : file);
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError([`${plain(file)}:$: cannot be read (${reason(error)}); name a file that exists`]);
  }
}

/** One document, with the bytes it was read from; every problem of a refused one is listed. */
export function readTopology(file: string): { readonly topology: Topology; readonly bytes: Uint8Array } {
  const bytes = readBytes(file);
  const result = parseTopology(bytes);
  if (!result.ok) throw new InputError(result.problems.map((problem) => problemLine(file, problem)));
  return { topology: result.topology, bytes };
}

/** Whether a file is written as `fmt` would write its document. */
export function isCanonical(topology: Topology, bytes: Uint8Array): boolean {
  return Buffer.from(formatTopology(topology), "utf8").equals(bytes);
}

/** `FILE:PATH: what is wrong; what would be right`. */
export function problemLine(file: string, problem: Problem): string {
  return `${plain(file)}:${plain(formatProblem(problem))}`;
}

/** Writes a file whole or not at all: a temporary one beside it, flushed, then renamed. */
export function writeOutput(file: string, content: string | Uint8Array): void {
  write(file, [bytesOf(content)]);
}

/** The same from many pieces, of which never more than a few are in memory. */
export function writePieces(file: string, pieces: Iterable<string>): void {
  write(file, gathered(pieces));
}

function write(file: string, parts: Iterable<Uint8Array>): void {
  if (file === "-") {
    for (const part of parts) writeFully(1, part);
    return;
  }
  const temporary = join(dirname(file), `.${basename(file)}.${process.pid}.tmp`);
  try {
    const mode = existingMode(file);
    const descriptor = openSync(temporary, "w", mode);
    try {
      for (const part of parts) writeFully(descriptor, part);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw new InputError([`${plain(file)}:$: cannot be written (${reason(error)}); name a file in a folder you can write to`]);
  }
}

/** So many characters are written at a time. */
const WRITTEN_AT_ONCE = 65536;

function* gathered(pieces: Iterable<string>): Generator<Uint8Array> {
  let waiting = "";
  for (const piece of pieces) {
    waiting += piece;
    if (waiting.length < WRITTEN_AT_ONCE) continue;
    yield bytesOf(waiting);
    waiting = "";
  }
  yield bytesOf(waiting);
}

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === "string" ? Buffer.from(content, "utf8") : Buffer.from(content.buffer, content.byteOffset, content.byteLength);
}

function existingMode(file: string): number {
  try {
    return statSync(file).mode & 0o777;
  } catch {
    return 0o644;
  }
}

/** Standard output may be a pipe that takes part of the bytes, or is full for a moment. */
function writeFully(descriptor: number, bytes: Uint8Array): void {
  let written = 0;
  while (written < bytes.length) {
    try {
      written += writeSync(descriptor, bytes, written);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === "EPIPE") return;
      if (code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.message) : String(error);
}

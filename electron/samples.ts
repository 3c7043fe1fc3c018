import { randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { OpenResult, Sample } from "../shared/ipc";
import { readDocument } from "./read-document";

const EXTENSION = ".bulkhead.json";

/** The samples in a folder, by title. */
export async function listSamples(folder: string): Promise<Sample[]> {
  const files = (await readdir(folder).catch(() => [])).filter((file) => file.endsWith(EXTENSION));
  const samples = await Promise.all(files.map(async (file) => ({ name: file.slice(0, -EXTENSION.length), title: await title(join(folder, file)) })));
  return samples.sort((a, b) => a.title.localeCompare(b.title, "en"));
}

/** What the file of a sample holds. */
export async function readSample(folder: string, name: string): Promise<Uint8Array | null> {
  return readFile(join(folder, name + EXTENSION)).catch(() => null);
}

/** Opens a sample as a document that has no file yet. `name` is one of the list's. */
export async function openSample(folder: string, name: string): Promise<OpenResult> {
  const read = await readDocument(join(folder, name + EXTENSION));
  if (read.status !== "read") return read;
  return { status: "opened", journal: randomUUID(), file: { handle: null, name: read.name, bytes: read.bytes, recovered: false } };
}

async function title(path: string): Promise<string> {
  const content: unknown = JSON.parse(await readFile(path, "utf8"));
  const named = typeof content === "object" && content !== null && "name" in content ? content.name : undefined;
  return typeof named === "string" ? named : "Untitled";
}

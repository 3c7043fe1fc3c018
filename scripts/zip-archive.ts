import { inflateRawSync } from "node:zlib";

/** One file of a ZIP archive. */
export interface ZipEntry {
  readonly path: string;
  /** Unix permission bits; 0o644 where the archive has none. */
  readonly mode: number;
  /** Inflates the content. Throws if it is damaged. */
  read(): Buffer;
}

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const STORED = 0;
const DEFLATED = 8;
const FILE_TYPE_MASK = 0o170000;
const REGULAR_FILE = 0o100000;

/**
 * The regular files of a ZIP archive held in memory (PKWARE APPNOTE 6.3, without ZIP64 and encryption). Folders are left out.
 * Throws on a path that leaves the folder it is unpacked into and on anything that is neither a file nor a folder.
 */
export function* zipEntries(archive: Buffer): Generator<ZipEntry> {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || archive.readUInt32LE(end) !== END_OF_DIRECTORY) throw new Error("not a ZIP archive");
  const count = archive.readUInt16LE(end + 10);
  let at = archive.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    if (archive.readUInt32LE(at) !== DIRECTORY_ENTRY) throw new Error("damaged ZIP directory");
    const nameLength = archive.readUInt16LE(at + 28);
    const path = archive.toString("utf8", at + 46, at + 46 + nameLength);
    const entry = entryAt(archive, at, path);
    if (entry !== undefined) yield entry;
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
}

function entryAt(archive: Buffer, at: number, path: string): ZipEntry | undefined {
  if (!isInside(path)) throw new Error(`unsafe path in ZIP archive: ${JSON.stringify(path)}`);
  if (path.endsWith("/")) return undefined;
  const unixMode = archive.readUInt32LE(at + 38) >>> 16;
  const type = unixMode & FILE_TYPE_MASK;
  if (type !== 0 && type !== REGULAR_FILE) throw new Error(`not a regular file in ZIP archive: ${JSON.stringify(path)}`);
  const method = archive.readUInt16LE(at + 10);
  const packed = archive.readUInt32LE(at + 20);
  const size = archive.readUInt32LE(at + 24);
  const header = archive.readUInt32LE(at + 42);
  return {
    path,
    mode: unixMode === 0 ? 0o644 : unixMode & 0o777,
    read() {
      const start = header + 30 + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28);
      const bytes = archive.subarray(start, start + packed);
      if (method !== STORED && method !== DEFLATED) throw new Error(`unknown compression of ${path}`);
      const content = method === STORED ? bytes : inflateRawSync(bytes, { maxOutputLength: Math.max(size, 1) });
      if (content.length !== size) throw new Error(`damaged ZIP entry ${path}`);
      return content;
    },
  };
}

/** True for a relative path that stays in its folder. */
function isInside(path: string): boolean {
  return path !== "" && !path.startsWith("/") && !path.includes("\\") && !path.includes("\0") && !path.split("/").includes("..");
}

/** From the bytes of a file to text: size, encoding, byte order mark. */
import { problem, type Problem } from "./problem";

export const LARGEST_BYTES = 512 * 1024 * 1024;
const BYTE_ORDER_MARK = 0xfeff;

export type DecodedText = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly problem: Problem };

/** The text of a document without its byte order mark. Refuses what is over 512 MiB or not UTF-8 (RFC 3629). */
export function decodeText(input: string | Uint8Array): DecodedText {
  if (input.length > LARGEST_BYTES) return refuse("over 512 MiB", "a document of at most 512 MiB");
  if (typeof input === "string") return { ok: true, text: input.charCodeAt(0) === BYTE_ORDER_MARK ? input.slice(1) : input };
  try {
    return { ok: true, text: new TextDecoder("utf-8", { fatal: true }).decode(input) };
  } catch {
    const offset = firstBadByte(input);
    if (offset === undefined) return refuse("more text than this program can hold", "a document of at most 512 MiB");
    const byte = (input[offset] as number).toString(16).padStart(2, "0");
    return refuse(`not UTF-8: byte 0x${byte} at offset ${offset}`, "text encoded as UTF-8");
  }
}

function refuse(message: string, expected: string): DecodedText {
  return { ok: false, problem: problem("$", message, expected) };
}

/** The offset of the first byte that starts no UTF-8 sequence; undefined where all is well. */
function firstBadByte(bytes: Uint8Array): number | undefined {
  for (let i = 0; i < bytes.length;) {
    const length = sequenceLength(bytes, i);
    if (length === 0) return i;
    i += length;
  }
  return undefined;
}

/** The length of the well-formed sequence at an offset, 0 where there is none (Unicode 15, table 3-7). */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] as number;
  if (first < 0x80) return 1;
  const length = first >= 0xc2 && first <= 0xdf ? 2 : first >= 0xe0 && first <= 0xef ? 3 : first >= 0xf0 && first <= 0xf4 ? 4 : 0;
  // Overlong forms, surrogates and what lies beyond U+10FFFF are told by the second byte.
  const low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  for (let i = 1; i < length; i += 1) {
    const byte = bytes[at + i] ?? 0;
    if (byte < (i === 1 ? low : 0x80) || byte > (i === 1 ? high : 0xbf)) return 0;
  }
  return length;
}

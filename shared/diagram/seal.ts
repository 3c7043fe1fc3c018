/**
 * A SHA-256 of an exported file inside the file, so that a change of any byte is told: the picture, the words or what is embedded. It
 * tells accidents and careless edits, not forgers, who can seal again: they are told by drawing the file again from its document.
 *
 * Where it stands: in an attribute of the `<metadata>` element of SVG and HTML; in a `tEXt` chunk of PNG; as the file identifier of PDF
 * (ISO 32000-1, 14.4). While the hash is computed, the hash itself is zeros, or in PNG its chunk is away.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { chunkOf, isPng, withChunk, withoutChunk } from "./png-chunks";

export interface Seal {
  /** What the file says. */
  readonly stated: string;
  /** What it is. */
  readonly actual: string;
}

export const BLANK = "0".repeat(64);
const ATTRIBUTE = ' data-sha256="', KEYWORD = "bulkhead-sha256";
const encoder = new TextEncoder(), decoder = new TextDecoder();

/** The attribute with a seal to be filled in by `sealText`. */
export const BLANK_SEAL = `${ATTRIBUTE}${BLANK}"`;

/** Fills in the first blank seal of a text; one without stays as it is. */
export function sealText(text: string): string {
  const at = text.indexOf(BLANK_SEAL) + ATTRIBUTE.length;
  return at < ATTRIBUTE.length ? text : text.slice(0, at) + hashOf(encoder.encode(text)) + text.slice(at + BLANK.length);
}

function textSeal(bytes: Uint8Array): Seal | undefined {
  // By byte, as what is no UTF-8 any more would be mended by decoding.
  const at = indexOf(bytes, encoder.encode(ATTRIBUTE)) + ATTRIBUTE.length;
  const stated = decoder.decode(bytes.subarray(at, at + BLANK.length));
  return at < ATTRIBUTE.length || !isHash(stated) ? undefined : { stated, actual: hashOf(blanked(bytes, [at])) };
}

export function sealPng(png: Uint8Array): Uint8Array {
  return withChunk(png, "tEXt", encoder.encode(`${KEYWORD}\0${hashOf(png)}`), "last");
}

function pngSeal(png: Uint8Array): Seal | undefined {
  const stated = decoder.decode(chunkOf(png, "tEXt", `${KEYWORD}\0`));
  return isHash(stated) ? { stated, actual: hashOf(withoutChunk(png, "tEXt", `${KEYWORD}\0`)) } : undefined;
}

/** Fills in the file identifier of a PDF that was saved with two of `BLANK`. */
export function sealPdf(pdf: Uint8Array): Uint8Array {
  const found = identifierOf(pdf);
  if (found === undefined) return pdf;
  const sealed = Uint8Array.from(pdf), hash = encoder.encode(hashOf(pdf));
  for (const at of found.at) sealed.set(hash, at);
  return sealed;
}

/** The second part of the identifier changes whenever the file is saved, the first never does. */
function pdfSeal(pdf: Uint8Array): Seal | undefined {
  const found = identifierOf(pdf);
  if (found === undefined) return undefined;
  const [first, second] = found.at.map((at) => decoder.decode(pdf.subarray(at, at + BLANK.length)));
  return { stated: first ?? "", actual: first === second ? hashOf(blanked(pdf, found.at)) : (second ?? "") };
}

const IDENTIFIER = /^\/ID ?\[ ?<([0-9a-f]{64})> ?<([0-9a-f]{64})>/i;
const LONGEST_IDENTIFIER = 160;

/** Where the hexadecimal digits of both parts begin; the last such identifier of the file. */
function identifierOf(pdf: Uint8Array): { readonly at: readonly [number, number] } | undefined {
  for (let start = pdf.length - 4; start >= 0; start--) {
    if (pdf[start] !== 0x2f || pdf[start + 1] !== 0x49 || pdf[start + 2] !== 0x44) continue;
    const text = decoder.decode(pdf.subarray(start, start + LONGEST_IDENTIFIER)), match = IDENTIFIER.exec(text);
    if (match !== null) return { at: [start + text.indexOf("<") + 1, start + text.indexOf("<", text.indexOf(">")) + 1] };
  }
  return undefined;
}

/** Undefined where the file has none. */
export function sealOf(file: Uint8Array, kind: "svg" | "html" | "png" | "pdf"): Seal | undefined {
  if (kind === "png") return isPng(file) ? pngSeal(file) : undefined;
  return kind === "pdf" ? pdfSeal(file) : textSeal(file);
}

function blanked(bytes: Uint8Array, places: readonly number[]): Uint8Array {
  const copy = Uint8Array.from(bytes);
  for (const at of places) copy.fill(0x30, at, at + BLANK.length);
  return copy;
}

function hashOf(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes));
}

function isHash(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}

function indexOf(bytes: Uint8Array, wanted: Uint8Array): number {
  const first = wanted[0] ?? 0;
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (wanted.every((byte, index) => bytes[at + index] === byte)) return at;
  }
  return -1;
}

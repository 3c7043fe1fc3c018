/** A glance at a JSON text before it is parsed: how many members its objects have, and whether it nests too deep. */

const BLANK = 0x20;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
/** Brackets and braces lie above all else that stands outside of strings but letters. */
const LOWEST_BRACKET = 0x5b;

/**
 * How many members the objects of a JSON text, in UTF-8, have together, repeated keys included: as many as there are colons outside of its
 * strings. Undefined where nesting is deeper than asked for. Of a text that is no JSON the answer says nothing.
 */
export function countMembers(bytes: Uint8Array, deepest: number): number | undefined {
  let members = 0;
  let depth = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const code = bytes[at] as number;
    if (code <= BLANK) continue;
    if (code === QUOTE) at = endOfString(bytes, at + 1);
    else if (code === COLON) members += 1;
    else if (code >= LOWEST_BRACKET) {
      if (code === 0x5b || code === 0x7b) {
        depth += 1;
        if (depth > deepest) return undefined;
      } else if (code === 0x5d || code === 0x7d) depth -= 1;
    }
  }
  return members;
}

/** Where the quote is that ends the string; the end of the text where there is none. */
function endOfString(bytes: Uint8Array, start: number): number {
  let at = start;
  for (; at < bytes.length; at += 1) {
    const code = bytes[at];
    if (code === QUOTE) break;
    if (code === BACKSLASH) at += 1;
  }
  return at;
}

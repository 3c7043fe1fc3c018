/** C0, DEL, C1, and the marks and overrides that reorder or break a line: code points, inclusive ranges. */
const UNSAFE: readonly (readonly [number, number])[] = [[0, 0x1f], [0x7f, 0x9f], [0x200e, 0x200f], [0x2028, 0x202e], [0x2066, 0x2069]];

/** Text from a document made safe to print: control and bidirectional characters become visible escapes, so that a name cannot drive a terminal. */
export function plain(text: string): string {
  let result = "";
  let clean = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    // Nearly all are: no look at the ranges.
    if (code > 0x1f && code < 0x7f) continue;
    if (!UNSAFE.some(([low, high]) => code >= low && code <= high)) continue;
    result += text.slice(clean, index) + (code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`);
    clean = index + 1;
  }
  return result + text.slice(clean);
}

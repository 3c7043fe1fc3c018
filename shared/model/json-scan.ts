/**
 * A strict reader of JSON's grammar (RFC 8259) that builds nothing. It finds what `JSON.parse` does not tell: repeated keys,
 * `__proto__`, nesting that is too deep, and the exact place of a syntax error. It is linear and keeps its own stack.
 */
import type { PathSegment } from "./path";

export type ScanFault =
  /** Not JSON from here on. `found` is empty at the end of the text. */
  | { readonly kind: "syntax"; readonly offset: number; readonly found: string; readonly expected: string }
  | { readonly kind: "depth"; readonly offset: number }
  | { readonly kind: "duplicate" | "proto"; readonly offset: number; readonly path: readonly PathSegment[] };

/** One open object or list. Frames are kept per level and used again. */
interface Frame {
  isList: boolean;
  key: string;
  index: number;
  readonly keys: Set<string>;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const HEX = /[0-9a-fA-F]{4}/y;

/** Every fault of the text, in order; a syntax or depth fault is the last. */
export function scanJson(text: string, deepest: number): ScanFault[] {
  return new Scanner(text, deepest).scan();
}

class SyntaxFault extends Error {
  constructor(readonly offset: number, readonly expected: string) {
    super(expected);
  }
}

class Scanner {
  private at = 0;
  private depth = 0;
  private readonly frames: Frame[] = [];
  private readonly faults: ScanFault[] = [];

  constructor(private readonly text: string, private readonly deepest: number) {}

  scan(): ScanFault[] {
    try {
      this.document();
    } catch (fault) {
      if (!(fault instanceof SyntaxFault)) throw fault;
      const found = String.fromCodePoint(...[this.text.codePointAt(fault.offset)].filter((point) => point !== undefined));
      this.faults.push({ kind: "syntax", offset: fault.offset, found, expected: fault.expected });
    }
    return this.faults;
  }

  private document(): void {
    if (!this.value("a JSON object")) return;
    while (this.depth > 0) {
      const frame = this.frames[this.depth - 1] as Frame;
      if (!(frame.isList ? this.listItem(frame) : this.member(frame))) return;
    }
    this.blanks();
    if (this.at < this.text.length) throw new SyntaxFault(this.at, "nothing after the document");
  }

  /** The next item of a list, or its end. False where nesting is too deep. */
  private listItem(frame: Frame): boolean {
    this.blanks();
    const code = this.text.charCodeAt(this.at);
    if (code === 0x5d) return this.close();
    if (frame.index >= 0) {
      if (code !== COMMA) throw new SyntaxFault(this.at, "a comma or ]");
      this.at += 1;
    }
    frame.index += 1;
    return this.value(frame.index === 0 ? "a value or ]" : "a value");
  }

  /** The next member of an object, or its end. False where nesting is too deep. */
  private member(frame: Frame): boolean {
    this.blanks();
    const code = this.text.charCodeAt(this.at);
    if (code === 0x7d) return this.close();
    if (frame.index >= 0) {
      if (code !== COMMA) throw new SyntaxFault(this.at, "a comma or }");
      this.at += 1;
      this.blanks();
    }
    frame.index += 1;
    if (this.text.charCodeAt(this.at) !== QUOTE) throw new SyntaxFault(this.at, frame.index === 0 ? "a key in double quotes or }" : "a key in double quotes");
    this.key(frame);
    this.blanks();
    if (this.text.charCodeAt(this.at) !== COLON) throw new SyntaxFault(this.at, "a colon");
    this.at += 1;
    return this.value("a value");
  }

  private key(frame: Frame): void {
    const start = this.at;
    const escaped = this.string();
    const written = this.text.slice(start + 1, this.at - 1);
    frame.key = escaped ? (JSON.parse(`"${written}"`) as string) : written;
    if (frame.keys.has(frame.key)) this.faults.push({ kind: "duplicate", offset: start, path: this.path() });
    else if (frame.key === "__proto__") this.faults.push({ kind: "proto", offset: start, path: this.path() });
    frame.keys.add(frame.key);
  }

  /** A scalar, or the opening of an object or list. False where nesting is too deep. */
  private value(expected: string): boolean {
    this.blanks();
    const code = this.text.charCodeAt(this.at);
    if (code === QUOTE) this.string();
    else if (code === 0x7b || code === 0x5b) return this.open(code === 0x5b);
    else if (code === 0x2d || (code >= 0x30 && code <= 0x39)) this.number();
    else this.literal(code === 0x74 ? "true" : code === 0x66 ? "false" : code === 0x6e ? "null" : "", expected);
    return true;
  }

  private open(isList: boolean): boolean {
    if (this.depth === this.deepest) {
      this.faults.push({ kind: "depth", offset: this.at });
      return false;
    }
    const frame = (this.frames[this.depth] ??= { isList, key: "", index: -1, keys: new Set() });
    frame.isList = isList;
    frame.index = -1;
    this.depth += 1;
    this.at += 1;
    return true;
  }

  private close(): boolean {
    this.depth -= 1;
    const { keys } = this.frames[this.depth] as Frame;
    if (keys.size > 0) keys.clear();
    this.at += 1;
    return true;
  }

  /** Passes a string and says whether it holds escapes. */
  private string(): boolean {
    let escaped = false;
    for (this.at += 1; ; this.at += 1) {
      const code = this.text.charCodeAt(this.at);
      if (code === QUOTE) break;
      if (code === BACKSLASH) {
        escaped = true;
        this.escape();
      } else if (!(code >= 0x20)) {
        // NaN, too: the text ends inside the string.
        throw new SyntaxFault(this.at, this.at < this.text.length ? "an escape such as \\n, or the closing quote" : "the closing quote");
      }
    }
    this.at += 1;
    return escaped;
  }

  private escape(): void {
    this.at += 1;
    const letter = this.text.charAt(this.at);
    if (letter === "" || !'"\\/bfnrtu'.includes(letter)) throw new SyntaxFault(this.at, 'one of " \\ / b f n r t u after a backslash');
    if (letter !== "u") return;
    HEX.lastIndex = this.at + 1;
    if (!HEX.test(this.text)) throw new SyntaxFault(this.at + 1, "four hexadecimal digits");
    this.at += 4;
  }

  private number(): void {
    NUMBER.lastIndex = this.at;
    if (!NUMBER.test(this.text)) throw new SyntaxFault(this.at + 1, "a digit");
    const end = NUMBER.lastIndex;
    const next = this.text.charAt(end);
    if (next !== "" && "0123456789.eE+-".includes(next)) throw new SyntaxFault(end, "a number such as 10 or 1.5");
    this.at = end;
  }

  private literal(word: string, expected: string): void {
    if (word === "") throw new SyntaxFault(this.at, expected);
    for (let i = 0; i < word.length; i += 1) {
      if (this.text[this.at + i] !== word[i]) throw new SyntaxFault(this.at + i, word);
    }
    this.at += word.length;
  }

  private blanks(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.at += 1;
    }
  }

  private path(): PathSegment[] {
    return this.frames.slice(0, this.depth).map((frame) => (frame.isList ? frame.index : frame.key));
  }
}

/** Lines and columns (from 1, in UTF-16 code units) of ascending offsets. */
export class LineCounter {
  private line = 1;
  private lineStart = 0;
  private counted = 0;

  constructor(private readonly text: string) {}

  locate(offset: number): { readonly line: number; readonly column: number } {
    for (let end = this.text.indexOf("\n", this.counted); end >= 0 && end < offset; end = this.text.indexOf("\n", end + 1)) {
      this.line += 1;
      this.lineStart = end + 1;
      this.counted = end + 1;
    }
    return { line: this.line, column: offset - this.lineStart + 1 };
  }
}

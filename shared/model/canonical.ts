/**
 * The canonical bytes of a document: two-space indent, keys in schema order, records sorted by id (code units), one trailing newline.
 *
 * Written by hand and not by `JSON.stringify` of a sorted copy, because an object puts ids such as `10` before all others.
 */
import { childShape, orderedKeys, TOPOLOGY_SHAPE, type Shape } from "./shape";
import type { Topology } from "./topology";

/** Strings that need no escape in JSON. */
const PLAIN = /^[ !#-[\]-~]*$/;

/** The document as it is saved. The same document gives the same bytes, and formatting again changes none. Arrays keep their order. */
export function formatTopology(topology: Topology): string {
  const parts: string[] = [];
  writeTopology(topology, (part) => parts.push(part));
  return parts.join("");
}

/** The same in parts of some thousands of characters, in order. */
export function writeTopology(topology: Topology, put: (part: string) => unknown): void {
  const writer = new Writer(put);
  writer.value(topology, TOPOLOGY_SHAPE, "\n");
  writer.end("\n");
}

/** How many pieces are joined at a time: so few that they die young, which halves the time of a large document. */
const PIECES = 4096;

class Writer {
  private pieces: string[] = [];

  constructor(private readonly take: (part: string) => unknown) {}

  end(last: string): void {
    this.put(last);
    this.flush();
  }

  /** `newline` is a line end with the indent of the enclosing value. */
  value(value: unknown, shape: Shape, newline: string): void {
    if (typeof value === "string") this.put(quote(value));
    else if (typeof value !== "object" || value === null) this.put(JSON.stringify(value));
    else if (Array.isArray(value)) this.list(value, childShape(shape, 0), newline);
    else this.object(value as Record<string, unknown>, shape, newline);
  }

  private list(values: readonly unknown[], shape: Shape, newline: string): void {
    const inner = `${newline}  `;
    for (let i = 0; i < values.length; i += 1) {
      this.put((i === 0 ? "[" : ",") + inner);
      this.value(values[i], shape, inner);
    }
    this.put(values.length === 0 ? "[]" : `${newline}]`);
  }

  private object(value: Readonly<Record<string, unknown>>, shape: Shape, newline: string): void {
    const keys = orderedKeys(shape, value);
    const inner = `${newline}  `;
    for (let i = 0; i < keys.length; i += 1) {
      const key = keys[i] as string;
      this.put(`${i === 0 ? "{" : ","}${inner}${quote(key)}: `);
      this.value(value[key], childShape(shape, key), inner);
    }
    this.put(keys.length === 0 ? "{}" : `${newline}}`);
  }

  private put(piece: string): void {
    if (this.pieces.push(piece) === PIECES) this.flush();
  }

  private flush(): void {
    this.take(this.pieces.join(""));
    this.pieces = [];
  }
}

function quote(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
}

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
  const out: string[] = [];
  write(topology, TOPOLOGY_SHAPE, "\n", out);
  out.push("\n");
  return out.join("");
}

/** One value in canonical form, without a trailing newline; `shape` says in which order its keys come. */
export function formatValue(value: unknown, shape: Shape): string {
  const out: string[] = [];
  write(value, shape, "\n", out);
  return out.join("");
}

/** `newline` is a line end with the indent of the enclosing value. */
function write(value: unknown, shape: Shape, newline: string, out: string[]): void {
  if (typeof value === "string") out.push(PLAIN.test(value) ? `"${value}"` : JSON.stringify(value));
  else if (typeof value !== "object" || value === null) out.push(JSON.stringify(value) ?? "null");
  else if (Array.isArray(value)) writeArray(value, shape, newline, out);
  else writeObject(value as Record<string, unknown>, shape, newline, out);
}

function writeArray(values: readonly unknown[], shape: Shape, newline: string, out: string[]): void {
  const element = childShape(shape, 0);
  const inner = `${newline}  `;
  for (const [index, value] of values.entries()) {
    out.push(index === 0 ? "[" : ",", inner);
    write(value, element, inner, out);
  }
  out.push(values.length === 0 ? "[]" : `${newline}]`);
}

function writeObject(value: Readonly<Record<string, unknown>>, shape: Shape, newline: string, out: string[]): void {
  const keys = orderedKeys(shape, value);
  const inner = `${newline}  `;
  for (const [index, key] of keys.entries()) {
    out.push(index === 0 ? "{" : ",", inner, PLAIN.test(key) ? `"${key}": ` : `${JSON.stringify(key)}: `);
    write(value[key], childShape(shape, key), inner, out);
  }
  out.push(keys.length === 0 ? "{}" : `${newline}}`);
}

/** What is wrong with a document, told so that its author can mend it. Bad input is a value, never an exception. */
import { printable } from "./path";

export interface Problem {
  /** Where: a JSON path such as `$.vms.web-1.nics`, or `line 3, column 7` where the text is no JSON. */
  readonly path: string;
  /** What is wrong. */
  readonly message: string;
  /** The offending value as JSON, cut to 80 characters; absent where there is none or where the path names it. */
  readonly value?: string;
  /** What would be right; empty where the message says it. */
  readonly expected: string;
}

const LONGEST_VALUE = 80;
/** Messages may hold ids, and a hostile document has ids of megabytes. */
const LONGEST_MESSAGE = 240;
const LONGEST_LINE = 1000;

/** One line: `PATH: what is wrong: VALUE; what would be right`. Safe for a terminal. */
export function formatProblem({ path, message, value, expected }: Problem): string {
  const wrong = value === undefined ? message : `${message}: ${value}`;
  return printable(cut(expected === "" ? `${path}: ${wrong}` : `${path}: ${wrong}; ${expected}`, LONGEST_LINE));
}

/** A problem with the value that is to blame. */
export function problem(path: string, message: string, expected: string, value?: unknown): Problem {
  const words = { message: cut(message, LONGEST_MESSAGE), expected: cut(expected, LONGEST_MESSAGE) };
  return value === undefined ? { path, ...words } : { path, ...words, value: preview(value) };
}

/** A value as JSON, at most 80 characters long whatever its size; the cost does not grow with the value. */
export function preview(value: unknown): string {
  return cut(printable(cut(render(value, LONGEST_VALUE), LONGEST_VALUE)), LONGEST_VALUE);
}

/** JSON of the value until `room` characters are full. */
function render(value: unknown, room: number): string {
  if (typeof value === "string") return JSON.stringify(value.slice(0, room + 1));
  if (typeof value !== "object" || value === null) return String(value);
  const isList = Array.isArray(value);
  let text = isList ? "[" : "{";
  for (const key in value) {
    if (text.length > room) return text;
    if (text.length > 1) text += ",";
    if (!isList) text += `${JSON.stringify(key.slice(0, room + 1))}:`;
    text += render((value as Record<string, unknown>)[key], room - text.length);
  }
  return text + (isList ? "]" : "}");
}

function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  // A character outside the basic plane is two code units: never keep half of one.
  const half = /[\ud800-\udbff]$/.test(text.slice(0, longest - 1));
  return `${text.slice(0, half ? longest - 2 : longest - 1)}…`;
}

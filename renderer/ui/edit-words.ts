import type { Edit } from "../../shared/analysis/result";

const LONGEST = 160;

/** One edit in words: `set portGroups / prod / vlan to {"mode":"access","id":110}`. */
export function describeEdit(edit: Edit): string {
  const place = words(edit.path);
  switch (edit.op) {
    case "add": return `add ${place}: ${shorten(edit.value)}`;
    case "replace": return `set ${place} to ${shorten(edit.value)}`;
    case "test": return `only where ${place} is ${shorten(edit.value)}`;
    case "remove": return `remove ${place}`;
    case "move": return `move ${words(edit.from)} to ${place}`;
    case "copy": return `copy ${words(edit.from)} to ${place}`;
  }
}

/** A JSON Pointer as a path for people. */
function words(pointer: string): string {
  return pointer.split("/").slice(1).map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~")).join(" / ");
}

function shorten(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** How a place in the document is written: as a JSON path in messages, as a JSON Pointer (RFC 6901) in edits. */

/** A key of an object or an index of an array. */
export type PathSegment = string | number;

const PLAIN_KEY = /^[A-Za-z0-9_:-]+$/;
/** A key in a message is cut here, so that a hostile file cannot fill the screen. */
const LONGEST_KEY = 128;

/** `$.vms.web-1.nics`, with brackets and quotes where a key has a dot or anything else that would mislead: `$.vms["web.1"].nics`. */
export function jsonPath(...segments: readonly PathSegment[]): string {
  return segments.reduce<string>((path, segment) => path + step(segment), "$");
}

function step(segment: PathSegment): string {
  if (typeof segment === "number") return `[${segment}]`;
  if (segment.length <= LONGEST_KEY && PLAIN_KEY.test(segment)) return `.${segment}`;
  const cut = segment.length > LONGEST_KEY ? `${segment.slice(0, LONGEST_KEY)}…` : segment;
  return `[${printable(JSON.stringify(cut))}]`;
}

/** `/vms/web-1/nics`; `~` and `/` in a key are written `~0` and `~1`. */
export function pointer(...segments: readonly PathSegment[]): string {
  return segments.map((segment) => `/${String(segment).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** The keys that a JSON Pointer names; undefined where it is not one. */
export function parsePointer(text: string): string[] | undefined {
  if (text === "") return [];
  if (!text.startsWith("/") || /~(?![01])/.test(text)) return undefined;
  return text.slice(1).split("/").map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The value at a path; undefined where anything on the way is absent. */
export function valueAt(value: unknown, path: readonly PathSegment[]): unknown {
  let place = value;
  for (const key of path) {
    if (typeof place !== "object" || place === null || !Object.hasOwn(place, key)) return undefined;
    place = (place as Record<PathSegment, unknown>)[key];
  }
  return place;
}

/** C0 and C1 controls, DEL, line separators, direction overrides and lone surrogates: what a terminal must never get raw. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** The text with everything that a terminal might act on written as an escape such as `\u001b`. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`);
}

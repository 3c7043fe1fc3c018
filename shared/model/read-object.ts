/** From the text of a file to a plain JSON object, or to what is wrong with its grammar. */
import { isObject } from "./json";
import { LineCounter, scanJson, type ScanFault } from "./json-scan";
import { jsonPath, type PathSegment } from "./path";
import { problem, type Problem } from "./problem";

/** So many levels a file of ours may nest. */
export const DEEPEST = 100;

export interface ReadObject {
  /** Undefined where there is nothing to go on with. */
  readonly value: Record<string, unknown> | undefined;
  /** Also beside a value: repeated keys, and `__proto__`, which is taken out. */
  readonly problems: readonly Problem[];
}

export function readObject(text: string): ReadObject {
  const faults = scanJson(text, DEEPEST);
  const problems = faultProblems(text, faults);
  if (faults.some(({ kind }) => kind === "syntax" || kind === "depth")) return { value: undefined, problems };
  const value = JSON.parse(text) as unknown;
  if (!isObject(value)) return { value: undefined, problems: [problem("$", "not a document", "a JSON object", value)] };
  for (const fault of faults) if (fault.kind === "proto") removeAt(value, fault.path);
  return { value, problems };
}

function faultProblems(text: string, faults: readonly ScanFault[]): Problem[] {
  const counter = new LineCounter(text);
  return faults.map((fault) => {
    const { line, column } = counter.locate(fault.offset);
    const place = `line ${line}, column ${column}`;
    switch (fault.kind) {
      case "syntax":
        return fault.found === "" ? problem(place, "invalid JSON, the text ends here", fault.expected) : problem(place, "invalid JSON, unexpected character", fault.expected, fault.found);
      case "depth":
        return problem(place, `nesting over ${DEEPEST} levels`, `at most ${DEEPEST} levels`);
      case "duplicate":
        return problem(jsonPath(...fault.path), `a key repeated in one object, again at ${place}`, "each key once");
      case "proto":
        return problem(jsonPath(...fault.path), `__proto__ is no id, at ${place}`, "an id such as web-1");
    }
  });
}

/** The schema skips this key, so it must not be there when the schema looks. */
function removeAt(root: unknown, path: readonly PathSegment[]): void {
  const owner = path.slice(0, -1).reduce<unknown>(own, root);
  if (isObject(owner)) Reflect.deleteProperty(owner, "__proto__");
}

/** What an object or list holds under a key of its own. */
export function own(value: unknown, key: PathSegment): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key) ? (value as Record<PathSegment, unknown>)[key] : undefined;
}

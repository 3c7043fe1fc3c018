/** Turns what the schema library reports into problems that name the place, the value and what would be right. */
import type { z } from "./zod";
import { isObject } from "./json";
import { nearest } from "./nearest";
import { jsonPath, valueAt, type PathSegment } from "./path";
import { problem, type Problem } from "./problem";
import { SELECTOR_FORMS } from "./selector";
import { childShape, TOPOLOGY_SHAPE } from "./shape";

type Issue = z.core.$ZodIssue;

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  object: "an object",
  record: "an object",
  array: "a list",
};

/** What the kind of file has, for messages. */
export interface Outline {
  /** The keys that the object at the place may have. */
  readonly keysAt: (path: readonly PathSegment[]) => readonly string[];
  /** What a reference at the place should be; undefined where it is none. */
  readonly referenceAt: (path: readonly PathSegment[]) => string | undefined;
}

/** Every problem that the schema found in `document`. `format` is left to `migrate.ts`. */
export function schemaProblems(document: unknown, issues: readonly Issue[], outline: Outline = TOPOLOGY_OUTLINE): Problem[] {
  return issues.flatMap((issue) => (issue.path[0] === "format" ? [] : problemsOf(document, issue, outline)));
}

/** The places that hold something of the wrong form, so that further checks can leave them out. */
export function malformedPlaces(issues: readonly Issue[]): PathSegment[][] {
  return issues.filter(({ code }) => code !== "unrecognized_keys" && code !== "invalid_key").map((issue) => segments(issue));
}

function problemsOf(document: unknown, issue: Issue, outline: Outline): Problem[] {
  const path = segments(issue);
  const place = jsonPath(...path);
  const value = valueAt(document, path);
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => unknownField(document, path, key, outline));
    case "invalid_key":
      return [problem(place, "not an id", "[a-z0-9][a-z0-9._:-]{0,127}", path.at(-1))];
    case "invalid_type":
      return [typeProblem(place, value, outline.referenceAt(path) ?? TYPE_NAMES[issue.expected] ?? issue.expected)];
    case "invalid_value":
      return [typeProblem(place, value, `one of ${issue.values.join(", ")}`, "not one of the known values")];
    case "invalid_union":
      return [unionProblem(place, value, issue)];
    case "too_small":
      return [problem(place, "out of range", ownMessage(issue) ?? `at least ${issue.minimum}`, value)];
    case "too_big":
      return [problem(place, "out of range", ownMessage(issue) ?? `at most ${issue.maximum}`, value)];
    case "custom":
      return [problem(place, String(issue.params?.["wrong"] ?? "wrong"), issue.message, value)];
    default:
      return [problem(place, "wrong form", issue.message, value)];
  }
}

function typeProblem(place: string, value: unknown, expected: string, wrong = "wrong type"): Problem {
  return value === undefined ? problem(place, "missing", expected) : problem(place, wrong, expected, value);
}

const TOPOLOGY_OUTLINE: Outline = {
  keysAt: (path) => {
    const shape = path.reduce(childShape, TOPOLOGY_SHAPE);
    return shape.kind === "object" ? [...shape.fields.keys()] : [];
  },
  referenceAt: (path) => {
    const shape = path.reduce(childShape, TOPOLOGY_SHAPE);
    const refersTo = shape.kind === "value" ? shape.refersTo : undefined;
    if (refersTo === "selector") return `a selector: ${SELECTOR_FORMS}`;
    return refersTo === undefined ? undefined : `the id of one of $.${refersTo}`;
  },
};

/** An unknown mode, or a value that fits none of several forms. */
function unionProblem(place: string, value: unknown, issue: Extract<Issue, { code: "invalid_union" }>): Problem {
  if ("options" in issue && Array.isArray(issue.options)) return typeProblem(place, value, `one of ${issue.options.join(", ")}`, "not one of the known values");
  const forms = issue.errors.map((branch) => branch.filter(({ path }) => path.length > 0).map(({ path }) => String(path[0])).join(" and ")).filter((form) => form !== "");
  return typeProblem(place, value, forms.length === 0 ? "an object" : `an object with ${forms.join(", or with ")}`, "neither form fits");
}

function unknownField(document: unknown, path: readonly PathSegment[], key: string, outline: Outline): Problem {
  const place = jsonPath(...path, key);
  const known = outline.keysAt(path);
  if (known.includes(key)) return misplacedField(place, valueAt(document, path));
  return problem(place, `unknown field, did you mean ${JSON.stringify(nearest(key, known) ?? "")}?`, "");
}

/** A field that belongs to another mode or form of the same thing. */
function misplacedField(place: string, owner: unknown): Problem {
  const mode = isObject(owner) ? owner["mode"] : undefined;
  if (typeof mode === "string") return problem(place, `unknown field with mode ${JSON.stringify(mode)}`, "leave it out, or choose the mode that has it");
  return problem(place, "unknown field beside the others", "leave it out");
}

/** A message that the schema gives itself says what would be right; the library's own do not. */
function ownMessage(issue: Issue): string | undefined {
  return issue.message.startsWith("Too ") ? undefined : issue.message;
}

function segments(issue: Issue): PathSegment[] {
  return issue.path.map((segment) => (typeof segment === "symbol" ? String(segment) : segment));
}

/** From the text or bytes of a file to a valid document, or to everything that is wrong with it. */
import { conform } from "./conform";
import { countMembers } from "./json-members";
import { decodeText } from "./json-text";
import { migrate } from "./migrate";
import type { PathSegment } from "./path";
import type { Problem } from "./problem";
import { DEEPEST, own, readObject } from "./read-object";
import { malformedPlaces, schemaProblems } from "./schema-problems";
import { topologySchema, type Topology } from "./topology";
import type { LooseTopology } from "./validate/loose";
import { validateTopology } from "./validate/validate";

export { formatProblem, type Problem } from "./problem";

export type ParseResult =
  /** `migratedFrom` is the older format that the text was written in, such as `bulkhead/0`. */
  | { readonly ok: true; readonly topology: Topology; readonly migratedFrom?: string }
  /** Every problem, not only the first. */
  | { readonly ok: false; readonly problems: Problem[] };

/** Reads a document. Never throws on bad input, whatever it is; the cost is linear in its length. */
export function parseTopology(input: string | Uint8Array): ParseResult {
  const decoded = decodeText(input);
  if (!decoded.ok) return refuse([decoded.problem]);
  return parseWellFormed(decoded.text, input) ?? parseFaulty(decoded.text);
}

/** The short way, for a text in which neither JSON's grammar nor the schema finds a fault; undefined where one of them may. */
function parseWellFormed(text: string, input: string | Uint8Array): ParseResult | undefined {
  const members = countMembers(typeof input === "string" ? new TextEncoder().encode(input) : input, DEEPEST);
  if (members === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const conforming = conform(value);
  // A key that is repeated in one object is there once only.
  if (conforming?.members !== members) return undefined;
  const misfits = validateTopology(conforming.topology);
  return misfits.length > 0 ? refuse(misfits) : { ok: true, topology: conforming.topology };
}

/** Finds everything that is wrong. */
function parseFaulty(text: string): ParseResult {
  const { value, problems } = readObject(text);
  return value === undefined ? refuse([...problems]) : parseObject(value, problems);
}

/** Validates a document that is a plain JSON value already, such as one that an importer or an edit made. The value may be changed. */
export function parseObject(value: Record<string, unknown>, found: readonly Problem[] = []): ParseResult {
  const migrated = migrate(value);
  if (!migrated.ok && migrated.hopeless) return refuse([...found, migrated.problem]);
  const document = migrated.ok ? migrated.document : value;
  const parsed = topologySchema.safeParse(document);
  const malformed = parsed.success ? [] : schemaProblems(document, parsed.error.issues);
  if (!parsed.success) for (const place of malformedPlaces(parsed.error.issues)) blank(document, place);
  const misfits = validateTopology(parsed.success ? parsed.data : (document as LooseTopology));
  const problems = [...found, ...(migrated.ok ? [] : [migrated.problem]), ...malformed, ...misfits];
  if (problems.length > 0 || !parsed.success) return refuse(problems);
  return migrated.ok && migrated.from !== undefined ? { ok: true, topology: parsed.data, migratedFrom: migrated.from } : { ok: true, topology: parsed.data };
}

function refuse(problems: Problem[]): ParseResult {
  return { ok: false, problems };
}

/** Makes a malformed value undefined; its key stays, so that references to it do not count as dangling. */
function blank(root: unknown, path: readonly PathSegment[]): void {
  const owner = path.slice(0, -1).reduce<unknown>(own, root);
  const last = path.at(-1);
  if (last === undefined || owner === undefined || own(owner, last) === undefined) return;
  (owner as Record<PathSegment, unknown>)[last] = undefined;
}

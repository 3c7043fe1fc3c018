/** Numbered migrations: a document of an older format is brought forward one version at a time. Each version keeps a frozen fixture. */
import { problem, type Problem } from "./problem";
import { FORMAT } from "./topology";

export type JsonObject = Record<string, unknown>;
/** Turns a document of version n into one of version n + 1; it need not set `format`. May change its argument. */
export type Migration = (document: JsonObject) => JsonObject;

/** By the version that they start from. Version 1 is the first, so nothing leads to it yet. */
const MIGRATIONS: ReadonlyMap<number, Migration> = new Map();

const NAME = "bulkhead";
const CURRENT = versionOf(FORMAT) ?? 1;

export type Migrated =
  | { readonly ok: true; readonly document: JsonObject; readonly from?: string }
  /** `hopeless`: the rest of the document cannot be judged. */
  | { readonly ok: false; readonly problem: Problem; readonly hopeless: boolean };

/** The document in the current format. `migrations` and `current` differ from the program's own in tests only. */
export function migrate(document: JsonObject, migrations = MIGRATIONS, current = CURRENT): Migrated {
  const written = document["format"];
  const expected = JSON.stringify(`${NAME}/${current}`);
  if (written === undefined) return { ok: false, problem: problem("$.format", "missing", expected), hopeless: false };
  const version = typeof written === "string" ? versionOf(written) : undefined;
  if (version === undefined) return { ok: false, problem: problem("$.format", "unknown format", expected, written), hopeless: false };
  if (version > current) {
    return { ok: false, problem: problem("$.format", "a newer format than this program reads", `${expected}, or a newer version of Bulkhead`, written), hopeless: true };
  }
  let result = document;
  for (let step = version; step < current; step += 1) {
    const migration = migrations.get(step);
    if (migration === undefined) return { ok: false, problem: problem("$.format", "an unknown older format", expected, written), hopeless: false };
    result = { ...migration(result), format: `${NAME}/${step + 1}` };
  }
  return version === current ? { ok: true, document } : { ok: true, document: result, from: `${NAME}/${version}` };
}

/** `bulkhead/1` is version 1; undefined for anything else. */
function versionOf(format: string): number | undefined {
  const match = /^bulkhead\/(0|[1-9]\d{0,8})$/.exec(format);
  return match === null ? undefined : Number(match[1]);
}

/** Which format files hold, for callers that were not told. */
import type { Importer, ImportResult, SourceFile } from "./importer";
import { IMPORTERS } from "./index";

const ALL: readonly Importer[] = Object.values(IMPORTERS);

/** Whether a file's name is one that inventories have. */
export function isInventory(name: string): boolean {
  return ALL.some((importer) => holds(importer, name));
}

/** The formats that are read, for people: "libvirt XML (.xml)". */
export function readableFormats(): string[] {
  return ALL.map(({ label, extensions }) => `${label} (${extensions.join(", ")})`);
}

/** Reads files in the format that their names tell; in the first that understands them where several do, or none. */
export function readInventory(files: readonly SourceFile[]): ImportResult {
  const named = ALL.filter((importer) => files.every(({ name }) => holds(importer, name)));
  let refusal: ImportResult | undefined;
  for (const importer of named.length > 0 ? named : ALL) {
    const result = importer.read(files);
    if (result.ok) return result;
    refusal ??= result;
  }
  return refusal ?? { ok: false, problems: [] };
}

function holds({ extensions }: Importer, name: string): boolean {
  const lower = name.toLowerCase();
  return extensions.some((extension) => lower.endsWith(extension));
}

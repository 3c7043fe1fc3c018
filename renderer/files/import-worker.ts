/** Reads inventories for one import. It is ended where the import is given up. */
import type { ImportReport } from "../../shared/analysis/result";
import { readableFormats, readInventory } from "../../shared/formats/choose";
import type { SourceFile } from "../../shared/formats/importer";
import { formatTopology } from "../../shared/model/canonical";
import { workerScope } from "../worker-scope";

export type Imported =
  /** `bytes` are the document as a file would hold it. */
  | { readonly ok: true; readonly bytes: Uint8Array<ArrayBuffer>; readonly report: ImportReport }
  | { readonly ok: false; readonly problems: readonly string[]; /** Those that can be read, for people. */ readonly formats: readonly string[] };

const scope = workerScope<readonly SourceFile[], Imported>();

scope.onmessage = ({ data }) => {
  const imported = read(data);
  scope.postMessage(imported, imported.ok ? [imported.bytes.buffer] : []);
};

function read(files: readonly SourceFile[]): Imported {
  const result = readInventory(files);
  if (result.ok) return { ok: true, bytes: new TextEncoder().encode(formatTopology(result.topology)), report: result.report };
  return { ok: false, problems: result.problems.map(({ source, message, expected }) => `${source}: ${message}; ${expected}`), formats: readableFormats() };
}

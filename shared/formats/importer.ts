/** What an import format is: one file that turns the text of real inventories into a document and says what it did with every field. */
import type { ImportReport } from "../analysis/result";
import type { Topology } from "../model/topology";

export interface SourceFile {
  readonly name: string;
  readonly text: string;
}

/** A source that cannot be read at all. `source` is `FILE` or `FILE:LINE`. */
export interface ImportProblem {
  readonly source: string;
  readonly message: string;
  readonly expected: string;
}

export type ImportResult =
  | { readonly ok: true; readonly topology: Topology; readonly report: ImportReport }
  | { readonly ok: false; readonly problems: readonly ImportProblem[] };

export interface Importer {
  /** Shown in dialogs. */
  readonly label: string;
  /** Endings of the files that hold the format, with the dot. */
  readonly extensions: readonly string[];
  /** The result passes the document's own validation. */
  read(files: readonly SourceFile[]): ImportResult;
}

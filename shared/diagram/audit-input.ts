/** What an exported diagram is made of. The caller assembles it; nothing here reads a clock or a file. */
import type { Assume, Finding, Summary } from "../analysis/result";
import type { Topology } from "../model/topology";
import type { Lens } from "./elements";
import type { Evidence, MadeFile } from "./evidence";
import type { Report } from "./report";
import type { Orientation, PaperName } from "./paper";
import type { Theme } from "./theme";

export interface AuditInput {
  readonly topology: Topology;
  /** In the order in which they are to be numbered. */
  readonly findings: readonly Finding[];
  readonly summary: Summary;
  /** Absent: hostile. */
  readonly assume?: Assume;
  /** What stands on the pages after the diagram; PDF only. */
  readonly report?: Report;
  /** Of the document, lower-case hex. */
  readonly sha256: string;
  /** `2026-11-23`: the day on which `until` dates were judged. */
  readonly date: string;
  /** Version of the analyzer. */
  readonly analyzer: string;
  readonly author?: string;
  /** What was looked at; "whole document" where absent. */
  readonly scope?: string;
  /** The document's exact text: goes into the file, so that `bulkhead verify` can analyse it again. */
  readonly documentText?: string;
  /** How the file is made: goes into it, so that `bulkhead verify` can draw it again. */
  readonly made?: MadeFile;
  /** Rules of one's own that were run, as their files write them; they go into the file too. */
  readonly customRules?: Evidence["rules"];
}

export interface ExportOptions {
  /** PDF only. A4 landscape where absent. */
  readonly paper?: PaperName;
  readonly orientation?: Orientation;
  /** PDF only. `page`: the diagram is on one page, however small; where absent, tiles follow that can be read. */
  readonly fit?: "page" | "tiles";
  /** PDF only. `diagram`: without the pages of the report. */
  readonly contents?: "diagram" | "report";
  /** `print` where absent. */
  readonly theme?: Theme["name"];
  /** `violations` where absent. */
  readonly lens?: Lens;
  /** What is shown, see `parseView`; everything where absent, or where the view shows nothing. */
  readonly view?: string;
  /** PNG only: pixels per unit; 2 where absent. */
  readonly scale?: number;
}

export function scopeOf(input: AuditInput): string {
  return input.scope ?? "whole document";
}

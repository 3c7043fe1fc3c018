/**
 * The audit report as data: sections of pieces, which the writers of PDF, HTML and Markdown lay out, so that the three say the same.
 * Texts are as the document writes them; each writer makes them safe for its format.
 */
import type { Severity } from "../analysis/result";
import type { GroupMatrix } from "./group-matrix";

export interface Report {
  readonly sections: readonly Section[];
}

/** In the order in which they stand. */
export const SECTION_IDS = ["summary", "scope", "diagram", "matrix", "findings", "isolation", "attack", "accepted", "unknown", "method", "standards", "inventory", "catalogue"] as const;
export type SectionId = (typeof SECTION_IDS)[number];

export interface Section {
  readonly id: SectionId;
  readonly title: string;
  readonly pieces: readonly Piece[];
}

export type Piece =
  | { readonly kind: "text"; readonly text: string; readonly tone?: "lead" | "note" }
  | { readonly kind: "subhead"; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly string[] }
  | { readonly kind: "facts"; readonly facts: readonly Fact[] }
  | TablePiece
  | Entry
  | { readonly kind: "matrix"; readonly groups: GroupMatrix }
  /** The diagram; in the PDF it has sheets of its own, before everything else. */
  | { readonly kind: "picture" };

export interface Fact {
  readonly label: string;
  readonly text: string;
}

export interface TablePiece {
  readonly kind: "table";
  /** `share`: of the width, as a proportion of the sum. */
  readonly columns: readonly { readonly title: string; readonly share: number }[];
  readonly rows: readonly (readonly string[])[];
  /** Said instead of a table without rows. */
  readonly none: string;
  /** So many more rows are left out; and where they are. */
  readonly more?: { readonly count: number; readonly where: string };
}

/** A finding, keyed to the diagram by its number. */
export interface Entry {
  readonly kind: "entry";
  readonly number: number;
  readonly severity: Severity;
  readonly accepted: boolean;
  readonly rule: string;
  readonly id: string;
  readonly title: string;
  readonly detail: string;
  /** Where, path, services, fix, who accepts it, standards. */
  readonly facts: readonly Fact[];
  /** Commands of an operator, one a line. */
  readonly commands: readonly string[];
}

/** A table of at most so many rows. */
export function table(columns: TablePiece["columns"], rows: readonly (readonly string[])[], none: string, most: number, where: string): TablePiece {
  const more = rows.length - most;
  return { kind: "table", columns, rows: more > 0 ? rows.slice(0, most) : rows, none, ...(more > 0 ? { more: { count: more, where } } : {}) };
}

export function ordered(sections: readonly Section[]): Section[] {
  return [...sections].sort((a, b) => SECTION_IDS.indexOf(a.id) - SECTION_IDS.indexOf(b.id));
}

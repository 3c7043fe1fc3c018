/** What the document is compared with, and what of the answer is drawn. */
import { create } from "zustand";
import { setView } from "./session";

/** Another file, by what it holds. */
export interface OtherFile {
  readonly kind: "file";
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The version to compare with: the document as it was saved last, or what another file holds. */
type OtherVersion = { readonly kind: "saved" } | OtherFile;

/** Things on the canvas that are added or another than in the other version. */
export type Marks = ReadonlyMap<string, "+" | "~">;

interface CompareState {
  readonly other: OtherVersion;
  readonly marks: Marks;
}

const NO_MARKS: Marks = new Map();
const NOTHING: CompareState = { other: { kind: "saved" }, marks: NO_MARKS };

export const useCompare = create<CompareState>(() => NOTHING);

/** Shows the comparison with another version. */
export function openComparison(other: OtherVersion): void {
  useCompare.setState({ other });
  setView("compare");
}

/** Marks things on the canvas; none takes the marks away. */
export function setMarks(marks: readonly (readonly [string, "+" | "~"])[] = []): void {
  useCompare.setState({ marks: marks.length === 0 ? NO_MARKS : new Map(marks) });
}

/** Forgets what was compared with the document that was open before. */
export function resetComparison(): void {
  useCompare.setState(NOTHING);
}

let lastKey = 0;
const keys = new WeakMap<object, string>();

/** A name for a version, the same for the same object, by which the analysis keeps it. */
export function keyOfVersion(version: object): string {
  let key = keys.get(version);
  if (key === undefined) {
    lastKey += 1;
    keys.set(version, (key = `version ${lastKey}`));
  }
  return key;
}

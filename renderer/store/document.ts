/** The document that is open, its history and the file it belongs to. Nothing here is about the window; that is `session.ts`. */
import { create } from "zustand";
import { applyEdits } from "../../shared/model/edit";
import { formatProblem } from "../../shared/model/problem";
import { validateTopology } from "../../shared/model/validate/validate";
import { COLLECTIONS, FORMAT, type Topology } from "../../shared/model/topology";
import type { Edit } from "../../shared/analysis/result";
import { amendStep, isDirty, markSaved, recordStep, redoStep, startHistory, undoStep, type History } from "./history";

/** A change of the document, named for the undo menu: what every action returns. */
export interface Change {
  /** Such as "set VLAN of Production to 20". */
  readonly label: string;
  readonly edits: readonly Edit[];
}

/** Main's name of the file; null for a document that no file holds. */
export interface DocumentFile {
  readonly handle: string | null;
  readonly name: string;
}

interface DocumentState {
  readonly history: History<Topology>;
  readonly topology: Topology;
  readonly file: DocumentFile;
  /** Main's name of what this window last took up; null for what it began with. */
  readonly journal: string | null;
  /** Counts opened documents, so that what belongs to the old one can be dropped. */
  readonly generation: number;
  /** Key of the step that further changes with the same key join, such as one run of nudges. */
  readonly joining: string | undefined;
}

export const UNTITLED: DocumentFile = { handle: null, name: "Untitled" };

/** A new document. */
export function emptyTopology(name = "Untitled network"): Topology {
  return { format: FORMAT, name };
}

const start = emptyTopology();

export const useDocument = create<DocumentState>(() => ({
  history: startHistory(start, true), topology: start, file: UNTITLED, journal: null, generation: 0, joining: undefined,
}));

/** Replaces the document by one that was opened, or that is new. */
export function openDocument(topology: Topology, file: DocumentFile, saved: boolean): void {
  useDocument.setState((state) => ({ history: startHistory(topology, saved), topology, file, generation: state.generation + 1, joining: undefined }));
}

/** Main's name of what the window shows from here on. */
export function takeJournal(journal: string): void {
  useDocument.setState({ journal });
}

/** Beyond so many records it takes seconds until a canvas that was not in sight shows them. */
const MOST_SHOWN_UNASKED = 5000;
/** Beyond so many records the picture is drawn and the text written in a worker; up to it, neither is felt. */
const MOST_DRAWN = 800;

export function isLarge(topology: Topology): boolean {
  return recordsOf(topology) > MOST_SHOWN_UNASKED;
}

/** Whether the picture is drawn, the text written and all that stands in it placed in a worker. */
export function isDrawnApart(topology: Topology): boolean {
  return recordsOf(topology) > MOST_DRAWN;
}

const counts = new WeakMap<Topology, number>();

function recordsOf(topology: Topology): number {
  let known = counts.get(topology);
  if (known === undefined) counts.set(topology, (known = countRecords(topology)));
  return known;
}

/** Up to this many records and rules a step is validated before it is made; beyond, the checks would be felt while typing, and a worker makes them after it. */
const MOST_VALIDATED = 4000;

export function isCheckedLater(topology: Topology): boolean {
  return recordsOf(topology) + countRules(topology) > MOST_VALIDATED;
}

/**
 * Makes one undoable step. With `joining`, a change right after another with the same key becomes part of its step. Answers what
 * would be wrong with the document after it, one line each; then nothing has changed. Throws `EditError` on edits that do not fit
 * the document, which is a bug of the action that made them.
 */
export function edit(change: Change, joining?: string): readonly string[] {
  if (change.edits.length === 0) return [];
  const state = useDocument.getState();
  const topology = applyEdits(state.topology, change.edits);
  const problems = isCheckedLater(topology) || onlyLayout(change) ? [] : validateTopology(topology).map(formatProblem);
  if (problems.length > 0) return problems;
  const joins = joining !== undefined && joining === state.joining && state.topology !== state.history.saved;
  const history = joins ? amendStep(state.history, topology) : recordStep(state.history, change.label, topology);
  useDocument.setState({ history, topology, joining });
  return [];
}

function onlyLayout(change: Change): boolean {
  return change.edits.every((each) => each.path.startsWith("/layout"));
}

function countRecords(topology: Topology): number {
  return COLLECTIONS.reduce((sum, collection) => sum + Object.keys(topology[collection] ?? {}).length, 0);
}

function countRules({ routers = {}, firewalls = {}, distributedFirewalls = {} }: Topology): number {
  return [routers, firewalls, distributedFirewalls].flatMap((filters) => Object.values(filters)).reduce((sum, { rules = [] }) => sum + rules.length, 0);
}

export function undo(): void {
  useDocument.setState((state) => withHistory(undoStep(state.history)));
}

export function redo(): void {
  useDocument.setState((state) => withHistory(redoStep(state.history)));
}

/** `topology` has been written to `file`. */
export function documentSaved(topology: Topology, file: DocumentFile): void {
  useDocument.setState((state) => ({ ...withHistory(markSaved(state.history, topology)), file }));
}

/** The document's file holds what no step of the history is. */
export function documentUnsaved(): void {
  useDocument.setState((state) => withHistory(markSaved(state.history, undefined)));
}

export function isDocumentDirty(): boolean {
  return isDirty(useDocument.getState().history);
}

function withHistory(history: History<Topology>): Pick<DocumentState, "history" | "topology" | "joining"> {
  return { history, topology: history.present, joining: undefined };
}

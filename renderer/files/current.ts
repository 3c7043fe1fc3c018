/** Putting documents into this window. */
import type { SourceFile } from "../../shared/formats/importer";
import type { FileChange, OpenedFile, OpenResult, RulesChange, RulesFile } from "../../shared/ipc";
import { diffTopologies } from "../../shared/model/diff";
import type { Topology } from "../../shared/model/topology";
import { judgeBy, readDocument, type ReadDocument } from "../analysis/client";
import { TEMPLATES } from "../actions/templates";
import { HandOver } from "../picture/client";
import { resetAnalysis } from "../store/analysis";
import { resetAttack } from "../store/attack";
import { resetComparison } from "../store/compare";
import { documentSaved, documentUnsaved, edit, emptyTopology, openDocument, takeJournal, UNTITLED, useDocument, type DocumentFile } from "../store/document";
import { perform } from "../store/perform";
import { resetTable } from "../store/table";
import { openDialog, resetSession, setChangedFile, toast } from "../store/session";
import { viewport } from "../store/viewport";
import { nameOfFiles, readImport } from "./import";

/** Bytes. */
const LARGE_FILE = 300_000;

type Parsed = Extract<ReadDocument, { ok: true }>;

/** Reads a document in the worker; undefined where it is none, which is then told. */
async function read(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<Parsed | undefined> {
  const parsed = await readDocument(bytes);
  if (parsed.ok) return parsed;
  openDialog({ type: "refused", name, problems: parsed.problems, total: parsed.problems.length });
  return undefined;
}

/** Reads a document that is going to take the place of this one. Of one that may be large, the picture's worker gets its copy at once, and lays it out while the other checks it. */
async function readToShow(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<Parsed | undefined> {
  const handOver = bytes.length > LARGE_FILE ? new HandOver(bytes.slice()) : undefined;
  const parsed = await read(name, bytes);
  if (parsed !== undefined && parsed.migratedFrom === undefined) handOver?.complete(parsed.topology);
  else handOver?.giveUp();
  return parsed;
}

/** Counts what this window was asked to show: what takes longer to read than something asked for after it does not take its place. */
let asked = 0;

/** Changes of the rules beside a document that is being read. */
let rulesMeanwhile: RulesChange[] = [];

async function showFile({ handle, name, bytes, recovered }: OpenedFile, turn: number): Promise<void> {
  rulesMeanwhile = [];
  const [parsed, rules] = await Promise.all([readToShow(name, bytes as Uint8Array<ArrayBuffer>), window.bulkhead.rulesBeside(handle)]);
  if (parsed === undefined || turn !== asked) return;
  const newest = rulesMeanwhile.findLast((change) => change.handle === handle)?.file ?? rules;
  rulesMeanwhile = [];
  showTopology(parsed.topology, { handle, name }, !recovered && parsed.migratedFrom === undefined, newest);
  if (parsed.migratedFrom !== undefined) tellOfMigration(name, parsed.migratedFrom);
  if (recovered) toast(`${name} was recovered. It has not been saved yet.`, "warning");
}

function tellOfMigration(name: string, from: string): void {
  toast(`${name} was written in the older format ${from}; saving writes the present one.`, "warning");
}

/** A new document of what inventories say, and what of them could not be taken over. */
async function showImport(files: readonly SourceFile[], turn: number): Promise<void> {
  const name = nameOfFiles(files);
  const imported = await readImport(files);
  if (imported === undefined) return toast("The import was given up. Nothing in this window has changed.");
  if (!imported.ok) return openDialog({ type: "refused", formats: imported.formats, name, problems: imported.problems, total: imported.problems.length });
  const { bytes, report } = imported;
  const parsed = await readToShow(name, bytes);
  if (parsed === undefined || turn !== asked) return;
  showTopology(parsed.topology, UNTITLED, false);
  openDialog({ type: "import-report", name, report });
}

/** Shows what main opened, or says why it did not. */
export async function showResult(result: OpenResult): Promise<void> {
  if (!("journal" in result)) return show(result, asked);
  const turn = ++asked;
  try {
    await show(result, turn);
  } finally {
    // Also where it could not be shown: to main, this window goes on under that name.
    if (turn === asked) takeJournal(result.journal);
  }
}

async function show(result: OpenResult, turn: number): Promise<void> {
  switch (result.status) {
    case "opened":
      return showFile(result.file, turn);
    case "import":
      return showImport(result.files, turn);
    case "new":
      showTopology(emptyTopology(), UNTITLED, true);
      if (result.template !== undefined) beginWith(result.template);
      return;
    case "refused":
      return openDialog({ type: "refused", name: result.name, problems: result.problems, total: result.total });
    case "failed":
      return toast(`${result.name} could not be opened: ${result.message}. Nothing in this window has changed.`, "error");
    case "elsewhere":
    case "cancelled":
  }
}

/** The first step of a new document. */
export function beginWith(template: string): void {
  const found = TEMPLATES.find(({ id }) => id === template);
  // Once the canvas has it.
  if (found !== undefined && perform(found.build(useDocument.getState().topology, { x: 0, y: 0 }))) setTimeout(() => viewport()?.zoomToFit(), 50);
}

const NO_RULES: RulesFile = { status: "none" };

/** Puts a document into the window; `rules` lie beside its file. */
export function showTopology(topology: Topology, file: DocumentFile, saved: boolean, rules = NO_RULES): void {
  judgeBy(rules);
  resetSession();
  resetAttack();
  resetComparison();
  resetTable();
  resetAnalysis();
  openDocument(topology, file, saved);
  markChangedFile();
}

/** Reads the file of rules beside the document again: after a save, which may have given it another place. */
export async function readRulesAgain(): Promise<void> {
  const { handle } = useDocument.getState().file;
  const file = await window.bulkhead.rulesBeside(handle);
  if (useDocument.getState().file.handle === handle) judgeBy(file);
}

/** What was last told of a file: of one that is not shown yet it holds when it is. */
let lastChange: FileChange | undefined;

/** Another program has written the file of the document, or it holds again what was read. */
export function fileChanged(change: FileChange): void {
  lastChange = change;
  markChangedFile();
}

function markChangedFile(): void {
  if (lastChange !== undefined && useDocument.getState().file.handle === lastChange.handle) setChangedFile(lastChange.changed ? lastChange.name : undefined);
}

/** Takes what the document's file holds now for the document, as one step that can be undone. */
export async function loadAgain(): Promise<void> {
  const { file, generation } = useDocument.getState();
  if (file.handle === null) return;
  const result = await window.bulkhead.readAgain(file.handle);
  if (result.status !== "opened") return showResult(result);
  const parsed = await read(result.file.name, result.file.bytes as Uint8Array<ArrayBuffer>);
  if (parsed === undefined || useDocument.getState().generation !== generation) return;
  const edits = diffTopologies(useDocument.getState().topology, parsed.topology);
  const problems = edit({ label: `load ${file.name} again`, edits });
  if (problems.length > 0) return toast(`${file.name} was not loaded: ${problems[0] ?? ""}`, "error");
  if (parsed.migratedFrom === undefined) documentSaved(useDocument.getState().topology, file);
  else {
    documentUnsaved();
    tellOfMigration(file.name, parsed.migratedFrom);
  }
  setChangedFile(undefined);
}

/** The file of rules has changed on disk. */
export function rulesChanged(change: RulesChange): void {
  const { handle, file } = change;
  if (useDocument.getState().file.handle !== handle) return void rulesMeanwhile.push(change);
  if (!judgeBy(file)) return;
  toast(file.status === "none" ? "The file of rules beside this document is gone: its rules are not checked any more." : `${file.name} has changed on disk and was read again.`);
}

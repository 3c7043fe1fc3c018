/**
 * The contract between a window and the main process. Main keeps every path and hands out opaque handles; the renderer keeps
 * the document and hands over its text. To add a call: a line in `BulkheadCalls`, one in `CALLS`, its schema below, and its
 * handler in electron/handlers.ts. The preload script exposes the whole as `window.bulkhead`.
 */
import { z } from "zod";
import { exportChoicesSchema, type ExportChoices } from "./exports/choices";
import { ORIENTATIONS, PAPERS } from "./diagram/export-options";
import type { Orientation, PaperName } from "./diagram/paper";
import { COMMAND_IDS, isMainCommand, type CommandId, type MainCommandId } from "./commands";

/** Opaque name of a file that main has read or written for this window; no other window may use it. */
export type Handle = string;

/** A document handed to a window. `bytes` are what the file holds; main has parsed them already, so they are valid. */
export interface OpenedFile {
  /** null for a sample and for a document that was never saved. */
  readonly handle: Handle | null;
  /** File name without folder, for the title. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** True when it comes from the recovery journal: show it as changed since it was saved. */
  readonly recovered: boolean;
}

/**
 * What became of a wish to open something. `journal` names the document that takes the window's place, in the calls of `autosave`
 * that are about it.
 */
export type OpenResult =
  | { readonly status: "opened"; readonly journal: string; readonly file: OpenedFile }
  /** Show an empty, untitled document; with a template, one that begins with it. */
  | { readonly status: "new"; readonly journal: string; readonly template?: string }
  /** Make a document of these inventories: names without folder, text in which invalid UTF-8 is replaced. */
  | { readonly status: "import"; readonly journal: string; readonly files: readonly { readonly name: string; readonly text: string }[] }
  /** Another window shows it (this one holds other work, or the file was open already): nothing to do here. */
  | { readonly status: "elsewhere" }
  | { readonly status: "cancelled" }
  /** Not a document: one line per problem, `PATH: what is wrong; what would be right`, and how many there are in all. */
  | { readonly status: "refused"; readonly name: string; readonly problems: readonly string[]; readonly total: number }
  /** The system would not give the file. */
  | { readonly status: "failed"; readonly name: string; readonly message: string };

/** What became of a wish to write something. On anything but `saved` the file on disk is as it was. */
export type SaveResult =
  | { readonly status: "saved"; readonly handle: Handle; readonly name: string }
  | { readonly status: "cancelled" }
  /** The text is not a document that could be opened again; nothing was written. */
  | { readonly status: "invalid"; readonly problems: readonly string[] }
  | { readonly status: "failed"; readonly name: string; readonly message: string };

/** What became of an export. */
export type ExportResult =
  | { readonly status: "saved"; readonly name: string }
  | { readonly status: "cancelled" }
  | { readonly status: "failed"; readonly name: string; readonly message: string };

/** Pages to be printed. */
export interface PrintJob {
  readonly title: string;
  readonly paper: PaperName;
  readonly orientation: Orientation;
  /** A sheet each, as SVG documents whose ids are distinct. */
  readonly pages: readonly string[];
  /** The program's own fonts that they are set in. */
  readonly fonts: readonly PrintFont[];
}

export interface PrintFont {
  readonly family: string;
  /** As CSS has it. */
  readonly weight: "400" | "600" | "400 600";
  /** Its address. */
  readonly url: string;
}

/** What became of them: whether the system took them, or what it said. */
export type PrintResult =
  | { readonly status: "printed" | "cancelled" | "no-printer" }
  | { readonly status: "failed"; readonly message: string };

/** A diagram for other programs. */
export type CopiedPicture = { readonly format: "png"; readonly bytes: Uint8Array } | { readonly format: "svg"; readonly text: string };

/** A document picked to compare with; no window shows it, and no handle is given out. */
export type ComparisonFileResult =
  | { readonly status: "picked"; readonly name: string; readonly bytes: Uint8Array }
  | { readonly status: "cancelled" }
  | Extract<OpenResult, { readonly status: "refused" | "failed" }>;

/** The file of rules of one's own that belongs to a document, `NAME.rules.json` beside it: what it holds is for the analysis to read. */
export type RulesFile =
  | { readonly status: "none" }
  | { readonly status: "read"; readonly name: string; readonly bytes: Uint8Array }
  | { readonly status: "failed"; readonly name: string; readonly message: string };

/** It is another than it was; `handle` is the document's. */
export interface RulesChange {
  readonly handle: Handle;
  readonly file: RulesFile;
}

/** A document's file that another program may have written. */
export interface FileChange {
  readonly handle: Handle;
  readonly name: string;
  /** It holds something else than what was last read or written here. */
  readonly changed: boolean;
}

export interface RecentFile {
  readonly name: string;
  /** The folder, with the home folder written `~`: for people, not for calls. */
  readonly folder: string;
}

/** A document left behind by a run that did not end in an orderly way. */
export interface RecoveredDocument {
  readonly id: string;
  readonly name: string;
  /** Milliseconds since 1970 of the last change kept. */
  readonly changedAt: number;
}

export interface Sample {
  /** File name without `.bulkhead.json`. */
  readonly name: string;
  /** The document's own name. */
  readonly title: string;
}

export type Theme = "system" | "light" | "dark";

export interface Settings {
  readonly theme: Theme;
  /** The user has had the tour of a first start. */
  readonly toured: boolean;
  /** Of the text and everything else in the windows, in per cent. */
  readonly textSize: number;
  /** What was chosen for the last export. */
  readonly exporting: ExportChoices;
}

/** What the window's title, the close prompt and the native menus need to know of the document. Send it whenever it changes. */
export interface DocumentState {
  /** The document's name for the title bar. */
  readonly title: string;
  /** Changed since it was opened or saved. */
  readonly dirty: boolean;
  /** Name of the step that undo takes back, such as "set VLAN of Production to 20"; null: nothing to undo. */
  readonly undo: string | null;
  readonly redo: string | null;
  /** Commands that cannot run now. Undo and redo follow from the two fields above. */
  readonly disabled: readonly CommandId[];
  /** Toggles that are on. */
  readonly checked: readonly CommandId[];
}

export type TextAction = "undo" | "redo" | "cut" | "copy" | "paste" | "delete" | "selectAll";

/** Requests from the renderer to main. Every one is checked: who sends it, and what it carries. */
export interface BulkheadCalls {
  /** What this window was made to show. */
  initialDocument(): Promise<OpenResult>;
  /** An empty document: here if this window holds nothing worth keeping, else in a new window. */
  newDocument(template?: string): Promise<OpenResult>;
  /** The open dialog. The file is shown here under the same condition as for `newDocument`. */
  openDocument(): Promise<OpenResult>;
  openSample(name: string): Promise<OpenResult>;
  recentFiles(): Promise<readonly RecentFile[]>;
  /** Opens an entry of `recentFiles` by its place in the list. */
  openRecent(index: number): Promise<OpenResult>;
  samples(): Promise<readonly Sample[]>;
  /** What a sample's file holds, for a picture of it; null if there is no such sample. */
  readSample(name: string): Promise<Uint8Array | null>;
  /**
   * Writes `text` (canonical form) to the handle's file, or asks for a place if `handle` is null. Atomic. Main asks the user
   * first if the file has changed on disk since it was read.
   */
  save(handle: Handle | null, text: string, suggestedName: string): Promise<SaveResult>;
  saveAs(handle: Handle | null, text: string, suggestedName: string): Promise<SaveResult>;
  /** The open dialog for inventory files, which are shown under the same condition as for `newDocument`. */
  pickImport(): Promise<OpenResult>;
  /** The open dialog for a document to compare with, checked as one that is opened. */
  pickComparison(): Promise<ComparisonFileResult>;
  /** Asks for a place and writes an export there. `suggestedName` carries the extension. */
  saveExport(suggestedName: string, bytes: Uint8Array): Promise<ExportResult>;
  /** Whether the handle's file, as it was last read or written here, holds exactly this text. */
  holdsText(handle: Handle, text: string): Promise<boolean>;
  /** Asks for a printer and prints pages there. */
  printPages(job: PrintJob): Promise<PrintResult>;
  /** Puts a picture on the clipboard: a PNG as an image, an SVG as its text. Rejects where it is no such picture. */
  copyPicture(picture: CopiedPicture): Promise<void>;
  /** Keeps what was chosen for an export, for the next. */
  setExportChoices(choices: ExportChoices): Promise<void>;
  /**
   * Keeps a snapshot of the unsaved document for recovery; `null` forgets it (the document is as saved). Call it at most a
   * second after an edit, and when the window loses focus. `journal` is that of the result which the window last took up, null for
   * what it began with; about a document whose place another has taken since, nothing is kept.
   */
  autosave(journal: string | null, handle: Handle | null, text: string | null, name: string): Promise<void>;
  /** What the file of a document holds now, for `onFileChange`; from then on `save` takes that for what was read. */
  readAgain(handle: Handle): Promise<OpenResult>;
  /** The file of rules beside a document; `onRules` tells of its changes from then on. */
  rulesBeside(handle: Handle | null): Promise<RulesFile>;
  /** Waits no longer for the files of `onAwaited`. */
  giveUpAwaited(): Promise<void>;
  /** Documents of an earlier run that can be recovered. */
  recovered(): Promise<readonly RecoveredDocument[]>;
  /** Opens one of them, under the same condition as for `newDocument`. */
  openRecovered(id: string): Promise<OpenResult>;
  discardRecovery(id: string): Promise<void>;
  setDocumentState(state: DocumentState): Promise<void>;
  settings(): Promise<Settings>;
  /** Whether this user is still to be shown the tour. */
  setToured(toured: boolean): Promise<void>;
  /** Runs one of main's commands, for the command palette and the toolbar. */
  runInMain(id: MainCommandId): Promise<void>;
  /** Does a text edit in the focused field, for edit commands chosen in the menu while a text field has the focus. `paste` rejects unless the user has just pressed a key or a button, or chosen in the menu. */
  editText(action: TextAction): Promise<void>;
  /** Puts a fragment of a document on the clipboard; its text must begin with `FRAGMENT_PREFIX`. */
  copyFragment(text: string): Promise<void>;
  /** The fragment on the clipboard, or null if something else is there: other programs' clipboards stay private. */
  pasteFragment(): Promise<string | null>;
}

/** All that `window.bulkhead` offers. */
export interface BulkheadApi extends BulkheadCalls {
  readonly platform: "linux" | "darwin" | "win32";
  /** Opens files dropped on the window, inventories together. Give it each `File` itself: its path is read in the preload script. */
  openDropped(files: readonly object[]): Promise<readonly OpenResult[]>;
  /** A command chosen in a native menu. `argument` is the index for `file.openRecent` and the name for `help.openSample`. */
  onCommand(listener: (command: MenuCommand) => void): () => void;
  /** Something was opened for this window from outside (double click, second start). */
  onOpen(listener: (result: OpenResult) => void): () => void;
  /** The names of the files that take long to read; none once all have come or were given up. */
  onAwaited(listener: (names: readonly string[]) => void): () => void;
  /** Another program has written the file of the document shown, or it holds again what was read. */
  onFileChange(listener: (change: FileChange) => void): () => void;
  /** The file of rules that `rulesBeside` gave has come, gone or changed. */
  onRules(listener: (change: RulesChange) => void): () => void;
}

/** A choice in a native menu. */
export type MenuCommand =
  | { readonly id: CommandId }
  | { readonly id: "file.openRecent"; readonly index: number }
  | { readonly id: "help.openSample"; readonly name: string };

/** How a fragment on the clipboard begins. */
export const FRAGMENT_PREFIX = '{"format":"bulkhead-fragment/1"';

/** Call names; `openDropped` is reached through `BulkheadApi.openDropped`, which turns files into their paths. */
export const CALLS = [
  "initialDocument", "newDocument", "openDocument", "openSample", "recentFiles", "openRecent", "samples", "readSample", "save", "saveAs",
  "pickImport", "pickComparison", "saveExport", "holdsText", "printPages", "copyPicture", "setExportChoices", "autosave", "readAgain", "rulesBeside", "giveUpAwaited", "recovered", "openRecovered", "discardRecovery", "setDocumentState", "settings", "setToured",
  "runInMain", "editText", "copyFragment", "pasteFragment",
] as const satisfies readonly (keyof BulkheadCalls)[];

/** The channel of a call. */
export function channelOf(call: keyof MainCalls): string {
  return `bulkhead:${call}`;
}

/** Messages from main to a window. */
export const EVENTS = { command: "bulkhead:command", open: "bulkhead:open", file: "bulkhead:file", awaited: "bulkhead:awaited", rules: "bulkhead:rules" } as const;

/** What main answers: the calls above, and the dropped files by the paths that the preload script found. */
export interface MainCalls extends BulkheadCalls {
  openDroppedPaths(paths: string[]): Promise<readonly OpenResult[]>;
}

/** Says whether what came over the wire are the arguments of a call. */
interface PayloadSchema<T> {
  safeParse(payload: unknown): { readonly success: true; readonly data: T } | { readonly success: false };
}

type Payloads = { readonly [K in keyof MainCalls]: PayloadSchema<Parameters<MainCalls[K]>> };

/** Half a gibibyte: the greatest document that is read, and so the longest text that is taken. */
const MAX_TEXT = 512 * 1024 * 1024;

/**
 * The schema of each call's arguments, as a tuple. A function, so that neither the preload script nor the renderer carries
 * the schema library on its account.
 */
export function payloadSchemas(): Payloads {
  const text = z.string().max(MAX_TEXT);
  const name = z.string().max(255);
  const slug = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/);
  const handle = z.uuid();
  const bytes = z.instanceof(Uint8Array).refine((given) => given.byteLength <= MAX_TEXT);
  /** Of a file that the program serves. */
  const fontAddress = z.string().regex(/^\/(?!\/)[\w@./-]{1,400}\.ttf$/);
  const label = z.string().max(500);
  const command = z.enum(COMMAND_IDS);
  const commands = z.array(command).max(COMMAND_IDS.length);
  const state = z.strictObject({
    title: label, dirty: z.boolean(), undo: label.nullable(), redo: label.nullable(), disabled: commands, checked: commands,
  });
  const mainCommand = z.enum(COMMAND_IDS.filter(isMainCommand));
  return {
    initialDocument: z.tuple([]),
    newDocument: z.tuple([slug.optional()]),
    openDocument: z.tuple([]),
    openSample: z.tuple([slug]),
    readSample: z.tuple([slug]),
    recentFiles: z.tuple([]),
    openRecent: z.tuple([z.int().min(0).max(99)]),
    samples: z.tuple([]),
    save: z.tuple([handle.nullable(), text, name]),
    saveAs: z.tuple([handle.nullable(), text, name]),
    pickImport: z.tuple([]),
    pickComparison: z.tuple([]),
    saveExport: z.tuple([name, bytes]),
    holdsText: z.tuple([handle, text]),
    printPages: z.tuple([z.strictObject({
      title: label, paper: z.enum(PAPERS), orientation: z.enum(ORIENTATIONS), pages: z.array(text.regex(/^(<\?xml[^>]*\?>\s*)?<svg /)).min(1).max(5000),
      fonts: z.array(z.strictObject({ family: z.string().regex(/^[\w ]{1,40}$/), weight: z.enum(["400", "600", "400 600"]), url: fontAddress })).max(20),
    })]),
    copyPicture: z.tuple([z.discriminatedUnion("format", [z.strictObject({ format: z.literal("png"), bytes }), z.strictObject({ format: z.literal("svg"), text: text.regex(/^<\?xml[^>]*\?>\s*<svg /) })])]),
    setExportChoices: z.tuple([exportChoicesSchema()]),
    autosave: z.tuple([z.uuid().nullable(), handle.nullable(), text.nullable(), name]),
    readAgain: z.tuple([handle]),
    rulesBeside: z.tuple([handle.nullable()]),
    giveUpAwaited: z.tuple([]),
    recovered: z.tuple([]),
    openRecovered: z.tuple([z.uuid()]),
    discardRecovery: z.tuple([z.uuid()]),
    setDocumentState: z.tuple([state]),
    settings: z.tuple([]),
    setToured: z.tuple([z.boolean()]),
    runInMain: z.tuple([mainCommand]),
    editText: z.tuple([z.enum(["undo", "redo", "cut", "copy", "paste", "delete", "selectAll"])]),
    copyFragment: z.tuple([text.startsWith(FRAGMENT_PREFIX)]),
    pasteFragment: z.tuple([]),
    openDroppedPaths: z.tuple([z.array(z.string().min(1).max(4096)).max(10_000)]),
  };
}

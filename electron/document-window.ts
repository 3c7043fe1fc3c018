import { randomUUID } from "node:crypto";
import type { BrowserWindow } from "electron";
import type { DocumentState, Handle, MenuCommand, OpenResult } from "../shared/ipc";
import { UserGesture } from "./user-gesture";

/** Of a window whose page has said nothing yet, and of no window at all. */
export const EMPTY_STATE: DocumentState = { title: "Untitled", dirty: false, undo: null, redo: null, disabled: ["edit.undo", "edit.redo"], checked: [] };

/** A window and what main knows of the document in it. */
export class DocumentWindow {
  state: DocumentState = EMPTY_STATE;
  handle: Handle | null = null;
  /** The name of the journal for recovery of its document. */
  journalId: string;
  /** That of the document which its page began with. */
  firstJournalId: string;
  /** The page has asked what to show; from then on it is told by messages. */
  started = false;
  /** What was chosen in the menus before. */
  readonly awaited: MenuCommand[] = [];
  /** Its document was recovered, and is unsaved before its page has told so. */
  holdsRecovered = false;
  /** The user asked to close it and to save first: it closes when that save has succeeded. */
  closesAfterSave = false;
  /** Nothing is left to ask before it closes. */
  mayClose = false;
  /** Its page died and the user did not wait for another: the journal stays for the next start. Otherwise closing ends it. */
  keepsJournal = false;
  /** What the user last did here: without it no clipboard is read. */
  readonly gesture = new UserGesture();
  /** Ends following the file of rules beside its document. */
  stopRules: (() => void) | undefined;
  /** Ends following the file of its document. */
  stopFile: (() => void) | undefined;

  constructor(
    readonly window: BrowserWindow,
    /** What the page shows when it starts. */
    public start: OpenResult,
  ) {
    this.journalId = "journal" in start ? start.journal : randomUUID();
    this.firstJournalId = this.journalId;
  }

  get id(): number {
    return this.window.id;
  }

  /** True if nothing would be lost, and no file would disappear from view, by showing another document here. */
  get isPristine(): boolean {
    return this.handle === null && !this.state.dirty && !this.holdsRecovered;
  }
}

/** The windows that are open. */
export class DocumentWindows {
  private readonly all = new Map<number, DocumentWindow>();
  private lastFocused: number | undefined;

  add(window: DocumentWindow): void {
    this.all.set(window.id, window);
    this.lastFocused = window.id;
  }

  remove(id: number): void {
    this.all.delete(id);
    if (this.lastFocused === id) this.lastFocused = [...this.all.keys()].at(-1);
  }

  focused(id: number): void {
    if (this.all.has(id)) this.lastFocused = id;
  }

  get(id: number): DocumentWindow | undefined {
    return this.all.get(id);
  }

  /** The window that the menu bar speaks of. */
  get current(): DocumentWindow | undefined {
    return this.lastFocused === undefined ? undefined : this.all.get(this.lastFocused);
  }

  list(): DocumentWindow[] {
    return [...this.all.values()];
  }
}

import type { AwaitedFiles } from "./awaited-files";
import type { DocumentFiles } from "./document-files";
import type { DocumentWindow, DocumentWindows } from "./document-window";
import type { OpenResult } from "../shared/ipc";
import type { RecentFiles } from "./recent";
import type { RecoveryJournals } from "./recovery";
import type { SettingsStore } from "./settings";
import type { UnfinishedWrites } from "./unfinished-writes";

/** What the parts of the main process work on. Made once, in main.ts. */
export interface Desk {
  readonly windows: DocumentWindows;
  readonly files: DocumentFiles;
  readonly recent: RecentFiles;
  readonly journals: RecoveryJournals;
  readonly settings: SettingsStore;
  /** Every write of a file that is the user's. */
  readonly writes: UnfinishedWrites;
  /** What is on its way into a window. */
  readonly awaitedFiles: AwaitedFiles;
  readonly samplesFolder: string;
  /** The user wants to leave: as soon as one window has settled its changes the next is asked. A cancel ends it. */
  leaving: boolean;
  /** Opens a window that starts by showing this. */
  createWindow(start: OpenResult): DocumentWindow;
  /** The menus show something that has changed. */
  refreshMenu(): void;
}

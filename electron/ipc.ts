/** The only file that touches ipcMain. Each call is checked twice, for who sends it and for what it carries, before it is run. */
import { ipcMain, type IpcMainInvokeEvent } from "electron";
import { channelOf, EVENTS, payloadSchemas, type FileChange, type MainCalls, type MenuCommand, type OpenResult, type RulesChange } from "../shared/ipc";
import type { DocumentWindow } from "./document-window";
import { isTrusted } from "./origins";

/** What main answers to each call, told which window it came from. */
export type Handlers = {
  readonly [K in keyof MainCalls]: (from: DocumentWindow, ...args: Parameters<MainCalls[K]>) => ReturnType<MainCalls[K]>;
};

export interface IpcGuard {
  readonly trustedOrigins: readonly string[];
  /** The document window whose page has this id of web contents. */
  windowOf(webContentsId: number): DocumentWindow | undefined;
}

/** Answers the calls. A call that fails a check rejects with one sentence and does nothing. */
export function answerCalls(handlers: Handlers, guard: IpcGuard): void {
  const schemas = payloadSchemas();
  const names = Object.keys(handlers) as (keyof MainCalls)[];
  for (const name of names) answer(name, handlers, schemas, guard);
}

function answer<K extends keyof MainCalls>(name: K, handlers: Handlers, schemas: ReturnType<typeof payloadSchemas>, guard: IpcGuard): void {
  ipcMain.handle(channelOf(name), async (event, payload: unknown) => {
    const from = sender(event, guard);
    if (from === undefined) throw new Error(`${name}: not from a page of this program`);
    const parsed = schemas[name].safeParse(payload);
    if (!parsed.success) throw new Error(`${name}: malformed arguments`);
    return handlers[name](from, ...parsed.data);
  });
}

/** The document window whose own page, and no frame inside it, sent the event. */
function sender(event: IpcMainInvokeEvent, guard: IpcGuard): DocumentWindow | undefined {
  const frame = event.senderFrame;
  if (frame === null || frame !== event.sender.mainFrame || !isTrusted(frame.url, guard.trustedOrigins)) return undefined;
  return guard.windowOf(event.sender.id);
}

/** Passes a choice in a menu to the window's page, once that listens. */
export function sendCommand(to: DocumentWindow, command: MenuCommand): void {
  if (to.started) to.window.webContents.send(EVENTS.command, command);
  else to.awaited.push(command);
}

/** Shows what was opened from outside in a window. */
export function sendOpen(to: DocumentWindow, result: OpenResult): void {
  to.window.webContents.send(EVENTS.open, result);
}

/** Tells a window which files take long to read; one whose page has not started is told when it has. */
export function sendAwaited(to: DocumentWindow, names: readonly string[]): void {
  if (to.started) to.window.webContents.send(EVENTS.awaited, names);
}

/** Tells a window that its document's file is another. */
export function sendFileChange(to: DocumentWindow, change: FileChange): void {
  to.window.webContents.send(EVENTS.file, change);
}

/** Tells a window that the file of rules beside its document has changed. */
export function sendRules(to: DocumentWindow, change: RulesChange): void {
  to.window.webContents.send(EVENTS.rules, change);
}

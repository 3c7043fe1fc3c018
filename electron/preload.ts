/** Exposes the contract of shared/ipc.ts to the page, and nothing else. Runs sandboxed, in a world of its own. */
import { contextBridge, ipcRenderer, webUtils } from "electron";
import { CALLS, channelOf, EVENTS, type BulkheadApi, type FileChange, type MenuCommand, type OpenResult, type RulesChange } from "../shared/ipc";

function listen<T>(channel: string, listener: (message: T) => void): () => void {
  const receive = (_event: unknown, message: T): void => listener(message);
  ipcRenderer.on(channel, receive);
  return () => ipcRenderer.off(channel, receive);
}

const calls = Object.fromEntries(CALLS.map((call) => [call, (...args: unknown[]) => ipcRenderer.invoke(channelOf(call), args)]));

const rest: Omit<BulkheadApi, (typeof CALLS)[number]> = {
  platform: process.platform === "darwin" || process.platform === "win32" ? process.platform : "linux",
  openDropped: (files) => ipcRenderer.invoke(channelOf("openDroppedPaths"), [files.map((file) => (file instanceof File ? webUtils.getPathForFile(file) : ""))]),
  onCommand: (listener) => listen<MenuCommand>(EVENTS.command, listener),
  onOpen: (listener) => listen<OpenResult>(EVENTS.open, listener),
  onAwaited: (listener) => listen<readonly string[]>(EVENTS.awaited, listener),
  onFileChange: (listener) => listen<FileChange>(EVENTS.file, listener),
  onRules: (listener) => listen<RulesChange>(EVENTS.rules, listener),
};

contextBridge.exposeInMainWorld("bulkhead", { ...calls, ...rest });

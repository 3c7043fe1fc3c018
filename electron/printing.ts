/** Printing through the system's dialog: the pages stand in a window that nobody sees, sandboxed, in which no script runs. */
import { BrowserWindow, type WebContentsPrintOptions } from "electron";
import type { PrintJob, PrintResult } from "../shared/ipc";
import type { DocumentWindow } from "./document-window";
import { APP_ORIGIN } from "./origins";
import { keepPrintPage, takePrintPage } from "./print-page";

/** Asks for a printer and prints there. */
export async function printPages(from: DocumentWindow, job: PrintJob): Promise<PrintResult> {
  if ((await from.window.webContents.getPrintersAsync()).length === 0) return { status: "no-printer" };
  const address = APP_ORIGIN + keepPrintPage(job);
  const window = new BrowserWindow({
    show: false, title: job.title,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, javascript: false, webSecurity: true, webviewTag: false, spellcheck: false, enableWebSQL: false },
  });
  try {
    await window.loadURL(address);
    return await print(window, { silent: false, printBackground: true, landscape: job.orientation === "landscape", pageSize: job.paper, margins: { marginType: "none" } });
  } catch (error) {
    return { status: "failed", message: error instanceof Error ? error.message : String(error) };
  } finally {
    takePrintPage(address);
    window.destroy();
  }
}

function print(window: BrowserWindow, options: WebContentsPrintOptions): Promise<PrintResult> {
  return new Promise((resolve) => {
    window.webContents.print(options, (success, reason) => {
      if (success) resolve({ status: "printed" });
      else resolve(/cancel/i.test(reason) ? { status: "cancelled" } : { status: "failed", message: reason === "" ? "the system gave no reason" : reason });
    });
  });
}

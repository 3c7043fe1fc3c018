/** A bare Electron program that shows one page: in it the peers draw what Bulkhead draws. */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { app, BrowserWindow } from "electron";

const folder = dirname(fileURLToPath(import.meta.url));

void app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 800, useContentSize: true, show: true });
  void window.loadFile(join(folder, "peer.html"), { hash: process.argv.at(-1) ?? "" });
});

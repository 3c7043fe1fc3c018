/** Bulkhead and its peers in windows of a real Electron, and what a hand does in them. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { _electron, type ElectronApplication, type Page } from "@playwright/test";
import { formatTopology } from "../shared/model/canonical";
import { LIGHT, paintOf } from "../shared/diagram/theme";
import { buildScene } from "../shared/diagram/scene";
import { blockPaint } from "../shared/diagram/draw-node";
import { lensTags } from "../shared/diagram/lens";
import { ROOT } from "../scripts/bundles";
import { switchesForThisUser } from "../scripts/electron-switches";
import { generate } from "./generate";
import type { PeerPage, PeerPicture } from "./peers/picture";

export type SubjectName = "bulkhead" | "cytoscape" | "reactFlow";

/** A window that shows the picture. */
export interface Opened {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** Milliseconds from the data to the first frame. */
  readonly firstDraw: number;
  /** The part of the window that is the picture. */
  readonly area: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  /** The button of the mouse that pans. */
  readonly panButton: "left" | "middle";
  far(): Promise<void>;
  near(): Promise<void>;
  close(): Promise<void>;
}

/** A VM in the middle of the data centre. */
const VM = "vm-1234";

export interface Given {
  readonly file: string;
  readonly picture: PeerPicture;
}

/** A data centre of about so many things, as a document and as its picture's plain data. */
export function given(things: number, folder: string): Given {
  const topology = generate({ vms: Math.round(things * 0.69), defaultAction: "deny" });
  const scene = buildScene(topology), tagOf = lensTags(scene, "tenants");
  const file = join(folder, `${things}.bulkhead.json`);
  writeFileSync(file, formatTopology(topology));
  return {
    file,
    picture: {
      nodes: scene.nodes.map((node) => ({ id: node.id, name: node.title, ...node.absolute, width: node.width, height: node.height, color: paintOf(LIGHT, blockPaint(node, { tag: tagOf(node) })), isFrame: node.container })),
      cables: scene.cables.map(({ id, source, target }) => ({ id, source, target })),
    },
  };
}

interface Program {
  readonly executable: string;
  /** The folder with the peers' pages. */
  readonly peers: string;
}

export function openSubject(name: SubjectName, { executable, peers }: Program, data: Given): Promise<Opened> {
  return name === "bulkhead" ? openBulkhead(executable, data) : openPeer(name === "cytoscape" ? "cytoscape" : "react-flow", executable, peers, data);
}

async function launch(executable: string, args: readonly string[]): Promise<{ app: ElectronApplication; page: Page; close: () => Promise<void> }> {
  const profile = mkdtempSync(join(tmpdir(), "bulkhead-bench-"));
  const environment = Object.fromEntries(Object.entries(process.env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
  const app = await _electron.launch({ executablePath: executable, args: [...switchesForThisUser(), ...args], env: { ...environment, XDG_CONFIG_HOME: profile, HOME: profile }, timeout: 60_000 });
  const child = app.process();
  const close = async (): Promise<void> => {
    const gone = new Promise((resolve) => child.once("exit", resolve));
    // The program and its helpers are a process group of their own.
    if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    await gone;
    rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  };
  return { app, page: await app.firstWindow(), close };
}

async function openPeer(name: string, executable: string, peers: string, { picture }: Given): Promise<Opened> {
  const { app, page, close } = await launch(executable, [peers, name]);
  await page.waitForFunction(() => "peer" in window);
  const firstDraw = await page.evaluate((data) => (window as unknown as { peer: PeerPage }).peer.draw(data), picture);
  return {
    app, page, firstDraw, close, panButton: "left", area: { x: 0, y: 0, width: 1280, height: 800 },
    far: () => page.evaluate(() => (window as unknown as { peer: PeerPage }).peer.far()),
    near: () => page.evaluate((id) => (window as unknown as { peer: PeerPage }).peer.near(id), VM),
  };
}

/** Panels closed, so that its picture is about as large as the others'. The document is read before the clock starts, as for the others. */
async function openBulkhead(executable: string, { file }: Given): Promise<Opened> {
  const { app, page, close } = await launch(executable, [ROOT]);
  const skip = page.getByRole("button", { name: /skip/i });
  await page.locator(".react-flow__node").first().waitFor();
  if (await skip.count() > 0) await skip.first().click();
  await page.emulateMedia({ reducedMotion: "reduce" });
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 872));
  const command = (id: string): Promise<void> => app.evaluate(({ Menu }, wanted) => void Menu.getApplicationMenu()?.getMenuItemById(wanted)?.click(), id);
  for (const panel of ["view.palette", "view.inspector", "view.findings", "view.minimap"]) await command(panel);
  await page.evaluate(() => {
    const times: { start?: number; end?: number } = {};
    Object.assign(window, { times });
    void (async () => {
      while (times.end === undefined) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
        if (times.start === undefined && document.querySelector(".awaited") !== null) times.start = performance.now();
        if (times.start !== undefined && document.querySelector(".painted-still[data-painted]") !== null) times.end = performance.now();
      }
    })();
  });
  await app.evaluate(({ dialog }, path) => { dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] }); }, file);
  await command("file.open");
  await page.waitForFunction(() => (window as unknown as { times: { end?: number } }).times.end !== undefined, undefined, { timeout: 120_000 });
  const firstDraw = await page.evaluate(() => {
    const { start = 0, end = 0 } = (window as unknown as { times: { start?: number; end?: number } }).times;
    return end - start;
  });
  await page.getByText(/^analysed in /).waitFor({ timeout: 120_000 });
  const area = await page.locator(".canvas").boundingBox();
  if (area === null) throw new Error("Bulkhead shows no canvas");
  return {
    app, page, firstDraw, close, area, panButton: "middle",
    far: () => command("view.zoomFit"),
    near: async () => {
      await command("edit.find");
      await page.locator(".command-input").fill(VM);
      await page.getByRole("option", { name: new RegExp(`${VM} VM`) }).first().click();
      await command("view.inspector");
      await page.locator(`[data-id="${VM}"]`).first().waitFor();
    },
  };
}

/** Seconds that the processes of the program have computed so far (Linux). */
export async function processorTime(app: ElectronApplication): Promise<number> {
  const pids = await app.evaluate((electron) => electron.app.getAppMetrics().map(({ pid }) => pid));
  return pids.reduce((sum, pid) => {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /, "").split(" ");
    return sum + (Number(fields[11]) + Number(fields[12])) / 100;
  }, 0);
}

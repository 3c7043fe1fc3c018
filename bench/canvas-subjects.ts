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
import type { Drawn, PeerPage, PeerPicture } from "./peers/picture";

export type SubjectName = "bulkhead" | "cytoscape" | "reactFlow";

/** A window that shows the picture. */
export interface Opened {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** From the text of the data. */
  readonly drawn: Drawn;
  /** Milliseconds from the command to open a file to the first picture; undefined of what opens none. */
  readonly opening?: number;
  /** The source of a function of the page that gives another answer for each frame of a gesture. */
  readonly shown: string;
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
  return name === "bulkhead" ? openBulkhead(executable, data.file) : openPeer(name === "cytoscape" ? "cytoscape" : "react-flow", executable, peers, data);
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
  const drawn = await page.evaluate((text) => (window as unknown as { peer: PeerPage }).peer.draw(text), JSON.stringify(picture));
  return {
    app, page, drawn, close, shown: "() => window.peer.drawings()", panButton: "left", area: { x: 0, y: 0, width: 1280, height: 800 },
    far: () => page.evaluate(() => (window as unknown as { peer: PeerPage }).peer.far()),
    near: () => page.evaluate((id) => (window as unknown as { peer: PeerPage }).peer.near(id), VM),
  };
}

/** Panels closed, so that its picture is about as large as the others'. The clock starts when the page hands the bytes of the file to its workers. */
export async function openBulkhead(executable: string, file: string): Promise<Opened> {
  const { app, page, close } = await launch(executable, [ROOT]);
  const skip = page.getByRole("button", { name: /skip/i });
  await page.locator(".react-flow__node").first().waitFor();
  if (await skip.count() > 0) await skip.first().click();
  await page.emulateMedia({ reducedMotion: "reduce" });
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 872));
  const command = (id: string): Promise<void> => app.evaluate(({ Menu }, wanted) => void Menu.getApplicationMenu()?.getMenuItemById(wanted)?.click(), id);
  for (const panel of ["view.palette", "view.inspector", "view.findings", "view.minimap"]) await command(panel);
  await page.evaluate(watchDrawing);
  await app.evaluate(({ dialog }, path) => { dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] }); }, file);
  const asked = await app.evaluate(() => Date.now());
  await command("file.open");
  await page.waitForFunction(() => (window as unknown as { drawing: Drawing }).drawing.whole !== undefined, undefined, { timeout: 120_000 });
  const { start, first, whole, origin } = await page.evaluate(() => ({ start: 0, first: 0, whole: 0, ...(window as unknown as { drawing: Drawing }).drawing, origin: performance.timeOrigin }));
  await page.getByText(/^analysed in /).waitFor({ timeout: 120_000 });
  const area = await page.locator(".canvas").boundingBox();
  if (area === null) throw new Error("Bulkhead shows no canvas");
  return {
    app, page, close, area, panButton: "middle", drawn: { first: first - start, whole: whole - start }, opening: origin + first - asked,
    shown: '() => [...document.querySelectorAll(".react-flow__viewport, .painted canvas")].map((element) => element.style.transform).join()',
    far: () => command("view.zoomFit"),
    near: async () => {
      await command("edit.find");
      await page.locator(".command-input").fill(VM);
      await page.getByRole("option", { name: new RegExp(`${VM} VM`) }).first().click();
      await command("view.inspector");
      await page.waitForTimeout(500);
      // Finding has put it into the middle beside the inspector.
      await command("view.zoomSelection");
      await page.locator(`[data-id="${VM}"]`).first().waitFor();
    },
  };
}

/** Moments of the page's clock. */
interface Drawing {
  start?: number;
  first?: number;
  whole?: number;
}

/** In the page. Of what was painted before only the element is left, which is another one for the new document. */
function watchDrawing(): void {
  const drawing: Drawing = {};
  Object.assign(window, { drawing });
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (this: Worker, ...given: [never]) {
    const [message] = given as [{ readonly type?: string }];
    if (message.type === "bytes") drawing.start ??= performance.now();
    post.apply(this, given);
  };
  void (async () => {
    while (drawing.whole === undefined) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const painted = document.querySelector<HTMLElement>(".painted-still")?.dataset["painted"];
      if (drawing.start === undefined || painted === undefined) continue;
      // One more, as for the others: then what was painted is on the screen.
      await new Promise((resolve) => requestAnimationFrame(resolve));
      drawing.first ??= performance.now();
      if (painted === "whole") drawing.whole = performance.now();
    }
  })();
}

/** Seconds that the processes of the program have computed so far (Linux). */
export async function processorTime(app: ElectronApplication): Promise<number> {
  const pids = await app.evaluate((electron) => electron.app.getAppMetrics().map(({ pid }) => pid));
  return pids.reduce((sum, pid) => {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /, "").split(" ");
    return sum + (Number(fields[11]) + Number(fields[12])) / 100;
  }, 0);
}

/** The export worker: it makes files and previews where nobody waits, and is ended when somebody gives one up. One question at a time. */
import rasterizer from "@resvg/resvg-wasm/index_bg.wasm?url";
import shaping from "harfbuzzjs/dist/harfbuzz.wasm?url";
import type { ExportAssets, PictureFormat } from "../../shared/diagram/export";
import { isJoined, type OtherFont } from "../../shared/diagram/fonts";
import { workerScope } from "../worker-scope";
import { Exporter } from "./exporter";
import { INTER_URLS, OTHER_URLS } from "./font-urls";
import type { ExporterAskName, ExporterAsks, FromExporter, Progress, ToExporter } from "./protocol";

const scope = workerScope<ToExporter, FromExporter>();
type Question = Extract<ToExporter, { type: "ask" }>;

let exporter: Exporter | undefined;
const queue: Question[] = [];
let isBusy = false;

scope.onmessage = ({ data }) => {
  if (data.type === "document") {
    exporter = new Exporter(data.text, data.rules, assets);
    return;
  }
  queue.push(data);
  if (!isBusy) void work();
};

/** Lets messages that wait come in first: of several previews only the last is wanted. */
async function work(): Promise<void> {
  isBusy = true;
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 0));
    const next = queue.shift();
    if (next === undefined) break;
    if (next.name === "preview" && queue.some(({ name }) => name === "preview")) scope.postMessage({ type: "refusal", ask: next.ask, message: "Another preview was asked for" });
    else await answer(next);
  }
  isBusy = false;
}

type Answers = { readonly [K in ExporterAskName]: (on: Exporter, given: ExporterAsks[K]["arguments"], tell: (progress: Progress) => void) => ExporterAsks[K]["answer"] | Promise<ExporterAsks[K]["answer"]> };

const ANSWERS: Answers = {
  preview: (on, { order, page }, tell) => on.preview(order, page, tell),
  page: (on, { order, page }, tell) => on.page(order, page, tell),
  file: (on, { order }, tell) => on.file(order, tell),
  pages: (on, { order }, tell) => on.pages(order, tell),
};

async function answer({ name, ask, arguments: given }: Question): Promise<void> {
  try {
    if (exporter === undefined) throw new Error("No document is there to export");
    const value = await ANSWERS[name](exporter, given as never, (progress) => scope.postMessage({ type: "progress", ask, progress }));
    scope.postMessage({ type: "answer", ask, value });
  } catch (error) {
    scope.postMessage({ type: "refusal", ask, message: error instanceof Error ? error.message : String(error) });
  }
}

async function assets(format: PictureFormat, others: readonly OtherFont[]): Promise<ExportAssets> {
  const fonts = { regular: await read(INTER_URLS.regular), semibold: await read(INTER_URLS.semibold), others: new Map(await Promise.all(others.map(async (font) => [font, await read(OTHER_URLS[font])] as const))) };
  return { fonts, ...(format === "png" ? { wasm: await read(rasterizer) } : {}), ...(others.some(isJoined) ? { shaper: await read(shaping) } : {}) };
}

const known = new Map<string, Promise<Uint8Array>>();

/** Each file once. */
function read(url: string): Promise<Uint8Array> {
  const file = known.get(url) ?? load(url);
  known.set(url, file);
  return file;
}

async function load(url: string): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`A part of the program is missing: ${url}`);
  return new Uint8Array(await response.arrayBuffer());
}

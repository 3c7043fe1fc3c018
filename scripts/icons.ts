/** `npx tsx scripts/icons.ts`: draws assets/icon.svg at the sizes that desktops want. Run after a change of the drawing. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { initWasm, Resvg } from "@resvg/resvg-wasm";
import { ROOT } from "./bundles";

const SIZES = [16, 24, 32, 48, 64, 128, 256, 512];
const MAC_SIZE = 1024;

await initWasm(readFileSync(createRequire(import.meta.url).resolve("@resvg/resvg-wasm/index_bg.wasm")));
const drawing = readFileSync(join(ROOT, "assets/icon.svg"), "utf8");
mkdirSync(join(ROOT, "assets/icons"), { recursive: true });
for (const size of SIZES) writeFileSync(join(ROOT, `assets/icons/${size}x${size}.png`), draw(size));
writeFileSync(join(ROOT, "assets/icon.png"), draw(MAC_SIZE));

function draw(size: number): Uint8Array {
  return new Resvg(drawing, { fitTo: { mode: "width", value: size } }).render().asPng();
}

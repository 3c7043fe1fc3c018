/** SVG to PNG with resvg (Rust, compiled to WebAssembly): no browser, no operating system's fonts, the same pixels everywhere. */
import { initWasm, Resvg } from "@resvg/resvg-wasm";

export interface RasterAssets {
  /** `@resvg/resvg-wasm/index_bg.wasm`. */
  readonly wasm: Uint8Array;
  /** TrueType files; text is set in these alone. */
  readonly fonts: readonly Uint8Array[];
}

let ready: Promise<void> | undefined;

/** `scale` 2 doubles both sides in pixels. Throws on SVG that resvg cannot read. */
export async function renderPng(svg: string, assets: RasterAssets, scale = 1): Promise<Uint8Array> {
  // The module can be initialised once per process only; all callers bring the same bytes.
  ready ??= initWasm(assets.wasm);
  await ready;
  const image = new Resvg(svg, {
    fitTo: scale === 1 ? { mode: "original" } : { mode: "zoom", value: scale },
    font: { fontBuffers: [...assets.fonts], defaultFontFamily: "Inter", sansSerifFamily: "Inter" },
  });
  try {
    const rendered = image.render();
    try {
      return rendered.asPng();
    } finally {
      rendered.free();
    }
  } finally {
    image.free();
  }
}

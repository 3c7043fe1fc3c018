/** Fonts and WebAssembly of the pictures, inside the bundle as base64 and decoded only when a picture is made. */
import regular from "@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf?url&inline";
import semibold from "@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf?url&inline";
import resvg from "@resvg/resvg-wasm/index_bg.wasm?url&inline";

function decode(dataUrl: string): Uint8Array {
  return Buffer.from(dataUrl.slice(dataUrl.indexOf(",") + 1), "base64");
}

export function fontFiles(): { readonly regular: Uint8Array; readonly semibold: Uint8Array } {
  return { regular: decode(regular), semibold: decode(semibold) };
}

export function resvgWasm(): Uint8Array {
  return decode(resvg);
}

/** Fonts and WebAssembly of the pictures, packed inside the bundle and unpacked only when a picture is made. */
import { brotliDecompressSync } from "node:zlib";
import regular from "@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf?packed";
import semibold from "@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf?packed";
import resvg from "@resvg/resvg-wasm/index_bg.wasm?packed";

function unpack(packed: string): Uint8Array {
  return brotliDecompressSync(Buffer.from(packed, "base64"));
}

export function fontFiles(): { readonly regular: Uint8Array; readonly semibold: Uint8Array } {
  return { regular: unpack(regular), semibold: unpack(semibold) };
}

export function resvgWasm(): Uint8Array {
  return unpack(resvg);
}

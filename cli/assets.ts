/** Fonts and WebAssembly of the pictures: what every picture needs is packed inside the bundle, what few need lies beside it; read only when a picture is made. */
import { readFileSync, realpathSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import regular from "@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf?packed";
import semibold from "@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf?packed";
import emoji from "@expo-google-fonts/noto-emoji/400Regular/NotoEmoji_400Regular.ttf?beside";
import arabic from "@expo-google-fonts/noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf?beside";
import devanagari from "@expo-google-fonts/noto-sans-devanagari/400Regular/NotoSansDevanagari_400Regular.ttf?beside";
import hebrew from "@expo-google-fonts/noto-sans-hebrew/400Regular/NotoSansHebrew_400Regular.ttf?beside";
import japanese from "@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf?beside";
import korean from "@expo-google-fonts/noto-sans-kr/400Regular/NotoSansKR_400Regular.ttf?beside";
import chinese from "@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf?beside";
import thai from "@expo-google-fonts/noto-sans-thai/400Regular/NotoSansThai_400Regular.ttf?beside";
import resvg from "@resvg/resvg-wasm/index_bg.wasm?packed";
import harfbuzz from "harfbuzzjs/dist/harfbuzz.wasm?beside";
import type { ExportAssets, PictureFormat } from "../shared/diagram/export";
import { isJoined, type OtherFont } from "../shared/diagram/fonts";
import { InputError } from "./failure";

const OTHERS: Readonly<Record<OtherFont, string>> = { japanese, chinese, korean, arabic, hebrew, thai, devanagari, emoji };

/** Throws an input error where a file that lies beside the program is not there. */
export function assets(format: PictureFormat, others: readonly OtherFont[]): ExportAssets {
  return {
    fonts: { regular: unpack(regular), semibold: unpack(semibold), others: new Map(others.map((font) => [font, beside(OTHERS[font])])) },
    ...(format === "png" ? { wasm: unpack(resvg) } : {}), ...(others.some(isJoined) ? { shaper: beside(harfbuzz) } : {}),
  };
}

function unpack(packed: string): Uint8Array {
  return brotliDecompressSync(Buffer.from(packed, "base64"));
}

/** @param name of a file beside the bundle, compressed; not bundled, the path of the file as it is */
function beside(name: string): Uint8Array {
  if (isAbsolute(name)) return readFileSync(name);
  const path = join(dirname(realpathSync(process.argv[1] ?? "")), name);
  try {
    return brotliDecompressSync(readFileSync(path));
  } catch {
    throw new InputError([`${path}: this file of the program is missing or damaged; letters of the document are set in it. Install the program again`]);
  }
}

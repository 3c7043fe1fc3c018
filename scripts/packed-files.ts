import { readFileSync } from "node:fs";
import { brotliCompressSync, constants } from "node:zlib";
import type { Plugin } from "vite";

const ASKED = "?packed";

/** Lets a file be imported into the bundle as text: `import text from "./font.ttf?packed"` (`cli/packed.d.ts`). */
export function packedFiles(): Plugin {
  return {
    name: "packed-files",
    enforce: "pre",
    async resolveId(source, importer) {
      if (!source.endsWith(ASKED)) return undefined;
      const found = await this.resolve(source.slice(0, -ASKED.length), importer);
      if (found === null) throw new Error(`${source} is not there`);
      return `${found.id}${ASKED}`;
    },
    load: (id) => (id.endsWith(ASKED) ? `export default ${JSON.stringify(pack(readFileSync(id.slice(0, -ASKED.length))))};` : undefined),
  };
}

/** Compressed by Brotli, in base64: ASCII that may stand in a comment or a string. */
export function pack(bytes: Uint8Array): string {
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS } }).toString("base64");
}

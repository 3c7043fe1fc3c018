import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import type { Plugin } from "vite";

const ASKED = "?packed", BESIDE = "?beside";

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

/** Lets a bundle have files beside it that it reads only when it needs them: `import name from "./font.ttf?beside"` (`cli/packed.d.ts`). */
export function filesBeside(): Plugin {
  const asked = new Map<string, string>();
  let isBuild = false;
  return {
    name: "files-beside",
    enforce: "pre",
    configResolved({ command }) {
      isBuild = command === "build";
    },
    async resolveId(source, importer) {
      if (!source.endsWith(BESIDE)) return undefined;
      const found = await this.resolve(source.slice(0, -BESIDE.length), importer);
      if (found === null) throw new Error(`${source} is not there`);
      return `${found.id}${BESIDE}`;
    },
    load(id) {
      if (!id.endsWith(BESIDE)) return undefined;
      const path = id.slice(0, -BESIDE.length), name = `${basename(path)}.br`;
      asked.set(name, path);
      return `export default ${JSON.stringify(isBuild ? name : path)};`;
    },
    // Not before: of bundles for servers Vite throws away what is emitted while they are read.
    generateBundle: {
      order: "post",
      handler() {
        for (const [fileName, path] of asked) this.emitFile({ type: "asset", fileName, source: compress(readFileSync(path)) });
      },
    },
  };
}

/** Compressed by Brotli, in base64: ASCII that may stand in a comment or a string. */
export function pack(bytes: Uint8Array): string {
  return compress(bytes).toString("base64");
}

export function compress(bytes: Uint8Array): Buffer {
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS } });
}

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";
import { pack } from "./packed-files";

/**
 * Puts the command line behind `cli/launcher.cjs`, which says why: the chunks of the bundle become the parts of one file, whatever their number. They become
 * ASCII, so that they are read byte for byte.
 */
export function launchedProgram(root: string): Plugin {
  return {
    name: "launched-program",
    apply: "build",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        const chunks = Object.values(bundle).flatMap((file) => (file.type === "chunk" ? [file] : []));
        const entry = chunks.find(({ isEntry }) => isEntry);
        if (entry === undefined) throw new Error("the command line has no entry");
        entry.code = launched(readFileSync(join(root, "cli/launcher.cjs"), "utf8"), entry.fileName, new Map(chunks.map(({ fileName, code }) => [fileName, code])));
        for (const { fileName } of chunks) if (fileName !== entry.fileName) Reflect.deleteProperty(bundle, fileName);
        // Alone, a .js file is CommonJS; in the checkout it would be taken for a module.
        this.emitFile({ type: "asset", fileName: "package.json", source: `${JSON.stringify({ type: "commonjs" })}\n` });
      },
    },
  };
}

/** The text of the file that runs the part `entry` behind `launcher`; `parts` are CommonJS scripts, which require each other as `./NAME`. */
export function launched(launcher: string, entry: string, parts: ReadonlyMap<string, string>): string {
  // Wrapped here, for a text that is put together anew is copied.
  const texts = [...parts].map(([name, program]) => ({ name, text: Buffer.from(`(function (require, module, exports) {${ascii(program)}\n})`, "latin1") }));
  const id = createHash("sha256");
  for (const { name, text } of texts) id.update(name).update(createHash("sha256").update(text).digest());
  const constants = `const PROGRAM_ID = "${id.digest("hex")}", ENTRY = ${JSON.stringify(`./${entry}`)};`;
  return `#!/usr/bin/env node\n${constants}\n${launcher}\n/*PROGRAM\n${texts.map(({ name, text }) => `./${name} ${pack(text)}\n`).join("")}*/\n`;
}

/** Printable ASCII and line breaks: as many bytes as units of text. Escapes stand in strings, templates and regular expressions alike; nowhere else does a program have other characters. */
function ascii(program: string): string {
  return program.replace(/[^\n\r\t\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";
import { pack } from "./packed-files";

/**
 * Puts the command line behind `cli/launcher.cjs`, which says why. The program becomes ASCII, so that it is read byte for byte.
 */
export function launchedProgram(root: string): Plugin {
  return {
    name: "launched-program",
    apply: "build",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        for (const file of Object.values(bundle)) if (file.type === "chunk") file.code = launched(readFileSync(join(root, "cli/launcher.cjs"), "utf8"), file.code);
        // Alone, a .js file is CommonJS; in the checkout it would be taken for a module.
        this.emitFile({ type: "asset", fileName: "package.json", source: `${JSON.stringify({ type: "commonjs" })}\n` });
      },
    },
  };
}

/** The text of the file that runs `program`, a CommonJS script, behind `launcher`. */
export function launched(launcher: string, program: string): string {
  // Wrapped here, for a text that is put together anew is megabytes that are copied.
  const text = Buffer.from(`(function (require, module, exports) {${ascii(program)}\n})`, "latin1");
  const id = createHash("sha256").update(text).digest("hex");
  return `#!/usr/bin/env node\nconst PROGRAM_ID = "${id}";\n${launcher}\n/*PROGRAM\n${pack(text)}*/\n`;
}

/** Printable ASCII and line breaks: as many bytes as units of text. Escapes stand in strings, templates and regular expressions alike; nowhere else does a program have other characters. */
function ascii(program: string): string {
  return program.replace(/[^\n\r\t\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

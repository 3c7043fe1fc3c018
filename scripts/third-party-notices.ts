import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Plugin } from "vite";
import { z } from "zod";

const description = z.object({ name: z.string(), version: z.string(), license: z.string().optional() });
const LICENCE_FILE = /^(licen[cs]e|copying|notice|ofl)([._-]|$)/i;

/** Writes beside a bundle whose work is in it and on which terms: most licences ask for that. */
export function thirdPartyNotices(fileName: string): Plugin {
  let root = "";
  return {
    name: "third-party-notices",
    apply: "build",
    configResolved(config) {
      root = config.root;
    },
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((file) => (file.type === "chunk" ? file.moduleIds : file.originalFileNames.map((name) => resolve(root, name))));
      const folders = new Set(modules.flatMap((id) => packageFolder(id) ?? []));
      if (folders.size > 0) this.emitFile({ type: "asset", fileName, source: [...folders].sort().map(notice).join("\n\n") });
    },
  };
}

/** The folder of the package that a module belongs to; nothing for a module of ours. */
function packageFolder(moduleId: string): string | undefined {
  const path = moduleId.replace(/^\0/, "").replace(/\?.*$/, "");
  const match = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path);
  return match?.[1];
}

function notice(folder: string): string {
  const { name, version, license } = description.parse(JSON.parse(readFileSync(join(folder, "package.json"), "utf8")));
  const texts = licenceFiles(folder).map((file) => readFileSync(file, "utf8").trim());
  return [`${"=".repeat(80)}\n${name} ${version} (${license ?? "see below"})\n${"=".repeat(80)}`, ...texts].join("\n\n");
}

function licenceFiles(folder: string): string[] {
  const files = readdirSync(folder).filter((file) => LICENCE_FILE.test(file)).map((file) => join(folder, file));
  // A package of a workspace sometimes leaves the text to the workspace's folder.
  const above = join(dirname(folder), "LICENSE");
  return files.length === 0 && existsSync(above) ? [above] : files;
}

/** How each part of the program is bundled. One build runs on Electron 33 to 45 and on Node 20.18 or newer. */
import { builtinModules } from "node:module";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import type { InlineConfig, Plugin } from "vite";
import { CONTENT_SECURITY_POLICY } from "../electron/content-security-policy";
import { launchedProgram } from "./launched-program";
import { filesBeside, packedFiles } from "./packed-files";
import { thirdPartyNotices } from "./third-party-notices";

/** The folder of package.json. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const NODE_TARGET = "node20.18";
const BROWSER_TARGET = "chrome130";
const NOTICES = "third-party-notices.txt";
const NODE_MODULES = [...builtinModules, /^node:/, "electron"];
const PROCESSES = "node:child_process";

const COMMON = { root: ROOT, configFile: false, publicDir: false, logLevel: "error" } as const satisfies InlineConfig;

/** The main process: an ES module. With a development server its windows show what that serves instead of the bundle. */
export function mainBundle(folder: string, developmentServer?: string): InlineConfig {
  const bundle = nodeBundle({ entry: "electron/main.ts", folder, file: "main.js", format: "es" });
  const server = developmentServer === undefined ? "undefined" : JSON.stringify(developmentServer);
  return { ...bundle, define: { "process.env.BULKHEAD_DEVELOPMENT_SERVER": server } };
}

/** The preload script: CommonJS, because a sandboxed one cannot be a module. */
export function preloadBundle(folder: string): InlineConfig {
  return nodeBundle({ entry: "electron/preload.ts", folder, file: "preload.cjs", format: "cjs" });
}

/** The command line: one file that node runs, with what every picture needs inside, in parts that are read when they are asked for, and beside it what few need. */
export function cliBundle(folder: string): InlineConfig {
  const external = NODE_MODULES.flatMap((name) => (typeof name === "string" ? [name] : builtinModules.map((module) => `node:${module}`))).filter((name) => name !== PROCESSES);
  const bundle = nodeBundle({ entry: "cli/bulkhead.ts", folder, file: "bulkhead.js", format: "cjs", external, inParts: true });
  return { ...bundle, plugins: [...(bundle.plugins ?? []), noProcesses(), packedFiles(), filesBeside(), launchedProgram(ROOT)] };
}

/** The reader of arguments would start commands that are programs of their own. There are none, and what starts programs takes long to load. */
function noProcesses(): Plugin {
  const empty = "\0no-processes";
  return {
    name: "no-processes",
    enforce: "pre",
    resolveId: (source) => (source === PROCESSES ? empty : undefined),
    load: (id) => (id === empty ? "export {};" : undefined),
  };
}

interface NodeBundle {
  readonly entry: string;
  readonly folder: string;
  readonly file: string;
  readonly format: "es" | "cjs";
  /** Modules that are there when it runs. */
  readonly external?: readonly (string | RegExp)[];
  /** What is imported when it is needed is a chunk of its own. */
  readonly inParts?: boolean;
}

/** One file that node runs. */
export function nodeBundle({ entry, folder, file, format, external = NODE_MODULES, inParts = false }: NodeBundle): InlineConfig {
  return {
    ...COMMON,
    plugins: [thirdPartyNotices(`${basename(file, extname(file))}-${NOTICES}`)],
    // Without externals of its own Vite would leave packages out of what it takes for a server bundle.
    ssr: { noExternal: true, target: "node" },
    build: {
      ssr: join(ROOT, entry),
      outDir: folder,
      emptyOutDir: false,
      target: NODE_TARGET,
      minify: true,
      rolldownOptions: {
        external: [...external],
        output: { format, entryFileNames: file, chunkFileNames: "[name].js", codeSplitting: inParts },
      },
    },
  };
}

/** The window: HTML, scripts, styles, fonts and workers as files of their own, for the policy allows nothing inline. */
export function rendererBundle(folder: string): InlineConfig {
  return {
    ...COMMON,
    root: join(ROOT, "renderer"),
    base: "/",
    plugins: [react(), policyInPage(), thirdPartyNotices(NOTICES)],
    worker: { format: "es", plugins: () => [thirdPartyNotices(`worker-${NOTICES}`)] },
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: BROWSER_TARGET,
      minify: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 4000,
    },
  };
}

/** Writes the policy into the page too, so that it holds however the page is loaded. */
function policyInPage(): Plugin {
  return {
    name: "content-security-policy",
    apply: "build",
    transformIndexHtml: () => [
      // A policy in a page cannot say who may frame it; the header of the same name does.
      {
        tag: "meta",
        attrs: { "http-equiv": "Content-Security-Policy", content: CONTENT_SECURITY_POLICY.replace(/; frame-ancestors [^;]*/, "") },
        injectTo: "head-prepend",
      },
    ],
  };
}

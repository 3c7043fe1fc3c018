import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { protocol } from "electron";
import { CONTENT_SECURITY_POLICY } from "./content-security-policy";
import { APP_SCHEME } from "./origins";
import { PRINT_POLICY, takePrintPage } from "./print-page";
import { servedPath } from "./served-path";

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".woff": "font/woff",
  ".ttf": "font/ttf",
  ".wasm": "application/wasm",
};

/** Must run before the app is ready. A scheme of our own has an origin, which `file:` has not, and reads only what we serve. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Serves the window's files from a folder, read-only, each with the security headers. */
export function serveApp(folder: string): void {
  protocol.handle(APP_SCHEME, async (request) => {
    const printed = request.method === "GET" ? takePrintPage(request.url) : undefined;
    if (printed !== undefined) return new Response(printed, { headers: { ...HEADERS, "Content-Security-Policy": PRINT_POLICY, "Content-Type": "text/html; charset=utf-8" } });
    const path = servedPath(folder, request.method, request.url);
    const content = path === undefined ? undefined : await readFile(path).catch(() => undefined);
    if (path === undefined || content === undefined) return new Response("not found", { status: 404, headers: HEADERS });
    const type = MEDIA_TYPES[extname(path)] ?? "application/octet-stream";
    return new Response(new Uint8Array(content), { headers: { ...HEADERS, "Content-Type": type } });
  });
}

const HEADERS = {
  "Content-Security-Policy": CONTENT_SECURITY_POLICY,
  "X-Content-Type-Options": "nosniff",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
};

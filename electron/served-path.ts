import { join, sep } from "node:path";
import { APP_ORIGIN } from "./origins";

/** The file that a URL names, or nothing if it names none inside the folder. */
export function servedPath(folder: string, method: string, address: string): string | undefined {
  const url = URL.parse(address);
  if (method !== "GET" || url === null || `${url.protocol}//${url.host}` !== APP_ORIGIN) return undefined;
  let path: string;
  try {
    path = decodeURIComponent(url.pathname);
  } catch {
    return undefined;
  }
  if (path.includes("\0") || path.includes("\\")) return undefined;
  const file = join(folder, path === "/" ? "index.html" : path);
  return file.startsWith(folder + sep) ? file : undefined;
}

import { homedir } from "node:os";
import { join } from "node:path";

/** Where what was fetched is kept from one checkout to the next (XDG Base Directory Specification on Linux). */
export function cacheFolder(): string {
  const xdg = process.env["XDG_CACHE_HOME"];
  if (xdg !== undefined && xdg.startsWith("/")) return join(xdg, "bulkhead");
  if (process.platform === "darwin") return join(homedir(), "Library/Caches/bulkhead");
  if (process.platform === "win32") return join(process.env["LOCALAPPDATA"] ?? join(homedir(), "AppData/Local"), "bulkhead");
  return join(homedir(), ".cache/bulkhead");
}

import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** True if the module with this URL is the script that was started, not one that a script imports. */
export function isMain(moduleUrl: string): boolean {
  const started = process.argv[1];
  return started !== undefined && realpathSync(started) === fileURLToPath(moduleUrl);
}

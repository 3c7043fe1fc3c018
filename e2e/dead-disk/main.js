/** The program on a disk of which some files do not answer until a file beside them says so (`deadDisk` in ../fixtures.ts). */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const dead = process.env.BULKHEAD_E2E_DEAD;
const { open } = fs.promises;
fs.promises.open = async (path, ...rest) => {
  while (String(path).includes(dead) && !fs.existsSync(`${path}.go`)) await new Promise((resolve) => setTimeout(resolve, 50));
  return open(path, ...rest);
};
syncBuiltinESMExports();
await import("../../dist/electron/main.js");

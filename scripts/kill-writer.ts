/**
 * Saves a document and keeps its journal over and over, as the program does, until it is killed: for `kill-writes.test.ts`.
 * `node kill-writer.js FOLDER FIRST`: writes `FOLDER/network.bulkhead.json` and `FOLDER/recovery`, and says each number that is safe.
 */
import { writeSync } from "node:fs";
import { join } from "node:path";
import { writeAtomically } from "../electron/atomic-file";
import { RecoveryJournals } from "../electron/recovery";

const [folder = "", first = "1"] = process.argv.slice(2);
const path = join(folder, "network.bulkhead.json");
const journals = new RecoveryJournals(join(folder, "recovery"));
writeSync(1, "begins\n");
for (let number = Number(first); ; number += 1) {
  const text = `${String(number)}\n${`${String(number)} `.repeat(20_000)}\nend ${String(number)}\n`;
  await journals.keep("document", { name: "network", path, savedAs: null, changedAt: number, text });
  writeSync(1, `kept ${String(number)}\n`);
  await writeAtomically(path, text);
  writeSync(1, `saved ${String(number)}\n`);
}

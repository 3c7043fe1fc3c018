/**
 * `npm run test:oracle`: the analyzer against the packet walker on random documents, everything written in half of them and fields
 * absent in the others; a quarter of either behind filters that pass little. Prints the seed, so that a run can be had again; a disagreement is shrunk and printed with its document.
 */
import { parseArgs } from "node:util";
import fc from "fast-check";
import { formatTopology } from "../shared/model/canonical";
import type { Topology } from "../shared/model/topology";
import { agreement, completions, type Comparison } from "../shared/network/fixtures/oracle-comparison";
import { gatedDocument } from "../shared/network/fixtures/gated-document";
import { randomDocument, type Wanted } from "../shared/network/fixtures/random-document";

const { values } = parseArgs({ options: { documents: { type: "string", default: "10000" }, seed: { type: "string" } } });
const documents = Number(values.documents);
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
if (!Number.isInteger(documents) || documents < 2 || !Number.isInteger(seed)) throw new Error("--documents and --seed take whole numbers, --documents at least 2");

/** Shrinking takes long where a disagreement is rare in smaller documents. */
const LONGEST = 3_600_000;

interface Tally {
  documents: number;
  packets: number;
  disagreements: number;
}

const startedAt = Date.now();
const total: Tally = { documents: 0, packets: 0, disagreements: 0 };
process.stdout.write(`seed ${seed}\n`);
run("everything written", someDocument({ absent: false }), Math.ceil(documents / 2), agreement);
run("fields absent", someDocument({ absent: true }), Math.floor(documents / 2), completions);
const minutes = ((Date.now() - startedAt) / 60_000).toFixed(1);
process.stdout.write(`${total.documents} documents, ${total.packets} packets, ${total.disagreements} disagreements, seed ${seed}, ${minutes} min\n`);
process.exit(total.disagreements === 0 && total.documents === documents ? 0 : 1);

function someDocument(wanted: Wanted): fc.Arbitrary<Topology> {
  return fc.oneof({ weight: 3, arbitrary: randomDocument(wanted) }, { weight: 1, arbitrary: gatedDocument(wanted) });
}

function run(title: string, arbitrary: fc.Arbitrary<Topology>, numRuns: number, compare: (topology: Topology) => Comparison): void {
  let failed = false;
  const details = fc.check(fc.property(arbitrary, (topology) => {
    const { packets, disagreements } = compare(topology);
    // What shrinking tries is not counted.
    if (!failed) {
      total.documents += 1;
      total.packets += packets;
      if (total.documents % 500 === 0) process.stdout.write(`${total.documents} documents, ${total.packets} packets\n`);
    }
    failed ||= disagreements.length > 0;
    return disagreements.length === 0;
  }), { numRuns, seed, interruptAfterTimeLimit: LONGEST });
  if (!details.failed || details.counterexample === null) return;
  const [topology] = details.counterexample;
  const { disagreements } = compare(topology);
  total.disagreements += disagreements.length;
  process.stdout.write(`${title}, path ${details.counterexamplePath ?? ""}:\n${disagreements.join("\n")}\n${formatTopology(topology)}`);
}

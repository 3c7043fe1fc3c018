/** Run by node with --expose-gc: prints as JSON what the network of the 40,000-VM document keeps after its full analysis, over the document's bytes. */
import { parse, textOf } from "./documents";
import { analyseFully } from "./full-analysis";
import { SIZES, type Results } from "./analysis-ratios";

/** What is left after garbage is collected: objects, and the memory of typed arrays. */
function kept(): number {
  if (globalThis.gc === undefined) throw new Error("run with --expose-gc");
  for (let pass = 0; pass < 3; pass++) globalThis.gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

const text = textOf({ vms: SIZES["40k"], defaultAction: "deny" });
const bytes = Buffer.byteLength(text);
// Code and tables that the first analysis leaves behind belong to the program.
analyseFully(parse(textOf({ vms: SIZES["100"], defaultAction: "deny" })));
const before = kept();
const document = parse(text);
const withDocument = kept();
const network = analyseFully(document);
const after = kept();
const results: Results = {
  retainedOverBytes40k: (after - withDocument) / bytes,
  retainedWithDocumentOverBytes40k: (after - before) / bytes,
  documentBytes40k: bytes,
};
// Asked last, so that the network is alive until here.
if (network.party("vm-0") === undefined) throw new Error("the network is gone");
process.stdout.write(JSON.stringify(results));

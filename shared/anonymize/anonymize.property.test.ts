/** On random documents: the anonymized document says the same of isolation, and nothing of the original is left in it. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analyze } from "../analysis/analyze";
import type { Assume } from "../analysis/result";
import { formatTopology } from "../model/canonical";
import { parseTopology } from "../model/parse";
import { COLLECTIONS, entries, type Topology } from "../model/topology";
import { matrixOf } from "../network/network";
import { randomDocument } from "../network/fixtures/random-document";
import { hardenAtRandom } from "../rules/fixtures/random-hardening";
import { anonymize, type Anonymized } from "./anonymize";

const RUNS = Number(process.env["ANONYMIZE_RUNS"] ?? 40), TODAY = "2026-11-23";
const documents = fc.tuple(fc.oneof(randomDocument({ absent: false }), randomDocument({ absent: true })), fc.nat(9999)).map(([topology, seed]) => accepting(hardenAtRandom(topology, seed)));
const assumptions = fc.constantFrom<Assume>("hostile", "configured");

/** Every third finding is accepted, and one that is not there. */
function accepting(topology: Topology): Topology {
  const { findings } = analyze(topology, { today: TODAY, verifyFixes: false });
  return { ...topology, policy: { ...topology.policy, accept: [{ finding: "SW-001:nobody-here", reason: "moved" }, ...findings.filter((_, index) => index % 3 === 0).map(({ id }) => ({ finding: id, by: "A. Admin", reason: "Known" }))] } };
}

/** A finding in one line: what it is of, how grave, who is concerned. */
function findingLines(topology: Topology, assume: Assume, rename: (id: string) => string): string[] {
  return analyze(topology, { today: TODAY, assume, verifyFixes: false }).findings
    .map(({ id, severity, accepted, subjects, services }) => [rename(id), severity, accepted, subjects.map((subject) => rename(`MDL-001:${subject}`)).sort().join(" "), services.join(" ")].join(" | ")).sort();
}

function pairLines(topology: Topology, assume: Assume, rename: (id: string) => string): string[] {
  const { network } = analyze(topology, { today: TODAY, assume, verifyFixes: false });
  const party = (id: string): string => rename(`MDL-001:${id}`);
  return (["vm", "tenant"] as const).flatMap((by) => matrixOf(network, by).pairs.map(({ from, to, verdict, layer, frames = "", services, oneWay, forged = false }) => [by, party(from), party(to), verdict, layer, frames, services.join(" "), oneWay.join(" "), forged].join(" | "))).sort();
}

function renamerOf({ finding }: Anonymized): (id: string) => string {
  return (id) => finding(id) ?? `not renamed: ${id}`;
}

/** Ids, names, addresses and MACs. */
function identifying(topology: Topology): Set<string> {
  const found = new Set<string>([topology.name]);
  for (const collection of COLLECTIONS) {
    for (const [id, entry] of entries(topology, collection)) {
      found.add(id).add(entry.name ?? id);
      for (const tag of entry.tags ?? []) found.add(tag);
    }
  }
  for (const [, { nics = {} }] of entries(topology, "vms")) {
    for (const [local, { addresses = [], mac, gateway }] of Object.entries(nics)) for (const text of [local, ...addresses.map((each) => each.replace(/\/\d+$/, "")), mac, gateway]) if (text !== undefined) found.add(text);
  }
  for (const [, { addresses = [] }] of entries(topology, "managementInterfaces")) for (const address of addresses) found.add(address.replace(/\/\d+$/, ""));
  for (const collection of ["routers", "firewalls"] as const) for (const [, { interfaces = {} }] of entries(topology, collection)) for (const { addresses = [] } of Object.values(interfaces)) for (const address of addresses) found.add(address.replace(/\/\d+$/, ""));
  return found;
}

describe("an anonymized document", () => {
  it("has the same findings and verdicts, up to names", () => {
    fc.assert(fc.property(documents, assumptions, (topology, assume) => {
      const anonymized = anonymize(topology), rename = renamerOf(anonymized), same = (id: string): string => id.replace(/^MDL-001:(?=[^:]*$)/, "MDL-001:");
      expect(findingLines(anonymized.topology, assume, same)).toEqual(findingLines(topology, assume, rename));
      expect(pairLines(anonymized.topology, assume, same)).toEqual(pairLines(topology, assume, rename));
    }), { numRuns: RUNS });
  }, 600_000);

  it("is a valid document, the same every time, and holds no id, name, address or MAC of the original", () => {
    fc.assert(fc.property(documents, (topology) => {
      const { topology: anonymized } = anonymize(topology), text = formatTopology(anonymized);
      expect(formatTopology(anonymize(topology).topology)).toBe(text);
      const parsed = parseTopology(text);
      expect(parsed.ok ? [] : parsed.problems).toEqual([]);
      const tokens = new Set(text.match(/[\p{L}\p{N}_.:-]+/gu));
      expect([...identifying(topology)].filter((each) => tokens.has(each) || text.includes(`"${each}"`))).toEqual([]);
    }), { numRuns: RUNS });
  }, 600_000);
});

import { describe, expect, it } from "vitest";
import { applyEdits } from "../model/edit";
import { formatTopology } from "../model/canonical";
import { parseTopology } from "../model/parse";
import type { Topology } from "../model/topology";
import { validateTopology } from "../model/validate/validate";
import { compileNetwork } from "../network/network";
import { hardenAtRandom } from "./fixtures/random-hardening";
import { RULES } from "./index";
import type { Draft } from "./rule";
import { TODAY } from "./testing";
import { randomFlawedDocument } from "./testing-random";

const DOCUMENTS = 16;
/** Milliseconds; a busy machine is slow, not wrong. */
const PATIENCE = 120_000;

function documentOf(seed: number): Topology {
  const parsed = parseTopology(formatTopology(hardenAtRandom(randomFlawedDocument(seed), seed)));
  if (!parsed.ok) throw new Error(parsed.problems.map(({ path, message }) => `${path}: ${message}`).join("\n"));
  return parsed.topology;
}

function draftsOf(topology: Topology): ReadonlyMap<string, readonly Draft[]> {
  const network = compileNetwork(topology, { assume: "hostile", today: TODAY });
  const earlier = new Map<string, readonly Draft[]>();
  for (const rule of RULES) earlier.set(rule.id, rule.check({ topology, network, earlier }));
  return earlier;
}

const keysOf = (drafts: ReadonlyMap<string, readonly Draft[]>): string[] => [...drafts].flatMap(([rule, own]) => own.map(({ key }) => `${rule}:${key}`));

/** Ids of records, and of nics, interfaces and BMCs in them. */
function thingsIn(topology: Topology): ReadonlySet<string> {
  const records = Object.values(topology).flatMap((value) => (typeof value === "object" ? Object.entries(value as Record<string, Record<string, unknown>>) : []));
  return new Set(records.flatMap(([id, own]) => [id, `${id}/bmc`, ...["nics", "interfaces"].flatMap((part) => Object.keys((own[part] as object | undefined) ?? {}).map((local) => `${id}/${local}`))]));
}

describe("the catalogue on random documents", () => {
  const documents = Array.from({ length: DOCUMENTS }, (_, index) => documentOf(index + 1));

  it("gives each finding an id of its own, things that exist as subjects, and whole sentences", () => {
    const fired = new Set<string>();
    for (const topology of documents) {
      const drafts = draftsOf(topology);
      const keys = keysOf(drafts);
      expect(new Set(keys).size).toBe(keys.length);
      const things = thingsIn(topology);
      for (const [rule, own] of drafts) {
        for (const { key, subjects, title, detail } of own) {
          fired.add(rule);
          expect(subjects.filter((subject) => !things.has(subject)), `${rule}:${key}`).toEqual([]);
          expect(`${title} ${detail}`).not.toMatch(/undefined|NaN|\[object/);
        }
      }
    }
    expect(fired.size).toBeGreaterThan(45);
  }, PATIENCE);

  it("keeps every id when something unrelated is added", () => {
    for (const topology of documents) {
      const [tenant = ""] = Object.keys(topology.tenants ?? {});
      const more: Topology = {
        ...topology,
        hosts: { ...topology.hosts, "zz-host": { name: "zz" } },
        hypervisors: { ...topology.hypervisors, "zz-hv": { name: "zz", host: "zz-host", platform: "esxi" } },
        vms: { ...topology.vms, "zz-vm": { name: "zz", hypervisor: "zz-hv", tenant } },
      };
      const now = new Set(keysOf(draftsOf(more)));
      expect(keysOf(draftsOf(topology)).filter((key) => !now.has(key))).toEqual([]);
    }
  }, PATIENCE);

  it("has only fixes that leave a valid document, and for each finding a fix, a cause that has one, or the reason why only a person can", () => {
    for (const topology of documents.slice(0, DOCUMENTS / 2)) {
      for (const [rule, own] of draftsOf(topology)) {
        for (const { key, fixes, causes, detail } of own) {
          const candidates = fixes?.() ?? [];
          for (const { edits, title } of candidates) expect(validateTopology(applyEdits(topology, edits)), `${rule}:${key}: ${title}`).toEqual([]);
          if (candidates.length === 0 && causes === undefined) expect(detail, `${rule}:${key}`).toContain("Only a person can mend it");
        }
      }
    }
  }, PATIENCE);
});

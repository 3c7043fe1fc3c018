import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatTopology } from "./canonical";
import { parseTopology } from "./parse";
import { anyTopology, SMALL } from "./testing";
import type { Topology } from "./topology";

function parsed(text: string): Topology {
  const result = parseTopology(text);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.topology;
}

describe("the canonical form", () => {
  it("puts keys in schema order, records by id, two spaces, one trailing newline", () => {
    const topology: Topology = { name: "n", format: "bulkhead/1", vms: { b: { hypervisor: "h", name: "b", tags: ["z", "a"] }, a: { hypervisor: "h", name: "a", nics: {}, devices: [] } } };
    expect(formatTopology(topology)).toBe(`{
  "format": "bulkhead/1",
  "name": "n",
  "vms": {
    "a": {
      "name": "a",
      "hypervisor": "h",
      "nics": {},
      "devices": []
    },
    "b": {
      "name": "b",
      "tags": [
        "z",
        "a"
      ],
      "hypervisor": "h"
    }
  }
}
`);
  });

  it("sorts ids by code unit, also those that look like numbers", () => {
    const tenant = { name: "t" };
    const text = formatTopology({ format: "bulkhead/1", name: "n", tenants: { b: tenant, "9": tenant, "10": tenant, constructor: tenant, "a.b": tenant, a: tenant } });
    expect([...text.matchAll(/^ {4}"(.*)": \{$/gm)].map((match) => match[1])).toEqual(["10", "9", "a", "a.b", "b", "constructor"]);
  });

  it("never writes an absent field, and keeps what the schema does not know", () => {
    expect(formatTopology({ ...SMALL, zzz: 1, description: undefined, aaa: { y: 1, x: undefined } } as unknown as Topology)).toMatch(/\},\n {2}"aaa": \{\n {4}"y": 1\n {2}\},\n {2}"zzz": 1\n\}\n$/);
  });

  it("changes no byte when formatted again, whatever the document", () => {
    fc.assert(fc.property(anyTopology, (topology) => {
      const text = formatTopology(topology);
      expect(formatTopology(parsed(text))).toBe(text);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(topology)));
      expect(formatTopology(parsed(JSON.stringify(topology)))).toBe(text);
    }), { numRuns: 500 });
  });

  it("is a one-line difference after a one-field edit", () => {
    const before = formatTopology(SMALL).split("\n");
    const after = formatTopology({ ...SMALL, name: "other" }).split("\n");
    expect(after.filter((line, index) => line !== before[index])).toEqual(['  "name": "other",']);
  });
});

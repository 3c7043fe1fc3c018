import { describe, expect, it } from "vitest";
import { diffTopologies } from "../model/diff";
import { FORMAT, type Topology } from "../model/topology";
import { recordDifferences } from "./record-differences";

const of = (before: Partial<Topology>, after: Partial<Topology>) => {
  const [old, now] = [before, after].map((part): Topology => ({ format: FORMAT, name: "n", ...part })) as [Topology, Topology];
  return recordDifferences(old, now, diffTopologies(old, now));
};

describe("what is different, thing by thing", () => {
  it("is what came and went, also where its whole collection did", () => {
    expect(of({ tenants: { a: { name: "A" } } }, { hosts: { h: { name: "Host" } } })).toEqual([
      { sign: "-", collection: "tenants", id: "a", name: "A", fields: [] }, { sign: "+", collection: "hosts", id: "h", name: "Host", fields: [] },
    ]);
    expect(of({ tenants: { a: { name: "A" } } }, { tenants: { b: { name: "B" } } }).map(({ sign, id }) => sign + id)).toEqual(["-a", "+b"]);
  });

  it("is one entry for a thing, with its fields before and after", () => {
    expect(of({ tenants: { a: { name: "A" } } }, { tenants: { a: { name: "Acme", description: "moved" } } })).toEqual([
      { sign: "~", collection: "tenants", id: "a", name: "Acme", fields: [{ field: "name", before: "A", after: "Acme" }, { field: "description", before: "", after: "moved" }] },
    ]);
  });

  it("tells of a list as a whole, whatever moved in it", () => {
    const rules = (...ids: string[]) => ids.map((id) => ({ id, action: "allow" as const, services: ["tcp/1"] }));
    const firewall = (...ids: string[]): Partial<Topology> => ({ firewalls: { f: { name: "f", rules: rules(...ids) } } });
    expect(of(firewall("x", "y"), firewall("y", "z", "x"))[0]?.fields).toEqual([{ field: "rules", before: "2 entries", after: "3 entries" }]);
    expect(of(firewall("x", "y"), firewall("x", "z"))[0]?.fields).toEqual([{ field: "rules", before: "2 entries", after: "2 entries, not the same" }]);
  });

  it("is of the document itself too, but not of the picture", () => {
    expect(of({}, { name: "other", layout: { a: { x: 1, y: 2 } } })).toEqual([{ sign: "~", collection: "document", id: "name", name: "", fields: [{ field: "", before: "n", after: "other" }] }]);
    expect(of({ layout: { a: { x: 1, y: 2 } } }, {})).toEqual([]);
  });
});

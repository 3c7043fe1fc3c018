import { describe, expect, it } from "vitest";
import { CHANNELS } from "../../shared/analysis/result";
import { placeName } from "../actions/names";
import { channelsOf, noWayWords, PRECONDITIONS, radiusWords, shareOf } from "./words";

const step = (from: string, channel: (typeof CHANNELS)[number], to: string) => ({ from, to, channel, rule: "VM-001", detail: "", cost: 2 });

describe("attack paths in words", () => {
  it("name the channels of a path in order", () => {
    expect(channelsOf({ cost: 3, steps: [step("a", "clipboard", "h"), step("h", "control", "b")] })).toBe("clipboard → control");
  });

  it("say how far it goes, and leave out what is not got at", () => {
    const nothing = { tenants: [], hypervisors: [], management: [], datastores: [] };
    expect(radiusWords({ ...nothing, tenants: [{ id: "b", reached: 1, of: 2 }], hypervisors: ["h1", "h2"], management: ["m"] }, "Tenant A")).toBe("Tenant A gets at 1 tenant, 2 hypervisors and 1 management interface");
    expect(radiusWords({ ...nothing, datastores: ["d"] }, "a-web")).toBe("a-web gets at 1 datastore");
    expect(radiusWords(nothing, "a-web")).toBe("a-web gets at nothing");
    expect(shareOf({ reached: 1, of: 1 })).toBe("1 of 1 VM");
  });

  it("say why there is no way, and what that rests on", () => {
    expect(noWayWords("Tenant A", undefined, false)).toMatch(/^No step leads from Tenant A to another tenant, a hypervisor or management: .* where VMs run now\.$/);
    expect(noWayWords("a", "b", true)).toMatch(/from a to b: .* wherever in their cluster VMs run\.$/);
  });

  it("have a precondition for every channel, and a name for whatever has one", () => {
    expect(Object.keys(PRECONDITIONS).sort()).toEqual([...CHANNELS].sort());
    const topology = { format: "bulkhead/1", name: "t", tenants: { a: { name: "Tenant A" } }, datastores: { constructor: { name: "san" } } } as const;
    expect(["a", "constructor", "toString"].map((id) => placeName(topology, id))).toEqual(["Tenant A", "san", "toString"]);
  });
});

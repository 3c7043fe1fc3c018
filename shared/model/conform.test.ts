import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { conform } from "./conform";
import { anyTopology, SMALL } from "./testing";
import { topologySchema } from "./topology";

/** Everything in the order in which it stands, which equality would not see. */
const spelled = (value: unknown): string => JSON.stringify(value);
const copy = (value: unknown): unknown => JSON.parse(spelled(value));

/** A value of every kind that a field may have. */
const FULL = {
  ...SMALL,
  description: "x",
  tenants: { a: { name: "A", kind: "shared", color: "#fff", sensitive: true } },
  trunks: { t: { a: { switch: "tor", port: { mode: "trunk", allowed: "10,20-29", native: 5, tagNative: true } }, b: { switch: "tor", port: { mode: "access", vlan: 10 } } } },
  portGroups: {
    "pg-1": { name: "pg1", virtualSwitch: "vs-1", vlan: { mode: "private", primary: 10, secondary: 11, type: "isolated" }, security: { promiscuous: "reject" }, shaping: { averageMbps: 0.5 } },
    "pg-2": { name: "pg2", virtualSwitch: "vs-2", vlan: { mode: "overlay", vni: 5001 } }, "pg-3": { name: "pg3", virtualSwitch: "vs-2", vlan: { mode: "untagged" } },
  },
  vms: { web: { name: "web", description: "", tags: ["x"], hypervisor: "hv-1", role: "jump-host", nics: { eth0: { portGroup: "pg-1", mac: "0050.5600.0001", addresses: ["10.0.0.1/24", "fd00::1/64"], gateway: "10.0.0.254", guestVlans: [1, 4094], connected: false } }, guest: { sharedFolders: [{ hostPath: "/" }] }, resources: { cpuLimitMhz: 1 } } },
  externalNetworks: { internet: { name: "Internet", trust: "untrusted", attachedTo: { portGroup: "pg-1" } }, wan: { name: "WAN", attachedTo: { physicalSwitch: "tor", vlan: 5 } } },
  policy: { allow: [{ id: "p1", from: ["any"], services: ["tcp/1-2"], until: "2027-06-30" }], accept: [{ finding: "SW-001:x", reason: "y" }] },
  layout: { "hv-1": { x: -1, y: 0.5, width: 3, height: 4, collapsed: true } },
};

describe("conforming to the schema", () => {
  it("takes what the schema takes, as the schema gives it, and counts its members", () => {
    fc.assert(fc.property(anyTopology, (topology) => {
      const found = conform(copy(topology));
      expect(spelled(found?.topology)).toBe(spelled(topologySchema.parse(copy(topology))));
      expect(found?.members).toBe(countKeys(copy(topology)));
    }));
    expect(spelled(conform(copy(FULL))?.topology)).toBe(spelled(topologySchema.parse(copy(FULL))));
  });

  it("never takes what the schema refuses, and misses nothing that it takes, wherever something else is put", () => {
    const places = [...placesIn(FULL, [])];
    const other = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom<unknown>("access", "trunk", "", 0, 4094, 4095, 1.5, "10.0.0.1/33", "10.0.0.1/24", "fd00::/129", "tcp/0", "a", -1, true, null, {}, [], "2027-02-30", "constructor"));
    fc.assert(fc.property(fc.constantFrom(...places), other, fc.boolean(), (place, value, beside) => {
      const changed = copy(FULL);
      put(changed, beside ? [...place.slice(0, -1), "hypervisor"] : place, value);
      const library = topologySchema.safeParse(copy(changed));
      expect(spelled(conform(changed)?.topology)).toBe(spelled(library.data));
    }), { numRuns: 3000 });
  });

  it.each([[[]], [null], ["x"], [new Date()], [JSON.parse('{"format":"bulkhead/1","name":"x","__proto__":{}}')], [JSON.parse('{"format":"bulkhead/1","name":"x","vms":{"__proto__":{}}}')]])("does not take %j", (value: unknown) => {
    expect(conform(value)).toBeUndefined();
  });
});

function countKeys(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  return Object.values(value).reduce((sum: number, child) => sum + countKeys(child), Array.isArray(value) ? 0 : Object.keys(value).length);
}

type Place = readonly (string | number)[];

function* placesIn(value: unknown, at: Place): Generator<Place> {
  if (at.length > 0) yield at;
  if (typeof value !== "object" || value === null) return;
  for (const [key, child] of Object.entries(value)) yield* placesIn(child, [...at, Array.isArray(value) ? Number(key) : key]);
}

function put(root: unknown, place: Place, value: unknown): void {
  const owner = place.slice(0, -1).reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], root);
  (owner as Record<string, unknown>)[place.at(-1) ?? ""] = value;
}

import { describe, expect, it } from "vitest";
import type { Topology } from "../../shared/model/topology";
import { setRecordField } from "../actions/fields";
import { refusal } from "./try-change";

const topology: Topology = {
  format: "bulkhead/1", name: "x",
  hosts: { h: { name: "h" } },
  hypervisors: { hv: { name: "hv", host: "h", platform: "esxi" } },
  virtualSwitches: { vs: { name: "vs", kind: "standard", hypervisors: ["hv"] } },
  portGroups: { pg: { name: "pg", virtualSwitch: "vs" } },
  vms: { a: { name: "a", hypervisor: "hv", nics: { e: { portGroup: "pg", mac: "00:50:56:00:00:01" } } }, b: { name: "b", hypervisor: "hv", nics: { e: {} } } },
};
const set = (collection: "vms" | "portGroups", id: string, path: (string | number)[], value: unknown, within = topology) =>
  refusal(within, setRecordField(within, collection, [id], path, value, "field"), collection, [id]);

describe("a change in the inspector", () => {
  it("is let through where the document stays valid", () => {
    expect(set("vms", "b", ["nics", "e", "addresses"], ["10.0.0.1/24"])).toBeUndefined();
    expect(set("portGroups", "pg", ["vlan"], { mode: "access", id: 100 })).toBeUndefined();
  });

  it.each([
    ["a malformed address", "vms", "b", ["nics", "e", "addresses"], ["10.0.0.1"], /CIDR such as/],
    ["a VLAN out of range", "portGroups", "pg", ["vlan"], { mode: "access", id: 4095 }, /1 to 4094/],
    ["a MAC address that another nic has", "vms", "b", ["nics", "e", "mac"], "00:50:56:00:00:01", /used twice/],
    ["an empty VLAN list", "portGroups", "pg", ["vlan"], { mode: "trunk", allowed: "" }, /10,20-29/],
  ] as const)("is refused for %s, with what would be right", (_what, collection, id, path, value, message) => {
    expect(set(collection, id, [...path], value)).toMatch(message);
  });

  it("of a large document is judged by its record alone, and the rest is left to the check after the step", () => {
    const large: Topology = { ...topology, externalNetworks: Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`n${index}`, { name: `n${index}` }])) };
    expect(set("vms", "b", ["nics", "e", "addresses"], ["10.0.0.1"], large)).toMatch(/CIDR such as/);
    expect(set("vms", "b", ["nics", "e", "mac"], "00:50:56:00:00:01", large)).toBeUndefined();
  });
});

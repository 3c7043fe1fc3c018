import { describe, expect, it } from "vitest";
import type { Topology } from "../../shared/model/topology";
import { filterSuggestions, suggestionsOf, partyName } from "./suggestions";

const topology = {
  format: "bulkhead/1", name: "x",
  tenants: { a: { name: "Amber" } },
  hosts: { "host-1": { bmc: {} }, "host-2": {} },
  hypervisors: { "esx-1": { name: "esx-1", host: "host-1" } },
  portGroups: { prod: { name: "Production", switch: "vsw" } },
  vms: { "a-web": { name: "Web", tenant: "a", tags: ["dmz"], nics: { eth0: { portGroup: "prod" } } }, golden: { role: "template", tags: ["unused"] } },
  managementInterfaces: { vmk0: { hypervisor: "esx-1", portGroup: "prod" } },
} as unknown as Topology;

describe("suggestions for a trace", () => {
  const all = suggestionsOf(topology);

  it("are parties, then groups, then classes that have members", () => {
    expect(all.map(({ value }) => value)).toEqual(["a-web", "vmk0", "host-1/bmc", "tenant:a", "portgroup:prod", "hypervisor:esx-1", "tag:dmz", "management", "bmc", "workloads", "any"]);
  });

  it("are filtered by every word in id, name or kind, those that begin with the text first", () => {
    expect(filterSuggestions(all, "prod", 10).map(({ value }) => value)).toEqual(["portgroup:prod"]);
    expect(filterSuggestions(all, "vm", 10)[0]?.value).toBe("vmk0");
    expect(filterSuggestions(all, "tenant amber", 10).map(({ value }) => value)).toEqual(["tenant:a"]);
    expect(filterSuggestions(all, "", 3)).toHaveLength(3);
    expect(filterSuggestions(all, "nothing like it", 10)).toEqual([]);
  });
});

describe("what was selected, as a trace names it", () => {
  it("turns vNICs into VMs and groups into selectors, and leaves what is no id", () => {
    expect(partyName(topology, "a-web/eth0")).toBe("a-web");
    expect(partyName(topology, "prod")).toBe("portgroup:prod");
    expect(partyName(topology, "host-1/bmc")).toBe("host-1/bmc");
    expect(partyName(topology, "host-1")).toBe("");
    expect(partyName(topology, "a-web>prod")).toBe("a-web");
    expect(partyName(topology, "host-1>tor")).toBe("");
    expect(partyName(topology, "tenant:a")).toBe("tenant:a");
  });
});

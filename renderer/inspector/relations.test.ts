import { describe, expect, it } from "vitest";
import type { Topology } from "../../shared/model/topology";
import { collectionSchemas } from "../../shared/model/topology";
import { selectorCandidates } from "../actions/selectors";
import { blankObject, blankVariant, candidates, freshLocal } from "../fields/blank";
import { policySchema } from "../../shared/model/policy";
import { fieldsOf } from "../fields/form";
import { relationsOf } from "./relations";

const topology: Topology = {
  format: "bulkhead/1", name: "x", tenants: { t: { name: "Tenant A" } }, hosts: { h: { name: "h" } }, hypervisors: { hv: { name: "hv", host: "h", platform: "esxi" } },
  virtualSwitches: { vs: { name: "vs", kind: "standard", hypervisors: ["hv"] } }, portGroups: { pg: { name: "pg", virtualSwitch: "vs", vlan: { mode: "access", id: 100 } } },
  vms: { a: { name: "a", hypervisor: "hv", tenant: "t", tags: ["web"], nics: { e: { portGroup: "pg" } } }, b: { name: "b", hypervisor: "hv" } },
};

describe("what is connected to a record", () => {
  it.each([["portGroups", "pg", ["a"]], ["hypervisors", "hv", ["a", "b"]], ["tenants", "t", ["a"]], ["virtualSwitches", "vs", ["pg"]], ["hosts", "h", ["hv"]], ["vms", "a", []]] as const)("of %s %s is %j", (collection, id, ids) => {
    expect(relationsOf(topology, collection, id).map((relation) => relation.id)).toEqual(ids);
  });
});

describe("what has just been added", () => {
  it("is a legal value: required fields are filled in, with a VLAN that is free", () => {
    const vlan = fieldsOf(collectionSchemas.portGroups).find(({ key }) => key === "vlan")?.control;
    expect(vlan?.type === "variants" && [0, 1, 2, 3, 4].map((index) => blankVariant(topology, vlan, index))).toEqual([
      { mode: "access", id: 110 }, { mode: "untagged" }, { mode: "trunk" }, { mode: "private", primary: 110, type: "promiscuous" }, { mode: "overlay", vni: 5001 },
    ]);
    const rules = fieldsOf(collectionSchemas.firewalls).find(({ key }) => key === "rules")?.control;
    expect(rules?.type === "rows" && blankObject(topology, rules.fields)).toEqual({ id: "", action: "allow", from: [], to: [] });
  });

  it("opens nothing: a rule or a flow of the policy is for nobody until somebody says for whom", () => {
    const allow = fieldsOf(policySchema).find(({ key }) => key === "allow")?.control;
    const entry = allow?.type === "rows" ? { ...blankObject(topology, allow.fields), id: "allow-1" } : undefined;
    expect(entry).toEqual({ id: "allow-1", from: [], to: [] });
  });

  it("has a local id of its own", () => {
    expect(freshLocal("nics", "vms", ["eth0"])).toBe("eth1");
    expect(freshLocal("nics", "hosts", [])).toBe("vmnic0");
    expect(freshLocal("rules", "firewalls", ["r1", "r2"])).toBe("r3");
    expect(freshLocal("allow", "policy", [])).toBe("allow-1");
  });
});

describe("suggestions", () => {
  it("name what the document holds", () => {
    expect(candidates(topology, "hypervisors")).toEqual([{ id: "hv", name: "hv" }]);
    expect(selectorCandidates(topology).map(({ id }) => id)).toEqual(["any", "workloads", "management", "bmc", "external", "tenant:t", "hypervisor:hv", "tag:web", "portgroup:pg", "vm:a", "vm:b"]);
  });
});

import { describe, expect, it } from "vitest";
import { applyEdits } from "../../shared/model/edit";
import { FORMAT, type Topology } from "../../shared/model/topology";
import { remove } from "./remove";

const topology: Topology = {
  format: FORMAT,
  name: "t",
  tenants: { a: { name: "Tenant A" }, b: { name: "Tenant B" } },
  hosts: { h1: { name: "srv1", nics: { vmnic0: {} }, bmc: { physicalSwitch: "tor", vlan: 10 } } },
  physicalSwitches: { tor: { name: "tor" } },
  hypervisors: { esx: { name: "esx", host: "h1", platform: "esxi" } },
  managementInterfaces: { vmk0: { name: "vmk0", hypervisor: "esx", portGroup: "pg" } },
  virtualSwitches: { vsw: { name: "vSwitch0", kind: "standard", hypervisors: ["esx"] } },
  uplinks: { up: { virtualSwitch: "vsw", hypervisor: "esx", hostNic: "vmnic0", physicalSwitch: "tor" } },
  portGroups: { pg: { name: "Production", virtualSwitch: "vsw" } },
  vms: { web: { name: "web", hypervisor: "esx", tenant: "a", nics: { eth0: { portGroup: "pg" } } } },
  firewalls: {
    fw: {
      name: "fw",
      interfaces: { inside: { portGroup: "pg" }, outside: { physicalSwitch: "tor", vlan: 20 } },
      rules: [
        { id: "r1", action: "deny", from: ["tenant:a"], to: ["tenant:b"] },
        { id: "r2", action: "allow", from: ["tenant:a", "tenant:b"], in: "inside" },
      ],
    },
  },
  externalNetworks: { net: { name: "Internet", attachedTo: { physicalSwitch: "tor", vlan: 20 } } },
  policy: { allow: [{ id: "p1", from: ["tenant:a"], to: ["vm:web"] }], accept: [{ finding: "SW-001:pg" }] },
  layout: { h1: { x: 0, y: 0 }, web: { x: 8, y: 8 } },
};

function after(ids: string[]): Topology {
  const outcome = remove(topology, ids);
  if (!outcome.ok) throw new Error(outcome.reason);
  return applyEdits(topology, outcome.change.edits);
}

describe("remove", () => {
  it("takes along what cannot be without it, and says so in the label", () => {
    const outcome = remove(topology, ["h1"]);
    expect(outcome.ok && outcome.change.label).toBe("delete srv1 with esx, vmk0 and 4 more");
    const result = after(["h1"]);
    expect(result.vms).toBeUndefined();
    expect(result.portGroups).toBeUndefined();
    expect(result.uplinks).toBeUndefined();
    expect(result.layout).toBeUndefined();
    expect(Object.keys(result.firewalls ?? {})).toEqual(["fw"]);
    expect(result.firewalls?.["fw"]?.interfaces?.["inside"]).toEqual({});
  });

  it("unplugs vNICs of a deleted port group and keeps the VM", () => {
    const result = after(["pg"]);
    expect(result.vms?.["web"]?.nics?.["eth0"]).toEqual({});
    expect(result.managementInterfaces).toBeUndefined();
  });

  it("drops a selector from rules, and the rule where it was the last one: a rule never widens to any", () => {
    const rules = after(["a"]).firewalls?.["fw"]?.rules;
    expect(rules).toEqual([{ id: "r2", action: "allow", from: ["tenant:b"], in: "inside" }]);
    expect(after(["a"]).policy?.allow).toEqual([]);
    expect(after(["a"]).vms?.["web"]?.tenant).toBeUndefined();
  });

  it("lets go of a physical switch everywhere: BMC, uplink, interface with its VLAN, external network", () => {
    const result = after(["tor"]);
    expect(result.hosts?.["h1"]?.bmc).toBeUndefined();
    expect(result.uplinks).toBeUndefined();
    expect(result.firewalls?.["fw"]?.interfaces?.["outside"]).toEqual({});
    expect(result.externalNetworks?.["net"]?.attachedTo).toBeUndefined();
  });

  it("removes a vNIC, an interface with the rules that name it, a BMC and a cable", () => {
    expect(after(["web/eth0"]).vms?.["web"]?.nics).toBeUndefined();
    expect(after(["fw/inside"]).firewalls?.["fw"]?.rules?.map((rule) => rule.id)).toEqual(["r1"]);
    expect(after(["h1/bmc"]).hosts?.["h1"]?.bmc).toBeUndefined();
    expect(after(["net>tor"]).externalNetworks?.["net"]).toEqual({ name: "Internet" });
    expect(after(["h1/vmnic0"]).uplinks?.["up"]?.hostNic).toBeUndefined();
  });

  it("says why a cable that is not optional stays", () => {
    expect(remove(topology, ["vmk0>pg"])).toEqual({ ok: false, reason: "A management interface is always plugged into a port group: drag it to another one, or delete it" });
  });

  it("leaves accepted risks alone", () => {
    expect(after(["pg"]).policy?.accept).toEqual([{ finding: "SW-001:pg" }]);
  });
});

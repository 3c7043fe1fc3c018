import { describe, expect, it } from "vitest";
import { FRAGMENT_PREFIX } from "../../shared/ipc";
import { applyEdits } from "../../shared/model/edit";
import { FORMAT, type Topology } from "../../shared/model/topology";
import { copyFragment, duplicateThings, pasteFragment } from "./clipboard";

const topology: Topology = {
  format: FORMAT,
  name: "t",
  tenants: { a: { name: "Tenant A" } },
  hosts: { h1: { name: "srv1", nics: { vmnic0: {} } } },
  physicalSwitches: { tor: { name: "tor" } },
  hypervisors: { esx1: { name: "esx1", host: "h1", platform: "esxi" }, esx2: { name: "esx2", host: "h1", platform: "esxi" } },
  virtualSwitches: { vsw: { name: "vSwitch0", kind: "standard", hypervisors: ["esx1"] } },
  uplinks: { up: { virtualSwitch: "vsw", hypervisor: "esx1", hostNic: "vmnic0", physicalSwitch: "tor" } },
  portGroups: { pg: { name: "Production", virtualSwitch: "vsw" } },
  vms: {
    "a-1": { name: "a-1", hypervisor: "esx1", tenant: "a", nics: { eth0: { portGroup: "pg", mac: "00:50:56:00:00:01" } } },
    "a-2": { name: "a-2", hypervisor: "esx1", tenant: "a" },
  },
  layout: { h1: { x: 0, y: 0 } },
};

function pasted(ids: string[], into: Topology, onto?: string): { topology: Topology; select: readonly string[]; note: string | undefined } {
  const text = copyFragment(topology, ids) ?? "";
  const outcome = pasteFragment(into, text, { onto, offset: 24 });
  if (!outcome.ok) throw new Error(outcome.reason);
  return { topology: applyEdits(into, outcome.change.edits), select: outcome.select, note: outcome.note };
}

describe("copy and paste", () => {
  it("gives copies fresh ids and names, keeps what they refer to, and drops MAC addresses", () => {
    const { topology: after, select } = pasted(["a-1", "a-2"], topology);
    expect(after.vms?.["a-1-2"]).toEqual({ name: "a-3", hypervisor: "esx1", tenant: "a", nics: { eth0: { portGroup: "pg" } } });
    expect(after.vms?.["a-2-2"]?.name).toBe("a-4");
    expect(select).toEqual(["a-1-2", "a-2-2"]);
  });

  it("copies a host with everything inside and its uplinks, all wired among themselves", () => {
    const { topology: after, select } = pasted(["h1"], topology);
    expect(select).toEqual(["h1-2"]);
    expect(after.hypervisors?.["esx1-2"]?.host).toBe("h1-2");
    expect(after.virtualSwitches?.["vsw-2"]?.hypervisors).toEqual(["esx1-2"]);
    expect(after.vms?.["a-1-2"]?.nics?.["eth0"]?.portGroup).toBe("pg-2");
    expect(after.uplinks?.["up-2"]).toEqual({ virtualSwitch: "vsw-2", hypervisor: "esx1-2", hostNic: "vmnic0", physicalSwitch: "tor" });
    expect(after.layout?.["h1-2"]).toEqual({ x: 24, y: 24 });
  });

  it("pastes onto what is selected", () => {
    const { topology: after } = pasted(["a-2"], topology, "esx2");
    expect(after.vms?.["a-2-2"]?.hypervisor).toBe("esx2");
  });

  it("leaves out, in another document, what belongs to things that are not there", () => {
    const other: Topology = { format: FORMAT, name: "o", hosts: { x: { name: "x" } }, hypervisors: { hv: { name: "hv", host: "x", platform: "kvm" } } };
    const { topology: after } = pasted(["a-1"], other, "hv");
    expect(after.vms?.["a-1"]).toEqual({ name: "a-1", hypervisor: "hv", tenant: "a", nics: { eth0: {} } });
    expect(pasteFragment(other, copyFragment(topology, ["pg"]) ?? "", { offset: 0 })).toEqual({ ok: false, reason: "A port group is pasted onto a virtual switch: select one first" });
  });

  it("brings the tenants of VMs along: to one of that name where there is one, never to another that has its id", () => {
    const other: Topology = { format: FORMAT, name: "o", hosts: { x: { name: "x" } }, hypervisors: { hv: { name: "hv", host: "x", platform: "kvm" } } };
    expect(pasted(["a-1", "a-2"], other, "hv").topology).toMatchObject({ tenants: { a: { name: "Tenant A" } }, vms: { "a-1": { tenant: "a" }, "a-2": { tenant: "a" } } });
    const known = { ...other, tenants: { first: { name: "Tenant A" } } };
    expect(pasted(["a-1"], known, "hv").topology).toMatchObject({ tenants: known.tenants, vms: { "a-1": { tenant: "first" } } });
    const stranger = { ...other, tenants: { a: { name: "Somebody else" } } };
    expect(pasted(["a-1"], stranger, "hv").topology).toMatchObject({ tenants: { a: { name: "Somebody else" }, "a-2": { name: "Tenant A" } }, vms: { "a-1": { tenant: "a-2" } } });
    expect(pasted(["a-1"], other, "hv").select).toEqual(["a-1"]);
    expect(pasted(["a"], topology).topology.tenants).toEqual({ a: { name: "Tenant A" }, "a-3": { name: "Tenant A-2" } });
  });

  it("duplicates things in one go, and says why a part of a thing cannot be", () => {
    const outcome = duplicateThings(topology, ["a-2", "a-1/eth0"]);
    expect(outcome).toMatchObject({ ok: true, select: ["a-2-2"] });
    expect(duplicateThings(topology, ["a-1/eth0"])).toEqual({ ok: false, reason: "That is a part of another thing and cannot be duplicated by itself" });
  });

  it("refuses what is no fragment", () => {
    for (const text of ["", "{}", `${FRAGMENT_PREFIX}}`, `${FRAGMENT_PREFIX},"things":[{"collection":"vms","id":"x","record":{"nope":1}}],"layout":{}}`]) {
      expect(pasteFragment(topology, text, { offset: 0 }).ok).toBe(false);
    }
    expect(copyFragment(topology, ["nowhere", "a-1/eth0"])).toBeUndefined();
  });
});

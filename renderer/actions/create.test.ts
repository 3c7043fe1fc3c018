import { describe, expect, it } from "vitest";
import { applyEdits } from "../../shared/model/edit";
import { FORMAT, type CollectionName, type Topology } from "../../shared/model/topology";
import { connect } from "./connect";
import { create } from "./create";
import type { Placing } from "./placing";

const empty: Topology = { format: FORMAT, name: "t" };

function made(topology: Topology, kind: CollectionName, placing: Placing = {}): { topology: Topology; id: string; note: string | undefined } {
  const outcome = create(topology, kind, placing);
  if (!outcome.ok) throw new Error(outcome.reason);
  return { topology: applyEdits(topology, outcome.change.edits), id: outcome.select[0] ?? "", note: outcome.note };
}
function refused(topology: Topology, kind: CollectionName, placing: Placing = {}): string {
  const outcome = create(topology, kind, placing);
  return outcome.ok ? "(made)" : outcome.reason;
}

describe("create", () => {
  it("brings a host along for a hypervisor on the bare canvas, and puts it where it was dropped", () => {
    const { topology } = made(empty, "hypervisors", { at: { x: 80.4, y: 40 } });
    expect(topology.hosts?.["srv1"]?.name).toBe("srv1");
    expect(topology.hypervisors?.["esx-1"]).toEqual({ name: "esx-1", host: "srv1", platform: "esxi" });
    expect(topology.layout).toEqual({ srv1: { x: 80, y: 40 } });
  });

  it("draws the two-host scenario with one drop for each thing", () => {
    let { topology } = made(empty, "hypervisors");
    topology = made(topology, "hypervisors").topology;
    topology = made(topology, "virtualSwitches", { target: "esx-1" }).topology;
    topology = made(topology, "virtualSwitches", { target: "srv2" }).topology;
    topology = made(topology, "portGroups", { target: "esx-1-vswitch0" }).topology;
    expect(topology.portGroups?.["network-100"]).toEqual({ name: "Network 100", vlan: { mode: "access", id: 100 }, virtualSwitch: "esx-1-vswitch0" });
    const twin = made(topology, "portGroups", { target: "esx-2" });
    topology = twin.topology;
    expect(topology.portGroups?.["network-100-2"]).toEqual({ name: "Network 100", vlan: { mode: "access", id: 100 }, virtualSwitch: "esx-2-vswitch0" });
    expect(twin.note).toBe("Same name and VLAN as on esx-1");
    topology = made(topology, "tenants").topology;
    const vm = made(topology, "vms", { target: "esx-2", tenant: "tenant-a" });
    expect(vm.topology.vms?.["a-1"]).toEqual({ name: "a-1", hypervisor: "esx-2", role: "workload", tenant: "tenant-a", nics: { eth0: { portGroup: "network-100-2" } } });
    expect(vm.note).toBeUndefined();
    const vmk = made(vm.topology, "managementInterfaces", { target: "network-100" });
    expect(vmk.topology.managementInterfaces?.["esx-1-vmk0"]).toEqual({ name: "vmk0", hypervisor: "esx-1", portGroup: "network-100", services: ["management"] });
    topology = made(vmk.topology, "physicalSwitches").topology;
    expect(connect(topology, "esx-1-vswitch0", "tor-1").ok).toBe(true);
  });

  it("counts names and VLANs up, and gives VMs their tenant's short name", () => {
    const two = made(made(empty, "tenants").topology, "tenants").topology;
    expect(Object.keys(two.tenants ?? {})).toEqual(["tenant-a", "tenant-b"]);
    // Also where the first was renamed: ids are told apart by a letter, not by a number behind it.
    const renamed = { ...empty, tenants: { "tenant-a": { name: "Acme" } } };
    expect(made(renamed, "tenants").topology.tenants?.["tenant-b"]?.name).toBe("Tenant B");
    const base = made(made(empty, "hypervisors").topology, "virtualSwitches").topology;
    const groups = made(made(base, "portGroups").topology, "portGroups").topology.portGroups;
    expect(Object.values(groups ?? {}).map((group) => group.name)).toEqual(["Network 100", "Network 110"]);
  });

  it("makes a distributed switch over all hypervisors beside them", () => {
    const hosts = made(made(empty, "hypervisors").topology, "hypervisors").topology;
    expect(made(hosts, "virtualSwitches").topology.virtualSwitches?.["dvswitch1"]).toEqual({ name: "dvSwitch1", kind: "distributed", hypervisors: ["esx-1", "esx-2"] });
  });

  it("gives a Proxmox host a VLAN-aware bridge", () => {
    const base: Topology = { ...empty, hosts: { h: { name: "h" } }, hypervisors: { pve: { name: "pve", host: "h", platform: "proxmox" } } };
    expect(made(base, "virtualSwitches", { target: "pve" }).topology.virtualSwitches?.["pve-vmbr0"]).toEqual({ name: "vmbr0", kind: "linux-bridge", hypervisors: ["pve"], vlanAware: true });
  });

  it("assigns a new tenant to the VM it was dropped on", () => {
    const base = made(made(empty, "hypervisors").topology, "vms").topology;
    expect(made(base, "tenants", { target: "vm-1" }).topology.vms?.["vm-1"]?.tenant).toBe("tenant-a");
  });

  it("says what has to come first", () => {
    expect(refused(empty, "vms")).toBe("A VM runs on a hypervisor: add one first");
    expect(refused(empty, "portGroups")).toBe("A port group is a part of a virtual switch: add a hypervisor and a switch first");
    expect(refused(empty, "managementInterfaces")).toBe("A management interface is a hypervisor's own: add one first");
    expect(refused(empty, "uplinks")).toBe("Pull a cable from a virtual switch to a physical one");
  });

  it("makes appliances physical beside the hosts and virtual on a hypervisor", () => {
    const base = made(empty, "hypervisors").topology;
    expect(made(base, "firewalls").topology.firewalls?.["fw-1"]?.hypervisor).toBeUndefined();
    expect(made(base, "routers", { target: "esx-1" }).topology.routers?.["gw-1"]?.hypervisor).toBe("esx-1");
  });
});

import { describe, expect, it } from "vitest";
import { add, complaints } from "../testing";

const DANGLING: readonly (readonly [string, string])[] = [
  ["/hypervisors/hv-1/host", "hosts"],
  ["/managementInterfaces/vmk0/hypervisor", "hypervisors"],
  ["/managementInterfaces/vmk0/portGroup", "portGroups"],
  ["/uplinks/up-1/virtualSwitch", "virtualSwitches"],
  ["/uplinks/up-1/hypervisor", "hypervisors"],
  ["/uplinks/up-1/physicalSwitch", "physicalSwitches"],
  ["/portGroups/pg-1/virtualSwitch", "virtualSwitches"],
  ["/vms/web/hypervisor", "hypervisors"],
  ["/vms/web/tenant", "tenants"],
  ["/vms/web/nics/eth0/portGroup", "portGroups"],
  ["/firewalls/fw/hypervisor", "hypervisors"],
  ["/firewalls/fw/interfaces/in/portGroup", "portGroups"],
  ["/firewalls/fw/interfaces/out/physicalSwitch", "physicalSwitches"],
];

describe("a dangling reference", () => {
  it.each(DANGLING)("at %s is refused", (path, collection) => {
    const place = `$${path.replaceAll("/", ".")}`;
    expect(complaints(add(path, "nowhere"))).toContain(`${place}: names nothing in $.${collection}: "nowhere"; the id of one of $.${collection}`);
  });

  it.each([
    [add("/hosts/host-1/bmc", { physicalSwitch: "nowhere", vlan: 1 }), "$.hosts.host-1.bmc.physicalSwitch"],
    [add("/trunks", { t: { a: { switch: "nowhere" }, b: { switch: "tor" } } }), "$.trunks.t.a.switch"],
    [add("/trunks", { t: { a: { switch: "tor" }, b: { switch: "nowhere" } } }), "$.trunks.t.b.switch"],
    [add("/virtualSwitches/vs-2/hypervisors/-", "nowhere"), "$.virtualSwitches.vs-2.hypervisors[1]"],
    [add("/datastores", { ds: { name: "ds", hypervisors: ["nowhere"] } }), "$.datastores.ds.hypervisors[0]"],
    [add("/datastores", { ds: { name: "ds", storageNetwork: "nowhere" } }), "$.datastores.ds.storageNetwork"],
    [add("/vms/web/disks", [{ datastore: "nowhere" }]), "$.vms.web.disks[0].datastore"],
    [add("/distributedFirewalls/dfw/virtualSwitches", ["vs-1", "nowhere"]), "$.distributedFirewalls.dfw.virtualSwitches[1]"],
    [add("/externalNetworks/internet/attachedTo", { physicalSwitch: "nowhere", vlan: 5 }), "$.externalNetworks.internet.attachedTo.physicalSwitch"],
    [add("/externalNetworks/internet/attachedTo", { portGroup: "nowhere" }), "$.externalNetworks.internet.attachedTo.portGroup"],
    [add("/uplinks/up-1/hostNic", "nowhere"), "$.uplinks.up-1.hostNic"],
    [add("/layout", { nowhere: { x: 0, y: 0 } }), "$.layout.nowhere"],
  ])("is refused wherever it is: %j", (edit, place) => {
    const lines = complaints(edit);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(`${place}: names nothing in `);
  });

  it("says so where the id is of another collection", () => {
    expect(complaints(add("/vms/web/tenant", "hv-1"))).toEqual(['$.vms.web.tenant: names one of $.hypervisors, not of $.tenants: "hv-1"; the id of one of $.tenants']);
  });

  it("is not seen in inherited keys", () => {
    expect(complaints(add("/vms/web/tenant", "constructor"))).toHaveLength(1);
    expect(complaints(add("/vms/web/tenant", "constructor"), add("/tenants/constructor", { name: "C" }))).toEqual([]);
  });

  it("does not follow from a malformed record", () => {
    expect(complaints(add("/hypervisors/hv-1", 5))).toEqual(["$.hypervisors.hv-1: wrong type: 5; an object"]);
  });
});

describe("an uplink's host NIC", () => {
  it("is one of the host of its hypervisor, not of another", () => {
    expect(complaints(add("/hosts/host-2/nics", { nic7: {} }), add("/uplinks/up-1/hostNic", "nic7"))).toEqual([
      '$.uplinks.up-1.hostNic: names nothing in $.hosts.host-1.nics: "nic7"; the id of one of $.hosts.host-1.nics',
    ]);
  });
});

import { describe, expect, it } from "vitest";
import { applyEdits } from "../../shared/model/edit";
import type { Topology } from "../../shared/model/topology";
import { kindOf } from "./kinds";
import { labelOf } from "./labels";
import { planNow, type Plan, type RowWrite } from "./plan";
import { columnOf, NETWORK, rowOf } from "./testing";

const write = (kind: string, id: string | undefined, cells: Readonly<Record<string, string>>): RowWrite => ({
  row: id === undefined ? undefined : rowOf(NETWORK, kind, id), cells: Object.entries(cells).map(([key, text]) => ({ column: columnOf(kind, key), text })),
});
const plan = (kind: string, ...writes: readonly RowWrite[]): Plan & { label: string; after: Topology; words: string[] } => {
  const found = planNow(NETWORK, kindOf(kind), writes);
  return { ...found, label: labelOf(NETWORK, kindOf(kind), found), after: applyEdits(NETWORK, found.draft.change("").edits), words: found.problems.map(({ at, column, message }) => `${at} ${column ?? "row"}: ${message}`) };
};

describe("writing into cells", () => {
  it("is a step with the name of what it does", () => {
    const one = plan("portGroups", write("portGroups", "prod1", { vlan: "20" }));
    expect([one.label, one.after.portGroups?.["prod1"]?.vlan]).toEqual(["set VLAN of Production to 20", { mode: "access", id: 20 }]);
    expect(plan("portGroups", ...["prod1", "prod2", "dmz"].map((id) => write("portGroups", id, { vlan: "30" }))).label).toBe("set VLAN of 3 port groups to 30");
    expect(plan("vms", write("vms", "web", { tenant: "", zone: "dmz" })).label).toBe("change 2 cells of web");
    expect(plan("vms", write("vms", "web", { tenant: "" })).label).toBe("clear tenant of web");
  });

  it("changes nothing where the text is what the cell says already", () => {
    const same = plan("vms", write("vms", "gw", { "only.portGroup": "Production + DMZ", name: "gw" }), write("portGroups", "prod1", {}));
    expect([same.changes, same.problems, same.draft.change("").edits]).toEqual([[], [], []]);
  });

  it("leaves no empty group behind, and never takes a vNIC away", () => {
    const { after } = plan("portGroups", write("portGroups", "prod2", { "security.promiscuous": "" }));
    expect(after.portGroups?.["prod2"]).not.toHaveProperty("security");
    const bare = plan("vms", write("vms", "web", { "only.portGroup": "", "only.addresses": "", "only.mac": "" }));
    expect(bare.after.vms?.["web"]?.nics).toEqual({ eth0: {} });
  });

  it("writes several fields of a group that was not there", () => {
    expect(plan("vms", write("vms", "web", { "guest.clipboard": "off", "guest.dragAndDrop": "off" })).after.vms?.["web"]?.guest).toEqual({ clipboard: false, dragAndDrop: false });
  });

  it("reads a name on the hypervisor that the same row moves to", () => {
    const moved = plan("vms", write("vms", "web", { "only.portGroup": "Production", hypervisor: "esx-2" }));
    expect([moved.words, moved.after.vms?.["web"]]).toEqual([[], expect.objectContaining({ hypervisor: "esx-2", nics: { eth0: expect.objectContaining({ portGroup: "prod2" }) } })]);
  });

  it("changes parts of one record one after the other", () => {
    const { after, words } = plan("vms.nics", write("vms.nics", "gw/in", { portGroup: "DMZ" }), write("vms.nics", "gw/out", { addresses: "10.0.0.1/24" }));
    expect([words, after.vms?.["gw"]?.nics]).toEqual([[], { in: { portGroup: "dmz" }, out: { portGroup: "dmz", addresses: ["10.0.0.1/24"] } }]);
  });

  it("tells what is wrong at its row and column: a text, a vNIC of several, a document that would not hold together", () => {
    expect(plan("portGroups", write("portGroups", "dmz", { vlan: "20" }), write("portGroups", "prod1", { vlan: "x" })).words).toEqual([expect.stringMatching(/^1 vlan: “x” is not one of/)]);
    expect(plan("vms", write("vms", "web", { hypervisor: "esx-9", "only.portGroup": "Elsewhere", zone: "dmz" })).words).toEqual([expect.stringMatching(/^0 hypervisor: No hypervisor/)]);
    expect(plan("vms", write("vms", "gw", { "only.mac": "00:50:56:00:00:09" })).words).toEqual([expect.stringMatching(/several vNICs/)]);
    expect(plan("vms", write("vms", "web", { "only.mac": "00:50:56:00:00:02" })).words).toEqual([expect.stringMatching(/^0 only.mac: .*used twice/i)]);
    expect(plan("vms", write("vms", "web", { hypervisor: "esx-2" })).words).toEqual([expect.stringMatching(/^0 .*: A port group of vs1/)]);
    expect(plan("vms", write("vms", "web", { id: "web2" })).words).toEqual([expect.stringMatching(/^0 id: An id is chosen/)]);
    expect(plan("vms", write("vms", "web", { nics: "eth1" })).words).toEqual([expect.stringMatching(/table of their own/)]);
  });
});

describe("rows that are new", () => {
  it("have an id made from the name, and what there is only one of", () => {
    const made = plan("vms", write("vms", undefined, { name: "App server", hypervisor: "esx-1", "only.portGroup": "Production", tenant: "Tenant A" }), write("vms", undefined, { name: "web", hypervisor: "esx-1" }));
    expect([made.words, made.added, made.label]).toEqual([[], ["app-server", "web-2"], "paste 2 VMs"]);
    expect(made.after.vms?.["app-server"]).toEqual({ name: "App server", hypervisor: "esx-1", tenant: "a", nics: { eth0: { portGroup: "prod1" } } });
    const single = planNow({ format: "bulkhead/1", name: "x", hosts: { h: { name: "h" } } }, kindOf("hypervisors"), [write("hypervisors", undefined, { name: "esx-1", platform: "kvm" })]);
    expect([single.problems, single.draft.topology.hypervisors]).toEqual([[], { "esx-1": { name: "esx-1", platform: "kvm", host: "h" } }]);
  });

  it("are refused without what they cannot be without, or with an id that is taken", () => {
    expect(plan("vms", write("vms", undefined, { name: "x" }), write("vms", undefined, { hypervisor: "esx-1" }), write("vms", undefined, { id: "web", name: "y", hypervisor: "esx-1" })).words)
      .toEqual(["0 hypervisor: Hypervisor is required", "1 name: Name is required", "2 id: The document has a “web” already"]);
  });

  it("are parts of the thing that they name", () => {
    const made = plan("vms.nics", write("vms.nics", undefined, { id: "web/eth1", portGroup: "DMZ" }), write("vms.nics", undefined, { id: "web", portGroup: "Production" }), write("vms.nics", undefined, { id: "nobody/eth0" }), write("vms.nics", undefined, { id: "web/eth0" }));
    expect(made.words).toEqual([expect.stringMatching(/^2 id: No VM is called “nobody”/), expect.stringMatching(/^3 id: web has a “eth0” already/)]);
    expect([made.added, Object.keys(made.after.vms?.["web"]?.nics ?? {})]).toEqual([["web/eth1", "web/eth2"], ["eth0", "eth1", "eth2"]]);
  });

  it("can be cables", () => {
    const made = plan("trunks", write("trunks", undefined, { "a.switch": "tor-1", "b.switch": "tor-2", "a.port": "trunk 10,20 native 1" }));
    expect([made.words, made.after.trunks]).toEqual([[], { "tor-1-tor-2": { a: { switch: "tor-1", port: { mode: "trunk", allowed: "10,20", native: 1 } }, b: { switch: "tor-2" } } }]);
    expect(plan("trunks", write("trunks", undefined, { "a.switch": "tor-1" })).words).toEqual([expect.stringMatching(/^0 b.switch: End B is required/)]);
  });
});

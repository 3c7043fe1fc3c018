import { describe, expect, it } from "vitest";
import { applyEdits } from "../../shared/model/edit";
import { FORMAT, type Topology } from "../../shared/model/topology";
import { rename, setRecordField } from "./fields";

const topology: Topology = {
  format: FORMAT,
  name: "t",
  hosts: { h: { name: "h" } },
  hypervisors: { esx: { name: "esx", host: "h", platform: "esxi", management: { mfa: false } } },
  portGroups: { pg: { name: "Production", virtualSwitch: "vsw", vlan: { mode: "access", id: 10 } } },
  vms: { web: { name: "web", hypervisor: "esx", nics: { eth0: { portGroup: "pg" } }, guest: { clipboard: true, dragAndDrop: true } } },
};

describe("setRecordField", () => {
  it("names the step after the field, the thing and the value", () => {
    expect(setRecordField(topology, "portGroups", ["pg"], ["vlan"], { mode: "access", id: 20 }, "VLAN").label).toBe("set VLAN of Production to 20");
    expect(setRecordField(topology, "vms", ["web"], ["guest", "clipboard"], false, "Shared clipboard").label).toBe("set shared clipboard of web to off");
    expect(setRecordField(topology, "vms", ["web"], ["zone"], undefined, "Zone").label).toBe("clear zone of web");
  });

  it("sets fields of groups that are not there yet", () => {
    const change = setRecordField(topology, "vms", ["web"], ["resources", "cpuLimitMhz"], 1000, "CPU limit");
    expect(applyEdits(topology, change.edits).vms?.["web"]?.resources).toEqual({ cpuLimitMhz: 1000 });
  });

  it("removes a group with its last field, and never a vNIC with its last field", () => {
    expect(applyEdits(topology, setRecordField(topology, "hypervisors", ["esx"], ["management", "mfa"], undefined, "MFA").edits).hypervisors?.["esx"]?.management).toBeUndefined();
    expect(applyEdits(topology, setRecordField(topology, "vms", ["web"], ["guest", "clipboard"], undefined, "Clipboard").edits).vms?.["web"]?.guest).toEqual({ dragAndDrop: true });
    expect(applyEdits(topology, setRecordField(topology, "vms", ["web"], ["nics", "eth0", "portGroup"], undefined, "Port group").edits).vms?.["web"]?.nics).toEqual({ eth0: {} });
  });

  it("does nothing where there is nothing to clear", () => {
    expect(setRecordField(topology, "vms", ["web"], ["zone"], undefined, "Zone").edits).toEqual([]);
  });
});

describe("rename", () => {
  it("names a record, and nothing that has no name", () => {
    expect(rename(topology, "pg", "DMZ")).toEqual({ label: "rename Production to DMZ", edits: [{ op: "replace", path: "/portGroups/pg/name", value: "DMZ" }] });
    expect(rename(topology, "nowhere", "x").edits).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import { applyEdits } from "../../shared/model/edit";
import type { Topology } from "../../shared/model/topology";
import { addRow } from "./add-row";
import { copied, exported } from "./clip";
import { kindOf, TABLE_KINDS } from "./kinds";
import { badgesOf } from "./order";
import { rowsOf } from "./rows";
import { columnOf, NETWORK, rowOf } from "./testing";

const add = (topology: Topology, kind: string, near?: string) => {
  const outcome = addRow(topology, kindOf(kind), near === undefined ? undefined : rowOf(topology, kind, near), undefined);
  return outcome.ok ? applyEdits(topology, outcome.change.edits) : outcome.reason;
};

describe("a row that is added", () => {
  it("is there for every kind, in a network that has what it needs", () => {
    for (const kind of TABLE_KINDS) {
      const after = add(NETWORK, kind.id, rowsOf(NETWORK, kind)[0]?.id);
      expect(typeof after === "string" ? after : rowsOf(after, kind).length, kind.id).toSatisfy((count) => count === rowsOf(NETWORK, kind).length + 1 || (typeof count === "string" && kind.part === "interfaces"));
    }
  });

  it("stands where the one in hand does, and a hypervisor on a host of its own", () => {
    const vm = add(NETWORK, "vms", "db");
    expect(typeof vm === "string" ? vm : Object.values(vm.vms ?? {}).filter(({ hypervisor, tenant }) => hypervisor === "esx-2" && tenant === "b")).toHaveLength(2);
    const hypervisor = add(NETWORK, "hypervisors", "esx-1");
    expect(typeof hypervisor === "string" ? hypervisor : Object.keys(hypervisor.hosts ?? {})).toHaveLength(3);
  });

  it("says what has to be there first", () => {
    const empty: Topology = { format: "bulkhead/1", name: "x" };
    expect([add(empty, "uplinks"), add(empty, "trunks"), add(empty, "vms"), add(empty, "vms.nics")]).toEqual([
      "An uplink leads from a virtual switch to a physical one: add them first", "A trunk joins two physical switches: add them first", "A VM runs on a hypervisor: add one first", "There is nothing yet that could have a vNIC",
    ]);
  });
});

describe("the table as text", () => {
  it("is copied as it would be written, and exported with its defaults in brackets", () => {
    const kind = kindOf("portGroups");
    const rows = rowsOf(NETWORK, kind).slice(0, 1);
    const columns = ["name", "vlan", "security.promiscuous"].map((key) => columnOf("portGroups", key));
    expect(copied(NETWORK, kind, rows, columns, true)).toEqual([["Name", "VLAN", "Promiscuous mode"], ["DMZ", "trunk 10,20-29 native 10", ""]]);
    expect(exported(NETWORK, kind, rows, columns, badgesOf([]))).toEqual([["Name", "VLAN", "Promiscuous mode", "Id", "Findings", "Worst finding"], ["DMZ", "trunk 10,20-29 native 10", "(reject)", "dmz", "0", ""]]);
  });
});

import { describe, expect, it } from "vitest";
import { COLLECTIONS } from "../../shared/model/topology";
import { columnsOf, placeOf, usedColumns } from "./columns";
import { IMPORTANCE, shownColumns } from "./importance";
import { kindOf, TABLE_KINDS } from "./kinds";

const keys = (id: string): string[] => columnsOf(kindOf(id)).map(({ key }) => key);

describe("the columns of a kind", () => {
  it("are there for every collection of the document, and for the parts that records have", () => {
    expect(TABLE_KINDS.map(({ id }) => id)).toEqual(expect.arrayContaining([...COLLECTIONS, "vms.nics", "firewalls.interfaces"]));
    for (const kind of TABLE_KINDS) expect(columnsOf(kind).length, kind.id).toBeGreaterThan(2);
  });

  it("have titles that tell them apart, so that a spreadsheet can name them", () => {
    for (const kind of TABLE_KINDS) {
      const titles = columnsOf(kind).map(({ title }) => title.toLowerCase());
      expect(titles.filter((title, index) => titles.indexOf(title) !== index), kind.id).toEqual([]);
    }
    expect(columnsOf(kindOf("trunks")).map(({ title }) => title)).toEqual(expect.arrayContaining(["End A", "End A port", "End B"]));
    expect(columnsOf(kindOf("portGroups")).map(({ title }) => title)).toContain("Shaping average");
  });

  it("show the fields of groups, a BMC's place as one, and what a VM's only vNIC is plugged into", () => {
    expect(keys("vms")).toEqual(expect.arrayContaining(["guest.clipboard", "only.portGroup", "nics", "resources.cpuLimitMhz"]));
    expect(keys("hosts")).toEqual(expect.arrayContaining(["bmc", "bmc.addresses", "cpu.iommu"]));
    expect(keys("hosts")).not.toContain("bmc.vlan");
    expect(keys("vms.nics")[0]).toBe("id");
  });

  it("name only columns that there are as the important ones", () => {
    for (const [id, { always, then }] of Object.entries(IMPORTANCE)) expect(keys(id), id).toEqual(expect.arrayContaining([...(id === "distributedFirewalls" || id === "routers" || id === "firewalls" ? always : [...always, ...then])]));
    expect(Object.keys(IMPORTANCE).sort()).toEqual(TABLE_KINDS.map(({ id }) => id).sort());
  });

  it("are shown where they matter, where a row says something, or where they are asked for", () => {
    const kind = kindOf("vms");
    const columns = columnsOf(kind);
    const rows = [{ value: { name: "a", hypervisor: "h" } }, { value: { name: "b", hypervisor: "h", zone: "dmz", nics: { e: { mac: "00:50:56:00:00:01" } }, guest: { clipboard: false } } }];
    const used = usedColumns(columns, rows);
    expect([...used]).toEqual(expect.arrayContaining(["name", "hypervisor", "zone", "guest.clipboard", "only.mac"]));
    expect(used.has("only.portGroup")).toBe(false);
    const shown = (said: Record<string, boolean>) => shownColumns(kind, columns, used, said).map(({ key }) => key);
    expect(shown({})).toEqual(["name", "tenant", "hypervisor", "only.portGroup", "only.addresses", "zone", "nics", "guest.clipboard"]);
    expect(shown({ zone: false, "image.signed": true, name: false })).toEqual(["name", "tenant", "hypervisor", "only.portGroup", "only.addresses", "nics", "guest.clipboard", "image.signed"]);
  });

  it("go through the only vNIC, through a new one, and through none of several", () => {
    const column = columnsOf(kindOf("vms")).find(({ key }) => key === "only.portGroup");
    if (column === undefined) throw new Error("no such column");
    expect(placeOf(column, { nics: { net1: {} } })).toEqual(["nics", "net1", "portGroup"]);
    expect(placeOf(column, {})).toEqual(["nics", "eth0", "portGroup"]);
    expect(placeOf(column, { nics: { a: {}, b: {} } })).toBeUndefined();
  });
});

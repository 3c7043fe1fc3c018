import { describe, expect, it } from "vitest";
import { readDelimited, tsv, csvFile } from "./delimited";
import { columnsOf } from "./columns";
import { kindOf } from "./kinds";
import { isHeader, planPaste, type Target } from "./paste";
import { rowsOf } from "./rows";
import { columnOf, NETWORK } from "./testing";

const vms = kindOf("vms");
const cellsOf = (text: string, header = false) => {
  const read = readDelimited(text, () => header);
  return read.ok ? read.cells : read.message;
};

describe("cells as text", () => {
  it("is parted by tabs; commas are a cell's own, but under a line of names", () => {
    expect(cellsOf("a\tb\r\nc\td\r\n")).toEqual([["a", "b"], ["c", "d"]]);
    expect(cellsOf("trunk 10,20")).toEqual([["trunk 10,20"]]);
    expect(cellsOf("Name,VLAN\nx,10", true)).toEqual([["Name", "VLAN"], ["x", "10"]]);
    expect(cellsOf("Name;VLAN\nx;10", true)).toEqual([["Name", "VLAN"], ["x", "10"]]);
  });

  it("goes to a spreadsheet and comes back as it was, formulas as text", () => {
    const cells = [["=1+1", 'say "x"', "two\nlines"], ["-5", "a\tb", ""]];
    expect(tsv(cells)).toContain("'=1+1\t");
    expect(cellsOf(tsv(cells))).toEqual(cells);
    expect(new TextDecoder().decode(csvFile([["Name", "a,b"]]))).toBe('Name,"a,b"\r\n');
  });

  it("says where a quotation mark is not closed", () => {
    expect(cellsOf('a\tb\n"c\td')).toMatch(/not closed/);
  });
});

const target = (over: Partial<Target> = {}): Target => ({ topology: NETWORK, kind: vms, columns: ["name", "tenant", "hypervisor"].map((key) => columnOf("vms", key)), rows: rowsOf(NETWORK, vms), selected: rowsOf(NETWORK, vms).slice(1, 2), top: 1, span: [columnOf("vms", "tenant")], ...over });
const brief = (paste: ReturnType<typeof planPaste>) => paste.writes.map(({ row, cells, refused }) => `${row?.id ?? "new"} ${refused ?? cells.map(({ column, text }) => `${column.key}=${text}`).join(" ")}`);

describe("where pasted cells go", () => {
  it("is right and down from the cursor; past the end they are new rows, past the last column nowhere", () => {
    expect(brief(planPaste(target(), [["A", "esx-1"], ["B", "esx-2"], ["C", "esx-1"]], false, false))).toEqual(["gw tenant=A hypervisor=esx-1", "web tenant=B hypervisor=esx-2", "new tenant=C hypervisor=esx-1"]);
    expect(brief(planPaste(target(), [["A", "esx-1", "more"]], false, false))).toEqual(["gw There is no column here for “more”"]);
  });

  it("is every selected cell where one is pasted, and the selected rows where there are as many", () => {
    const selected = [rowsOf(NETWORK, vms)[0], rowsOf(NETWORK, vms)[2]].filter((row) => row !== undefined);
    expect(brief(planPaste(target({ selected, span: [columnOf("vms", "tenant"), columnOf("vms", "zone")] }), [["A"]], false, false))).toEqual(["db tenant=A zone=A", "web tenant=A zone=A"]);
    expect(brief(planPaste(target({ selected }), [["A"], ["B"]], false, false))).toEqual(["db tenant=A", "web tenant=B"]);
  });

  it("is the row that a line names, under names of columns; a name of two is refused, an unknown one is new", () => {
    const groups = kindOf("portGroups");
    expect(isHeader(groups, ["Name", "vlan", "Owner"])).toBe(true);
    expect(isHeader(groups, ["Owner", "VLAN", "Rack"])).toBe(false);
    const paste = planPaste(target({ kind: groups, rows: rowsOf(NETWORK, groups) }), [["Name", "VLAN", "Owner"], ["DMZ", "50", "me"], ["Production", "51", ""], ["Fresh", "52", ""], ["DMZ", "53", ""]], false, true);
    expect(brief(paste)).toEqual(["dmz vlan=50", "new 2 port groups are called “Production”: add the column Id to say which", "new name=Fresh vlan=52", "dmz “DMZ” stands in a line above already"]);
    expect(paste.unknown).toEqual(["Owner"]);
    expect(brief(planPaste(target({ kind: groups, rows: rowsOf(NETWORK, groups) }), [["Id", "Name"], ["prod2", "Prod"]], false, true))).toEqual(["prod2 name=Prod"]);
  });

  it("is a new row for every line, if that is asked for; columns with units are known", () => {
    expect(brief(planPaste(target(), [["Name", "Hypervisor"], ["x", "esx-1"], ["", ""]], true, true))).toEqual(["new name=x hypervisor=esx-1"]);
    expect(brief(planPaste(target(), [["x", "Tenant A"]], true, false))).toEqual(["new name=x tenant=Tenant A"]);
    expect(isHeader(kindOf("hypervisors"), ["Memory (MB)"])).toBe(true);
    expect(columnsOf(vms).length).toBeGreaterThan(20);
  });
});

import { describe, expect, it } from "vitest";
import type { Edit } from "../analysis/result";
import { applyEdits, EditError } from "./edit";
import { SMALL } from "./testing";

function failure(...edits: readonly Edit[]): string {
  try {
    applyEdits(SMALL, edits);
  } catch (error) {
    if (error instanceof EditError) return error.message;
    throw error;
  }
  return "";
}

describe("applying edits", () => {
  it("adds, replaces, removes, moves, copies and tests", () => {
    const result = applyEdits(SMALL, [
      { op: "test", path: "/vms/web/nics/eth0", value: { mac: "00:50:56:00:00:01", portGroup: "pg-1" } },
      { op: "add", path: "/vms/web/tags", value: ["x"] },
      { op: "add", path: "/vms/web/tags/0", value: "first" },
      { op: "add", path: "/vms/web/tags/-", value: "last" },
      { op: "replace", path: "/vms/web/tags/1", value: "second" },
      { op: "remove", path: "/vms/web/tags/0" },
      { op: "copy", from: "/vms/web/nics/eth0", path: "/vms/web/nics/eth1" },
      { op: "replace", path: "/vms/web/nics/eth1/mac", value: "00:50:56:00:00:02" },
      { op: "move", from: "/vms/db", path: "/vms/db-1" },
    ]);
    expect(result.vms?.["web"]?.tags).toEqual(["second", "last"]);
    expect(result.vms?.["web"]?.nics).toEqual({ eth0: { portGroup: "pg-1", mac: "00:50:56:00:00:01" }, eth1: { portGroup: "pg-1", mac: "00:50:56:00:00:02" } });
    expect(result.vms?.["db-1"]).toBe(SMALL.vms?.["db"]);
    expect(Object.keys(result.vms ?? {})).not.toContain("db");
  });

  it("shares what did not change and leaves the old document as it was", () => {
    const before = structuredClone(SMALL);
    const result = applyEdits(SMALL, [{ op: "replace", path: "/vms/web/name", value: "Web" }]);
    expect(result).not.toBe(SMALL);
    expect(result.hosts).toBe(SMALL.hosts);
    expect(result.vms?.["db"]).toBe(SMALL.vms?.["db"]);
    expect(result.vms?.["web"]?.nics).toBe(SMALL.vms?.["web"]?.nics);
    expect(SMALL).toEqual(before);
  });

  it("never changes a value that an edit brought", () => {
    const value = { name: "new", nics: {} };
    applyEdits(SMALL, [{ op: "add", path: "/hosts/new", value }, { op: "add", path: "/hosts/new/nics/n0", value: {} }]);
    expect(value).toEqual({ name: "new", nics: {} });
  });

  it("leaves the document as it was where one edit of several fails", () => {
    const before = structuredClone(SMALL);
    expect(failure({ op: "remove", path: "/vms/web" }, { op: "remove", path: "/vms/web" })).toBe('remove /vms/web: there is no "web" there');
    expect(SMALL).toEqual(before);
  });

  it("keeps what it empties", () => {
    expect(applyEdits(SMALL, [{ op: "remove", path: "/uplinks/up-1" }]).uplinks).toEqual({});
  });

  it("works on ids with slashes, tildes and names of built-in properties", () => {
    const result = applyEdits(SMALL, [{ op: "add", path: "/tenants/constructor", value: { name: "C" } }, { op: "replace", path: "/tenants/constructor/name", value: "D" }]);
    expect(result.tenants?.["constructor"]).toEqual({ name: "D" });
  });

  it.each([
    [{ op: "replace", path: "/vms/nobody", value: 1 }, 'there is no "nobody" there'],
    [{ op: "remove", path: "/vms/toString" }, 'there is no "toString" there'],
    [{ op: "add", path: "/trunks/t", value: {} }, 'there is no "trunks" there'],
    [{ op: "add", path: "/policy/allow/7", value: {} }, '"7" is no index of that list'],
    [{ op: "replace", path: "/policy/allow/-", value: {} }, '"-" is no index of that list'],
    [{ op: "remove", path: "/policy/allow/01" }, '"01" is no index of that list'],
    [{ op: "add", path: "/name/x", value: 1 }, "the path goes through a value that holds nothing"],
    [{ op: "add", path: "vms", value: 1 }, "not a JSON Pointer"],
    [{ op: "add", path: "/vms/__proto__", value: {} }, "__proto__ is no id"],
    [{ op: "remove", path: "" }, "the whole document cannot be removed"],
    [{ op: "test", path: "/name", value: "other" }, "the value is another"],
    [{ op: "test", path: "/nothing", value: "other" }, 'there is no "nothing" there'],
    [{ op: "move", from: "/vms", path: "/vms/web" }, "a value cannot move into itself"],
    [{ op: "copy", from: "/nothing", path: "/vms/x" }, 'there is no "nothing" there'],
  ] satisfies [Edit, string][])("throws on %j", (edit, reason) => {
    expect(failure(edit)).toBe(`${edit.op} ${edit.path}: ${reason}`);
  });

  it("takes ten thousand edits of one collection in a moment", () => {
    const vms = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`vm-${i}`, { name: "x", hypervisor: "hv-1" }]));
    const edits = Object.keys(vms).map((id): Edit => ({ op: "replace", path: `/vms/${id}/name`, value: id }));
    const result = applyEdits({ ...SMALL, vms }, edits);
    expect(result.vms?.["vm-9999"]?.name).toBe("vm-9999");
  });
});

import { expect, it } from "vitest";
import { applyEdits } from "./edit";
import { removeField, setField } from "./edit-builder";
import { SMALL } from "./testing";

it("replaces what is there", () => {
  expect(setField(SMALL, ["vms", "web", "name"], "Web")).toEqual({ op: "replace", path: "/vms/web/name", value: "Web" });
  expect(setField(SMALL, ["policy", "allow", 0, "from"], [])).toEqual({ op: "replace", path: "/policy/allow/0/from", value: [] });
});

it("adds at the first missing place, with its content", () => {
  const edit = setField(SMALL, ["vms", "web", "guest", "clipboard"], false);
  expect(edit).toEqual({ op: "add", path: "/vms/web/guest", value: { clipboard: false } });
  expect(applyEdits(SMALL, [edit]).vms?.["web"]?.guest).toEqual({ clipboard: false });
  expect(setField(SMALL, ["trunks", "t/1", "name"], "x")).toEqual({ op: "add", path: "/trunks", value: { "t/1": { name: "x" } } });
});

it("takes no inherited property for a field", () => {
  expect(setField(SMALL, ["tenants", "constructor"], { name: "C" })).toEqual({ op: "add", path: "/tenants/constructor", value: { name: "C" } });
});

it("removes only what is there", () => {
  expect(removeField(SMALL, ["vms", "web", "tenant"])).toEqual([{ op: "remove", path: "/vms/web/tenant" }]);
  expect(removeField(SMALL, ["vms", "web", "zone"])).toEqual([]);
  expect(removeField(SMALL, ["vms", "nobody", "zone"])).toEqual([]);
});

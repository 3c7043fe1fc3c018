import { describe, expect, it } from "vitest";
import { COLLECTIONS, collectionSchemas } from "../../shared/model/topology";
import { byGroup, fieldsOf, type Control, type Field } from "./form";

const control = (fields: readonly Field[], ...path: string[]): Control | undefined => {
  const field = fields.find(({ key }) => key === path[0]);
  if (path.length === 1 || field === undefined) return field?.control;
  const inner = field.control;
  return "fields" in inner ? control(inner.fields, ...path.slice(1)) : undefined;
};

describe("forms made from the schema", () => {
  it("has a title and a control for every field of every kind", () => {
    const walk = (fields: readonly Field[]): void => fields.forEach((field) => {
      expect(field.title).not.toBe("");
      if ("fields" in field.control) walk(field.control.fields);
      if (field.control.type === "variants") field.control.options.forEach((option) => walk(option.fields));
    });
    for (const collection of COLLECTIONS) {
      const fields = fieldsOf(collectionSchemas[collection]);
      expect(fields.length).toBeGreaterThan(0);
      walk(fields);
    }
  });

  it("knows what kind of value a field holds", () => {
    const vm = fieldsOf(collectionSchemas.vms);
    expect(control(vm, "hypervisor")).toEqual({ type: "reference", to: "hypervisors" });
    expect(control(vm, "guest", "clipboard")).toEqual({ type: "flag" });
    expect(control(vm, "nics", "addresses")).toEqual({ type: "list", of: { type: "text" } });
    expect(control(vm, "resources", "cpuLimitMhz")).toEqual({ type: "number", integer: false });
    expect(vm.find(({ key }) => key === "name")?.optional).toBe(false);
    const hypervisor = fieldsOf(collectionSchemas.hypervisors);
    expect(control(hypervisor, "platform")).toMatchObject({ type: "choice", options: expect.arrayContaining(["esxi", "kvm"]) });
  });

  it("names the forms of a VLAN and of an attachment", () => {
    expect(control(fieldsOf(collectionSchemas.portGroups), "vlan")).toMatchObject({ type: "variants", tag: "mode", options: [{ name: "access" }, { name: "untagged" }, { name: "trunk" }, { name: "private" }, { name: "overlay" }] });
    expect(control(fieldsOf(collectionSchemas.externalNetworks), "attachedTo")).toMatchObject({ type: "variants", tag: undefined, options: [{ name: "Physical switch" }, { name: "Port group" }] });
  });

  it("groups fields as the metadata says", () => {
    expect([...byGroup(fieldsOf(collectionSchemas.portGroups)).keys()]).toEqual(["Identity", "Network", "Isolation", "Resources", "Hardening"]);
  });
});

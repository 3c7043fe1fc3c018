import { beforeEach, describe, expect, it } from "vitest";
import { FORMAT, type Topology } from "../../shared/model/topology";
import { documentSaved, edit, isDocumentDirty, openDocument, redo, undo, UNTITLED, useDocument } from "./document";

const topology: Topology = { format: FORMAT, name: "t", tenants: { a: { name: "A" } } };
const rename = (name: string) => ({ label: `rename A to ${name}`, edits: [{ op: "replace", path: "/tenants/a/name", value: name } as const] });
const name = (): string | undefined => useDocument.getState().topology.tenants?.["a"]?.name;

describe("the document store", () => {
  beforeEach(() => openDocument(topology, UNTITLED, true));

  it("makes undoable steps and knows whether the document is saved", () => {
    expect(edit(rename("B"))).toEqual([]);
    expect([name(), isDocumentDirty()]).toEqual(["B", true]);
    undo();
    expect([name(), isDocumentDirty()]).toEqual(["A", false]);
    redo();
    documentSaved(useDocument.getState().topology, { handle: "h", name: "x" });
    expect([name(), isDocumentDirty(), useDocument.getState().file.name]).toEqual(["B", false, "x"]);
  });

  it("joins changes of one key into one step, until another or a save comes between", () => {
    edit(rename("B"), "nudge");
    edit(rename("C"), "nudge");
    expect(useDocument.getState().history.past).toHaveLength(1);
    documentSaved(useDocument.getState().topology, UNTITLED);
    edit(rename("D"), "nudge");
    edit(rename("E"));
    expect(useDocument.getState().history.past).toHaveLength(3);
    undo();
    undo();
    undo();
    expect(name()).toBe("A");
  });

  it("refuses a change that would leave no valid document, and says why", () => {
    const problems = edit({ label: "bad", edits: [{ op: "add", path: "/vms", value: { v: { name: "v", hypervisor: "nowhere" } } }] });
    expect(problems.join()).toContain("$.vms.v.hypervisor");
    expect(useDocument.getState().topology).toBe(topology);
  });

  it("ignores a change without edits", () => {
    edit({ label: "nothing", edits: [] });
    expect(isDocumentDirty()).toBe(false);
  });
});

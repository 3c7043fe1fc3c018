import { describe, expect, it } from "vitest";
import { COLLECTIONS, entries, type Topology } from "../model/topology";
import { buildScene } from "./scene";
import { finding, SHARED_PATH, sharedVlan } from "./testing";
import { parseView, viewed, type View } from "./view";

const topology = sharedVlan();
const shared = finding("NET-001", "tenant-a+tenant-b@tor-1.100", ["prod-1", "prod-2"], { path: SHARED_PATH });

function shown(text: string): Topology {
  const view = parseView(text), found = view === undefined ? undefined : viewed(topology, view, [shared]);
  if (found === undefined) throw new Error(`${text} shows nothing`);
  return found.topology;
}

function ids(part: Topology): string[] {
  return COLLECTIONS.flatMap((collection) => entries(part, collection).map(([id]) => id));
}

describe("a view", () => {
  it("is read from its words", () => {
    expect(parseView("selection:vm:a-web")).toEqual({ kind: "selection", members: ["vm:a-web"] } satisfies View);
    expect(parseView("selection:vm:a-web,id:tor-1")).toEqual({ kind: "selection", members: ["vm:a-web", "id:tor-1"] } satisfies View);
    expect(parseView("path:NET-001:a+b@tor-1.100")).toEqual({ kind: "path", finding: "NET-001:a+b@tor-1.100" } satisfies View);
    for (const wrong of ["", "tenant:", "all", "selection:who:knows", "selection:id:", "selection:vm:a-web,", "path:"]) expect(parseView(wrong)).toBeUndefined();
  });

  it("of things has them, what is inside them and what they are plugged into, and says how many were meant", () => {
    expect(ids(shown("selection:id:host-1"))).toEqual(expect.arrayContaining(["host-1", "esx-1", "a-web", "prod-1", "up-1"]));
    expect(ids(shown("selection:id:a-web"))).not.toContain("b-db");
    expect(viewed(topology, { kind: "selection", members: ["id:a-web"] }, [])?.scope).toBe("a-web");
    expect(viewed(topology, { kind: "selection", members: ["vm:a-web", "id:tor-1"] }, [])?.scope).toBe("selection of 2");
    expect(viewed(topology, { kind: "selection", members: ["id:nobody"] }, [])).toBeUndefined();
  });

  it("of a tenant has its machines and what they are plugged into, and no machine of another", () => {
    const part = ids(shown("tenant:tenant-a"));
    for (const id of ["a-web", "esx-1", "host-1", "vsw-1", "prod-1", "tor-1", "up-1", "internet"]) expect(part).toContain(id);
    for (const id of ["b-db", "tenant-b", "vmk-1", "prod-2"]) expect(part).not.toContain(id);
  });

  it("of the management plane has interfaces and BMCs, and no workload", () => {
    const part = shown("management");
    expect(ids(part)).toEqual(expect.arrayContaining(["vmk-1", "host-1", "tor-1"]));
    expect(Object.keys(part.vms ?? {})).toEqual([]);
    expect(part.hosts?.["host-1"]).toHaveProperty("bmc");
  });

  it("of a finding has every hop of its path, joined by their cables", () => {
    const part = shown("path:NET-001:tenant-a+tenant-b@tor-1.100");
    expect(ids(part)).toEqual(expect.arrayContaining(["a-web", "prod-1", "vsw-1", "up-1", "tor-1", "tor1-tor2", "tor-2", "up-2", "vsw-2", "prod-2", "b-db"]));
    expect(ids(part)).not.toContain("internet");
    expect(buildScene(part).nodes.length).toBeLessThan(buildScene(topology).nodes.length);
  });

  it("joins what is shown by the physical switches between, and shows nothing of nobody", () => {
    expect(ids(shown("selection:workloads"))).toContain("tor1-tor2");
    for (const nobody of ["tenant:nobody", "path:NET-001:nobody", "selection:tag:nobody"]) expect(() => shown(nobody)).toThrow("shows nothing");
  });
});

import { describe, expect, it } from "vitest";
import { buildScene } from "../../shared/diagram/scene";
import { cluster, finding } from "../../shared/diagram/testing";
import { applyEdits } from "../../shared/model/edit";
import type { Topology } from "../../shared/model/topology";
import { collapse, collapseHosts, expandAll, reveal } from "./collapse";

const topology = cluster(12, 6);
const placed: Topology = { ...topology, layout: { "host-3": { x: 4000, y: 64 } } };
const closed = applyEdits(topology, collapseHosts(topology).edits);

describe("closing and opening", () => {
  it("leaves a container where it stands", () => {
    const one = applyEdits(topology, collapse(topology, "host-2", { x: 40, y: 8 }, true).edits);
    expect(one.layout).toEqual({ "host-2": { x: 40, y: 8, collapsed: true } });
    expect(applyEdits(one, collapse(one, "host-2", { x: 0, y: 0 }, false).edits).layout).toEqual({ "host-2": { x: 40, y: 8 } });
    expect(collapse(topology, "gone", { x: 40, y: 8 }, true).edits).toEqual([]);
  });

  it("of all hosts makes the picture small: blocks with their counts, whose cables end at their edges", () => {
    const scene = buildScene(closed);
    expect(scene.nodes.filter(({ kind }) => kind === "vm")).toEqual([]);
    expect(scene.node.get("host-1")).toMatchObject({ collapsed: true, guests: 6, contents: 7 });
    expect(scene.bounds.width * scene.bounds.height).toBeLessThan(0.5 * buildScene(topology).bounds.width * buildScene(topology).bounds.height);
    expect(scene.cables.filter(({ kind }) => kind === "nic").every(({ source }) => source.startsWith("host-"))).toBe(true);
    const blocks = scene.nodes.filter(({ kind }) => kind === "host");
    expect(new Set(blocks.map(({ absolute }) => `${absolute.x} ${absolute.y}`)).size).toBe(12);
  });

  it("and opening all gives the document back as it was", () => {
    expect(applyEdits(closed, expandAll(closed).edits)).toEqual(topology);
  });

  it("keeps what was placed by hand", () => {
    const all = applyEdits(placed, collapseHosts(placed).edits);
    expect(all.layout?.["host-3"]).toEqual({ x: 4000, y: 64, collapsed: true });
    expect(applyEdits(all, expandAll(all).edits).layout).toMatchObject({ "host-3": { x: 4000, y: 64 } });
  });

  it("opens what somebody looks for is in, and changes nothing where it can be seen", () => {
    const change = reveal(closed, "vm-7");
    expect(buildScene(applyEdits(closed, change.edits)).node.has("vm-7")).toBe(true);
    expect(change.edits).toHaveLength(1);
    expect(reveal(topology, "vm-7").edits).toEqual([]);
    expect(reveal(closed, "pg-1").edits).toEqual([]);
  });

  it("tells on a closed block the worst that was found about what is in it, each finding once", () => {
    const findings = [finding("VM-001", "vm-12", ["vm-12"], { severity: "high" }), finding("VM-001", "vm-24", ["vm-24", "vm-36", "esx-1"], { severity: "low" })];
    expect(buildScene(closed, { analysis: { findings } }).node.get("host-1")?.facts).toMatchObject({ severity: "high", findings: 2 });
  });
});

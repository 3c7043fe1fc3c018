import { describe, expect, it } from "vitest";
import { applyEdits } from "../../shared/model/edit";
import { FORMAT, type Topology } from "../../shared/model/topology";
import { arrangeInGrid } from "../../shared/diagram/arrange";
import { align, arrange, freeIn, makeRoom, moved, place, placedByHand } from "./arrange";

const topology: Topology = {
  format: FORMAT, name: "t", hosts: { h1: { name: "srv1" }, h2: { name: "srv2" } }, physicalSwitches: { tor: { name: "tor" } },
  layout: { h1: { x: 500, y: 500, collapsed: true } },
};
const box = (x: number, y: number, width = 100, height = 50) => ({ x, y, width, height });

describe("place", () => {
  it("rounds to whole pixels, keeps what else the layout says, and names the step", () => {
    const change = place(topology, new Map([["h1", { x: 8.4, y: 16 }], ["tor", { x: 0, y: 0 }]]));
    expect(change.label).toBe("move srv1 and tor");
    expect(applyEdits(topology, change.edits).layout).toEqual({ h1: { x: 8, y: 16, collapsed: true }, tor: { x: 0, y: 0 } });
  });

  it("leaves out what is not there any more: a picture may be late", () => {
    const change = place(topology, new Map([["gone", { x: 8, y: 8 }], ["tor", { x: 0, y: 0 }]]));
    expect([change.label, Object.keys(applyEdits(topology, change.edits).layout ?? {})]).toEqual(["move tor", ["h1", "tor"]]);
    expect(place(topology, new Map([["gone", { x: 8, y: 8 }]])).edits).toEqual([]);
  });
});

describe("arrange", () => {
  it("takes a layout over as one step, widths and closed containers too", () => {
    const layout = { h1: { x: 0, y: 8, collapsed: true }, tor: { x: 16, y: 0, width: 320 } };
    const change = arrange(topology, layout, "arrange in a grid");
    expect([change.label, applyEdits(topology, change.edits).layout]).toEqual(["arrange in a grid", layout]);
    expect(applyEdits(topology, arrange(topology, {}, "").edits).layout).toBeUndefined();
  });

  it("knows what was placed by hand from what an arrangement or nobody placed", () => {
    const arranged = { h2: { x: 800, y: 0 } };
    const laid: Topology = { ...topology, layout: { h1: { x: 500, y: 500 }, ...arranged, tor: arrangeInGrid(topology)["tor"] ?? { x: 0, y: 0 } } };
    expect(placedByHand(laid, arranged)).toEqual(["h1"]);
    expect(placedByHand(laid, {})).toEqual(["h1", "h2"]);
  });

  it("tells what a layout would move: nothing where the automatic one is written down", () => {
    const { layout: _, ...bare } = topology;
    expect(moved(bare, arrangeInGrid(bare))).toEqual([]);
    expect(moved(bare, { ...arrangeInGrid(bare), tor: { x: 808, y: 8 } })).toEqual(["tor"]);
  });

  it("frees what is inside the selected containers, and other selected things with their siblings that have no place", () => {
    const { layout: _, ...bare } = topology;
    const inside: Topology = { ...bare, hypervisors: { e1: { name: "e1", host: "h1", platform: "esxi" } }, vms: { a: { name: "a", hypervisor: "e1" }, b: { name: "b", hypervisor: "e1" }, c: { name: "c", hypervisor: "e1" } }, layout: { c: { x: 16, y: 200 } } };
    expect([...freeIn(inside, ["h1"])].sort()).toEqual(["a", "b", "c", "e1"]);
    expect([...freeIn(inside, ["a"])].sort()).toEqual(["a", "b"]);
    expect([...freeIn(inside, ["nothing"])]).toEqual([]);
  });
});

describe("align", () => {
  const boxes = new Map([["a", box(0, 0)], ["b", box(300, 40)], ["c", box(120, 100, 60, 20)]]);

  it("aligns edges and middles", () => {
    expect(align(boxes, "left").get("b")).toEqual({ x: 0, y: 40 });
    expect(align(boxes, "right").get("c")).toEqual({ x: 340, y: 100 });
    expect(align(boxes, "center").get("c")).toEqual({ x: 170, y: 100 });
    expect(align(boxes, "bottom").get("a")).toEqual({ x: 0, y: 70 });
  });

  it("spaces evenly and leaves the outermost two", () => {
    const spaced = align(boxes, "horizontally");
    expect(spaced.get("a")?.x).toBe(0);
    expect(spaced.get("c")?.x).toBe(170);
    expect(spaced.get("b")?.x).toBe(300);
  });
});

describe("makeRoom", () => {
  const gap = { across: 32, down: 80 };

  it("pushes what stood right of a thing that grew by what is needed, and leaves the rest", () => {
    const before = new Map([["h", box(0, 0)], ["right", box(120, 0)], ["farther", box(400, 0)], ["left", box(-200, 0)]]);
    const after = new Map([...before, ["h", box(0, 0, 160)]]);
    expect(makeRoom(before, after, "h", gap)).toEqual(new Map([["right", { x: 192, y: 0 }], ["farther", { x: 472, y: 0 }]]));
  });

  it("pushes down what stood below, and nothing where there is room", () => {
    const before = new Map([["h", box(0, 0)], ["below", box(0, 100)], ["aside", box(900, 500)]]);
    const after = new Map([...before, ["h", box(0, 0, 100, 60)]]);
    expect(makeRoom(before, after, "h", gap)).toEqual(new Map([["below", { x: 0, y: 140 }], ["aside", { x: 900, y: 540 }]]));
    expect(makeRoom(before, before, "h", { across: 0, down: 0 }).size).toBe(0);
  });
});

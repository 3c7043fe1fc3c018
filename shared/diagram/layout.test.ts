import { describe, expect, it } from "vitest";
import type { Topology } from "../model/topology";
import type { SceneNode } from "./elements";
import { buildScene } from "./scene";
import { cluster, outsideTheirParent, sharedVlan, siblingsThatOverlap } from "./testing";

const crowded: Topology = {
  ...sharedVlan(),
  vms: Object.fromEntries(Array.from({ length: 37 }, (_, n) => [`vm-${n}`, { name: `vm-${n}`, hypervisor: n % 3 === 0 ? "esx-1" : "esx-2", nics: { eth0: { portGroup: "prod-1" } } }])),
};

describe("automatic layout", () => {
  for (const [name, topology] of [["two hosts", sharedVlan()], ["a crowded hypervisor", crowded], ["a cluster of 12 hosts", cluster(12, 20, 30)]] as const) {
    it(`sets siblings beside one another and children inside their parents: ${name}`, () => {
      const scene = buildScene(topology);
      expect(siblingsThatOverlap(scene)).toEqual([]);
      expect(outsideTheirParent(scene)).toEqual([]);
    });
  }

  it("keeps everything on the 8-px grid", () => {
    expect(buildScene(sharedVlan()).nodes.filter((node) => node.x % 8 !== 0 || node.y % 8 !== 0 || node.width % 8 !== 0 || node.height % 8 !== 0).map((node) => node.id)).toEqual([]);
  });

  it("sets hosts of very different sizes into a block of the page's shape", () => {
    const topology = cluster(40, 0), vms = Object.fromEntries(Array.from({ length: 360 }, (_, n) => [`vm-${n}`, { name: `vm-${n}`, hypervisor: `esx-${1 + 7 * (n % 6)}`, nics: {} }]));
    const hosts = buildScene({ ...topology, vms }).nodes.filter(({ kind }) => kind === "host");
    const span = (near: (box: SceneNode) => number, far: (box: SceneNode) => number): number => Math.max(...hosts.map(far)) - Math.min(...hosts.map(near));
    const shape = span(({ x }) => x, ({ x, width }) => x + width) / span(({ y }) => y, ({ y, height }) => y + height);
    expect(shape).toBeGreaterThan(1.2);
    expect(shape).toBeLessThan(2.4);
  });

  it("gives the same picture for the same document, whatever the order of its keys", () => {
    const topology = cluster(5, 9), turned = { ...topology, vms: Object.fromEntries(Object.entries(topology.vms ?? {}).reverse()) };
    expect(buildScene(turned).nodes).toEqual(buildScene(topology).nodes);
    expect(buildScene(turned).cables).toEqual(buildScene(topology).cables);
  });

  it("sets a thousand VMs well under a second", () => {
    const topology = cluster(25, 40), before = performance.now();
    const scene = buildScene(topology);
    // 1,000 VMs, 25 hosts and hypervisors, the switch and its groups, the top-of-rack switch. Some 60 ms on the machine this was written on.
    expect(scene.nodes.length).toBe(1000 + 50 + 1 + 5 + 1);
    expect(performance.now() - before).toBeLessThan(5000);
  });

  it("draws an empty document and dangling references", () => {
    expect(buildScene({ format: "bulkhead/1", name: "" }).bounds).toEqual({ x: 0, y: 0, width: 0, height: 0 });
    const half = buildScene({ format: "bulkhead/1", name: "", vms: { a: { name: "a", hypervisor: "gone", nics: { e: { portGroup: "gone" } } } } });
    expect(half.nodes.map((node) => node.id)).toEqual(["a"]);
    expect(half.cables).toEqual([]);
  });

  it("is not spread by long names, which are cut short", () => {
    const width = (name: string): number => {
      const topology = sharedVlan();
      const named = <T extends { readonly name: string }>(all: Readonly<Record<string, T>> | undefined): Record<string, T> => Object.fromEntries(Object.entries(all ?? {}).map(([id, each]) => [id, { ...each, name }]));
      return buildScene({ ...topology, hosts: named(topology.hosts), hypervisors: named(topology.hypervisors), virtualSwitches: named(topology.virtualSwitches) }).bounds.width;
    };
    expect(width("Production ".repeat(18))).toBe(width("Production ".repeat(8)));
    expect(width("Production ".repeat(8))).toBeGreaterThan(width("P"));
  });

  it("treats ids of Object.prototype like any other", () => {
    const scene = buildScene({ format: "bulkhead/1", name: "", hosts: { constructor: { name: "c" } }, hypervisors: { "to-string": { name: "h", host: "constructor", platform: "kvm" } } });
    expect(scene.node.get("to-string")?.parent).toBe("constructor");
  });
});

describe("hand placement", () => {
  it("keeps a node where it was put and leaves the others alone", () => {
    const topology = sharedVlan(), plain = buildScene(topology);
    const moved = buildScene({ ...topology, layout: { "host-1": { x: -400, y: 1200 } } });
    expect(moved.node.get("host-1")).toMatchObject({ x: -400, y: 1200 });
    for (const id of ["host-2", "tor-1", "a-web"]) expect(moved.node.get(id)).toMatchObject({ x: plain.node.get(id)?.x, y: plain.node.get(id)?.y });
  });

  it("grows containers around children, and keeps a size that was set if it is large enough", () => {
    const scene = buildScene({ ...sharedVlan(), layout: { "a-web": { x: 1000, y: 900 }, "host-2": { x: 2000, y: 0, width: 1600, height: 8 } } });
    expect(outsideTheirParent(scene)).toEqual([]);
    expect(scene.node.get("host-2")?.width).toBe(1600);
    expect(scene.node.get("host-2")?.height).toBeGreaterThan(100);
  });

  it("draws places that are out of all bounds", () => {
    const scene = buildScene({ ...sharedVlan(), layout: { "host-1": { x: -1e300, y: 1e300, width: 1e308 }, "tor-1": { x: 0.1 + 0.2, y: -0 } } });
    expect(scene.cables.every((cable) => cable.route.every((point) => Math.abs(point.x) < 1e6 && Math.abs(point.y) < 1e6))).toBe(true);
    expect(Number.isFinite(scene.bounds.width)).toBe(true);
  });

  it("makes way for hand-placed nodes", () => {
    const topology = cluster(2, 12), plain = buildScene(topology);
    const target = plain.node.get("vm-4");
    const scene = buildScene({ ...topology, layout: { "vm-2": { x: target?.x ?? 0, y: target?.y ?? 0 } } });
    expect(siblingsThatOverlap(scene)).toEqual([]);
  });

  it("shows a closed container alone and ends the cables of its contents at it", () => {
    const scene = buildScene({ ...sharedVlan(), layout: { "host-1": { x: 0, y: 0, collapsed: true } } });
    expect(scene.node.get("a-web")).toBeUndefined();
    expect(scene.shownAs.get("a-web")).toBe("host-1");
    expect(scene.node.get("host-1")).toMatchObject({ collapsed: true, container: false });
    expect(scene.cable.get("up-1")).toMatchObject({ source: "host-1", target: "tor-1" });
    expect(scene.cable.get("a-web/eth0")).toBeUndefined();
    expect(scene.cable.get("a-web/eth1")).toMatchObject({ source: "host-1", target: "shared" });
  });
});

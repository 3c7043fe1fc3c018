import { describe, expect, it } from "vitest";
import { flatten, overlaps } from "./geometry";
import { lensLegend, lensPaints, lensTags } from "./lens";
import { pathOverlay } from "./overlay";
import { buildScene } from "./scene";
import { cluster, finding, SHARED_PATH, sharedVlan } from "./testing";

describe("nodes of a scene", () => {
  const scene = buildScene(sharedVlan());

  it("contain one another as the document says", () => {
    const parents = Object.fromEntries(scene.nodes.map((node) => [node.id, node.parent]));
    expect(parents).toMatchObject({ "esx-1": "host-1", "a-web": "esx-1", "vmk-1": "esx-1", "vsw-1": "esx-1", "prod-1": "vsw-1", shared: "dvs", pfsense: "esx-2", "host-1/bmc": "host-1" });
    for (const id of ["dvs", "fw", "tor-1", "internet", "dfw", "ds-1"]) expect(parents[id]).toBeUndefined();
  });

  it("say what they are", () => {
    expect(scene.node.get("esx-1")).toMatchObject({ title: "esx-1", meta: "ESXi 8.0.3 · Type 1" });
    expect(scene.node.get("host-1")?.meta).toBe("Intel · VT-x · IOMMU");
    expect(scene.node.get("shared")?.subtitle).toBe("PVLAN 200/201 isolated");
    expect(scene.node.get("internet")?.subtitle).toBe("untrusted · VLAN 20");
  });
});

describe("cables of a scene", () => {
  const scene = buildScene(sharedVlan());

  it("join what the document joins and say what they carry", () => {
    const told = Object.fromEntries(scene.cables.map((cable) => [cable.id, `${cable.source} ${cable.target} ${cable.label}`]));
    expect(told).toMatchObject({
      "a-web/eth0": "a-web prod-1 VLAN 100", "vmk-1>prod-1": "vmk-1 prod-1 VLAN 100", "prod-1>vsw-1": "prod-1 vsw-1 VLAN 100",
      "up-1": "vsw-1 tor-1 trunk 10,100 native 1", "tor1-tor2": "tor-1 tor-2 trunk 10,100 native 1 ↔ all", "fw/in": "fw tor-1 VLAN 100",
      "internet>tor-1": "internet tor-1 VLAN 20", "host-1/bmc>tor-1": "host-1/bmc tor-1 VLAN 10", "ds-1>esx-2": "ds-1 esx-2 ", "dfw>dvs": "dfw dvs ",
    });
    expect(scene.cable.get("up-1")?.vlans).toEqual([10, 10, 100, 100]);
  });

  it("begin and end on the edges of their nodes", () => {
    for (const cable of scene.cables) {
      const [start, end] = [cable.route[0], cable.route.at(-1)], source = scene.node.get(cable.source), target = scene.node.get(cable.target);
      for (const [point, node] of [[start, source], [end, target]] as const) {
        if (point === undefined || node === undefined) throw new Error(cable.id);
        expect(point.x).toBeGreaterThanOrEqual(node.absolute.x);
        expect(point.x).toBeLessThanOrEqual(node.absolute.x + node.width);
        expect(point.y).toBeGreaterThanOrEqual(node.absolute.y);
        expect(point.y).toBeLessThanOrEqual(node.absolute.y + node.height);
      }
      expect(cable.route.length % 3).toBe(1);
    }
  });

  it("do not run over other workloads", () => {
    const crowd = buildScene(cluster(4, 18));
    const cards = crowd.nodes.filter((node) => node.kind === "vm");
    const crossed = crowd.cables.filter((cable) => cable.kind === "nic").flatMap((cable) => {
      const points = flatten(cable.route);
      return cards.filter((card) => card.id !== cable.source && points.some((point) => overlaps({ ...point, width: 0.01, height: 0.01 }, { ...card.absolute, width: card.width, height: card.height }))).map((card) => `${cable.id} ${card.id}`);
    });
    expect(crossed).toEqual([]);
  });

  it("leave their labels free of other cables and labels", () => {
    for (const each of [scene, buildScene(cluster(8, 4))]) {
      const shown = each.cables.filter((cable) => cable.labelShown === "always");
      expect(shown.length).toBeGreaterThan(3);
      for (const cable of shown) {
        for (const other of shown) {
          if (other === cable) continue;
          expect(overlaps(cable.labelBox, other.labelBox)).toBe(false);
          expect(flatten(other.route).some((point) => overlaps({ ...point, width: 0.01, height: 0.01 }, cable.labelBox))).toBe(false);
        }
      }
    }
  });

  it("are fewer, not broken, when they dangle", () => {
    const { uplinks, ...rest } = sharedVlan();
    expect(buildScene({ ...rest, uplinks: { ...uplinks, bad: { virtualSwitch: "gone", hypervisor: "esx-1", physicalSwitch: "tor-1" } } }).cable.get("bad")).toBeUndefined();
  });
});

describe("a path on the picture", () => {
  const scene = buildScene(sharedVlan());

  it("numbers nodes and cables hop by hop and runs in one line", () => {
    const overlay = pathOverlay(scene, SHARED_PATH);
    expect(overlay.nodes.get("a-web")).toEqual([1]);
    expect(overlay.nodes.get("tor-2")).toEqual([7]);
    expect(overlay.nodes.get("b-db")).toEqual([11]);
    expect(overlay.numberedCables.get("up-1")).toEqual([4]);
    expect([...overlay.cables]).toEqual(["a-web/eth0", "prod-1>vsw-1", "up-1", "tor1-tor2", "up-2", "prod-2>vsw-2", "b-db/eth0"]);
    const from = scene.cable.get("a-web/eth0")?.route[0], to = scene.cable.get("b-db/eth0")?.route[0];
    expect(overlay.route[0]).toEqual(from);
    expect(overlay.route.at(-1)).toEqual(to);
    expect(overlay.route.length % 3).toBe(1);
  });

  it("fills in what hops leave out, and passes distributed firewalls", () => {
    const overlay = pathOverlay(scene, [
      { at: "a-web/eth0", kind: "vm", does: "sends" }, { at: "dfw", kind: "distributedFirewall", does: "allows by d1" }, { at: "prod-1", kind: "portGroup", does: "tags 100" },
      { at: "tor-1", kind: "physicalSwitch", does: "carries" },
    ]);
    expect([...overlay.cables]).toEqual(["a-web/eth0", "prod-1>vsw-1", "up-1"]);
    expect(overlay.nodes.get("dfw")).toEqual([2]);
  });

  it("ends at closed containers and leaves out what is gone", () => {
    const closed = buildScene({ ...sharedVlan(), layout: { "host-2": { x: 700, y: 0, collapsed: true } } });
    const overlay = pathOverlay(closed, [...SHARED_PATH, { at: "nowhere", kind: "vm", does: "receives" }]);
    expect(overlay.nodes.get("host-2")).toEqual([9, 10, 11]);
    expect(pathOverlay(scene, []).route).toEqual([]);
  });
});

describe("lenses", () => {
  const findings = [finding("NET-001", "x", ["prod-1", "a-web/eth0"]), finding("VM-001", "a-web", ["a-web"], { severity: "high" }), finding("VM-002", "b-db", ["b-db"], { accepted: true })];
  const scene = buildScene(sharedVlan(), { analysis: { findings, managementExposedTo: ["tenant-a"] } });

  it("count unaccepted findings for their subjects and their owners", () => {
    expect(scene.node.get("a-web")?.facts).toMatchObject({ findings: 2, severity: "critical", hardening: "high", trust: "exposing" });
    expect(scene.node.get("b-db")?.facts).toMatchObject({ findings: 0, trust: "ordinary" });
    expect(scene.node.get("b-db")?.facts.severity).toBeUndefined();
  });

  it("tell tenants apart by shape as well as by colour", () => {
    const tagOf = lensTags(scene, "tenants");
    const [a, b] = ["a-web", "b-db"].map((id) => { const node = scene.node.get(id); return node === undefined ? undefined : tagOf(node); });
    expect(a).toMatchObject({ text: "Tenant A" });
    expect(a?.mark).not.toBe(b?.mark);
    expect(a?.paint).not.toBe(b?.paint);
    expect(lensLegend(scene, "tenants").map((line) => line.text)).toEqual(["Tenant A", "Tenant B", "Management"]);
  });

  it("list tenants by name, segments before things that are in several, severities from the worst", () => {
    const named = { ...sharedVlan(), tenants: { "tenant-a": { name: "Tenant 10" }, "tenant-b": { name: "Tenant 9" } } };
    expect(lensLegend(buildScene(named), "tenants").map(({ text }) => text)).toEqual(["Tenant 9", "Tenant 10", "Management"]);
    const told = buildScene(sharedVlan(), { analysis: { findings: [], segmentsOf: (end) => (end.startsWith("a-web/") ? [`dvs.${end === "a-web/eth0" ? "100" : "20"}`] : end.startsWith("b-db") ? ["dvs.3"] : []) } });
    expect(lensLegend(told, "segments").map(({ text }) => text)).toEqual(["dvs.3", "2 segments"]);
    const hardened = buildScene(sharedVlan(), { analysis: { findings: [finding("VM-001", "a", ["a-web"], { severity: "medium" }), finding("VM-002", "b", ["b-db"], { severity: "low" }), finding("VM-002", "c", ["host-1"], { severity: "critical" })] } });
    expect(lensLegend(hardened, "hardening").map(({ text }) => text)).toEqual(["critical", "medium", "low", "no finding"]);
  });

  it("take segments from the analysis, VLANs without one", () => {
    expect(buildScene(sharedVlan()).segments).toContain("VLAN 100");
    const told = buildScene(sharedVlan(), { analysis: { findings: [], segmentsOf: (end) => [`segment of ${end}`] } });
    expect(told.cable.get("a-web/eth0")?.segments).toEqual(["segment of a-web/eth0"]);
    const paint = lensPaints(told, "segments"), [one, other] = ["a-web/eth0", "a-web/eth1"].map((id) => { const cable = told.cable.get(id); return cable === undefined ? undefined : paint(cable); });
    expect(one).toBeDefined();
    expect(one).not.toBe(other);
    expect(told.node.get("a-web")?.facts.segments).toEqual(["segment of a-web/eth0", "segment of a-web/eth1"]);
  });
});

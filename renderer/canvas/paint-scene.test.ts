import { beforeEach, describe, expect, it, vi } from "vitest";
import { buildScene } from "../../shared/diagram/scene";
import { finding, sharedVlan } from "../../shared/diagram/testing";
import { LIGHT } from "../../shared/diagram/theme";
import { looksOf } from "./looks";
import { Painter, type Ground } from "./paint";
import { paintSteps, type Part } from "./paint-scene";

const scene = buildScene(sharedVlan(), { analysis: { findings: [finding("NET-001", "b-db", ["b-db"])] } });
const part: Part = {
  scene, looks: looksOf({ scene, lens: "tenants", selection: [], path: undefined, target: undefined, hovered: undefined }), area: scene.bounds, far: 0, hasGround: false,
  skipsNode: () => false, skipsCable: () => false,
};

/** A ground that only remembers what was written on it, and how often each of its methods was called. */
function remembering(): { ground: Ground; texts: string[]; calls: Map<string, number> } {
  const texts: string[] = [], calls = new Map<string, number>();
  const ground = new Proxy({ globalAlpha: 1 }, {
    get: (known, name) => name === "globalAlpha" ? known.globalAlpha : (...given: unknown[]) => {
      calls.set(String(name), (calls.get(String(name)) ?? 0) + 1);
      if (name === "fillText") texts.push(String(given[0]));
    },
  });
  return { ground: ground as unknown as Ground, texts, calls };
}

function painted(of: Part): { texts: string[]; calls: Map<string, number>; steps: number } {
  const { ground, texts, calls } = remembering();
  return { texts, calls, steps: [...paintSteps(new Painter(ground, LIGHT, "Inter"), of)].length };
}

describe("painting a scene", () => {
  beforeEach(() => { vi.stubGlobal("Path2D", class { arc(): void {} moveTo(): void {} lineTo(): void {} }); });

  it("writes near by what the elements would: names, second lines, what cables carry", () => {
    expect(painted(part).texts).toEqual(expect.arrayContaining(["a-web", "Tenant A", "Production", "VLAN 100", "trunk 10,100 native 1", "rack1-srv1"]));
  });

  it("writes from far away the names only, and none where they could not be read", () => {
    const far = painted({ ...part, far: 0.34 }).texts;
    expect(far).toContain("b-db");
    expect(far).toContain("rack1-srv1");
    expect(far).not.toContain("Tenant A");
    expect(painted({ ...part, far: 0.03 }).texts).toEqual([]);
  });

  it("leaves the cables of single VMs out where VMs are blocks", () => {
    const curves = (far: number): number => painted({ ...part, far }).calls.get("bezierCurveTo") ?? 0;
    expect(curves(0.12)).toBeLessThan(curves(0.34));
    expect(curves(0.12)).toBeGreaterThan(0);
  });

  it("paints nothing that is elsewhere, or that others paint", () => {
    expect(painted({ ...part, area: { x: -9000, y: -9000, width: 100, height: 100 } }).texts).toEqual([]);
    expect(painted({ ...part, skipsNode: (id) => id === "a-web" }).texts).not.toContain("a-web");
  });

  it("marks the worst finding on a block in the lens of violations", () => {
    const looks = looksOf({ scene, lens: "violations", selection: [], path: undefined, target: undefined, hovered: undefined });
    const marks = (of: Part): number => painted(of).calls.get("scale") ?? 0;
    expect(marks({ ...part, far: 0.34, looks })).toBe(marks({ ...part, far: 0.34 }) + 1);
  });

  it("has a ground of dots near by, as if it were squared paper", () => {
    const dots = (of: Part): number => painted(of).calls.get("fillRect") ?? 0;
    expect(dots({ ...part, hasGround: true }) - dots(part)).toBeGreaterThan(1000);
    expect(dots({ ...part, hasGround: true, far: 0.12 })).toBe(dots({ ...part, far: 0.12 }));
  });

  it("rests between pieces, so that the window goes on", () => {
    expect(painted(part).steps).toBeGreaterThan(3);
  });
});

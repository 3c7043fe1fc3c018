import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Topology } from "../model/topology";
import type { Scene } from "./elements";
import { flatten, type Box, type Point } from "./geometry";
import { ORIENTATIONS, PAPERS } from "./export-options";
import { sheetOf } from "./paper";
import { buildScene } from "./scene";
import { cluster } from "./testing";
import { tilesOf } from "./tiles";

const A4 = { width: 778, height: 440 };
/** In points of the paper. */
const TEN_MILLIMETRES = (10 / 25.4) * 72;

function holds(outer: Box, inner: Box): boolean {
  return inner.x >= outer.x - 0.01 && inner.y >= outer.y - 0.01 && inner.x + inner.width <= outer.x + outer.width + 0.01 && inner.y + inner.height <= outer.y + outer.height + 0.01;
}

/** Hosts of which only every seventh has machines, and many of them. */
function uneven(): Topology {
  const topology = cluster(63, 0, 40), vms = Object.fromEntries(Array.from({ length: 900 }, (_, n) => [`vm-${n}`, { name: `vm-${n}`, hypervisor: `esx-${1 + 7 * (n % 9)}`, nics: { eth0: { portGroup: `pg-${1 + (n % 40)}` } } }]));
  return { ...topology, vms };
}

/** Hosts of different sizes, wherever somebody dragged them. */
const drawings: fc.Arbitrary<Scene> = fc.array(fc.record({ guests: fc.nat(24), x: fc.integer({ min: -3000, max: 3000 }), y: fc.integer({ min: -2000, max: 2000 }), moved: fc.boolean() }), { minLength: 2, maxLength: 9 }).map((hosts) => {
  const topology = cluster(hosts.length, 0, 6), layout = hosts.flatMap(({ x, y, moved }, n) => (moved ? [[`host-${n + 1}`, { x, y }]] : []));
  const vms = hosts.flatMap(({ guests }, host) => Array.from({ length: guests }, (_, n) => [`vm-${host}-${n}`, { name: `vm-${n}`, hypervisor: `esx-${host + 1}`, nics: { eth0: { portGroup: `pg-${1 + (n % 6)}` } } }]));
  return buildScene({ ...topology, vms: Object.fromEntries(vms), layout: Object.fromEntries(layout) });
});

const pages = fc.record({ paper: fc.constantFrom(...PAPERS), orientation: fc.constantFrom(...ORIENTATIONS) }).map(({ paper, orientation }) => {
  const { width, height } = sheetOf(paper, orientation);
  return { width: width - 64, height: height - 180 };
});

/** Points of everything that is drawn. */
function pointsOf({ nodes, cables }: Scene): Point[] {
  const frames = nodes.flatMap(({ absolute: { x, y }, width, height }) => [0, 0.25, 0.5, 0.75, 1].flatMap((share) => [{ x: x + share * width, y }, { x: x + share * width, y: y + height }, { x, y: y + share * height }, { x: x + width, y: y + share * height }]));
  return [...frames, ...cables.flatMap(({ route }) => flatten(route))];
}

describe("tiles", () => {
  it("overlap their neighbours by ten millimetres of paper, cover what is drawn, and have whole what a page holds", () => {
    fc.assert(fc.property(drawings, pages, (scene, page) => {
      const { tiles, scale } = tilesOf(scene, 0.1, page);
      for (const { column, row, box } of tiles) {
        expect(box.width * scale).toBeCloseTo(page.width);
        expect(box.height * scale).toBeCloseTo(page.height);
        for (const other of tiles.filter((each) => each.column >= column && each.column <= column + 1 && Math.abs(each.row - row) <= 1)) {
          const across = Math.min(box.x + box.width, other.box.x + other.box.width) - Math.max(box.x, other.box.x), down = Math.min(box.y + box.height, other.box.y + other.box.height) - Math.max(box.y, other.box.y);
          expect(Math.min(across, down) * scale).toBeGreaterThanOrEqual(TEN_MILLIMETRES);
        }
      }
      expect(pointsOf(scene).filter((point) => !tiles.some(({ box }) => holds(box, { ...point, width: 0, height: 0 })))).toEqual([]);
      const window = tiles[0]?.box ?? { width: 0, height: 0 };
      const things = [...scene.nodes.map(({ id, absolute, width, height }) => ({ id, ...absolute, width, height })), ...scene.cables.filter(({ label, labelShown }) => label !== "" && labelShown === "always").map(({ id, labelBox }) => ({ id, ...labelBox }))];
      expect(things.filter((thing) => thing.width <= window.width && thing.height <= window.height && !tiles.some(({ box }) => holds(box, thing))).map(({ id }) => id)).toEqual([]);
      const told = tiles.flatMap(({ nodes }) => nodes.map(({ id }) => id));
      expect(told.sort()).toEqual(scene.nodes.map(({ id }) => id).sort());
    }), { numRuns: 60 });
  });

  it.each([["even", cluster(12, 30)], ["uneven", uneven()]])("are drawn at a size that can be read, and none is there for nothing: %s hosts", (_, topology) => {
    const scene = buildScene(topology), { tiles, scale } = tilesOf(scene, 0.1, A4);
    expect(scale).toBeGreaterThan(0.41);
    expect(tiles.length).toBeGreaterThan(3);
    const drawn = pointsOf(scene);
    expect(tiles.filter(({ cell }) => !drawn.some((point) => holds(cell, { ...point, width: 0, height: 0 }))).map(({ name }) => name)).toEqual([]);
  });

  it("lie in a grid of which sheets without a drawing are left out", () => {
    const far = { ...cluster(2, 12), layout: { "host-1": { x: 0, y: 0 }, "host-2": { x: 6000, y: 4000 }, tor: { x: 0, y: 4000 }, dvs: { x: 0, y: 2000 } } };
    const { tiles } = tilesOf(buildScene(far), 0.1, A4), columns = new Set(tiles.map(({ column }) => column)), rows = new Set(tiles.map(({ row }) => row));
    expect(tiles.length).toBeLessThan(columns.size * rows.size);
    expect(tiles.every(({ name, column, row }) => name === `${String.fromCharCode(65 + column)}${row + 1}`)).toBe(true);
  });

  it("are few where most hosts are empty", () => {
    const { tiles } = tilesOf(buildScene(uneven()), 0.1, A4);
    // The drawing is as large as 25 pages without their overlap.
    expect(tiles.length).toBeLessThan(40);
  });

  it("are not made where the overview can be read, and counted where there would be too many", () => {
    const scene = buildScene(cluster(4, 10));
    expect(tilesOf(scene, 0.5, A4).tiles).toEqual([]);
    const { tiles, unmade } = tilesOf(buildScene(cluster(40, 40)), 0.1, { width: 120, height: 100 });
    expect(tiles).toEqual([]);
    expect(unmade).toBeGreaterThan(250);
  });
});

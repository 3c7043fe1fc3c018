import { describe, expect, it } from "vitest";
import type { Topology } from "../model/topology";
import type { Box } from "./geometry";
import { buildScene } from "./scene";
import { cluster } from "./testing";
import { tilesOf } from "./tiles";

const A4 = { width: 778, height: 440 };

function holds(outer: Box, inner: Box): boolean {
  return inner.x >= outer.x - 0.01 && inner.y >= outer.y - 0.01 && inner.x + inner.width <= outer.x + outer.width + 0.01 && inner.y + inner.height <= outer.y + outer.height + 0.01;
}

/** Hosts of which only every seventh has machines, and many of them. */
function uneven(): Topology {
  const topology = cluster(63, 0, 40), vms = Object.fromEntries(Array.from({ length: 900 }, (_, n) => [`vm-${n}`, { name: `vm-${n}`, hypervisor: `esx-${1 + 7 * (n % 9)}`, nics: { eth0: { portGroup: `pg-${1 + (n % 40)}` } } }]));
  return { ...topology, vms };
}

describe("tiles", () => {
  it.each([["even", cluster(12, 30)], ["uneven", uneven()]])("show every card whole, at a size that can be read, and none is there for nothing: %s hosts", (_, topology) => {
    const scene = buildScene(topology), { tiles, scale } = tilesOf(scene, 0.1, A4);
    expect(scale).toBeGreaterThan(0.41);
    expect(tiles.length).toBeGreaterThan(3);
    const cards = scene.nodes.filter(({ container }) => !container);
    expect(cards.filter(({ absolute, width, height }) => !tiles.some(({ box }) => holds(box, { ...absolute, width, height }))).map(({ id }) => id)).toEqual([]);
    expect(tiles.filter(({ nodes }) => nodes.length === 0)).toEqual([]);
    const told = tiles.flatMap(({ nodes }) => nodes.map(({ id }) => id));
    expect(told.sort()).toEqual(scene.nodes.map(({ id }) => id).sort());
  });

  it("are few where most hosts are empty", () => {
    const { tiles } = tilesOf(buildScene(uneven()), 0.1, A4);
    // A page at the smallest scale that can be read holds some 170 cards.
    expect(tiles.length).toBeLessThan(20);
  });

  it("are not made where the overview can be read, and counted where there would be too many", () => {
    const scene = buildScene(cluster(4, 10));
    expect(tilesOf(scene, 0.5, A4).tiles).toEqual([]);
    const { tiles, unmade } = tilesOf(buildScene(cluster(40, 40)), 0.1, { width: 120, height: 100 });
    expect(tiles).toEqual([]);
    expect(unmade).toBeGreaterThan(250);
  });
});

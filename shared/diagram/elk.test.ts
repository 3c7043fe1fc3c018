import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { arrangeInLayers } from "./arrange-layered";
import { buildScene } from "./scene";
import { cluster, outsideTheirParent, sharedVlan, siblingsThatOverlap } from "./testing";
import { FORMAT, type Topology } from "../model/topology";
import { ArrangementEnded, startElk, type Elk, type ElkWorker } from "./elk";

/** The package's own worker file, which runs in Node too. */
const { Worker } = createRequire(import.meta.url)("elkjs/lib/elk-worker.min.js") as { Worker: new () => ElkWorker };

function elk(): Elk {
  const worker = new Worker();
  worker.terminate = () => undefined;
  return startElk(worker);
}

const sample = (name: string): Topology => JSON.parse(readFileSync(`assets/samples/${name}.bulkhead.json`, "utf8")) as Topology;

describe("arranging in layers by ELK", () => {
  const cases = [["two hosts", sharedVlan()], ["a cluster of 12 hosts", cluster(12, 20, 30)], ["flawed", sample("flawed-scenario")], ["isolated", sample("isolated-scenario")], ["three tiers", sample("three-tier")]] as const;
  for (const [name, topology] of cases) {
    it(`keeps everything inside what contains it, and nothing lies on anything: ${name}`, async () => {
      const layout = await arrangeInLayers(topology, elk().place);
      const scene = buildScene({ ...topology, layout });
      expect(siblingsThatOverlap(scene)).toEqual([]);
      expect(outsideTheirParent(scene)).toEqual([]);
      expect(scene.nodes.map((node) => node.parent)).toEqual(buildScene(topology).nodes.map((node) => node.parent));
      expect(Object.values(layout).filter(({ x, y }) => x % 8 !== 0 || y % 8 !== 0)).toEqual([]);
    });
  }

  it("sets hosts above what they are plugged into, and that above the world", async () => {
    const topology = sharedVlan();
    const { node } = buildScene({ ...topology, layout: await arrangeInLayers(topology, elk().place) });
    const bottom = (id: string): number => (node.get(id)?.y ?? 0) + (node.get(id)?.height ?? 0);
    for (const [upper, lower] of [["host-1", "tor-1"], ["host-2", "tor-2"], ["tor-1", "internet"], ["host-1", "dvs"]] as const) expect(bottom(upper), `${upper} above ${lower}`).toBeLessThan(node.get(lower)?.y ?? 0);
  });

  it("gives the same places for the same document, whatever the order of its keys", async () => {
    const topology = cluster(5, 9), turned = { ...topology, vms: Object.fromEntries(Object.entries(topology.vms ?? {}).reverse()) };
    const first = await arrangeInLayers(topology, elk().place);
    expect(await arrangeInLayers(topology, elk().place)).toEqual(first);
    expect(await arrangeInLayers(turned, elk().place)).toEqual(first);
  });

  it("keeps what may not move, and what is closed closed", async () => {
    const topology: Topology = { ...sharedVlan(), layout: { "host-1": { x: -400, y: 1200 }, "esx-2": { x: 16, y: 40, collapsed: true } } };
    const layout = await arrangeInLayers(topology, elk().place, { isFree: (id) => id !== "host-1" });
    const scene = buildScene({ ...topology, layout });
    expect(layout["host-1"]).toEqual({ x: -400, y: 1200 });
    expect(layout["esx-2"]).toMatchObject({ collapsed: true });
    expect(siblingsThatOverlap(scene)).toEqual([]);
  });

  it("sets 5,000 things in a few seconds and tells how far it is", async () => {
    const topology = cluster(100, 48), started = performance.now();
    const told: number[] = [];
    const layout = await arrangeInLayers(topology, elk().place, { onLevel: (done, all) => told.push(done / all) });
    expect(Object.keys(layout).length).toBeGreaterThan(5000);
    expect(told.at(-1)).toBe(1);
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  const silent = (): ElkWorker => ({ onmessage: null, postMessage: () => undefined, terminate: () => undefined });

  it("ends in silence where nothing was to be placed and it had not even started", async () => {
    const engine = startElk(silent()), refused: unknown[] = [];
    const note = (reason: unknown): void => void refused.push(reason);
    process.on("unhandledRejection", note);
    await arrangeInLayers({ format: FORMAT, name: "one", physicalSwitches: { tor: { name: "tor" } } }, engine.place);
    engine.end();
    await new Promise((resolve) => setTimeout(resolve, 0));
    process.off("unhandledRejection", note);
    expect(refused).toEqual([]);
  });

  it("tells who waits that it was ended", async () => {
    const engine = startElk(silent());
    const waiting = arrangeInLayers(sharedVlan(), engine.place);
    engine.end();
    await expect(waiting).rejects.toThrow(ArrangementEnded);
  });
});

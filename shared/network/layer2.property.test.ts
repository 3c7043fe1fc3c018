/**
 * The kernel against two slower answers on random small networks: the directed walk of `walk.ts`, and the oracle's
 * simulator, which sends every frame from every end and follows it cable by cable.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { entries, type Topology } from "../model/topology";
import type { Port } from "../model/primitives";
import { plugEnds, type Ends } from "./ends";
import { indexVlans, makeGround, type Ground } from "./ground";
import { Hearing } from "./hearing";
import { compileLayer2 } from "./layer2";
import { buildPlant } from "./oracle/ends";
import { Frames } from "./oracle/frames";
import type { End } from "./types";
import { heardBy as heardAt, isolatedFromEachOther, walk } from "./walk";
import { wire } from "./wiring";
import { knownPort, randomWiring } from "./fixtures/random-wiring";

/** Every ordered pair of ends, `from>to`, of which the second hears some frame of the first. */
function simulate(topology: Topology): Set<string> {
  const plant = buildPlant(topology, "hostile");
  const frames = new Frames(topology, plant);
  return new Set(plant.ends.flatMap((from) => plant.ends.filter((to) => frames.hears(from, to)).map((to) => `${from.id}>${to.id}`)));
}

function heardBy(topology: Topology): Set<string> {
  const layer2 = compileLayer2(topology);
  return new Set(layer2.ends.flatMap((from) => layer2.ends.filter((to) => layer2.hears(from, to)).map((to) => `${from.id}>${to.id}`)));
}

const RUNS = Number(process.env.LAYER2_RUNS ?? 200);
const LONG = 600_000;

/** The document with every absent port and allowed list filled in, by turns from the choices. */
function complete(topology: Topology, choices: readonly Port[]): Topology {
  const filled = structuredClone(topology);
  let turn = 0;
  const next = (): Port => choices[turn++ % choices.length] as Port;
  const fill = (holder: { port?: Port | undefined }): void => {
    if (holder.port === undefined) holder.port = next();
    else if (holder.port.mode === "trunk" && holder.port.allowed === undefined) holder.port.allowed = listOf(next());
  };
  entries(filled, "uplinks").forEach(([, uplink]) => fill(uplink));
  entries(filled, "trunks").forEach(([, { a, b }]) => [a, b].forEach(fill));
  entries(filled, "portGroups").forEach(([, { vlan, virtualSwitch }]) => {
    const all = filled.virtualSwitches?.[virtualSwitch]?.kind === "open-vswitch";
    if (vlan?.mode === "trunk" && vlan.allowed === undefined && !all) vlan.allowed = listOf(next());
  });
  return filled;
}

function listOf(port: Port): string {
  return port.mode === "access" ? String(port.vlan) : (port.allowed ?? "all");
}

/** The document with every absent field but the given ones filled in so that it carries nothing that anyone sends. */
function closeAllBut(topology: Topology, paths: readonly string[]): Topology {
  const closed = structuredClone(topology);
  const close = (holder: { port?: Port | undefined }, path: string): void => {
    if (holder.port === undefined && !paths.includes(`${path}.port`)) holder.port = { mode: "trunk", allowed: "4000" };
    else if (holder.port?.mode === "trunk" && holder.port.allowed === undefined && !paths.includes(`${path}.port.allowed`)) holder.port.allowed = "4000";
  };
  entries(closed, "uplinks").forEach(([id, uplink]) => close(uplink, `$.uplinks.${id}`));
  entries(closed, "trunks").forEach(([id, { a, b }]) => [a, b].forEach((end, at) => close(end, `$.trunks.${id}.${"ab"[at]}`)));
  entries(closed, "portGroups").forEach(([id, { vlan, virtualSwitch }]) => {
    const all = closed.virtualSwitches?.[virtualSwitch]?.kind === "open-vswitch";
    if (vlan?.mode === "trunk" && vlan.allowed === undefined && !all && !paths.includes(`$.portGroups.${id}.vlan.allowed`)) vlan.allowed = "4000";
  });
  return closed;
}

describe("random networks", () => {
  it("hear exactly what a frame-by-frame simulation delivers", () => {
    fc.assert(fc.property(randomWiring({ unknown: false }), (topology) => {
      expect([...heardBy(topology)].sort()).toEqual([...simulate(topology)].sort());
    }), { numRuns: RUNS });
  }, LONG);

  it("with absent fields, hear for certain what the simulation delivers without them, and perhaps what any value would deliver", () => {
    fc.assert(fc.property(randomWiring({ unknown: true }), fc.array(knownPort, { minLength: 3, maxLength: 12 }), (topology, choices) => {
      const layer2 = compileLayer2(topology);
      const certain = heardBy(topology);
      expect([...certain].sort()).toEqual([...simulate(topology)].sort());
      for (const pair of simulate(complete(topology, choices))) {
        const [from, to] = pair.split(">").map((id) => layer2.end(id));
        if (from === undefined || to === undefined) throw new Error(pair);
        if (certain.has(pair)) continue;
        expect(layer2.mayHear(from, to), pair).toBe(true);
        expect(layer2.missing(from, to), pair).not.toEqual([]);
      }
    }), { numRuns: RUNS });
  }, LONG);

  it("rest on the fields that are named: with all others filled in, they may still be heard", () => {
    fc.assert(fc.property(randomWiring({ unknown: true }), (topology) => {
      const layer2 = compileLayer2(topology);
      for (const from of layer2.ends) {
        for (const to of layer2.ends) {
          if (!layer2.mayHear(from, to)) continue;
          const fields = layer2.missing(from, to);
          const closed = compileLayer2(closeAllBut(topology, fields));
          const [a, b] = [closed.ends[from.index] as End, closed.ends[to.index] as End];
          expect(closed.hears(a, b) || closed.mayHear(a, b), `${from.id}>${to.id} ${fields.join()}`).toBe(true);
        }
      }
    }), { numRuns: RUNS });
  }, LONG);

  it("might hear exactly what the directed walk over every possible frame reaches", () => {
    fc.assert(fc.property(randomWiring({ unknown: true }), (topology) => {
      const wiring = wire(topology);
      const plugged = plugEnds(topology, wiring, "hostile");
      for (const mode of ["known", "possible"] as const) {
        const ground = makeGround(wiring, indexVlans(wiring, plugged.seats.ports), mode);
        const hearing = new Hearing(ground, plugged);
        for (const from of plugged.ends) {
          for (const to of plugged.ends) expect(hearing.hears(from, to), `${mode} ${from.id}>${to.id}`).toBe(from !== to && walks(ground, plugged, from, to));
        }
      }
    }), { numRuns: RUNS });
  }, LONG);

  it("give a witness for what is heard, a cut for what is not, and the same answers by class as by end", () => {
    fc.assert(fc.property(randomWiring({ unknown: true }), (topology) => {
      const layer2 = compileLayer2(topology);
      for (const from of layer2.ends) {
        const hearers = new Set(layer2.hearers(layer2.classOf(from)));
        const senders = new Set(layer2.senders(layer2.classOf(from)));
        const maySenders = new Set(layer2.maySenders(layer2.classOf(from)));
        const mayHearers = new Set(layer2.mayHearers(layer2.classOf(from)));
        for (const to of layer2.ends) {
          if (from === to) continue;
          const pair = `${from.id}>${to.id}`;
          const hears = layer2.hears(from, to);
          expect(hearers.has(layer2.classOf(to)), pair).toBe(hears);
          expect(senders.has(layer2.classOf(to)), pair).toBe(layer2.hears(to, from));
          expect(maySenders.has(layer2.classOf(to)), pair).toBe(layer2.mayHear(to, from));
          expect(mayHearers.has(layer2.classOf(to)), pair).toBe(layer2.mayHear(from, to));
          const path = layer2.path(from, to);
          expect([path?.[0]?.at, path?.at(-1)?.at], pair).toEqual(hears ? [from.id, to.id] : [undefined, undefined]);
          expect(layer2.blockedAt(from, to).length > 0, pair).toBe(!hears);
        }
      }
    }), { numRuns: RUNS });
  }, LONG);
});

describe("segments of random networks", () => {
  it("list their ends and are listed by them, and say where two that hear one another meet", () => {
    fc.assert(fc.property(randomWiring({ unknown: false }), (topology) => {
      const layer2 = compileLayer2(topology);
      for (const segment of layer2.segments) {
        expect(layer2.segments[segment.index]).toBe(segment);
        expect(segment.members.some((member) => member.switch === segment.switch && member.vlan === segment.vlan)).toBe(true);
        for (const end of segment.ends) expect(layer2.segmentsOf(end)).toContain(segment);
      }
      for (const a of layer2.ends) {
        for (const segment of layer2.segmentsOf(a)) expect(segment.ends).toContain(a);
        for (const b of layer2.ends) expect(layer2.sharedSegments(a, b).length > 0, `${a.id} ${b.id}`).toBe(layer2.hears(a, b) && layer2.hears(b, a));
      }
    }), { numRuns: RUNS });
  }, LONG);
});

function walks(ground: Ground, { seats }: Ends, from: End, to: End): boolean {
  return seats.plugsOf(from.index).some((a) => seats.plugsOf(to.index).some((b) => {
    if (isolatedFromEachOther(a, b)) return false;
    const { instances } = ground.wiring;
    if (a.port.vni !== undefined || b.port.vni !== undefined) return a.port.vni === b.port.vni && instances[a.instance]?.switch === instances[b.instance]?.switch;
    const heard = new Set(heardAt(ground, b));
    return walk(ground, a).some((step) => step.instance === b.instance && heard.has(step.vlan));
  }));
}

/**
 * The kernel against two slower answers on random small networks: the directed walk of `walk.ts`, and a simulator written straight
 * from the port table of the semantics, which sends every frame from every end and follows it cable by cable.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseVlanList, hasVlan } from "../model/vlan-set";
import { entries, type RecordOf, type Topology } from "../model/topology";
import type { Port } from "../model/primitives";
import { plugEnds, type Ends } from "./ends";
import { indexVlans, makeGround, type Ground } from "./ground";
import { Hearing } from "./hearing";
import { compileLayer2 } from "./layer2";
import type { End } from "./types";
import { heardBy as heardAt, isolatedFromEachOther, walk } from "./walk";
import { wire } from "./wiring";
import { knownPort, randomWiring } from "./fixtures/random-wiring";

/** At least one of each kind that the lists of `random-wiring.ts` tell apart. */
const TAGS_TRIED = [1, 5, 10, 15, 20, 25, 30, 101, 102, 999];
type Tag = number | undefined;
interface Station { readonly end: string; readonly isolated: boolean; takes(tag: Tag): number | undefined; gives(vlan: number): boolean }
interface Cable { readonly name: string; readonly to: string; takes(tag: Tag): number | undefined; gives(vlan: number): { tag: Tag } | undefined }
interface Box { readonly physical: boolean; readonly stations: Station[]; readonly cables: Map<string, Cable> }

const contains = (list: string | undefined, vlan: number): boolean => list !== undefined && hasVlan(parseVlanList(list) ?? [], vlan);

function physicalPort(port: Port | undefined): Omit<Cable, "name" | "to"> {
  if (port === undefined) return { takes: () => undefined, gives: () => undefined };
  if (port.mode === "access") return { takes: (tag) => (tag === undefined ? port.vlan : undefined), gives: (vlan) => (vlan === port.vlan ? { tag: undefined } : undefined) };
  const { allowed, native, tagNative = false } = port;
  return {
    takes(tag) {
      const vlan = tag ?? (tagNative ? undefined : native);
      return vlan !== undefined && contains(allowed, vlan) ? vlan : undefined;
    },
    gives: (vlan) => (contains(allowed, vlan) ? { tag: vlan === native && !tagNative ? undefined : vlan } : undefined),
  };
}

/** The virtual side: tagged but for the untagged VLAN. */
function virtualSide(pvid: number): Omit<Cable, "name" | "to"> {
  return { takes: (tag) => tag ?? pvid, gives: (vlan) => ({ tag: vlan === pvid ? undefined : vlan }) };
}

function guestStation(topology: Topology, end: string, portGroup: RecordOf<"portGroups">): Station {
  const vswitch = topology.virtualSwitches?.[portGroup.virtualSwitch] as RecordOf<"virtualSwitches">;
  const base = { end, isolated: portGroup.isolatedPorts === true };
  const accessStation = (vlan: number, heard: (v: number) => boolean = (v) => v === vlan): Station => ({ ...base, takes: (tag) => (tag === undefined ? vlan : undefined), gives: heard });
  if (vswitch.kind === "linux-bridge" && vswitch.vlanAware !== true) return { ...base, takes: (tag) => tag ?? 0, gives: () => true };
  const vlan = portGroup.vlan ?? { mode: "untagged" };
  switch (vlan.mode) {
    case "access": return accessStation(vlan.id);
    case "overlay": return { ...base, takes: () => 100_000 + vlan.vni, gives: (v) => v === 100_000 + vlan.vni };
    case "untagged":
      if (vswitch.kind === "linux-bridge") return accessStation(1);
      if (vswitch.kind === "hyper-v") return accessStation(0);
      return { ...base, takes: (tag) => tag ?? 0, gives: (v) => v < 100_000 && (vswitch.kind === "open-vswitch" || v === 0) };
    case "trunk": {
      const all = vlan.allowed === undefined && vswitch.kind === "open-vswitch";
      const carries = (v: number): boolean => v < 100_000 && (all ? v > 0 || vlan.native === undefined : contains(vlan.allowed, v) || v === vlan.native);
      return { ...base, takes: (tag) => { const v = tag ?? vlan.native ?? (all ? 0 : -1); return carries(v) ? v : undefined; }, gives: carries };
    }
    case "private": {
      if (vlan.type !== "promiscuous") return accessStation(vlan.secondary as number, (v) => v === vlan.primary || (vlan.type === "community" && v === vlan.secondary));
      const secondaries = entries(topology, "portGroups").flatMap(([, other]) => (other.vlan?.mode === "private" && other.vlan.primary === vlan.primary ? [other.vlan.secondary] : []));
      return accessStation(vlan.primary, (v) => v === vlan.primary || secondaries.includes(v));
    }
  }
}

/** Boxes by name: a physical switch's id, or `switch@hypervisor`; overlays join the instances by cables of their own. */
function assemble(topology: Topology): Map<string, Box> {
  const boxes = new Map<string, Box>();
  for (const [id] of entries(topology, "physicalSwitches")) boxes.set(id, { physical: true, stations: [], cables: new Map() });
  for (const [id, { hypervisors }] of entries(topology, "virtualSwitches")) for (const h of hypervisors) boxes.set(`${id}@${h}`, { physical: false, stations: [], cables: new Map() });
  const join = (id: string, a: string, sideA: Omit<Cable, "name" | "to">, b: string, sideB: Omit<Cable, "name" | "to">): void => {
    boxes.get(a)?.cables.set(`${id}a`, { name: `${id}b`, to: b, ...sideA });
    boxes.get(b)?.cables.set(`${id}b`, { name: `${id}a`, to: a, ...sideB });
  };
  for (const [id, { a, b }] of entries(topology, "trunks")) join(id, a.switch, physicalPort(a.port), b.switch, physicalPort(b.port));
  const underlay = { takes: (tag: Tag) => (tag !== undefined && tag >= 100_000 ? tag : undefined), gives: (vlan: number) => (vlan >= 100_000 ? { tag: vlan } : undefined) };
  for (const [id, { hypervisors }] of entries(topology, "virtualSwitches")) {
    for (const a of hypervisors) for (const b of hypervisors) if (a < b) join(`vx-${id}-${a}-${b}`, `${id}@${a}`, underlay, `${id}@${b}`, underlay);
  }
  for (const [id, up] of entries(topology, "uplinks")) {
    const vswitch = topology.virtualSwitches?.[up.virtualSwitch];
    const side = virtualSide(vswitch?.kind === "linux-bridge" && vswitch.vlanAware === true ? 1 : 0);
    const tagged = { takes: side.takes, gives: (vlan: number) => (vlan < 100_000 ? side.gives(vlan) : undefined) };
    join(id, `${up.virtualSwitch}@${up.hypervisor}`, tagged, up.physicalSwitch, physicalPort(up.port));
  }
  plugIn(topology, boxes);
  return boxes;
}

function plugIn(topology: Topology, boxes: Map<string, Box>): void {
  const inPortGroup = (end: string, id: string, hypervisor: string | undefined): void => {
    const portGroup = topology.portGroups?.[id] as RecordOf<"portGroups">;
    for (const h of topology.virtualSwitches?.[portGroup.virtualSwitch]?.hypervisors ?? []) {
      if (hypervisor === undefined || h === hypervisor) boxes.get(`${portGroup.virtualSwitch}@${h}`)?.stations.push(guestStation(topology, end, portGroup));
    }
  };
  const inSwitch = (end: string, id: string, port: Port | undefined): void => {
    const { takes, gives } = physicalPort(port);
    boxes.get(id)?.stations.push({ end, isolated: false, takes, gives: (vlan) => gives(vlan) !== undefined });
  };
  for (const [id, vm] of entries(topology, "vms")) {
    for (const [local, nic] of Object.entries(vm.nics ?? {})) {
      if (nic.portGroup === undefined || nic.connected === false || vm.role === "template") continue;
      if (nic.passthrough === undefined || nic.passthrough === "none") inPortGroup(`${id}/${local}`, nic.portGroup, vm.hypervisor);
      else {
        const vswitch = topology.portGroups?.[nic.portGroup]?.virtualSwitch;
        for (const [, up] of entries(topology, "uplinks")) if (up.virtualSwitch === vswitch && up.hypervisor === vm.hypervisor) inSwitch(`${id}/${local}`, up.physicalSwitch, up.port);
      }
    }
  }
  for (const [id, { attachedTo }] of entries(topology, "externalNetworks")) {
    if (attachedTo === undefined) continue;
    if ("portGroup" in attachedTo) inPortGroup(id, attachedTo.portGroup, undefined);
    else inSwitch(id, attachedTo.physicalSwitch, { mode: "access", vlan: attachedTo.vlan });
  }
}

/** Every ordered pair of ends, `from>to`, of which the second hears some frame of the first. */
function simulate(topology: Topology): Set<string> {
  const boxes = assemble(topology);
  const heard = new Set<string>();
  for (const [name, box] of boxes) for (const station of box.stations) for (const tag of [undefined, ...TAGS_TRIED]) send(boxes, name, station, tag, heard);
  return heard;
}

function send(boxes: Map<string, Box>, start: string, sender: Station, tag: Tag, heard: Set<string>): void {
  const vlan = sender.takes(tag);
  if (vlan === undefined) return;
  const pending: { at: string; vlan: number; ingress?: string }[] = [{ at: start, vlan }];
  const seen = new Set<string>();
  for (let frame = pending.pop(); frame !== undefined; frame = pending.pop()) {
    const key = `${frame.at} ${frame.vlan} ${frame.ingress ?? ""}`;
    const box = boxes.get(frame.at);
    if (seen.has(key) || box === undefined) continue;
    seen.add(key);
    for (const station of box.stations) {
      const apart = frame.at === start && station.isolated && sender.isolated;
      if (station.end !== sender.end && !apart && station.gives(frame.vlan)) heard.add(`${sender.end}>${station.end}`);
    }
    if (frame.ingress !== undefined && !box.physical) continue;
    for (const [port, cable] of box.cables) {
      const out = port === frame.ingress ? undefined : cable.gives(frame.vlan);
      const taken = out === undefined ? undefined : boxes.get(cable.to)?.cables.get(cable.name)?.takes(out.tag);
      if (taken !== undefined) pending.push({ at: cable.to, vlan: taken, ingress: cable.name });
    }
  }
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
        const ground = makeGround(wiring, indexVlans(wiring, plugged.seats.used), mode);
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
        const mayHearers = new Set(layer2.mayHearers(layer2.classOf(from)));
        for (const to of layer2.ends) {
          if (from === to) continue;
          const pair = `${from.id}>${to.id}`;
          const hears = layer2.hears(from, to);
          expect(hearers.has(layer2.classOf(to)), pair).toBe(hears);
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

/** A layer revised again and again answers as one compiled anew. */
import fc from "fast-check";
import { expect, it } from "vitest";
import type { Assume } from "../analysis/result";
import type { PortGroupVlan } from "../model/kinds/port-group";
import type { RecordOf, Topology } from "../model/topology";
import { randomWiring } from "./fixtures/random-wiring";
import { compileLayer2 } from "./layer2";
import { access, draw, guestTrunk, overlay, trunkPort } from "./testing";
import type { Layer2 } from "./types";

const RUNS = Number(process.env.LAYER2_RUNS ?? 150);
const LONG = 600_000;

interface Step { readonly vnic: number; readonly group: number; readonly edit: "move" | "vlan" | "isolate" | "passthrough" | "both"; readonly vlan: PortGroupVlan | undefined }

const step: fc.Arbitrary<Step> = fc.record({
  vnic: fc.nat(20), group: fc.nat(20), edit: fc.constantFrom("move", "move", "vlan", "vlan", "isolate", "passthrough", "both"),
  vlan: fc.oneof(
    fc.constantFrom(1, 10, 20, 30).map(access), fc.constantFrom<PortGroupVlan | undefined>({ mode: "untagged" }, undefined, overlay(5001)),
    fc.constantFrom("10,20", "1,10,20,30", "2-4094", "all", undefined).map((allowed) => guestTrunk(allowed)),
  ),
});

function pick<T>(items: readonly T[], at: number): T | undefined {
  return items[at % Math.max(1, items.length)];
}

/** The document after the step and what changed; undefined where there is nothing to do. */
function edit(topology: Topology, layer2: Layer2, { vnic, group, edit: kind, vlan }: Step): { next: Topology; vnics: string[]; portGroups: string[] } | undefined {
  const next = structuredClone(topology);
  const end = pick(layer2.ends.filter((one) => one.kind === "vnic"), vnic);
  const groupId = pick(Object.keys(next.portGroups ?? {}), group);
  const portGroup = groupId === undefined ? undefined : next.portGroups?.[groupId];
  if (groupId === undefined || portGroup === undefined) return undefined;
  const nic = end === undefined ? undefined : next.vms?.[end.owner]?.nics?.[end.id.slice(end.owner.length + 1)];
  const vnics: string[] = [];
  if (kind === "move" || kind === "both" || kind === "passthrough") {
    if (end === undefined || nic === undefined) return undefined;
    if (kind === "passthrough") nic.passthrough = nic.passthrough === "sriov" ? "none" : "sriov";
    else nic.portGroup = groupId;
    nic.guestVlans = [10];
    vnics.push(end.id);
  }
  if (kind === "isolate") portGroup.isolatedPorts = portGroup.isolatedPorts !== true;
  if (kind === "vlan" || kind === "both") setVlan(portGroup, vlan);
  return { next, vnics, portGroups: kind === "move" || kind === "passthrough" ? [] : [groupId] };
}

function setVlan(portGroup: RecordOf<"portGroups">, vlan: PortGroupVlan | undefined): void {
  if (vlan === undefined) delete portGroup.vlan;
  else portGroup.vlan = vlan;
}

function answers(layer2: Layer2): unknown {
  return {
    ends: layer2.ends.map(({ index, id, portGroup }) => [index, id, portGroup]),
    pairs: layer2.ends.flatMap((a) => layer2.ends.map((b) => [a.id, b.id, layer2.hears(a, b), layer2.mayHear(a, b), layer2.missing(a, b), layer2.sharedSegments(a, b).map(({ index }) => index)])),
    heard: layer2.ends.map((end) => [layer2.hearers, layer2.mayHearers, layer2.senders, layer2.maySenders].map((of) => of.call(layer2, layer2.classOf(end)).flatMap(({ ends }) => ends.map(({ id }) => id)).sort())),
    segments: layer2.segments.map(({ index, id, ends, members }) => [index, id, ends.map((end) => end.id), members]),
  };
}

function expectClasses(layer2: Layer2): void {
  const seen = layer2.classes.flatMap((one) => one.ends.map((end) => [end, one] as const));
  expect(new Set(seen.map(([end]) => end))).toEqual(new Set(layer2.ends));
  for (const [end, one] of seen) expect(layer2.classOf(end)).toBe(one);
}

it.each<Assume>(["hostile", "configured"])("answers as if compiled anew after any row of changes (%s)", (assume) => {
  let revised = 0;
  fc.assert(fc.property(fc.boolean().chain((unknown) => randomWiring({ unknown })), fc.array(step, { minLength: 1, maxLength: 6 }), (start, steps) => {
    let topology = start;
    let layer2 = compileLayer2(topology, assume);
    for (const own of steps) {
      const change = edit(topology, layer2, own);
      if (change === undefined) continue;
      // Some answers are there already, as in an editor.
      if (own.vnic % 2 === 0) answers(layer2);
      const before = [...layer2.ends];
      const fresh = compileLayer2(change.next, assume);
      const done = layer2.revise(change.next, change);
      if (done === undefined) {
        expect(answers(layer2)).toEqual(answers(compileLayer2(topology, assume)));
        layer2 = fresh;
      } else {
        revised += 1;
        expect(answers(layer2)).toEqual(answers(fresh));
        for (const end of done.ends) expect(layer2.ends[end.index]).toBe(end);
        for (const id of change.vnics) expect(before.includes(layer2.end(id) as never)).toBe(false);
      }
      expectClasses(layer2);
      topology = change.next;
    }
  }), { numRuns: RUNS });
  expect(revised).toBeGreaterThan(RUNS / 2);
}, LONG);

it("does not take a VLAN that nobody had, nor a change of private VLANs, and stays as it was", () => {
  const document = (vlan: PortGroupVlan) => draw().hypervisor("h").physicalSwitch("tor").vswitch("s", "standard", "h").uplink("u", "s", "h", "tor", trunkPort("all"))
    .portGroup("p", "s", vlan).vm("a", "h", "p").station("x", "tor", 10).build();
  const layer2 = compileLayer2(document(access(10)));
  for (const vlan of [access(99), { mode: "private" as const, primary: 10, type: "promiscuous" as const }]) {
    expect(layer2.revise(document(vlan), { vnics: [], portGroups: ["p"] })).toBeUndefined();
  }
  expect(layer2.hears(layer2.end("a/eth0") as never, layer2.end("x") as never)).toBe(true);
});

import { describe, expect, it } from "vitest";
import { attackOverlay, type AttackLeg, type ShownStep } from "./attack-overlay";
import { drawLeg, drawLegLabel } from "./draw-attack";
import { overlaps } from "./geometry";
import { buildScene } from "./scene";
import { SHARED_PATH, sharedVlan } from "./testing";

const scene = buildScene(sharedVlan());
const step = (from: string, channel: ShownStep["channel"], to: string, more: Partial<ShownStep> = {}): ShownStep => ({ from, to, channel, moved: false, hops: [], ...more });
const ends = ({ route }: AttackLeg) => [route[0], route.at(-1)];

describe("an attack path on the picture", () => {
  it("numbers its places, one more than its steps", () => {
    const { nodes, legs } = attackOverlay(scene, [step("a-web", "clipboard", "esx-1"), step("esx-1", "storage", "ds-1")]);
    expect(Object.fromEntries(nodes)).toEqual({ "a-web": [1], "esx-1": [2], "ds-1": [3] });
    expect(legs.map(({ kind, label }) => `${kind} ${label}`)).toEqual(["beside clipboard", "beside storage"]);
  });

  it("follows the cables over the network, and what the packets pass has no number", () => {
    const { nodes, cables, legs } = attackOverlay(scene, [step("a-web", "network", "b-db", { hops: SHARED_PATH })]);
    expect(nodes.get("tor-1")).toEqual([]);
    expect(cables).toContain("up-1");
    expect(legs[0]?.kind).toBe("network");
    expect(legs[0]?.route.length).toBeGreaterThan(4);
  });

  it("goes straight where packets have no way of their own", () => {
    const [leg] = attackOverlay(scene, [step("a-web", "spoof", "b-db")]).legs;
    expect(leg).toMatchObject({ kind: "network", label: "spoof" });
    expect(leg?.route).toHaveLength(4);
  });

  it("leaves a VM by its upper edge for that of its hypervisor, and comes back from where it arrived", () => {
    const topology = sharedVlan();
    const two = buildScene({ ...topology, vms: { ...topology.vms, "b-app": { name: "b-app", hypervisor: "esx-1", tenant: "tenant-b" } } });
    const legs = attackOverlay(two, [step("a-web", "escape", "esx-1"), step("esx-1", "control", "b-app")]).legs;
    const [out, back] = legs.map(ends);
    expect(out?.[1]?.y).toBe(two.node.get("esx-1")?.absolute.y);
    expect(back?.[0]).toEqual(out?.[1]);
    expect(back?.[1]?.y).toBe(two.node.get("b-app")?.absolute.y);
  });

  it("goes on to something elsewhere from where it arrived", () => {
    const [out, on] = attackOverlay(scene, [step("a-web", "escape", "esx-1"), step("esx-1", "control", "b-db", { moved: true })]).legs.map(ends);
    expect(on?.[0]).toEqual(out?.[1]);
  });

  it("says on its label and by its dashes what is there only if a VM moves", () => {
    const [leg] = attackOverlay(scene, [step("a-web", "memory", "b-db", { moved: true })]).legs;
    expect(leg).toMatchObject({ kind: "moved", label: "memory, if moved" });
    const dashes = (["network", "beside", "moved"] as const).map((kind) => leg !== undefined && JSON.stringify(drawLeg({ ...leg, kind })[0]));
    expect(new Set(dashes).size).toBe(3);
    expect(leg === undefined ? [] : drawLegLabel(leg)).toContainEqual(expect.objectContaining({ type: "text", text: "memory, if moved" }));
  });

  it("puts no label over another", () => {
    const boxes = attackOverlay(scene, [step("a-web", "memory", "b-db"), step("b-db", "core", "a-web"), step("a-web", "mirror", "b-db")]).legs.map(({ labelBox }) => labelBox);
    for (const [index, box] of boxes.entries()) for (const other of boxes.slice(index + 1)) expect(overlaps(box, other)).toBe(false);
  });

  it("stands on what is shown in place of what is inside something closed, and leaves out what is not there", () => {
    const closed = buildScene({ ...sharedVlan(), layout: { "host-1": { x: 0, y: 0, collapsed: true } } });
    expect([...attackOverlay(closed, [step("a-web", "memory", "b-db")]).nodes.keys()]).toEqual(["host-1", "b-db"]);
    expect(attackOverlay(scene, [step("a-web", "memory", "gone")]).legs).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import { buildScene, sceneStages } from "../../shared/diagram/scene";
import { cluster, finding } from "../../shared/diagram/testing";
import type { Scene } from "../../shared/diagram/elements";
import type { Topology } from "../../shared/model/topology";
import { piecesOf } from "../analysis/pieces";
import { SceneAssembly } from "./assembly";
import { PictureMaker } from "./maker";
import type { FromPicture } from "./protocol";

const before = cluster(20, 30);

/** What a window has after the messages, as if they had come through a worker's port. */
function shown(messages: readonly FromPicture[], assembly = new SceneAssembly()): Scene[] {
  const scenes: Scene[] = [];
  for (const message of messages.map((each) => structuredClone(each))) {
    if (message.type === "nodes") assembly.addNodes(message);
    else if (message.type === "cables") assembly.addCables(message);
    else if (message.type === "end") scenes.push(assembly.end(message.head));
  }
  return scenes;
}

function plain(scene: Scene | undefined): unknown {
  return scene === undefined ? undefined : {
    ...scene, cables: scene.cables.map(({ id, kind, entity, source, target, label, labelBox, labelShown, route, vlans, segments, disconnected }) =>
      ({ id, kind, entity, source, target, label, labelBox, labelShown, route, vlans, segments, disconnected })),
    cable: [...scene.cable.keys()], shownAs: new Map([...scene.shownAs].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** A maker that was given a document in pieces, and what it tells. */
function making(topology: Topology): { maker: PictureMaker; heard: () => FromPicture[] } {
  const messages: FromPicture[] = [];
  const maker = new PictureMaker((message) => messages.push(message));
  for (const piece of piecesOf(topology)) maker.add(7, structuredClone(piece));
  maker.begin(7, 1);
  return { maker, heard: () => messages.splice(0) };
}

describe("the picture of a large document", () => {
  it("comes as boxes first and then whole, the same as drawn here", () => {
    const { maker, heard } = making(before);
    maker.draw();
    const scenes = shown(heard());
    expect(scenes).toHaveLength(2);
    expect(scenes[0]?.cables).toEqual([]);
    expect(plain(scenes[0])).toEqual(plain(sceneStages(before).next().value));
    expect(plain(scenes[1])).toEqual(plain(buildScene(before)));
  });

  it("after an edit hands over what is another only, and shares the rest", () => {
    const { maker, heard } = making(before);
    maker.draw();
    const assembly = new SceneAssembly();
    const [, first] = shown(heard(), assembly);
    maker.edit([{ op: "replace", path: "/vms/vm-7/name", value: "renamed" }, { op: "remove", path: "/vms/vm-8" }]);
    maker.draw();
    const messages = heard();
    expect(messages.flatMap((message) => (message.type === "nodes" ? message.change.changed : []))).not.toHaveLength(0);
    const [second] = shown(messages, assembly);
    expect(second?.node.get("vm-7")?.title).toBe("renamed");
    expect(second?.node.has("vm-8")).toBe(false);
    expect(second?.node.get("vm-1")).toBe(first?.node.get("vm-1"));
    expect(plain(second)).toEqual(plain(buildScene({ ...before, vms: Object.fromEntries(Object.entries(before.vms ?? {}).filter(([id]) => id !== "vm-8").map(([id, vm]) => [id, id === "vm-7" ? { ...vm, name: "renamed" } : vm])) })));
  });

  it("is coloured by what the analysis of this document found, not of another", () => {
    const { maker, heard } = making(before);
    const facts = { generation: 1, findings: [finding("VM-001", "vm-3", ["vm-3"])], segments: [{ id: "s", ends: ["vm-3/eth0"] }], managementExposedTo: [] };
    expect(maker.learn({ ...facts, generation: 0 })).toBe(false);
    expect(maker.learn(facts)).toBe(true);
    maker.draw();
    expect(shown(heard()).at(-1)?.node.get("vm-3")?.facts).toMatchObject({ severity: "critical", segments: ["s"] });
  });

  it("shows what stands for things inside something closed", () => {
    const closed: Topology = { ...before, layout: { "host-1": { x: 0, y: 0, collapsed: true } } };
    const { maker, heard } = making(closed);
    maker.draw();
    const scene = shown(heard()).at(-1);
    expect(scene?.shownAs.get("esx-1")).toBe("host-1");
    expect(plain(scene)).toEqual(plain(buildScene(closed)));
  });
});

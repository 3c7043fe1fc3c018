import { beforeEach, describe, expect, it } from "vitest";
import { buildScene } from "../../shared/diagram/scene";
import { cluster } from "../../shared/diagram/testing";
import { formatTopology } from "../../shared/model/canonical";
import type { Topology } from "../../shared/model/topology";
import { piecesOf } from "../analysis/pieces";
import { SceneAssembly } from "./assembly";
import { PictureMaker } from "./maker";
import type { FromPicture } from "./protocol";

const topology = cluster(6, 5);
const bytesOf = (value: object) => new TextEncoder().encode(JSON.stringify(value));

let said: FromPicture[], maker: PictureMaker;
beforeEach(() => {
  said = [];
  maker = new PictureMaker((message) => void said.push(message));
});

/** The scenes that what was said makes. */
function scenes() {
  const assembly = new SceneAssembly();
  return said.flatMap((message) => {
    if (message.type === "nodes") assembly.addNodes(message);
    if (message.type === "cables") assembly.addCables(message);
    return message.type === "end" ? [assembly.end(message.head)] : [];
  });
}
const boxes = (of: Topology) => buildScene(of).nodes.map(({ id, absolute }) => ({ id, absolute }));
const shown = (index: number) => scenes().at(index)?.nodes.map(({ id, absolute }) => ({ id, absolute }));

describe("drawing a file ahead", () => {
  it("tells its boxes before it is asked for, and only the rest then", () => {
    maker.prepare(1, new TextEncoder().encode(formatTopology(topology)));
    expect(shown(-1)).toEqual(boxes(topology));
    maker.begin(1, 1);
    maker.draw();
    expect(scenes()).toHaveLength(2);
    expect(scenes().at(-1)?.cables.map(({ id }) => id)).toEqual(buildScene(topology).cables.map(({ id }) => id));
  });

  it("draws what it was changed to meanwhile", () => {
    maker.prepare(1, bytesOf(topology));
    maker.begin(1, 1);
    const [vm = ""] = Object.keys(topology.vms ?? {});
    maker.edit([{ op: "remove", path: `/vms/${vm}` }]);
    maker.draw();
    expect(shown(-1)?.some(({ id }) => id === vm)).toBe(false);
  });

  it.each([
    ["text that is no JSON", new TextEncoder().encode("{")],
    ["a document of an older format", bytesOf({ ...topology, format: "bulkhead/0" })],
  ])("leaves %s to those who check it", (_what, bytes) => {
    maker.prepare(1, bytes);
    expect(said).toEqual([]);
    expect(() => maker.begin(1, 1)).toThrow("did not arrive");
  });

  it("says of what is no document only when it is drawn after all, and draws the next", () => {
    maker.prepare(1, bytesOf({ format: topology.format, vms: { "a-web": 5 }, hosts: "x" }));
    expect(said).toEqual([]);
    maker.begin(1, 1);
    expect(() => maker.draw()).toThrow(TypeError);
    for (const piece of piecesOf(topology)) maker.add(2, piece);
    maker.begin(2, 2);
    maker.draw();
    expect(shown(-1)).toEqual(boxes(topology));
  });
});

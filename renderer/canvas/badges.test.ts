import { describe, expect, it } from "vitest";
import { buildScene } from "../../shared/diagram/scene";
import { access, draw } from "../../shared/network/testing";
import { badgesOf } from "./badges";

const topology = draw().hypervisor("h1").vswitch("s", "standard", "h1").portGroup("p", "s", access(10)).vm("a", "h1", "p").build();

describe("the marks of a comparison", () => {
  it("are on the things that are shown, and on nothing that is not there", () => {
    const scene = buildScene(topology);
    const vm = scene.node.get("a");
    expect(badgesOf(scene, new Map([["a", "+"], ["p", "~"], ["nobody", "+"]])).map(({ id, sign }) => `${sign}${id}`)).toEqual(["+a", "~p"]);
    expect(badgesOf(scene, new Map([["a", "+"]]))[0]).toMatchObject({ x: (vm?.absolute.x ?? 0) + (vm?.width ?? 0) - 4, y: (vm?.absolute.y ?? 0) + (vm?.height ?? 0) - 4 });
  });

  it("say of a closed container that it is another, once", () => {
    const scene = buildScene({ ...topology, layout: { h1: { x: 0, y: 0, collapsed: true } } });
    const shown = scene.shownAs.get("a");
    expect(shown).toBeDefined();
    expect(shown).not.toBe("a");
    expect(badgesOf(scene, new Map([["a", "+"], ["p", "~"]]))).toMatchObject([{ id: shown, sign: "~" }]);
    expect(badgesOf(scene, new Map([["a", "~"], [shown ?? "", "+"]]))).toMatchObject([{ id: shown, sign: "+" }]);
  });
});

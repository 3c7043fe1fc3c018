import { describe, expect, it } from "vitest";
import { drawCableLabel } from "./draw-cable";
import { drawFar, drawFarTitle, drawNode } from "./draw-node";
import { drawScene } from "./drawing";
import { NODE_KINDS, type SceneNode } from "./elements";
import { ICONS, type IconName } from "./icons";
import { MARK_PATHS, markOf } from "./marks";
import { fitEnds, fitText, textWidth, wrapText } from "./metrics";
import { numberFindings } from "./numbering";
import { pathOverlay } from "./overlay";
import { pathSteps } from "./path-data";
import type { Primitive } from "./primitives";
import { buildScene } from "./scene";
import { compareNatural } from "./order";
import { contrast, DARK, LIGHT, ownColor, paintOf, PRINT, THEMES } from "./theme";
import { finding, SHARED_PATH, sharedVlan } from "./testing";

const scene = buildScene(sharedVlan());

function flat(primitives: readonly Primitive[]): Primitive[] {
  return primitives.flatMap((primitive) => (primitive.type === "group" ? [primitive, ...flat(primitive.children)] : [primitive]));
}

function nodeOf(kind: string): SceneNode {
  const node = scene.nodes.find((each) => each.kind === kind) ?? scene.nodes.find((each) => each.kind === "vm");
  if (node === undefined) throw new Error(kind);
  return { ...node, kind: kind as SceneNode["kind"] };
}

describe("drawings of nodes", () => {
  it("exist for every kind, near and far, open and closed", () => {
    for (const kind of NODE_KINDS) {
      expect(drawNode(nodeOf(kind), {}).length, kind).toBeGreaterThan(0);
      expect(drawFar(nodeOf(kind), {}, 0.2).length, kind).toBeGreaterThan(0);
      expect(drawNode({ ...nodeOf(kind), collapsed: true, container: false }, {}).length, kind).toBeGreaterThan(0);
    }
  });

  it("cut names to the card", () => {
    const node = { ...nodeOf("vm"), title: "a-name-that-is-much-longer-than-any-card-can-show" };
    const title = flat(drawNode(node, {})).find((primitive) => primitive.type === "text" && primitive.weight === 600);
    if (title?.type !== "text") throw new Error("no title");
    expect(title.text).toContain("…");
    expect(title.x + textWidth(title.text, title.size, 600)).toBeLessThanOrEqual(node.width - 4);
  });

  it("keep the ends of names, so that what begins alike can be told apart, on everything", () => {
    const long = "Production systems of the second data centre in the north, room 7, row ", wordsOf = (primitives: readonly Primitive[]): string[] => flat(primitives).flatMap((primitive) => (primitive.type === "text" && primitive.text.startsWith("Prod") ? [primitive.text] : []));
    for (const kind of NODE_KINDS) {
      for (const collapsed of [false, true]) {
        const node: SceneNode = { ...nodeOf(kind), width: 144, title: `${long}A1`, subtitle: `${long}B2`, collapsed, container: false }, tag = { mark: "square", paint: "category0", text: `${long}C3` } as const;
        const told = [...wordsOf(drawNode(node, {})), ...wordsOf(drawNode(node, { tag })), ...wordsOf(drawFar(node, {}, 0.25)), ...wordsOf(drawFarTitle(node, 0.25))];
        expect(told.length, kind).toBeGreaterThan(0);
        expect(told.filter((text) => !/….*(A1|B2|C3)$/u.test(text)), kind).toEqual([]);
      }
    }
    const [cable] = scene.cables.filter(({ kind }) => kind === "trunk");
    if (cable === undefined) throw new Error("no trunk");
    expect(flat(drawCableLabel({ ...cable, label: `trunk ${Array.from({ length: 90 }, (_, n) => 10 + n).join(",")} native 999`, labelShown: "always" }, {})).flatMap((each) => (each.type === "text" ? [each.text] : []))).toEqual([expect.stringMatching(/^trunk 10.*….*999$/u)]);
  });

  it("number hops, and gather many", () => {
    const told = (numbers: number[]): string[] => flat(drawNode(nodeOf("vm"), { numbers })).flatMap((primitive) => (primitive.type === "text" && /^[+\d]+$/.test(primitive.text) ? [primitive.text] : []));
    expect(told([2])).toEqual(["2"]);
    expect(told([1, 4, 9, 12, 20, 33])).toEqual(["1", "4", "9", "+3"]);
  });

  it("has round corners only where they can be seen", () => {
    const radiusAt = (scale: number): unknown => drawFar(nodeOf("vm"), {}, scale).map((primitive) => (primitive.type === "rect" ? primitive.radius : undefined))[0];
    expect([0.34, 0.12, 0.06, 0.012].map(radiusAt)).toEqual([6, 6, 0, 0]);
  });

  it("name their block only while the name can be read", () => {
    const hasText = (scale: number): boolean => drawFar(nodeOf("vm"), {}, scale).some((primitive) => primitive.type === "text");
    expect(hasText(0.25)).toBe(true);
    expect(hasText(0.05)).toBe(false);
  });
});

describe("the drawing of a scene", () => {
  it("lays frames under cables under cards under labels", () => {
    const drawn = drawScene(scene, { lens: "tenants" });
    const at = (test: (primitive: Primitive) => boolean): number => drawn.findIndex(test);
    const frame = at((primitive) => primitive.type === "group" && primitive.id === "host-1"), card = at((primitive) => primitive.type === "group" && primitive.id === "a-web");
    const cable = at((primitive) => primitive.type === "path");
    expect(frame).toBeLessThan(cable);
    expect(cable).toBeLessThan(card);
  });

  it("dims what is not on the path and draws the path with an arrow", () => {
    const drawn = flat(drawScene(scene, { lens: "violations", overlay: pathOverlay(scene, SHARED_PATH) }));
    expect(drawn.filter((primitive) => primitive.type === "path" && primitive.stroke === "violation" && primitive.strokeWidth === 2.5)).toHaveLength(1);
    expect(drawn.filter((primitive) => primitive.type === "path" && primitive.fill === "violation").length).toBeGreaterThan(0);
    expect(drawn.some((primitive) => primitive.type === "group" && (primitive.opacity ?? 1) < 1)).toBe(true);
  });

  it("draws a cable as a violation where a critical or high finding is about it, and only numbers it where a lesser one is", () => {
    const drawn = (severity: "high" | "low"): Primitive[] => flat(drawScene(scene, { lens: "violations", ...numberFindings(scene, [finding("NET-009", "up-1", ["up-1"], { severity })]) }));
    const red = (primitives: readonly Primitive[]): number => primitives.filter((primitive) => primitive.type === "path" && primitive.stroke === "violation").length;
    expect([red(drawn("high")), red(drawn("low"))]).toEqual([1, 0]);
    const badges = (primitives: readonly Primitive[]): unknown[] => primitives.flatMap((primitive, index) => (primitive.type === "text" && primitive.text === "1" && primitive.fill === "onBadge" ? [(primitives[index - 1] as { fill?: string }).fill] : []));
    expect([badges(drawn("high")), badges(drawn("low"))]).toEqual([["violation"], ["muted"]]);
  });

  it("leaves out what is outside a tile", () => {
    const node = scene.node.get("internet");
    if (node === undefined) throw new Error("internet");
    const part = drawScene(scene, { lens: "tenants", within: { ...node.absolute, width: 10, height: 10 } });
    expect(part.some((primitive) => primitive.type === "group" && primitive.id === "internet")).toBe(true);
    expect(part.some((primitive) => primitive.type === "group" && primitive.id === "a-web")).toBe(false);
  });
});

describe("themes", () => {
  it("keep text legible on every ground (WCAG AA)", () => {
    for (const theme of Object.values(THEMES)) {
      const { text, muted, surface, band, frame, ground } = theme.colors;
      for (const under of [surface, band, frame, ground]) {
        expect(contrast(text, under), `${theme.name} text`).toBeGreaterThan(7);
        expect(contrast(muted, under), `${theme.name} muted`).toBeGreaterThan(4.5);
      }
      expect(contrast(theme.colors.onBadge, theme.colors.violation), theme.name).toBeGreaterThan(4.5);
    }
  });

  it("make a tenant's own colour stand out from the ground, and keep it where it does", () => {
    const pale = ownColor("#FFF59d") ?? "text", strong = ownColor("#1d4ed8") ?? "text";
    expect(contrast(paintOf(LIGHT, pale), LIGHT.colors.surface)).toBeGreaterThanOrEqual(3);
    expect(paintOf(DARK, pale)).toBe("#fff59d");
    expect(paintOf(PRINT, strong)).toBe("#1d4ed8");
    expect(ownColor("red;}")).toBeUndefined();
    expect(ownColor("#abc")).toBe("#aabbcc");
  });

  it("give 64 tenants different looks", () => {
    const looks = new Set(Array.from({ length: 64 }, (_, n) => `${n % 8} ${markOf(n)}`));
    expect(looks.size).toBe(64);
  });
});

describe("icons and marks", () => {
  it("stay in their boxes", () => {
    const extent = (data: string): number[] => pathSteps(data).flatMap((step) => (step.type === "close" ? [] : [step.x, step.y]));
    for (const name of Object.keys(ICONS) as IconName[]) {
      expect(extent(ICONS[name]).length, name).toBeGreaterThan(2);
      expect(Math.min(...extent(ICONS[name])), name).toBeGreaterThanOrEqual(1.5);
      expect(Math.max(...extent(ICONS[name])), name).toBeLessThanOrEqual(22.5);
    }
    for (const data of Object.values(MARK_PATHS)) expect(Math.max(...extent(data))).toBeLessThanOrEqual(10);
  });

  it("are read back step by step", () => {
    expect(pathSteps("M1 2h3v-1l-.5.5zm1 1s1 0 2 2")).toEqual([
      { type: "move", x: 1, y: 2 }, { type: "line", x: 4, y: 2 }, { type: "line", x: 4, y: 1 }, { type: "line", x: 3.5, y: 1.5 }, { type: "close" },
      { type: "move", x: 2, y: 3 }, { type: "curve", x1: 2, y1: 3, x2: 3, y2: 3, x: 4, y: 5 },
    ]);
  });
});

describe("text", () => {
  it("is measured as the font sets it", () => {
    // Inter Regular, 2048 units per em: H 1522, i 496.
    expect(textWidth("Hi", 2048)).toBe(1522 + 496);
    expect(textWidth("Hi", 12, 600)).toBeGreaterThan(textWidth("Hi", 12));
  });

  it("is cut to fit and no shorter than needed", () => {
    expect(fitText("Production", 200, 12)).toBe("Production");
    const cut = fitText("Production network", 60, 12);
    expect(cut).toMatch(/^Prod.*…$/);
    expect(textWidth(cut, 12)).toBeLessThanOrEqual(60);
    expect(textWidth(`${cut.slice(0, -1)}mm…`, 12)).toBeGreaterThan(60);
    expect(fitText("abc", 2, 12)).toBe("");
  });

  it("of which the end matters is cut in its middle", () => {
    const names = ["Banco Interamericano de Desarrollo 17", "Banco Interamericano de Desarrollo 18"], cut = names.map((name) => fitEnds(name, 90, 10));
    expect(cut[0]).toMatch(/^Banco.*….*17$/);
    expect(cut[0]).not.toBe(cut[1]);
    for (const name of cut) expect(textWidth(name, 10)).toBeLessThanOrEqual(90);
    expect(fitEnds("Banco", 90, 10)).toBe("Banco");
    expect(fitEnds("Banco", 4, 10)).toBe("");
  });

  it("wraps at spaces and inside long words", () => {
    const lines = wrapText("one two a-very-long-identifier-without-any-space three", 60, 10);
    expect(lines.join("").replace(/ /g, "")).toBe("onetwoa-very-long-identifier-without-any-spacethree");
    for (const line of lines) expect(textWidth(line, 10)).toBeLessThanOrEqual(60);
    expect(wrapText("", 60, 10)).toEqual([]);
    expect(wrapText("billing-worker-0144.example", 90, 10)).toEqual(["billing-worker-", "0144.example"]);
  });
});

describe("natural order", () => {
  it("counts digits as numbers", () => {
    expect(["esx-10", "esx-2", "esx-1", "a", "esx-02"].sort(compareNatural)).toEqual(["a", "esx-1", "esx-02", "esx-2", "esx-10"]);
  });
});

import { describe, expect, it } from "vitest";
import { gap, heading, paginate, type Block } from "./block";

const said = (height: number): Block => ({ height, primitives: [{ type: "line", x1: 0, y1: 0, x2: 1, y2: 0, stroke: "muted", strokeWidth: 1 }] });

describe("pages of blocks", () => {
  it("never end with a heading, whatever space stands between it and what it is of", () => {
    const pages = paginate([said(50), heading("Who reaches whom", 100), gap(4), said(40)], 100);
    expect(pages.map((page) => page.map(({ height }) => height))).toEqual([[50], [30, 4, 40]]);
  });

  it("keep a heading with the heading below it", () => {
    const pages = paginate([said(20), heading("A", 100), heading("B", 100), gap(4), said(30)], 100);
    expect(pages.map((page) => page.length)).toEqual([1, 4]);
  });
});

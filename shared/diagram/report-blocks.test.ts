import { describe, expect, it } from "vitest";
import type { Primitive } from "./primitives";
import { pieceBlocks } from "./report-blocks";

function wordsOf(primitives: readonly Primitive[]): string[] {
  return primitives.flatMap((primitive) => (primitive.type === "group" ? wordsOf(primitive.children) : primitive.type === "text" ? [primitive.text] : []));
}

const columns = [{ title: "Rule", share: 0.9 }, { title: "Findings", share: 0.8 }, { title: "References", share: 5 }];

describe("a table on narrow paper", () => {
  it("breaks no word of a narrow column while another has room", () => {
    const blocks = pieceBlocks({ kind: "table", columns, rows: [["MGT-006", "0", "NIST SP 800-53r5 AU-2, AU-12, and more of them that wrap over several lines"]], none: "" }, 300);
    expect(wordsOf(blocks.flatMap(({ primitives }) => primitives))).toEqual(expect.arrayContaining(["Rule", "Findings", "MGT-006"]));
  });

  it("lets the column that wants most do without, not all of them", () => {
    const titles = ["Element", "Adapter", "Hypervisor", "Addresses"], blocks = pieceBlocks({ kind: "table", columns: titles.map((title) => ({ title, share: 1 })), rows: [["x".repeat(300), "eth0", "esx-1", "y".repeat(70)]], none: "" }, 180);
    expect(wordsOf(blocks.flatMap(({ primitives }) => primitives))).toEqual(expect.arrayContaining(["Adapter", "Hypervisor"]));
  });

  it("gives one long word no more than a third, and all columns their share where all want more", () => {
    const long = "x".repeat(400), blocks = pieceBlocks({ kind: "table", columns, rows: [[long, long, long]], none: "" }, 300);
    expect(wordsOf(blocks.flatMap(({ primitives }) => primitives)).join("").replace(/[^x]/g, "")).toHaveLength(1200);
  });
});

import { describe, expect, it } from "vitest";
import { paginate } from "./block";
import type { Primitive } from "./primitives";
import type { Piece } from "./report";
import { pieceBlocks } from "./report-blocks";

function wordsOf(primitives: readonly Primitive[]): string[] {
  return primitives.flatMap((primitive) => (primitive.type === "group" ? wordsOf(primitive.children) : primitive.type === "text" ? [primitive.text] : []));
}

const columns = [{ title: "Rule", share: 0.9 }, { title: "Findings", share: 0.8 }, { title: "References", share: 5 }];

describe("pages", () => {
  const pages = (piece: Piece, height: number): string[][] => paginate(pieceBlocks(piece, 500), height).map((page) => page.flatMap(({ primitives }) => wordsOf(primitives)));

  it("do not begin with the last fact, item or row alone", () => {
    const facts = Array.from({ length: 6 }, (_, n) => ({ label: `L${n}`, text: `fact ${n}` }));
    for (let height = 60; height < 120; height += 5) {
      const split = [pages({ kind: "facts", facts }, height), pages({ kind: "list", items: facts.map(({ text }) => text) }, height), pages({ kind: "table", columns: [{ title: "T", share: 1 }], rows: facts.map(({ text }) => [text]), none: "" }, height)];
      for (const each of split.filter(({ length }) => length > 1)) expect(each.at(-1)?.filter((word) => word.startsWith("fact"))).not.toEqual(["fact 5"]);
    }
  });

  it("tell commands whole", () => {
    const command = `curl -X PATCH ${"a".repeat(30)} ${"https://manager/policy/api/v1/infra/domains/default ".repeat(12)}END`;
    const entry: Piece = { kind: "entry", number: 1, severity: "high", accepted: false, rule: "NET-001", id: "NET-001:x", title: "x", detail: "y", facts: [{ label: "Fix", text: command }], commands: [command] };
    expect(pieceBlocks(entry, 366).flatMap(({ primitives }) => wordsOf(primitives)).filter((text) => /END$|…/u.test(text))).toEqual([expect.stringMatching(/END$/u), expect.stringMatching(/END$/u)]);
  });
});

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

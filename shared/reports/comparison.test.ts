import { describe, expect, it } from "vitest";
import { compareTopologies } from "../analysis/compare";
import type { Topology } from "../model/topology";
import { access, draw } from "../network/testing";
import { comparisonJson } from "./comparison-json";
import { comparisonMarkdown, comparisonText } from "./comparison-text";
import { noPaint, terminalPaint } from "./paint";
import { HOSTILE } from "./testing";

/** Guests of two tenants in one port group, or in one each. */
function guests(count: number, groups: "one" | "two", name = "net"): Topology {
  const drawing = draw().tenant("ta").tenant("tb").hypervisor("h1").vswitch("s1", "standard", "h1").portGroup("p0", "s1", access(10)).portGroup("p1", "s1", access(20));
  for (let index = 0; index < count; index++) drawing.vm(`v${index}`, "h1", groups === "one" ? "p0" : `p${index % 2}`, { tenant: index % 2 === 0 ? "ta" : "tb" });
  return { ...drawing.build(), name };
}

const NAMES = { before: "old.json", after: "new.json" };
const options = { today: "2026-11-23" } as const;

describe("a comparison for people", () => {
  it("counts all flows and lists as many of each kind as a person reads", () => {
    const text = comparisonText(compareTopologies(guests(20, "two"), guests(20, "one"), options), NAMES);
    expect(text).toContain("Flows     200 new; of the new and changed 200 violating\n");
    expect(text.match(/^ {2}\+ v\d+ → v\d+ {2}violating any/gm)).toHaveLength(50);
    expect(text).toContain("  … and 150 more, which --format json lists");
  });

  it("has the findings before the flows in a pull request, and folds what nobody reads at a glance", () => {
    const many = comparisonMarkdown(compareTopologies(guests(20, "two"), guests(20, "one"), options), NAMES);
    expect([...many.matchAll(/^## (\w+)/gm)].map(([, title]) => title)).toEqual(["Findings", "Flows", "Document"]);
    // A table in it begins after an empty line, or it is no table.
    expect(many).toMatch(/^## Flows: 200 new[^\n]*\n\n<details><summary>50 of them<\/summary>\n\n\| {2}\| flow \|[^]*\n\n… and 150 more, which `--format json` lists\.\n\n<\/details>\n\n## Document/m);
    expect(comparisonMarkdown(compareTopologies(guests(2, "two"), guests(2, "one"), options), NAMES)).not.toContain("<details>");
  });

  it("says what flows that went were", () => {
    const text = comparisonText(compareTopologies(guests(2, "one"), guests(2, "two"), options), NAMES, noPaint);
    expect(text).toContain("  - v0 → v1  was violating any; layer 2; frames both ways\n");
    expect(text).toContain('  ~ $.vms.v1.nics.eth0.portGroup  "p1"\n');
  });

  it("never passes on a control character or markup of the documents", () => {
    const comparison = compareTopologies(guests(2, "two"), guests(2, "one", HOSTILE), options);
    const names = { before: HOSTILE, after: "new.json" };
    expect([...comparisonText(comparison, names)].filter((character) => character < " " && character !== "\n")).toEqual([]);
    expect(comparisonText(comparison, names, terminalPaint)).toContain("\u001b[31m  + v0 → v1");
    const markdown = comparisonMarkdown(comparison, names);
    expect(markdown).not.toContain("<b>");
    const named = markdown.split("\n").find((line) => line.startsWith("| ~ | $.name |"));
    expect(named?.match(/(?<!\\)\|/g)).toHaveLength(4);
  });
});

describe("a comparison as JSON", () => {
  it("is what JSON.stringify would write, in pieces", () => {
    const text = [...comparisonJson(compareTopologies(guests(6, "two"), guests(6, "one"), options))].join("");
    expect(text).toBe(`${JSON.stringify(JSON.parse(text), null, 2)}\n`);
    expect((JSON.parse(text) as { flows: { added: unknown[] } }).flows.added).toHaveLength(18);
  });
});

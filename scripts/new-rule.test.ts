import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { addToIndex, readArguments, ruleSource, testSource } from "./new-rule";

const INDEX = `import type { IsolationRule } from "./rule";
import { net001 } from "./NET-001-a";
import { net005 } from "./NET-005-b";
import { mdl001 } from "./MDL-001-c";

export const RULES: readonly IsolationRule[] = [
  net001, net005,
  mdl001,
];
`;

it("puts a rule in its place of the catalogue", () => {
  expect(addToIndex(INDEX, { id: "NET-003", slug: "x" })).toBe(INDEX
    .replace('import { net005', 'import { net003 } from "./NET-003-x";\nimport { net005').replace("net001, net005", "net001, net003, net005"));
  expect(addToIndex(INDEX, { id: "NET-009", slug: "x" })).toContain("  net001, net005, net009,\n  mdl001,");
  expect(addToIndex(INDEX, { id: "SW-001", slug: "x" })).toContain("  net001, net005,\n  sw001,\n  mdl001,");
  expect(addToIndex(INDEX, { id: "MDL-002", slug: "x" })).toContain("  mdl001, mdl002,\n];");
});

it("fits the index as it is", () => {
  const index = readFileSync(new URL("../shared/rules/index.ts", import.meta.url), "utf8");
  expect(addToIndex(index, { id: "MDL-099", slug: "x" })).toMatch(/mdl\d{3}, mdl099,\n\];/);
  expect(() => addToIndex(index, { id: "NET-001", slug: "x" })).toThrow("never used again");
});

it("takes ids of the catalogue and plain slugs only", () => {
  expect(readArguments(["NET-011", "dhcp-server"])).toEqual({ id: "NET-011", slug: "dhcp-server" });
  for (const bad of [[], ["NET-11", "x"], ["XYZ-001", "x"], ["NET-011"], ["NET-011", "../x"], ["NET-011", "Dhcp"]]) expect(typeof readArguments(bad)).toBe("string");
});

it("names files and exports as the others are", () => {
  expect(ruleSource({ id: "NET-011", slug: "dhcp-server" })).toContain('export const net011: IsolationRule = {\n  id: "NET-011",\n  title: "Dhcp server"');
  expect(testSource({ id: "NET-011", slug: "dhcp-server" })).toContain('from "./NET-011-dhcp-server"');
});

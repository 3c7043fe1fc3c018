import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { generatedDocuments, staleDocuments } from "./docs";

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));

it("makes the same documents every time", () => {
  expect([...generatedDocuments()]).toEqual([...generatedDocuments()]);
  expect([...generatedDocuments().keys()]).toEqual(["docs/rules.md", "docs/coverage.md", "docs/schema.json", "docs/rules.schema.json"]);
  expect(JSON.parse(generatedDocuments().get("docs/schema.json") ?? "")).toMatchObject({ type: "object" });
});

it("finds documents that are missing or out of date", () => {
  const root = mkdtempSync(join(tmpdir(), "docs-"));
  folders.push(root);
  mkdirSync(join(root, "docs"));
  const documents = new Map([["docs/a.md", "a\n"], ["docs/b.md", "b\n"], ["docs/c.md", "c\n"]]);
  writeFileSync(join(root, "docs/a.md"), "a\n");
  writeFileSync(join(root, "docs/b.md"), "old\n");
  expect(staleDocuments(root, documents)).toEqual(["docs/b.md", "docs/c.md"]);
});

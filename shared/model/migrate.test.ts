import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { formatTopology } from "./canonical";
import { migrate, type Migration } from "./migrate";
import { parseTopology } from "./parse";
import { childShape, TOPOLOGY_SHAPE, type Shape } from "./shape";

const FIXTURE = new URL("fixtures/bulkhead-1.bulkhead.json", import.meta.url);

/** Every field as `parent.field`, so that what routers and firewalls share counts once. */
function fieldsOf(shape: Shape, parent: string): string[] {
  if (shape.kind === "value") return [];
  if (shape.kind !== "object") return fieldsOf(childShape(shape, 0), parent);
  return [...shape.fields].flatMap(([key, inner]) => [`${parent}.${key}`, ...fieldsOf(inner, key)]);
}

function usedIn(value: unknown, shape: Shape, parent: string): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    shape.kind === "object" ? [`${parent}.${key}`, ...usedIn(inner, childShape(shape, key), key)] : usedIn(inner, childShape(shape, key), parent));
}

describe("the frozen document of format 1", () => {
  const text = readFileSync(FIXTURE, "utf8");

  it("keeps loading, and formats to the same bytes", () => {
    const result = parseTopology(text);
    if (!result.ok) throw new Error(JSON.stringify(result.problems));
    expect(result.migratedFrom).toBeUndefined();
    expect(formatTopology(result.topology)).toBe(text);
  });

  it("uses every kind and every field", () => {
    const used = new Set(usedIn(JSON.parse(text), TOPOLOGY_SHAPE, "$"));
    expect(fieldsOf(TOPOLOGY_SHAPE, "$").filter((field) => !used.has(field))).toEqual([]);
  });
});

describe("migrating", () => {
  const migrations = new Map<number, Migration>([
    [1, ({ title, ...rest }) => ({ ...rest, name: title })],
    [2, (document) => ({ ...document, policy: {} })],
  ]);

  it("goes one version at a time to the current one", () => {
    expect(migrate({ format: "bulkhead/1", title: "old" }, migrations, 3)).toEqual({ ok: true, document: { format: "bulkhead/3", name: "old", policy: {} }, from: "bulkhead/1" });
    expect(migrate({ format: "bulkhead/2", name: "x" }, migrations, 3)).toMatchObject({ ok: true, from: "bulkhead/2" });
  });

  it("leaves the current format as it is", () => {
    expect(migrate({ format: "bulkhead/3" }, migrations, 3)).toEqual({ ok: true, document: { format: "bulkhead/3" } });
  });

  it("refuses a newer format, and says no more about it", () => {
    expect(migrate({ format: "bulkhead/4" }, migrations, 3)).toMatchObject({ ok: false, hopeless: true });
    expect(parseTopology('{"format":"bulkhead/2","unheard":1}')).toEqual({
      ok: false,
      problems: [{ path: "$.format", message: "a newer format than this program reads", value: '"bulkhead/2"', expected: '"bulkhead/1", or a newer version of Bulkhead' }],
    });
  });

  it.each([[{}], [{ format: 1 }], [{ format: "bulkhead" }], [{ format: "bulkhead/01" }], [{ format: "bulkhead/1.0" }], [{ format: "other/1" }], [{ format: "bulkhead/0" }]])("refuses %j", (document) => {
    expect(migrate(document)).toMatchObject({ ok: false, hopeless: false, problem: { path: "$.format", expected: '"bulkhead/1"' } });
  });
});

import { expect, it } from "vitest";
import { jsonSchema } from "./json-schema";
import { COLLECTIONS } from "./topology";

it("describes every collection, and is plain JSON that does not vary", () => {
  const schema = jsonSchema();
  expect(Object.keys(schema).slice(0, 3)).toEqual(["$schema", "title", "description"]);
  expect(schema["$schema"]).toBe("https://json-schema.org/draft/2020-12/schema");
  const properties = schema["properties"] as Record<string, unknown>;
  expect(Object.keys(properties)).toEqual(["format", "name", "description", ...COLLECTIONS, "policy", "layout"]);
  expect(schema["required"]).toEqual(["format", "name"]);
  expect(schema["additionalProperties"]).toBe(false);
  expect(JSON.stringify(jsonSchema())).toBe(JSON.stringify(schema));
});

it("bounds VLANs and ids", () => {
  const text = JSON.stringify(jsonSchema());
  expect(text).toContain('"maximum":4094');
  expect(text).toContain('"pattern":"^[a-z0-9][a-z0-9._:-]{0,127}$"');
});

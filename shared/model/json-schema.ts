/** The document's JSON Schema (draft 2020-12), made from the one schema that validates it. */
import { z } from "./zod";
import { topologySchema } from "./topology";

/** A fresh, plain JSON object; the same for every call. */
export function jsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(topologySchema, { target: "draft-2020-12", io: "input" });
  return { $schema, title: "Bulkhead topology document", description: "One proposed or existing virtual network, as *.bulkhead.json.", ...schema };
}

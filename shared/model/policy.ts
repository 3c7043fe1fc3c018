import { z } from "./zod";
import { dateSchema, field, idSchema, selectorSchema, serviceSchema, text } from "./primitives";

const intentSchema = z.strictObject({
  id: field(idSchema, { title: "Id", group: "Identity" }),
  name: text({ title: "Name", group: "Identity" }),
  from: field(z.array(selectorSchema).optional(), { title: "From", group: "Network" }),
  to: field(z.array(selectorSchema).optional(), { title: "To", group: "Network" }),
  services: field(z.array(serviceSchema).optional(), { title: "Services", group: "Network" }),
  reason: text({ title: "Reason", group: "Identity" }),
  by: text({ title: "By", group: "Identity" }),
  until: field(dateSchema.optional(), { title: "Until", group: "Identity", description: "The last day (UTC) on which the entry counts." }),
});
/** A flow that the owner permits (`allow`) or that must exist (`require`). */
export type Intent = z.infer<typeof intentSchema>;

const acceptSchema = z.strictObject({
  finding: field(z.string(), { title: "Finding", group: "Identity" }),
  reason: text({ title: "Reason", group: "Identity" }),
  by: text({ title: "By", group: "Identity" }),
  until: field(dateSchema.optional(), { title: "Until", group: "Identity" }),
});
/** An accepted risk. The finding stays in the report. */
export type AcceptedRisk = z.infer<typeof acceptSchema>;

export const policySchema = z.strictObject({
  allow: field(z.array(intentSchema).optional(), { title: "Allowed flows" }),
  require: field(z.array(intentSchema).optional(), { title: "Required flows" }),
  accept: field(z.array(acceptSchema).optional(), { title: "Accepted risks" }),
});
export type Policy = z.infer<typeof policySchema>;

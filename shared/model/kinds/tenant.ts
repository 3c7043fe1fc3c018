import { z } from "../zod";
import { field, named } from "../primitives";

/** Who owns workloads. Only `customer` tenants are isolated from one another by default; the others need an `allow` too. */
export const tenantSchema = z.strictObject({
  ...named,
  kind: field(z.enum(["customer", "shared", "provider"]).optional(), { title: "Kind", group: "Identity", description: "customer, shared (DNS, backup …) or provider. Absent: customer." }),
  color: field(z.string().optional(), { title: "Colour", group: "Identity" }),
  sensitive: field(z.boolean().optional(), { title: "Sensitive", group: "Isolation" }),
});

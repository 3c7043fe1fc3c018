import { z } from "../zod";
import { field, flag, named, text } from "../primitives";

/** Who owns workloads. Only `customer` tenants are isolated from one another by default; the others need an `allow` too. */
export const tenantSchema = z.strictObject({
  ...named,
  kind: field(z.enum(["customer", "shared", "provider"]).optional(), { title: "Kind", group: "Identity", description: "customer, shared (DNS, backup …) or provider. Absent: customer." }),
  color: text({ title: "Colour", group: "Identity" }),
  sensitive: flag({ title: "Sensitive", group: "Isolation" }),
});

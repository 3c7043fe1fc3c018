import { z } from "../zod";
import { field, maybeNamed, portSchema, ref } from "../primitives";

const trunkEndSchema = z.strictObject({
  switch: ref("physicalSwitches", { title: "Physical switch", group: "Network" }),
  port: field(portSchema.optional(), { title: "Port", group: "Network", description: "Absent: unknown." }),
});

/** A cable between two physical switches. Each end has its own port settings. */
export const trunkSchema = z.strictObject({
  ...maybeNamed,
  a: field(trunkEndSchema, { title: "End A", group: "Network" }),
  b: field(trunkEndSchema, { title: "End B", group: "Network" }),
});

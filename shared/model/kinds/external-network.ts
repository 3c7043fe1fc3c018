import { z } from "../zod";
import { field, named, ref, vlanIdSchema } from "../primitives";

export const externalNetworkSchema = z.strictObject({
  ...named,
  trust: field(z.enum(["untrusted", "corporate", "admin"]).optional(), { title: "Trust", group: "Isolation" }),
  attachedTo: field(
    z.union([
      z.strictObject({ physicalSwitch: ref("physicalSwitches", { title: "Physical switch", group: "Network" }), vlan: field(vlanIdSchema, { title: "VLAN", group: "Network" }) }),
      z.strictObject({ portGroup: ref("portGroups", { title: "Port group", group: "Network" }) }),
    ]).optional(),
    { title: "Attached to", group: "Network" },
  ),
});
export type ExternalNetwork = z.infer<typeof externalNetworkSchema>;

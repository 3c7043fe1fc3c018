import { z } from "../zod";
import { field, flag, idSchema, maybeNamed, named, ref, selectorSchema, switchSecuritySchema } from "../primitives";

export const virtualSwitchSchema = z.strictObject({
  ...named,
  kind: field(z.enum(["standard", "distributed", "linux-bridge", "open-vswitch", "hyper-v"]), { title: "Kind", group: "Network" }),
  hypervisors: field(z.array(ref("hypervisors", { title: "Hypervisor" })), { title: "Hypervisors", group: "Network", refersTo: "hypervisors", description: "More than one only for distributed and Open vSwitch." }),
  vlanAware: flag({ title: "VLAN aware", group: "Network", description: "Linux bridge only. Absent: false, the kernel's default." }),
  macLearning: flag({ title: "MAC learning", group: "Isolation" }),
  mirrors: field(
    z.record(idSchema, z.strictObject({
      ...maybeNamed,
      sources: field(z.array(selectorSchema), { title: "Sources", group: "Network" }),
      destination: field(selectorSchema, { title: "Destination", group: "Network" }),
    })).optional(),
    { title: "Port mirrors", group: "Isolation" },
  ),
  security: field(switchSecuritySchema.optional(), { title: "Security", group: "Isolation" }),
});
export type VirtualSwitch = z.infer<typeof virtualSwitchSchema>;

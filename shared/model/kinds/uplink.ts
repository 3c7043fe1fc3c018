import { z } from "../zod";
import { field, maybeNamed, optionalRef, portSchema, ref } from "../primitives";

/** Plugs a virtual switch, on one hypervisor, into a physical switch port through a host NIC. */
export const uplinkSchema = z.strictObject({
  ...maybeNamed,
  virtualSwitch: ref("virtualSwitches", { title: "Virtual switch", group: "Network" }),
  hypervisor: ref("hypervisors", { title: "Hypervisor", group: "Network" }),
  hostNic: optionalRef("hosts.nics", { title: "Host NIC", group: "Network" }),
  physicalSwitch: ref("physicalSwitches", { title: "Physical switch", group: "Network" }),
  port: field(portSchema.optional(), { title: "Switch port", group: "Network", description: "The physical switch's port. Absent: unknown." }),
});
export type Uplink = z.infer<typeof uplinkSchema>;

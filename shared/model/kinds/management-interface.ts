import { z } from "../zod";
import { cidrSchema, field, flag, ipSchema, named, ref, selectorSchema, serviceSchema } from "../primitives";

/** A hypervisor's own adapter: an ESXi VMkernel NIC, a Proxmox vmbr address, a Hyper-V ManagementOS vNIC. */
export const managementInterfaceSchema = z.strictObject({
  ...named,
  hypervisor: ref("hypervisors", { title: "Hypervisor", group: "Identity" }),
  portGroup: ref("portGroups", { title: "Port group", group: "Network" }),
  addresses: field(z.array(cidrSchema).optional(), { title: "Addresses", group: "Network" }),
  gateway: field(ipSchema.optional(), { title: "Gateway", group: "Network" }),
  services: field(z.array(z.enum(["management", "migration", "storage", "replication", "fault-tolerance"])).optional(), { title: "Services", group: "Network" }),
  firewall: field(
    z.strictObject({
      enabled: flag({ title: "Firewall enabled", group: "Isolation" }),
      allowedSources: field(z.array(selectorSchema).optional(), { title: "Allowed sources", group: "Isolation", description: "Absent: any." }),
      ports: field(z.array(serviceSchema).optional(), { title: "Open ports", group: "Isolation", description: "Absent: every port." }),
    }).optional(),
    { title: "Own firewall", group: "Isolation", description: "Absent: unknown." },
  ),
  encrypted: flag({ title: "Traffic encrypted", group: "Hardening", description: "Migration or storage traffic." }),
});
export type ManagementInterface = z.infer<typeof managementInterfaceSchema>;

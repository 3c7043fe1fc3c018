import { z } from "../zod";
import { cidrSchema, field, idSchema, maybeNamed, named, ref, vlanIdSchema } from "../primitives";

/** A physical server, its adapters and its out-of-band controller. */
export const hostSchema = z.strictObject({
  ...named,
  cpu: field(
    z.strictObject({
      vendor: field(z.string().optional(), { title: "CPU vendor", group: "Hardening" }),
      hardwareVirtualization: field(z.boolean().optional(), { title: "Hardware virtualization", group: "Hardening", description: "VT-x or AMD-V with nested paging." }),
      iommu: field(z.boolean().optional(), { title: "IOMMU", group: "Hardening", description: "VT-d or AMD-Vi." }),
      smt: field(z.boolean().optional(), { title: "SMT", group: "Hardening", description: "Simultaneous multithreading (Hyper-Threading) is on." }),
      microcodeCurrent: field(z.boolean().optional(), { title: "Microcode current", group: "Hardening" }),
    }).optional(),
    { title: "CPU", group: "Hardening" },
  ),
  nics: field(z.record(idSchema, z.strictObject({ ...maybeNamed })).optional(), { title: "Network adapters", group: "Network" }),
  bmc: field(
    z.strictObject({
      physicalSwitch: ref("physicalSwitches", { title: "Physical switch", group: "Network" }),
      vlan: field(vlanIdSchema, { title: "VLAN", group: "Network" }),
      addresses: field(z.array(cidrSchema).optional(), { title: "Addresses", group: "Network" }),
    }).optional(),
    { title: "BMC", group: "Network", description: "Out-of-band controller: iLO, iDRAC, IPMI." },
  ),
});
export type Host = z.infer<typeof hostSchema>;

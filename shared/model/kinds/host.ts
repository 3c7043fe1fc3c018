import { z } from "../zod";
import { cidrSchema, field, flag, idSchema, maybeNamed, named, ref, text, vlanIdSchema } from "../primitives";

/** A physical server, its adapters and its out-of-band controller. */
export const hostSchema = z.strictObject({
  ...named,
  cpu: field(
    z.strictObject({
      vendor: text({ title: "CPU vendor", group: "Hardening" }),
      hardwareVirtualization: flag({ title: "Hardware virtualization", group: "Hardening", description: "VT-x or AMD-V with nested paging." }),
      iommu: flag({ title: "IOMMU", group: "Hardening", description: "VT-d or AMD-Vi." }),
      smt: flag({ title: "SMT", group: "Hardening", description: "Simultaneous multithreading (Hyper-Threading) is on." }),
      microcodeCurrent: flag({ title: "Microcode current", group: "Hardening" }),
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

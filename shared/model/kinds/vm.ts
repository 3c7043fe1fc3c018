import { z } from "../zod";
import { amountSchema, cidrSchema, field, flag, idSchema, ipSchema, macSchema, maybeNamed, named, optionalRef, ref, text, vlanIdSchema } from "../primitives";

export const vnicSchema = z.strictObject({
  ...maybeNamed,
  portGroup: optionalRef("portGroups", { title: "Port group", group: "Network" }),
  mac: field(macSchema.optional(), { title: "MAC address", group: "Network" }),
  addresses: field(z.array(cidrSchema).optional(), { title: "Addresses", group: "Network" }),
  gateway: field(ipSchema.optional(), { title: "Gateway", group: "Network" }),
  guestVlans: field(z.array(vlanIdSchema).optional(), { title: "Guest VLANs", group: "Network", description: "VLANs that the guest itself tags." }),
  connected: flag({ title: "Connected", group: "Network" }),
  passthrough: field(z.enum(["none", "sriov", "pci"]).optional(), { title: "Passthrough", group: "Isolation", description: "Bypasses the virtual switch's policy and every distributed firewall." }),
});
export type Vnic = z.infer<typeof vnicSchema>;

export const vmSchema = z.strictObject({
  ...named,
  hypervisor: ref("hypervisors", { title: "Hypervisor", group: "Identity" }),
  tenant: optionalRef("tenants", { title: "Tenant", group: "Identity" }),
  zone: text({ title: "Zone", group: "Identity" }),
  role: field(z.enum(["workload", "jump-host", "infrastructure", "template"]).optional(), { title: "Role", group: "Identity" }),
  sensitive: flag({ title: "Sensitive", group: "Isolation" }),
  forwarding: flag({ title: "Forwards traffic", group: "Network", description: "The guest routes or bridges between its own NICs." }),
  nics: field(z.record(idSchema, vnicSchema).optional(), { title: "Network adapters", group: "Network" }),
  guest: field(
    z.strictObject({
      tools: field(z.enum(["none", "minimal", "full"]).optional(), { title: "Guest tools", group: "Guest" }),
      toolsCurrent: flag({ title: "Tools current", group: "Guest" }),
      clipboard: flag({ title: "Shared clipboard", group: "Guest" }),
      dragAndDrop: flag({ title: "Drag and drop", group: "Guest" }),
      sharedFolders: field(
        z.array(z.strictObject({
          hostPath: field(z.string(), { title: "Host path", group: "Guest" }),
          writable: flag({ title: "Writable", group: "Guest" }),
        })).optional(),
        { title: "Shared folders", group: "Guest" },
      ),
    }).optional(),
    { title: "Guest", group: "Guest" },
  ),
  devices: field(z.array(z.string()).optional(), { title: "Emulated devices", group: "Guest", description: "Beyond the boot disk, NICs and console: floppy, serial, usb …" }),
  resources: field(
    z.strictObject({
      cpuReservationMhz: field(amountSchema.optional(), { title: "CPU reservation", unit: "MHz", group: "Resources" }),
      cpuLimitMhz: field(amountSchema.optional(), { title: "CPU limit", unit: "MHz", group: "Resources" }),
      memoryReservationMb: field(amountSchema.optional(), { title: "Memory reservation", unit: "MB", group: "Resources" }),
      memoryLimitMb: field(amountSchema.optional(), { title: "Memory limit", unit: "MB", group: "Resources" }),
      memorySharing: field(z.enum(["off", "intra-vm", "inter-vm"]).optional(), { title: "Memory sharing", group: "Isolation" }),
      cpuAffinity: text({ title: "CPU affinity", group: "Resources" }),
    }).optional(),
    { title: "Resources", group: "Resources" },
  ),
  disks: field(
    z.array(z.strictObject({
      datastore: optionalRef("datastores", { title: "Datastore", group: "Storage" }),
      encrypted: flag({ title: "Encrypted", group: "Storage" }),
      encryptedInTransit: flag({ title: "Encrypted in transit", group: "Storage" }),
    })).optional(),
    { title: "Disks", group: "Storage" },
  ),
  encryption: field(
    z.strictObject({
      migration: field(z.enum(["disabled", "opportunistic", "required"]).optional(), { title: "Migration encryption", group: "Hardening" }),
      faultTolerance: field(z.enum(["disabled", "opportunistic", "required"]).optional(), { title: "Fault-tolerance encryption", group: "Hardening" }),
    }).optional(),
    { title: "Encryption", group: "Hardening" },
  ),
  image: field(
    z.strictObject({ signed: flag({ title: "Signed image", group: "Hardening" }) }).optional(),
    { title: "Image", group: "Hardening" },
  ),
  secureBoot: flag({ title: "Secure boot", group: "Hardening" }),
});
export type Vm = z.infer<typeof vmSchema>;

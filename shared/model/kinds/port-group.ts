import { z } from "../zod";
import { amountSchema, field, flag, named, ref, switchSecuritySchema, vlanIdSchema, vlanListSchema } from "../primitives";

export const portGroupVlanSchema = z.discriminatedUnion("mode", [
  z.strictObject({ mode: z.literal("access"), id: field(vlanIdSchema, { title: "VLAN", group: "Network" }) }),
  z.strictObject({ mode: z.literal("untagged") }),
  z.strictObject({
    mode: z.literal("trunk"),
    allowed: field(vlanListSchema.optional(), { title: "Allowed VLANs", group: "Network", description: "A list such as 10,20-29, or all. Absent: unknown." }),
    native: field(vlanIdSchema.optional(), { title: "Native VLAN", group: "Network" }),
  }),
  z.strictObject({
    mode: z.literal("private"),
    primary: field(vlanIdSchema, { title: "Primary VLAN", group: "Network" }),
    secondary: field(vlanIdSchema.optional(), { title: "Secondary VLAN", group: "Network", description: "Absent on promiscuous ports." }),
    type: field(z.enum(["promiscuous", "isolated", "community"]), { title: "Type", group: "Network" }),
  }),
  z.strictObject({
    mode: z.literal("overlay"),
    vni: field(z.number().int().min(1).max(16777215), { title: "VNI", group: "Network", description: "VXLAN or Geneve segment of a distributed switch." }),
  }),
]);
export type PortGroupVlan = z.infer<typeof portGroupVlanSchema>;

export const portGroupSchema = z.strictObject({
  ...named,
  virtualSwitch: ref("virtualSwitches", { title: "Virtual switch", group: "Network" }),
  vlan: field(portGroupVlanSchema.optional(), { title: "VLAN", group: "Network" }),
  security: field(switchSecuritySchema.optional(), { title: "Security", group: "Isolation", description: "Overrides the switch, field by field." }),
  spoofGuard: flag({ title: "Spoof guard", group: "Isolation", description: "The port binds each guest's MAC and IP." }),
  dhcpGuard: flag({ title: "DHCP guard", group: "Isolation" }),
  raGuard: flag({ title: "RA guard", group: "Isolation" }),
  isolatedPorts: flag({ title: "Isolated ports", group: "Isolation", description: "Linux bridge isolated, Open vSwitch protected, Proxmox Isolate Ports." }),
  shaping: field(
    z.strictObject({
      averageMbps: field(amountSchema.optional(), { title: "Average", unit: "Mbit/s", group: "Resources" }),
      peakMbps: field(amountSchema.optional(), { title: "Peak", unit: "Mbit/s", group: "Resources" }),
    }).optional(),
    { title: "Shaping", group: "Resources" },
  ),
  encryption: field(z.enum(["none", "macsec", "ipsec", "overlay-ipsec"]).optional(), { title: "Encryption", group: "Hardening" }),
});
export type PortGroup = z.infer<typeof portGroupSchema>;

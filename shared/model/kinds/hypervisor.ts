import { z } from "../zod";
import { field, flag, named, ref, text } from "../primitives";

export const PLATFORMS = ["esxi", "hyper-v", "kvm", "proxmox", "xen", "virtualbox", "vmware-workstation", "parallels"] as const;
export type Platform = (typeof PLATFORMS)[number];

export const hypervisorSchema = z.strictObject({
  ...named,
  host: ref("hosts", { title: "Host", group: "Identity" }),
  platform: field(z.enum(PLATFORMS), { title: "Platform", group: "Identity" }),
  version: text({ title: "Version", group: "Identity" }),
  patchLevel: field(z.enum(["current", "behind", "unsupported", "unknown"]).optional(), { title: "Patch level", group: "Hardening" }),
  memorySharing: field(z.enum(["off", "intra-vm", "inter-vm"]).optional(), { title: "Memory sharing", group: "Isolation", description: "Transparent page sharing, KSM." }),
  memoryMb: field(z.number().int().nonnegative().optional(), { title: "Memory", unit: "MB", group: "Resources" }),
  cores: field(z.number().int().nonnegative().optional(), { title: "Cores", group: "Resources" }),
  hostOsServices: field(z.array(z.string()).optional(), { title: "Host OS services", group: "Hardening", description: "What a Type 2 or general-purpose host OS also runs." }),
  sideChannelScheduler: flag({ title: "Side-channel aware scheduler", group: "Hardening", description: "Core scheduling or SCAv2: never runs two VMs on one core's threads." }),
  management: field(
    z.strictObject({
      mfa: flag({ title: "Multi-factor authentication", group: "Hardening" }),
      strongAuthentication: flag({ title: "Strong authentication", group: "Hardening" }),
      sharedAccounts: flag({ title: "Shared accounts", group: "Hardening" }),
      adminGroup: text({ title: "Administrators' group", group: "Hardening" }),
      lockdown: field(z.enum(["off", "normal", "strict"]).optional(), { title: "Lockdown mode", group: "Hardening" }),
      remoteLogging: flag({ title: "Remote logging", group: "Hardening" }),
      escapeMonitoring: flag({ title: "Escape monitoring", group: "Hardening" }),
      signedImagesOnly: flag({ title: "Signed images only", group: "Hardening" }),
      secureBoot: flag({ title: "Secure boot", group: "Hardening" }),
      services: field(z.array(z.string()).optional(), { title: "Running services", group: "Hardening", description: "Management services not needed day to day: ssh, shell, slp, cim, snmp, vnc, spice …" }),
    }).optional(),
    { title: "Management", group: "Hardening" },
  ),
});
export type Hypervisor = z.infer<typeof hypervisorSchema>;

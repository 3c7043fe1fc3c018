import { z } from "../zod";
import { cidrSchema, field, flag, idSchema, macSchema, maybeNamed, named, optionalRef, selectorSchema, serviceSchema, text, vlanIdSchema } from "../primitives";

/** One filter rule. An absent field means any; an empty list matches nothing. */
export const ruleSchema = z.strictObject({
  id: field(idSchema, { title: "Id", group: "Identity" }),
  name: text({ title: "Name", group: "Identity" }),
  description: text({ title: "Description", group: "Identity" }),
  action: field(z.enum(["allow", "deny", "reject"]), { title: "Action", group: "Network" }),
  from: field(z.array(selectorSchema).optional(), { title: "From", group: "Network" }),
  to: field(z.array(selectorSchema).optional(), { title: "To", group: "Network" }),
  services: field(z.array(serviceSchema).optional(), { title: "Services", group: "Network" }),
  in: text({ title: "In interface", group: "Network" }),
  out: text({ title: "Out interface", group: "Network" }),
  enabled: flag({ title: "Enabled", group: "Network" }),
  log: flag({ title: "Log", group: "Hardening" }),
});
export type Rule = z.infer<typeof ruleSchema>;

/** Plugged into a port group, or into a VLAN of a physical switch. */
export const interfaceSchema = z.strictObject({
  ...maybeNamed,
  portGroup: optionalRef("portGroups", { title: "Port group", group: "Network" }),
  physicalSwitch: optionalRef("physicalSwitches", { title: "Physical switch", group: "Network" }),
  vlan: field(vlanIdSchema.optional(), { title: "VLAN", group: "Network" }),
  mac: field(macSchema.optional(), { title: "MAC address", group: "Network" }),
  addresses: field(z.array(cidrSchema).optional(), { title: "Addresses", group: "Network" }),
});
export type ForwarderInterface = z.infer<typeof interfaceSchema>;

/** A router takes every field of a firewall; only the default action differs (allow for routers, deny for firewalls). */
export const forwarderSchema = z.strictObject({
  ...named,
  hypervisor: optionalRef("hypervisors", { title: "Hypervisor", group: "Identity" }),
  mode: field(z.enum(["routed", "transparent"]).optional(), { title: "Mode", group: "Network" }),
  stateful: flag({ title: "Stateful", group: "Network" }),
  interfaces: field(z.record(idSchema, interfaceSchema).optional(), { title: "Interfaces", group: "Network" }),
  rules: field(z.array(ruleSchema).optional(), { title: "Rules", group: "Network" }),
  defaultAction: field(z.enum(["allow", "deny", "reject"]).optional(), { title: "Default action", group: "Network" }),
});
export type Forwarder = z.infer<typeof forwarderSchema>;

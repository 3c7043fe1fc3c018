import { z } from "../zod";
import { field, flag, named, ref, selectorSchema } from "../primitives";
import { ruleSchema } from "./forwarder";

/** Filters at every vNIC of its scope, whatever segment the peer is on (NSX DFW, Proxmox, Nutanix Flow, security groups). */
export const distributedFirewallSchema = z.strictObject({
  ...named,
  virtualSwitches: field(z.array(ref("virtualSwitches", { title: "Virtual switch" })).optional(), { title: "Virtual switches", group: "Network", refersTo: "virtualSwitches" }),
  exclude: field(z.array(selectorSchema).optional(), { title: "Exclusions", group: "Isolation" }),
  stateful: flag({ title: "Stateful", group: "Network" }),
  rules: field(z.array(ruleSchema).optional(), { title: "Rules", group: "Network" }),
  defaultAction: field(z.enum(["allow", "deny", "reject"]).optional(), { title: "Default action", group: "Network" }),
});
export type DistributedFirewall = z.infer<typeof distributedFirewallSchema>;

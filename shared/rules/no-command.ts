/** What stands on a rule's page where a platform has no command, or none that was checked. */

/** Rules and defaults of a filter on pfSense. */
export const PFSENSE_FILTER = { platform: "pfsense", text: "# Firewall > Rules: pfSense has no command for a rule at a place or a default; easyrule appends a pass rule or blocks a source" } as const;

/** Rules and defaults of a filter on VyOS that bridges. */
export const VYOS_BRIDGE = { platform: "vyos", text: "# firewall bridge: no command was checked for a transparent firewall" } as const;

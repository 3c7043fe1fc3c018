/** How findings name the field that they rest on: what it says, or what is assumed in its place and whose default that is. */
import type { Effective } from "../model/defaults";
import { describe } from "../model/field-defaults";

/** `$.hypervisors.esx-1.memorySharing is off`, or `… is not set and on is assumed: …`. */
export function settingSays(setting: Effective<unknown>): string {
  if (setting.source === "set") return `${setting.field} is ${describe(setting.value)}`;
  if (setting.source === "unknown") return `${setting.field} is not set, so it is not known (${setting.basis})`;
  return `${setting.field} is not set and ${describe(setting.value)} is assumed: ${setting.basis}`;
}

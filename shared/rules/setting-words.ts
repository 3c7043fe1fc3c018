/** How findings name the field that they rest on: what it says, or what is assumed in its place and whose default that is. */
import { effectiveVlan, effectiveVlanAware, type Effective } from "../model/defaults";
import { describe } from "../model/field-defaults";
import { record, type Topology } from "../model/topology";
import { counted } from "./phrase";

/** `$.hypervisors.esx-1.memorySharing is off`, or `… is not set and on is assumed: …`. */
export function settingSays(setting: Effective<unknown>): string {
  if (setting.source === "set") return `${setting.field} is ${describe(setting.value)}`;
  if (setting.source === "unknown") return `${setting.field} is not set, so it is not known (${setting.basis})`;
  return `${setting.field} is not set and ${describe(setting.value)} is assumed: ${setting.basis}`;
}

/** So many are written out. */
const MOST_SAID = 3;

/**
 * Which defaults the network's verdict about these port groups rests on, as a sentence for the end of a detail: the VLAN of a port group, VLAN
 * filtering of a Linux bridge. Empty where all is said.
 */
export function restsOn(topology: Topology, portGroups: Iterable<string | undefined>): string {
  const assumed = new Map<string, Effective<unknown>>();
  for (const id of new Set(portGroups)) {
    const group = record(topology, "portGroups", id);
    if (id === undefined || group === undefined) continue;
    const aware = effectiveVlanAware(topology, group.virtualSwitch);
    const bridge = record(topology, "virtualSwitches", group.virtualSwitch)?.kind === "linux-bridge";
    for (const setting of [...(bridge ? [aware] : []), ...(aware.value === false ? [] : [effectiveVlan(topology, id)])]) if (setting.source === "default") assumed.set(setting.field, setting);
  }
  if (assumed.size === 0) return "";
  const said = [...assumed.values()].slice(0, MOST_SAID).map(settingSays);
  return ` This rests on a default: ${said.join("; ")}${assumed.size > MOST_SAID ? `; and ${counted(assumed.size - MOST_SAID, "more field")}` : ""}.`;
}

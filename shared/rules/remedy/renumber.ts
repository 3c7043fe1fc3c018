/** Changes the VLAN id of a whole segment: what was together stays together, under another number. */
import { entries, record } from "../../model/topology";
import type { Segment } from "../../network/types";
import type { Board } from "./board";
import { carryVlan, placesOfPortGroup, type Place } from "./carry";
import { hypervisorOf, keepVlansApart } from "./move";

/**
 * Tags the segment with `vlan` on every port group, network, interface and BMC that is in it, and lets it through between them.
 * Ends of routers and firewalls move along, so that routing stays as it was.
 */
export function renumberSegment(board: Board, segment: Segment, vlan: number): void {
  const places: Place[] = [];
  for (const end of segment.ends) {
    if (end.portGroup !== undefined) {
      const group = record(board.topology, "portGroups", end.portGroup);
      if (group === undefined) continue;
      keepVlansApart(board, group.virtualSwitch);
      board.set(["portGroups", end.portGroup, "vlan"], { mode: "access", id: vlan });
      places.push(...placesOfPortGroup(board.topology, end.portGroup, hypervisorOf(board.topology, end)));
    } else {
      const physicalSwitch = retag(board, end.id, end.owner, vlan);
      if (physicalSwitch !== undefined) places.push({ physicalSwitch });
    }
  }
  carryVlan(board, vlan, places);
}

/** Changes the VLAN where something is plugged into a physical switch, and names the switch. */
function retag(board: Board, id: string, owner: string, vlan: number): string | undefined {
  const attachedTo = record(board.topology, "externalNetworks", id)?.attachedTo;
  if (attachedTo !== undefined && "vlan" in attachedTo) {
    board.set(["externalNetworks", id, "attachedTo", "vlan"], vlan);
    return attachedTo.physicalSwitch;
  }
  const host = id.endsWith("/bmc") ? id.slice(0, -"/bmc".length) : undefined;
  const bmc = record(board.topology, "hosts", host)?.bmc;
  if (host !== undefined && bmc !== undefined) {
    board.set(["hosts", host, "bmc", "vlan"], vlan);
    return bmc.physicalSwitch;
  }
  for (const collection of ["routers", "firewalls"] as const) {
    const local = id.slice(owner.length + 1);
    const port = record(board.topology, collection, owner)?.interfaces?.[local];
    if (port?.physicalSwitch === undefined) continue;
    board.set([collection, owner, "interfaces", local, "vlan"], vlan);
    return port.physicalSwitch;
  }
  return undefined;
}

/** Takes the native VLAN off every uplink and trunk that has it: an unused id, tagged, in its place. The VLAN itself stays in the lists. */
export function moveNative(board: Board, native: number, unused: number): void {
  const paths: (readonly [readonly string[], { readonly mode: string; readonly native?: number | undefined } | undefined])[] = [
    ...entries(board.topology, "uplinks").map(([id, { port }]) => [["uplinks", id, "port"], port] as const),
    ...entries(board.topology, "trunks").flatMap(([id, { a, b }]) => [[["trunks", id, "a", "port"], a.port] as const, [["trunks", id, "b", "port"], b.port] as const]),
  ];
  for (const [path, port] of paths) {
    if (port?.mode !== "trunk" || port.native !== native) continue;
    board.set([...path, "native"], unused);
    board.set([...path, "tagNative"], true);
  }
}

/** Lets a VLAN through every port between the places that need it. */
import { addVlan, hasVlan, parseVlanList } from "../../model/vlan-set";
import { compareIds, entries, record, type Topology } from "../../model/topology";
import type { Port } from "../../model/primitives";
import type { Board } from "./board";

/** A virtual switch on one hypervisor (`vsw-1@esx-1`) or a physical switch (`tor-1`): where a VLAN can be. */
export type Place = { readonly virtualSwitch: string; readonly hypervisor: string } | { readonly physicalSwitch: string };

interface Link {
  readonly a: string;
  readonly b: string;
  /** The virtual switch on a hypervisor whose uplink this is; a trunk has none. */
  readonly uplinkOf?: string;
  /** The ports at its ends, as paths in the document. */
  readonly ports: readonly (readonly string[])[];
}

/**
 * Extends the allowed lists of the uplinks of every place, also where it is the only one: a segment that nothing else is drawn in leaves
 * its hypervisor all the same. Then those of the uplinks and trunks between the places. Lists that are absent (unknown) or `all` stay as they are.
 */
export function carryVlan(board: Board, vlan: number, places: readonly Place[]): void {
  const links = linksOf(board.topology);
  const names = [...new Set(places.map(placeName))].sort(compareIds);
  const root = names[0];
  if (root === undefined) return;
  const needed = new Set(links.filter(({ uplinkOf }) => uplinkOf !== undefined && names.includes(uplinkOf)));
  for (const name of names.slice(1)) for (const link of shortestWay(links, root, name)) needed.add(link);
  // A team fails over: every uplink of a switch that takes part carries what one of them does.
  const pairs = new Set([...needed].map((link) => `${link.a} ${link.b}`));
  for (const link of links) {
    if (pairs.has(`${link.a} ${link.b}`)) for (const port of link.ports) allowOn(board, port, vlan);
  }
}

export function placeName(place: Place): string {
  return "physicalSwitch" in place ? place.physicalSwitch : `${place.virtualSwitch}@${place.hypervisor}`;
}

/** Where the port group is: its switch, on each hypervisor given or on all of them. */
export function placesOfPortGroup(topology: Topology, portGroup: string, hypervisor?: string): Place[] {
  const virtualSwitch = record(topology, "portGroups", portGroup)?.virtualSwitch;
  const members = record(topology, "virtualSwitches", virtualSwitch)?.hypervisors ?? [];
  if (virtualSwitch === undefined) return [];
  return members.filter((member) => hypervisor === undefined || member === hypervisor).map((member) => ({ virtualSwitch, hypervisor: member }));
}

/** The physical switch nearest to a place: itself, or the one that its first uplink is plugged into. */
export function physicalSwitchAt(topology: Topology, place: Place): string | undefined {
  if ("physicalSwitch" in place) return place.physicalSwitch;
  const uplink = entries(topology, "uplinks").find(([, { virtualSwitch, hypervisor }]) => virtualSwitch === place.virtualSwitch && hypervisor === place.hypervisor);
  return uplink?.[1].physicalSwitch;
}

function linksOf(topology: Topology): Link[] {
  const uplinks = entries(topology, "uplinks").map(([id, { virtualSwitch, hypervisor, physicalSwitch }]) => {
    const place = placeName({ virtualSwitch, hypervisor });
    return { a: place, b: physicalSwitch, uplinkOf: place, ports: [["uplinks", id, "port"]] };
  });
  const trunks = entries(topology, "trunks").map(([id, { a, b }]) => ({
    a: a.switch, b: b.switch, ports: [["trunks", id, "a", "port"], ["trunks", id, "b", "port"]],
  }));
  return [...uplinks, ...trunks];
}

/** The links of a shortest way, found breadth first; none where there is none. */
function shortestWay(links: readonly Link[], from: string, to: string): Link[] {
  const cameBy = new Map<string, Link | undefined>([[from, undefined]]);
  const queue = [from];
  for (const place of queue) {
    for (const link of links) {
      const next = link.a === place ? link.b : link.b === place ? link.a : undefined;
      if (next === undefined || cameBy.has(next)) continue;
      cameBy.set(next, link);
      queue.push(next);
    }
  }
  const way: Link[] = [];
  for (let place = to, link = cameBy.get(place); link !== undefined; link = cameBy.get(place)) {
    way.push(link);
    place = link.a === place ? link.b : link.a;
  }
  return way;
}

/** An access port becomes a trunk whose native VLAN is the one it had, so that what was connected stays connected. */
export function allowOn(board: Board, path: readonly string[], vlan: number): void {
  const port = portAt(board.topology, path);
  if (port === undefined) return;
  if (port.mode === "access") {
    if (port.vlan === vlan) return;
    board.set(path, { mode: "trunk", allowed: addVlan(String(port.vlan), vlan), native: port.vlan });
    return;
  }
  const allowed = port.allowed === undefined ? undefined : parseVlanList(port.allowed);
  if (port.allowed === undefined || allowed === undefined || hasVlan(allowed, vlan)) return;
  board.set([...path, "allowed"], addVlan(port.allowed, vlan));
}

function portAt(topology: Topology, path: readonly string[]): Port | undefined {
  const [collection, id, end] = path;
  if (collection === "uplinks") return record(topology, "uplinks", id)?.port;
  const trunk = record(topology, "trunks", id);
  return end === "a" ? trunk?.a.port : trunk?.b.port;
}

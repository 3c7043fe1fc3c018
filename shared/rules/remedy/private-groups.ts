/** Changes who is with whom in a private VLAN. */
import { freshId } from "../../model/ids";
import { entries, record } from "../../model/topology";
import type { PortGroup, PortGroupVlan } from "../../model/kinds/port-group";
import { occupantsOf, type Occupant } from "../residents";
import { isWorkload, tenantName } from "../workload";
import type { Board } from "./board";
import { carryVlan, placesOfPortGroup } from "./carry";
import { freeVlan } from "./free-vlan";
import { usersOf } from "./move";

/** Gives every tenant of a community but the first one of its own, on port groups of their own with the same settings. */
export function separatePrivate(board: Board, portGroups: readonly string[], tenants: readonly string[]): void {
  const secondaries = new Map<string, number>();
  for (const portGroup of portGroups) {
    const group = record(board.topology, "portGroups", portGroup);
    if (group?.vlan?.mode !== "private") continue;
    const { primary } = group.vlan;
    for (const tenant of tenants.slice(1)) {
      const own = occupantsOf(board.topology, portGroup).filter(({ vm }) => vm.tenant === tenant && isWorkload(vm));
      const secondary = secondaries.get(tenant) ?? freeVlan(board.topology, "tenant");
      if (own.length === 0 || secondary === undefined) continue;
      secondaries.set(tenant, secondary);
      plugInto(board, own, addGroup(board, group, `${tenant}-${secondary}`, `${tenantName(board.topology, tenant)} ${secondary}`, { mode: "private", primary, secondary, type: "community" }));
      carryAcross(board, primary, secondary);
    }
  }
}

/** Makes the workloads of a promiscuous port group isolated: the port group itself where nothing else is on it. */
export function toIsolated(board: Board, portGroup: string, workloads: readonly Occupant[]): void {
  const group = record(board.topology, "portGroups", portGroup);
  if (group?.vlan?.mode !== "private") return;
  const { primary } = group.vlan;
  const secondary = isolatedOf(board, primary) ?? freeVlan(board.topology, "tenant");
  if (secondary === undefined) return;
  const vlan: PortGroupVlan = { mode: "private", primary, secondary, type: "isolated" };
  const moved = new Set(workloads.map(({ end }) => end));
  if (usersOf(board.topology, portGroup).every((user) => moved.has(user))) board.set(["portGroups", portGroup, "vlan"], vlan);
  else plugInto(board, workloads, addGroup(board, group, `${portGroup}-isolated`, `${group.name} isolated`, vlan));
  carryAcross(board, primary, secondary);
}

/** The isolated VLAN that the private VLAN has already; there is at most one. */
function isolatedOf(board: Board, primary: number): number | undefined {
  return entries(board.topology, "portGroups").flatMap(([, { vlan }]) => (vlan?.mode === "private" && vlan.primary === primary && vlan.type === "isolated" && vlan.secondary !== undefined ? [vlan.secondary] : []))[0];
}

function addGroup(board: Board, like: PortGroup, stem: string, name: string, vlan: PortGroupVlan): string {
  const id = freshId(board.topology, stem);
  const { name: _name, description: _description, tags: _tags, ...settings } = like;
  board.set(["portGroups", id], { name, ...settings, vlan });
  return id;
}

function plugInto(board: Board, occupants: readonly Occupant[], portGroup: string): void {
  for (const { id, end } of occupants) board.set(["vms", id, "nics", end.slice(id.length + 1), "portGroup"], portGroup);
}

/** Lets the secondary through wherever the private VLAN is. */
function carryAcross(board: Board, primary: number, secondary: number): void {
  const groups = entries(board.topology, "portGroups").filter(([, { vlan }]) => vlan?.mode === "private" && vlan.primary === primary);
  carryVlan(board, secondary, groups.flatMap(([id]) => [...new Set(occupantsOf(board.topology, id).map(({ vm }) => vm.hypervisor))].flatMap((hypervisor) => placesOfPortGroup(board.topology, id, hypervisor))));
}

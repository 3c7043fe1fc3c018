/** Gives groups a VLAN each, with guarded port groups, and lets the flows of the policy find their way again. */
import type { Evaluation } from "../analysis/evaluate";
import { haveWay } from "../fixes/keep-required";
import { ownerOf } from "../model/ids";
import { intersectServices, coversServices } from "../model/services";
import { entries, record, type Topology } from "../model/topology";
import { compileNetwork } from "../network/network";
import type { Network } from "../network/compiled-network";
import type { End } from "../network/types";
import type { Board } from "../rules/remedy/board";
import { connect } from "../rules/remedy/connect";
import { freeVlan } from "../rules/remedy/free-vlan";
import { moveToVlan, usersOf } from "../rules/remedy/move";
import { flowsOf, type Flow } from "./flows";

export interface Group {
  /** What its port groups are called after. */
  readonly id: string;
  readonly name: string;
  readonly members: ReadonlySet<string>;
  /** Absent: a free one. */
  readonly vlan?: number | undefined;
}

/** The connected ends of the members. */
export function endsOf({ layer2 }: Network, members: ReadonlySet<string>): End[] {
  return [...members].flatMap((member) => layer2.endsOf(member));
}

/**
 * Moves the members that exchange frames with anybody else into the group's VLAN; all of them where a VLAN is asked for. False where no
 * VLAN is left.
 */
export function moveApart(board: Board, { network }: Evaluation, group: Group, purpose: "tenant" | "management" = "tenant"): boolean {
  const ends = endsOf(network, group.members);
  const moving = group.vlan === undefined ? ends.filter((end) => isShared(network, end, group.members) && !hasOwnVlan(board.topology, end, group.members)) : ends;
  if (moving.length === 0 || areIn(network, ends, group)) return true;
  const vlan = group.vlan ?? freeVlan(board.topology, purpose);
  if (vlan === undefined) return false;
  moveToVlan(board, { ends: moving, vlan, stem: group.id, name: group.name });
  return true;
}

/** Somebody else, gateways aside, hears the end or is heard by it, or may be: in either direction frames get across. */
function isShared({ layer2 }: Network, end: End, members: ReadonlySet<string>): boolean {
  const own = layer2.classOf(end);
  return [layer2.hearers(own), layer2.senders(own), layer2.mayHearers(own), layer2.maySenders(own)]
    .some((classes) => classes.some(({ ends }) => ends.some(({ owner, kind }) => kind !== "interface" && !members.has(owner))));
}

/**
 * Whether the end is in a VLAN that only the members are put into, so that another would change nothing: others who hear it carry more VLANs than
 * they should (guest trunks, native VLANs, bridges without filtering), which is theirs to mend.
 */
function hasOwnVlan(topology: Topology, end: End, members: ReadonlySet<string>): boolean {
  const vlan = vlanOf(topology, end);
  const vswitch = record(topology, "virtualSwitches", record(topology, "portGroups", end.portGroup)?.virtualSwitch);
  // Without filtering the bridge makes nothing of it; moving switches that on.
  if (vswitch?.kind === "linux-bridge" && vswitch.vlanAware !== true) return false;
  if (vlan === undefined || (end.nic?.passthrough ?? "none") !== "none") return false;
  const natives = [...entries(topology, "uplinks").map(([, { port }]) => port), ...entries(topology, "trunks").flatMap(([, { a, b }]) => [a.port, b.port])];
  if (natives.some((port) => port?.mode === "trunk" && port.native === vlan)) return false;
  const groups = entries(topology, "portGroups").filter(([, group]) => group.vlan?.mode === "access" && group.vlan.id === vlan).flatMap(([id]) => usersOf(topology, id));
  const externals = entries(topology, "externalNetworks").filter(([, { attachedTo }]) => attachedTo !== undefined && "vlan" in attachedTo && attachedTo.vlan === vlan).map(([id]) => id);
  const bmcs = entries(topology, "hosts").filter(([, { bmc }]) => bmc?.vlan === vlan).map(([id]) => `${id}/bmc`);
  return [...groups.filter((user) => !isGateway(topology, user)), ...externals, ...bmcs].every((user) => members.has(user) || members.has(ownerOf(user)));
}

function vlanOf(topology: Topology, { kind, portGroup, owner }: End): number | undefined {
  if (kind === "bmc") return record(topology, "hosts", ownerOf(owner))?.bmc?.vlan;
  const attachedTo = kind === "external" ? record(topology, "externalNetworks", owner)?.attachedTo : undefined;
  if (attachedTo !== undefined && "vlan" in attachedTo) return attachedTo.vlan;
  const vlan = record(topology, "portGroups", portGroup)?.vlan;
  return vlan?.mode === "access" ? vlan.id : undefined;
}

function isGateway(topology: Topology, user: string): boolean {
  return record(topology, "routers", ownerOf(user)) !== undefined || record(topology, "firewalls", ownerOf(user)) !== undefined;
}

/** Whether the VLAN that is asked for is the one that the members have to themselves. */
function areIn(network: Network, ends: readonly End[], { vlan, members }: Group): boolean {
  return vlan !== undefined && ends.every((end) => !isShared(network, end, members) && network.layer2.segmentsOf(end).some((segment) => segment.members.some((member) => member.vlan === vlan)));
}

/**
 * Guards the port groups of the members: addresses, DHCP and router advertisements where only they are; addresses also in the segments of
 * VMs that the policy lets reach them, whose neighbours could else take their place. What is set already stays; a guest that forwards would be cut off.
 */
export function guardPortGroups(board: Board, before: Evaluation, members: ReadonlySet<string>): void {
  const { topology } = board;
  const { layer2 } = compileNetwork(topology, before);
  const sources = new Set(flowsOf(topology, before.today).filter(({ to, from }) => !from.beyond && [...to.ids].some((id) => members.has(id))).flatMap(({ from }) => [...from.ids]));
  const beside = [...sources].filter((id) => record(topology, "vms", id) !== undefined).flatMap((id) => layer2.endsOf(id)).flatMap((end) => layer2.segmentsOf(end)).flatMap(({ ends }) => ends.filter(({ kind }) => kind === "vnic"));
  const own = [...members].flatMap((id) => layer2.endsOf(id));
  for (const id of new Set([...own, ...beside].flatMap(({ portGroup }) => portGroup ?? []))) {
    const owners = usersOf(topology, id).filter((user) => !isGateway(topology, user)).map(ownerOf);
    if (owners.some((owner) => { const vm = record(topology, "vms", owner); return vm === undefined || vm.forwarding === true; })) continue;
    const guards = owners.every((owner) => members.has(owner)) ? (["spoofGuard", "dhcpGuard", "raGuard"] as const) : (["spoofGuard"] as const);
    for (const guard of guards) if (record(topology, "portGroups", id)?.[guard] === undefined) board.set(["portGroups", id, guard], true);
  }
}

/**
 * Connects what the policy names and the moves have parted, by an interface of a gateway that is near or a new firewall: flows that are
 * required, and flows that passed until now.
 */
export function reconnect(board: Board, before: Evaluation, members: ReadonlySet<string>): void {
  const required = new Set(board.topology.policy?.require?.map(({ id }) => id));
  for (const flow of flowsOf(board.topology, before.today)) {
    if (![...flow.from.ids, ...flow.to.ids].some((id) => members.has(id))) continue;
    const network = compileNetwork(board.topology, before);
    for (const [from, to] of pairsOf(network, flow)) {
      const wanted = required.has(flow.intent.id) || intersectServices(before.network.pair(from, to).services, flow.services).length > 0;
      if (wanted && isParted(network, flow, from, to)) connect(board, network.layer2, from, to, flow.intent);
    }
  }
}

/** One pair for every two segments. */
function pairsOf({ layer2 }: Network, flow: Flow): [string, string][] {
  const bySegments = (ids: ReadonlySet<string>): string[] => [...new Map([...ids].map((id) => [layer2.endsOf(id).flatMap((end) => layer2.segmentsOf(end).map(({ index }) => index)).join(), id])).values()];
  const targets = bySegments(flow.to.ids);
  return bySegments(flow.from.ids).flatMap((from) => targets.filter((to) => to !== from).map((to): [string, string] => [from, to]));
}

function isParted(network: Network, { services }: Flow, from: string, to: string): boolean {
  const { layer2 } = network;
  const mayMeet = layer2.endsOf(from).some((a) => layer2.endsOf(to).some((b) => layer2.hears(a, b) || layer2.mayHear(a, b)));
  if (mayMeet || coversServices(network.pair(from, to).services, services) || haveWay(network, from, to)) return false;
  return !network.trace([from], [to], services).blockedBy.some(({ kind }) => kind === "router" || kind === "firewall");
}

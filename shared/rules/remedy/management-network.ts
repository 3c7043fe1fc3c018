/** Takes management interfaces out of segments that others use, into a VLAN of their own. */
import { record, type Topology } from "../../model/topology";
import { resolveSelector } from "../../model/members";
import type { Network } from "../../network/compiled-network";
import type { End, Segment } from "../../network/types";
import { currentIntents } from "../intents";
import type { FixCandidate } from "../rule";
import { counted, listed } from "../phrase";
import { isForwardingAppliance, isWorkloadEnd, servesManagement, vmOf } from "../workload";
import { candidate, type Board } from "./board";
import { freeVlan } from "./free-vlan";
import { moveToVlan } from "./move";

/**
 * Candidates for one interface: every management interface that shares a segment with others moves together with who is there only
 * to administer; the interfaces alone; this interface alone.
 */
export function dedicateManagement(topology: Topology, network: Network, adapter: string): FixCandidate[] {
  const { interfaces, administrators } = sharing(topology, network);
  const own = interfaces.filter((end) => end.id === adapter);
  const what = counted(interfaces.length, "management interface");
  const who = [...new Set(administrators.map((end) => end.owner))];
  return [
    ...(who.length === 0 ? [] : candidate(topology, `Move ${what} and ${listed(who)} into a management VLAN`, (board) => moveManagement(board, [...interfaces, ...administrators]))),
    ...candidate(topology, `Move ${what} into a management VLAN`, (board) => moveManagement(board, interfaces)),
    ...(interfaces.length > 1 ? candidate(topology, `Move ${adapter} into a management VLAN`, (board) => moveManagement(board, own)) : []),
  ];
}

/** The first of these candidates, on a board that holds other changes. */
export function dedicateOn(board: Board, topology: Topology, network: Network): boolean {
  const { interfaces, administrators } = sharing(topology, network);
  return moveManagement(board, [...interfaces, ...administrators]);
}

/** Management interfaces in segments that others use, and who is there only to administer. */
function sharing(topology: Topology, network: Network): { interfaces: End[]; administrators: End[] } {
  const shared = network.layer2.segments.filter((segment) => holdsManagement(topology, segment) && isShared(topology, segment));
  const among = (wanted: (topology: Topology, end: End, today: string) => boolean): End[] => distinct(shared.flatMap((segment) => segment.ends.filter((end) => wanted(topology, end, network.today))));
  return { interfaces: among(isManagementEnd), administrators: among(onlyAdministers) };
}

function moveManagement(board: Board, ends: readonly End[]): boolean {
  const vlan = freeVlan(board.topology, "management");
  if (vlan === undefined || ends.length === 0) return false;
  moveToVlan(board, { ends, vlan, stem: "management", name: "Management" });
  return true;
}

function isManagementEnd(topology: Topology, end: End): boolean {
  const adapter = record(topology, "managementInterfaces", end.id);
  return end.kind === "managementInterface" && adapter !== undefined && servesManagement(adapter);
}

function holdsManagement(topology: Topology, segment: Segment): boolean {
  return segment.ends.some((end) => isManagementEnd(topology, end));
}

/** Whether workloads, other VMs of a tenant or networks of non-administrators are in the segment. */
function isShared(topology: Topology, segment: Segment): boolean {
  return segment.ends.some((end) => isWorkloadEnd(topology, end) || vmOf(topology, end)?.tenant !== undefined || isForeignNetwork(topology, end));
}

/** An external network other than the administrators' own. */
export function isForeignNetwork(topology: Topology, end: End): boolean {
  return end.kind === "external" && record(topology, "externalNetworks", end.id)?.trust !== "admin";
}

/** An administrators' network, jump host or manager VM that the policy lets talk with management and with nobody else. */
function onlyAdministers(topology: Topology, end: End, today: string): boolean {
  const vm = vmOf(topology, end);
  const mayBe = vm === undefined ? record(topology, "externalNetworks", end.id)?.trust === "admin" : vm.role === "jump-host" || (vm.role === "infrastructure" && !isForwardingAppliance(vm));
  if (!mayBe) return false;
  const members = (selectors: readonly string[] | undefined): Set<string> => new Set((selectors ?? ["any"]).flatMap((selector) => [...resolveSelector(topology, selector)]));
  const isManagement = (party: string): boolean => record(topology, "managementInterfaces", party) !== undefined || party.endsWith("/bmc");
  const concerning = currentIntents(topology, today).map((entry) => ({ from: members(entry.from), to: members(entry.to) })).filter(({ from, to }) => from.has(end.owner) || to.has(end.owner));
  return concerning.length > 0 && concerning.every(({ from, to }) => from.has(end.owner) && [...to].every(isManagement));
}

function distinct(ends: readonly End[]): End[] {
  return [...new Map(ends.map((end) => [end.id, end])).values()];
}

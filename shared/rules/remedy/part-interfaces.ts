/** Parts interfaces of a firewall that are in one segment: each takes its subnet into a VLAN of its own; what serves nobody is unplugged. */
import { parseCidr, rangesOverlap, type Cidr } from "../../model/address";
import type { Topology } from "../../model/topology";
import type { End, Segment } from "../../network/types";
import { listed } from "../phrase";
import type { FixCandidate } from "../rule";
import { localOf } from "../workload";
import { candidate, type Board } from "./board";
import { closeDoors, ownersOf, type Way } from "./close-ways";
import { freeVlan } from "./free-vlan";
import { moveToVlan } from "./move";

/** Interfaces of the firewall that are in the segment, two or more. */
export interface Crowded {
  readonly segment: Segment;
  readonly interfaces: readonly End[];
}

export interface Firewall {
  readonly id: string;
  readonly name: string;
}

/** So many choices of which interface stays are verified where nothing in the segment tells. */
const MOST_STAYING = 3;

/** Candidates: who is in the subnet of an interface goes with it; or only one interface stays plugged in. Either closes the ways around as well. */
export function partInterfaces(topology: Topology, firewall: Firewall, crowded: readonly Crowded[], ways: readonly Way[]): FixCandidate[] {
  const shares = crowded.map(shareOut);
  const telling = shares.some(({ served }) => served.length > 0);
  const stays = telling ? [0] : [...Array(Math.min(MOST_STAYING, Math.max(...crowded.map(({ interfaces }) => interfaces.length)))).keys()];
  return [
    ...splitUp(topology, firewall, shares, ways),
    ...stays.flatMap((index) => unplugAllBut(topology, firewall, shares, index, ways)),
  ];
}

interface Served {
  readonly end: End;
  readonly members: readonly End[];
}

interface Share {
  /** By how many they serve; who serves nobody is last. */
  readonly all: readonly End[];
  readonly served: readonly Served[];
  /** All of `served` but the first, and the one interface for networks whose addresses nobody wrote. */
  readonly moving: readonly Served[];
}

function shareOut({ segment, interfaces }: Crowded): Share {
  const own = new Set(interfaces.map(({ id }) => id));
  const others = segment.ends.filter(({ id }) => !own.has(id));
  const taken = new Set<End>();
  const each = interfaces.map((end): Served => {
    const members = others.filter((other) => !taken.has(other) && isIn(other, end));
    for (const member of members) taken.add(member);
    return { end, members };
  });
  const serves = ({ members }: Served): number => members.filter(({ kind }) => kind !== "interface").length;
  const sorted = [...each].sort((a, b) => serves(b) - serves(a));
  const served = sorted.filter((one) => serves(one) > 0);
  const idle = sorted.filter((one) => serves(one) === 0);
  const outside = others.filter(({ kind }) => kind === "external");
  const [only] = idle;
  const abroad = only !== undefined && idle.length === 1 && served.length > 0 && outside.length > 0 ? [{ end: only.end, members: [...only.members, ...outside] }] : [];
  return { all: sorted.map(({ end }) => end), served, moving: [...served.slice(1), ...abroad] };
}

function isIn(other: End, { addresses }: End): boolean {
  const subnets = blocksOf(addresses);
  return blocksOf(other.addresses).some((block) => subnets.some((subnet) => rangesOverlap(block, subnet)));
}

function blocksOf(addresses: readonly string[]): Cidr[] {
  return addresses.map(parseCidr).filter((block) => block !== undefined);
}

function splitUp(topology: Topology, firewall: Firewall, shares: readonly Share[], ways: readonly Way[]): FixCandidate[] {
  const moving = shares.flatMap((share) => share.moving.map(({ end }) => localOf(end)));
  if (moving.length === 0) return [];
  const idle = shares.flatMap((share) => idleOf(share).map(localOf));
  const title = `Give ${listed(moving)} of ${firewall.name}, with those that ${moving.length === 1 ? "it serves, a VLAN of its own" : "they serve, a VLAN each"}`;
  return withWays(topology, ways, `${title}${idle.length === 0 ? "" : `; unplug ${listed(idle)}`}`, (board) => split(board, firewall, shares));
}

function idleOf({ all, served, moving }: Share): End[] {
  const kept = new Set([...served, ...moving].map(({ end }) => end));
  return all.filter((end) => !kept.has(end));
}

function split(board: Board, firewall: Firewall, shares: readonly Share[]): boolean {
  for (const share of shares) {
    const { moving } = share;
    for (const { end, members } of moving) {
      const vlan = freeVlan(board.topology, "tenant");
      if (vlan === undefined) return false;
      moveToVlan(board, { ends: [end, ...members], vlan, stem: `${firewall.id}-${localOf(end)}`, name: `${firewall.name} ${localOf(end)}` });
    }
    unplug(board, firewall, idleOf(share));
  }
  return true;
}

function unplugAllBut(topology: Topology, firewall: Firewall, shares: readonly Share[], index: number, ways: readonly Way[]): FixCandidate[] {
  const leaving = shares.flatMap(({ all }) => all.filter((_, at) => at !== Math.min(index, all.length - 1)));
  const locals = [...new Set(leaving.map(localOf))];
  const idle = shares.every(({ served }) => served.length === 1);
  const why = idle ? `in whose subnet ${locals.length === 1 ? "its segment has" : "their segments have"} no address` : `which ${locals.length === 1 ? "is" : "are"} in one segment with another interface`;
  return withWays(topology, ways, `Unplug ${listed(locals)} of ${firewall.name}, ${why}`, (board) => unplug(board, firewall, leaving));
}

function unplug(board: Board, firewall: Firewall, interfaces: readonly End[]): void {
  for (const end of interfaces) for (const field of ["portGroup", "physicalSwitch", "vlan"]) board.remove(["firewalls", firewall.id, "interfaces", localOf(end), field]);
}

function withWays(topology: Topology, ways: readonly Way[], title: string, change: (board: Board) => unknown): FixCandidate[] {
  const close = ways.length === 0 ? "" : `; close the way through ${listed(ownersOf(ways))}`;
  return (ways.length === 0 ? (["to"] as const) : (["to", "from"] as const)).flatMap((side) =>
    candidate(topology, `${title}${close}${side === "to" ? "" : ", at its other end"}`, (board) => {
      if (change(board) === false) return false;
      closeDoors(board, ways, side);
      return true;
    }));
}

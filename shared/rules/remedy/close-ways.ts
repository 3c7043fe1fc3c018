/** Closes ways that machines on several segments, and routers that deny nothing by default, open between two segments. */
import { record, type Topology } from "../../model/topology";
import type { Segment } from "../../network/types";
import { listed } from "../phrase";
import type { FixCandidate } from "../rule";
import type { Door, SideDoors } from "../side-doors";
import { localOf } from "../workload";
import { candidate, type Board } from "./board";

/** A way between two segments and the doors that it takes, in order. */
export interface Way {
  readonly from: Segment;
  readonly to: Segment;
  readonly doors: readonly Door[];
}

/** So many doors are closed at once. */
const MOST_DOORS = 32;

/** Every way between the pairs of segments: the shortest, then what is left once its doors are closed. */
export function waysBetween(doors: SideDoors, pairs: readonly (readonly [from: Segment, to: Segment])[]): Way[] {
  const closed = new Set<Door>();
  const ways: Way[] = [];
  for (const [from, to] of pairs) {
    if (from === to || doors.zoneOf(from) !== doors.zoneOf(to)) continue;
    for (let way = doors.way(from, to, closed); way.length > 0 && closed.size < MOST_DOORS; way = doors.way(from, to, closed)) {
      ways.push({ from, to, doors: way });
      for (const door of way) closed.add(door);
    }
  }
  return ways;
}

/** Candidates: VMs lose the adapter on the far side, or that on the near side; routers deny by default. */
export function closeWays(topology: Topology, ways: readonly Way[]): FixCandidate[] {
  return (["to", "from"] as const).flatMap((side) =>
    candidate(topology, `Close the way through ${listed(ownersOf(ways))}${side === "to" ? "" : ", at its other end"}`, (board) => closeDoors(board, ways, side)));
}

/** Whose doors the ways take, each once. */
export function ownersOf(ways: readonly Way[]): string[] {
  return [...new Set(ways.flatMap((way) => way.doors.map(({ owner }) => owner)))];
}

export function closeDoors(board: Board, ways: readonly Way[], side: "to" | "from"): void {
  const doors = new Map(ways.flatMap((way) => way.doors.map((door) => [door.owner, { door, way }] as const)));
  for (const { door, way } of doors.values()) {
    if (door.kind === "router") board.set(["routers", door.owner, "defaultAction"], "deny");
    else for (const nic of nicsIn(board.topology, door, way[side], way)) board.set(["vms", door.owner, "nics", nic, "connected"], false);
  }
}

/** The adapters of the VM in the segment; where the way goes on through others, all but its first. */
function nicsIn(topology: Topology, door: Door, segment: Segment, { from }: Way): string[] {
  const owner = record(topology, "vms", door.owner);
  const inside = segment.ends.filter((end) => end.owner === door.owner).map(localOf);
  if (inside.length > 0) return inside;
  const near = new Set(from.ends.filter((end) => end.owner === door.owner).map(localOf));
  return Object.keys(owner?.nics ?? {}).filter((nic, index) => (near.size > 0 ? !near.has(nic) : index > 0));
}

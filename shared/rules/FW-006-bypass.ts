import { parseCidr, rangesOverlap, type Cidr } from "../model/address";
import { compareIds, entries, record, type Topology } from "../model/topology";
import type { End, Segment } from "../network/types";
import { byHand, listed } from "./phrase";
import { candidate } from "./remedy/board";
import { closeDoors, closeWays, ownersOf, waysBetween, type Way } from "./remedy/close-ways";
import type { Draft, FixCandidate, IsolationRule, RuleContext } from "./rule";
import { SideDoors, type Door } from "./side-doors";
import { localOf } from "./workload";

export const fw006: IsolationRule = {
  id: "FW-006",
  title: "Traffic bypasses the firewall that should carry it",
  severity: "high",
  threat: "A firewall that traffic can go around is no boundary: what its rules deny takes the other way.",
  condition: "From a segment at one interface of a firewall there is a way to a segment at another interface that goes through no firewall: they are one segment, or a router that denies nothing by default, a VM that forwards, or "
    + "(under the hostile guest) a VM on several segments leads there; and there are machines or networks on both sides. Medium where jump hosts are the only way. Identified by the firewall.",
  fix: "Remove the way around: disconnect the adapter, unplug or close the router, or let the networks use the firewall as their only gateway.",
  commands: [],
  references: ["NIST SP 800-53r5 SC-7, SC-7(18)", "PCI DSS 4.0.1 1.4.1", "MITRE ATT&CK T1599"],
  caveats: "Two firewalls side by side count as one: a way through another firewall is none around. Whether a firewall opens when it fails is not in the document.",
  check(context) {
    const firewalls = entries(context.topology, "firewalls");
    if (firewalls.length === 0) return [];
    const doors = new SideDoors(context.topology, context.network);
    return firewalls.flatMap(([id, { name }]) => inspect(context, doors, id, name));
  },
};

/** An interface of the firewall with a segment that it is in. */
interface Side {
  readonly end: End;
  readonly segment: Segment;
}

interface Bypass {
  readonly from: Side;
  readonly to: Side;
  readonly doors: readonly Door[];
}

function inspect({ topology, network: { layer2 } }: RuleContext, doors: SideDoors, id: string, name: string): Draft[] {
  const sides = layer2.endsOf(id).flatMap((end) => layer2.segmentsOf(end).map((segment): Side => ({ end, segment })));
  const bypasses = findBypasses(doors, id, sides);
  const [first] = bypasses;
  if (first === undefined) return [];
  const used = [...new Set(bypasses.flatMap((bypass) => bypass.doors.map((door) => door.owner)))].sort(compareIds);
  const jumpHosts = bypasses.every((bypass) => bypass.doors.some((door) => record(topology, "vms", door.owner)?.role === "jump-host"));
  const shared = new Set(bypasses.filter((bypass) => bypass.doors.length === 0).map(({ to }) => to.segment));
  const idle = [...shared].map((segment) => idleOf(sides.filter((side) => side.segment === segment)));
  return [{
    key: id,
    severity: jumpHosts ? "medium" : "high",
    title: `There is a way around ${name}`,
    subjects: [id, ...used],
    detail: `${listed(bypasses.map(describe))}.${idle.includes(undefined) ? byHand(`${name} has two interfaces in one segment, and which of them belongs elsewhere only its owner knows`) : ""}`,
    fixes: () => {
      if (idle.includes(undefined)) return [];
      const peopled = sides.filter(({ segment }) => isPeopled(segment, id));
      const ways = waysBetween(doors, peopled.flatMap((from, index) => peopled.slice(index + 1).flatMap((to) => (from.end === to.end ? [] : [[from.segment, to.segment] as const]))));
      return idle.length > 0 ? unplug(topology, id, name, [...new Set(idle.flatMap((some) => some ?? []))], ways) : closeWays(topology, ways);
    },
  }];
}

function unplug(topology: Topology, firewall: string, name: string, locals: readonly string[], ways: readonly Way[]): FixCandidate[] {
  const segments = locals.length === 1 ? "its segment has" : "their segments have";
  const close = ways.length === 0 ? [] : [`close the way through ${listed(ownersOf(ways))}`];
  return (close.length === 0 ? (["to"] as const) : (["to", "from"] as const)).flatMap((side) =>
    candidate(topology, [`Unplug ${listed(locals)} of ${name}, in whose subnet ${segments} no address`, ...close.map((text) => `${text}${side === "to" ? "" : ", at its other end"}`)].join("; "), (board) => {
      for (const local of locals) for (const field of ["portGroup", "physicalSwitch", "vlan"]) board.remove(["firewalls", firewall, "interfaces", local, field]);
      closeDoors(board, ways, side);
    }));
}

/** Of the interfaces in one segment those in whose subnet nobody there has an address, by name, if somebody has one in that of the only other. */
function idleOf(inside: readonly Side[]): string[] | undefined {
  const idle = inside.filter(isIdle).map(({ end }) => localOf(end));
  return idle.length === inside.length - 1 ? idle : undefined;
}

function isIdle({ end, segment }: Side): boolean {
  const own = blocksOf(end);
  return own.length > 0 && !segment.ends.some((other) => other.kind !== "interface" && blocksOf(other).some((block) => own.some((subnet) => rangesOverlap(block, subnet))));
}

function blocksOf({ addresses }: End): Cidr[] {
  return addresses.map(parseCidr).filter((block) => block !== undefined);
}

/** For each interface one way to another that is in its zone, if there is one inside its segment then that; of those with somebody on both sides. */
function findBypasses(doors: SideDoors, firewall: string, sides: readonly Side[]): Bypass[] {
  const byZone = new Map<number, Side>();
  const bySegment = new Map<Segment, Side>();
  const found: Bypass[] = [];
  for (const side of sides) {
    if (!isPeopled(side.segment, firewall)) continue;
    const zone = doors.zoneOf(side.segment);
    const near = bySegment.get(side.segment);
    const before = near !== undefined && near.end !== side.end ? near : byZone.get(zone);
    if (!bySegment.has(side.segment)) bySegment.set(side.segment, side);
    if (before === undefined) byZone.set(zone, side);
    else if (before.end !== side.end) found.push({ from: before, to: side, doors: before.segment === side.segment ? [] : doors.way(before.segment, side.segment) });
  }
  return found;
}

/** Whether there is anybody besides routers and firewalls. */
function isPeopled({ ends }: Segment, firewall: string): boolean {
  return ends.some((end) => end.kind !== "interface" && end.owner !== firewall);
}

function describe({ from, to, doors }: Bypass): string {
  const way = `from ${localOf(from.end)} (${from.segment.id}) to ${localOf(to.end)} (${to.segment.id})`;
  return doors.length === 0 ? `${localOf(from.end)} and ${localOf(to.end)} are in one segment, ${to.segment.id}` : `${listed(doors.map((door) => door.owner))} ${doors.length === 1 ? "leads" : "lead"} ${way} past it`;
}

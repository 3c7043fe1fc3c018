import { compareIds, entries, record } from "../model/topology";
import type { End, Segment } from "../network/types";
import { listed } from "./phrase";
import { closeWays, waysBetween } from "./remedy/close-ways";
import { partInterfaces } from "./remedy/part-interfaces";
import type { Draft, IsolationRule, RuleContext } from "./rule";
import { SideDoors, type Door } from "./side-doors";
import { localOf } from "./workload";

export const fw006: IsolationRule = {
  id: "FW-006",
  title: "Traffic bypasses the firewall that should carry it",
  severity: "high",
  threat: "A firewall that traffic can go around is no boundary: what its rules deny takes the other way.",
  condition: "From a segment at one interface of a firewall there is a way to a segment at another interface that goes through no firewall: they are one segment, or a router that denies nothing by default, a VM that forwards, or "
    + "(under the hostile guest) a VM on several segments leads there; and there are machines or networks on both sides. Medium where jump hosts are the only way. Identified by the firewall.",
  fix: "Remove the way around: disconnect the adapter, unplug or close the router, or let the networks use the firewall as their only gateway. Two interfaces in one segment: a VLAN of its own for "
    + "one of them and those in its subnet, or unplug it.",
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
  const crowded = [...shared].map((segment) => ({ segment, interfaces: sides.filter((side) => side.segment === segment).map(({ end }) => end) }));
  return [{
    key: id,
    severity: jumpHosts ? "medium" : "high",
    title: `There is a way around ${name}`,
    subjects: [id, ...used],
    detail: `${listed(bypasses.map(describe))}.`,
    fixes: () => {
      const peopled = sides.filter(({ segment }) => isPeopled(segment, id));
      const ways = waysBetween(doors, peopled.flatMap((from, index) => peopled.slice(index + 1).flatMap((to) => (from.end === to.end ? [] : [[from.segment, to.segment] as const]))));
      return crowded.length > 0 ? partInterfaces(topology, { id, name }, crowded, ways) : closeWays(topology, ways);
    },
  }];
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

/** The absent fields on which an unknown verdict rests, as JSON paths. */
import { jsonPath } from "../model/path";
import { compareIds } from "../model/topology";
import type { Fabric } from "./fabric";
import type { Port } from "./forwarders";
import type { Shield } from "./management-firewall";
import type { Membership } from "./membership";
import type { Neighbourhoods } from "./neighbourhoods";
import type { NextHops } from "./next-hop";
import type { Spots } from "./spots";
import type { End, Layer2 } from "./types";
import { NO_DOUBTS, type Doubts } from "./verdicts";

export interface MissingParts {
  readonly layer2: Layer2;
  readonly fabric: Fabric;
  readonly spots: Spots;
  readonly neighbourhoods: Neighbourhoods;
  readonly hops: NextHops;
  readonly membership: Membership;
  readonly shields: ReadonlyMap<string, Shield>;
}

/** Sorted JSON paths for a pair of parties given by their ends. */
export function missingFields(parts: MissingParts, from: readonly End[], to: readonly End[], doubts: Doubts, tenants: readonly string[]): string[] {
  const paths = new Set<string>(doubts.tenant ? tenants : []);
  if (doubts.shield) {
    for (const end of to) {
      const path = parts.shields.get(end.owner)?.missing(end.owner);
      if (path !== undefined) paths.add(path);
    }
  }
  const unaddressed = [...(doubts.sources ? from : []), ...(doubts.targets ? to : [])];
  for (const end of unaddressed) if (parts.membership.of(end).addresses === undefined) paths.add(`${end.path}.addresses`);
  // A VM answers for the addresses of its other vNICs, too.
  for (const { owner, vm } of doubts.targets ? to : []) {
    for (const [local, { addresses }] of Object.entries(vm?.nics ?? {})) if (addresses === undefined) paths.add(jsonPath("vms", owner, "nics", local, "addresses"));
  }
  if (doubts.links) {
    const links = from.flatMap((source) => to.flatMap((target) => [...ofLinks(parts, source, target)]));
    const bridged = links.length > 0 ? links : from.flatMap((source) => to.flatMap((target) => ofBridges(parts, source, target)));
    const around = bridged.length > 0 ? bridged : [...from, ...to].flatMap((end) => ofNeighbours(parts, end));
    // Segments may be one beyond a cable though no frame comes back by it: who is there may take over addresses.
    for (const path of around.length > 0 ? around : parts.layer2.missingBeyond([...from, ...to])) paths.add(path);
  }
  return [...paths].sort(compareIds);
}

/** Sorted JSON paths for all pairs of the parties of two groups, each given by its ends; those that differ in nothing but their ids are one way. */
export function missingBetween(parts: MissingParts, from: readonly (readonly End[])[], to: readonly (readonly End[])[], doubts: Doubts): string[] {
  const paths = new Set(missingFields(parts, from.flat(), to.flat(), { ...doubts, links: false }, []));
  if (doubts.links) {
    const links: Doubts = { ...NO_DOUBTS, links: true };
    for (const source of pluggedApart(parts, from)) for (const target of pluggedApart(parts, to)) for (const path of missingFields(parts, source, target, links, [])) paths.add(path);
  }
  return [...paths].sort(compareIds);
}

/** One party of each combination of port groups and layer 2 classes: the others rest on the same fields. */
function pluggedApart({ layer2 }: MissingParts, parties: readonly (readonly End[])[]): Iterable<readonly End[]> {
  if (parties.length < 2) return parties;
  return new Map(parties.map((ends) => [ends.map((end) => `${layer2.classOf(end).index} ${end.portGroup ?? end.id}`).join(), ends])).values();
}

/** Fields of the doubtful hops between two ends: the direct one, or else all on the ways over forwarders. */
function ofLinks({ layer2, fabric, spots, hops }: MissingParts, from: End, to: End): Set<string> {
  const paths = new Set<string>();
  const add = (a: End, b: End): void => {
    for (const path of layer2.missing(a, b)) paths.add(path);
  };
  if (layer2.mayHear(from, to)) {
    add(from, to);
    return paths;
  }
  const reached = closure(fabric.surroundings(spots.of(from), "open").mutual.ports, fabric);
  const useful = closure(fabric.surroundings(spots.of(to), "open").mutual.ports, fabric);
  const both = (a: End, b: End): void => {
    if (layer2.mayHear(a, b)) add(a, b);
    if (layer2.mayHear(b, a)) add(b, a);
  };
  for (const port of reached) {
    if (!useful.has(port)) continue;
    for (const path of port.forwarder.missing) paths.add(path);
    // It may forward because its segments, which look alike, differ beyond ports that are unknown.
    if (port.forwarder.openOnly && port.forwarder.missing.length === 0) {
      const own = layer2.classOf(port.end);
      for (const { ends: [other] } of [...layer2.mayHearers(own), ...layer2.maySenders(own)]) if (other !== undefined) both(port.end, other);
    }
    for (const next of fabric.beyond(port, "open").mutual.ports) if (useful.has(next)) both(port.end, next.end);
  }
  for (const [end, leading] of [[from, useful], [to, reached]] as const) {
    if (end.kind !== "external") for (const port of hops.unaddressedAround(spots.of(end))) if (leading.has(port)) paths.add(`${port.end.path}.addresses`);
  }
  for (const port of fabric.surroundings(spots.of(from), "open").mutual.ports) if (useful.has(port)) both(from, port.end);
  for (const port of fabric.surroundings(spots.of(to), "open").mutual.ports) if (reached.has(port)) both(port.end, to);
  return paths;
}

/** Fields of the doubtful hops over transparent firewalls alone, as frames go: one way is enough. */
function ofBridges({ layer2, fabric, spots }: MissingParts, from: End, to: End): string[] {
  const [first, last] = [fabric.surroundings(spots.of(from), "open").into.ports, fabric.surroundings(spots.of(to), "open").outOf.ports];
  const entered = new Set(first);
  for (const port of entered) for (const exit of fabric.exits(port)) for (const next of fabric.beyond(exit, "open").into.ports) entered.add(next);
  const left = new Set(last);
  for (const port of left) for (const enter of fabric.exits(port)) for (const before of fabric.beyond(enter, "open").outOf.ports) left.add(before);
  const useful = [...entered].filter((port) => fabric.exits(port).some((exit) => left.has(exit)));
  return useful.flatMap((enter) => [
    ...(first.includes(enter) ? layer2.missing(from, enter.end) : []),
    ...fabric.exits(enter).flatMap((exit) => [
      ...(last.includes(exit) ? layer2.missing(exit.end, to) : []),
      ...fabric.beyond(exit, "open").into.ports.filter((next) => useful.includes(next)).flatMap((next) => layer2.missing(exit.end, next.end)),
    ]),
  ]);
}

/** Fields by which others are in the end's segment, or in one that transparent firewalls join to it, so that it takes over their addresses. */
function ofNeighbours({ layer2, fabric, spots, neighbourhoods }: MissingParts, end: End): string[] {
  const spot = spots.of(end);
  const others = new Set(neighbourhoods.possible(spot).filter(({ addresses }) => addresses.length > 0));
  if (others.size === 0) return [];
  for (const { forwarder, end: port } of fabric.ports) if (forwarder.transparent) others.add(port);
  return [end, ...neighbourhoods.sides(spot)].flatMap((side) => [...others].flatMap((other) => [...layer2.missing(side, other), ...layer2.missing(other, side)]));
}

/** Every port that packets may get to from these, whatever the filters say; hops are two-way, so also the ports that they may come from. */
function closure(start: readonly Port[], fabric: Fabric): Set<Port> {
  const seen = new Set(start);
  for (const port of seen) {
    for (const exit of port.forwarder.ports) {
      seen.add(exit);
      for (const next of fabric.beyond(exit, "open").mutual.ports) seen.add(next);
    }
  }
  return seen;
}

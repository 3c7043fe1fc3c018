/** What was heard, and what follows from it: who can exchange packets, and which ends share a segment. */
import { entries, type Topology } from "../../shared/model/topology";
import type { Heard } from "./driver";
import { vlanWith } from "./ports";
import type { Station } from "./stations";

export class Air {
  /** `a>b` where a frame that is neither IP nor ARP got from a to b. */
  private readonly frames = new Set<string>();
  /** The tag with which `a` best reaches `b`, by `a>b`: past transparent firewalls if it can. ARP crosses those too. */
  private readonly tags = new Map<string, number>();
  /** `a>b` where ARP passes both ways with the tags that the two use: directly, or over transparent firewalls. */
  private readonly arp = new Set<string>();
  private readonly bridged: Segments;
  private readonly joined: Segments;

  /** @param teams switch instances with several uplinks, as stations name where they are */
  constructor(heard: readonly Heard[], stations: readonly Station[], teams: ReadonlySet<string>) {
    // Frames first, then ARP; without a tag if possible, for routers work in the kernel and take no others.
    for (const [from, tag, to, , arp] of [...heard].sort((a, b) => a[4] - b[4] || a[1] - b[1])) {
      const key = `${from}>${to}`;
      if (arp === 0) this.frames.add(key);
      if (!this.tags.has(key)) this.tags.set(key, tag);
    }
    for (const [from, tag, to, tagHeard, arp] of heard) {
      if (arp === 1 && this.tags.get(`${from}>${to}`) === tag && this.tags.get(`${to}>${from}`) === tagHeard) this.arp.add(`${from}>${to}`);
    }
    this.bridged = new Segments(heard.filter(([, , , , arp]) => arp === 0), stations, teams);
    this.joined = new Segments(heard.filter(([, , , , arp]) => arp === 1), stations, teams);
  }

  hearsFrames(from: Station, to: Station): boolean {
    return this.frames.has(`${from.index}>${to.index}`);
  }

  hears(from: Station, to: Station): boolean {
    return this.tags.has(`${from.index}>${to.index}`);
  }

  /** Two-way layer 2, which every hop needs: by frames both ways, or over transparent firewalls both ways, also where frames get through directly one way. */
  mutual(a: Station, b: Station): boolean {
    if (!this.hears(a, b) || !this.hears(b, a)) return false;
    return this.hearsFrames(a, b) === this.hearsFrames(b, a) || (this.arp.has(`${a.index}>${b.index}`) && this.arp.has(`${b.index}>${a.index}`));
  }

  /** [from, to, tag] for every pair that exchanges packets. */
  orders(): [number, number, number][] {
    return [...this.tags].map(([key, tag]) => {
      const [from = 0, to = 0] = key.split(">").map(Number);
      return [from, to, tag];
    });
  }

  /** Ends in some segment with this one, transparent firewalls counted in, itself too. */
  neighbours(station: Station): Set<number> {
    return new Set(station.port.twoWay.flatMap((tag) => this.joined.of(station, tag)));
  }

  /** How many segments the ends take part in, counted as different where different ends are in them. */
  places(ends: readonly Station[]): number {
    return new Set(ends.flatMap((end) => end.port.twoWay.map((tag) => this.bridged.of(end, tag).join()))).size;
  }
}

/**
 * Legs (an end with a tag) that hear one another, directly or by way of others, and isolated ports in one VLAN of one switch, which need
 * nobody else there to be in one segment. A leg on a team of uplinks may be in several segments which are not joined by that.
 */
class Segments {
  private readonly parent = new Map<string, string>();
  private readonly members = new Map<string, Set<number>>();
  /** By leg on a team: legs of others that it exchanges frames with. */
  private readonly peers = new Map<string, Set<string>>();

  constructor(heard: readonly Heard[], stations: readonly Station[], private readonly teams: ReadonlySet<string>) {
    const teamed = new Set(stations.filter(({ at }) => teams.has(at)).map(({ index }) => index));
    for (const [a, b] of [...mutualLegs(heard, stations), ...isolatedLegs(stations)]) {
      const [left, right] = [teamed.has(a[0]), teamed.has(b[0])];
      if (left === right) this.parent.set(this.root(legOf(...a)), this.root(legOf(...b)));
      else if (left) this.meet(legOf(...a), legOf(...b));
      else this.meet(legOf(...b), legOf(...a));
    }
    for (const station of stations) for (const tag of station.port.twoWay) for (const root of this.roots(station, tag)) this.enlist(root, station.index);
  }

  of(station: Station, tag: number): number[] {
    const ends = this.roots(station, tag).flatMap((root) => [...(this.members.get(root) ?? [])]);
    return [...new Set(ends)].sort((a, b) => a - b);
  }

  /** Those of single cables that the leg is in; if it is in none, that of the teams that it hears. */
  private roots({ index, at }: Station, tag: number): string[] {
    const leg = legOf(index, tag);
    const peers = this.teams.has(at) ? this.peers.get(leg) : undefined;
    return peers === undefined ? [this.root(leg)] : [...new Set([...peers].map((peer) => this.root(peer)))];
  }

  private meet(leg: string, peer: string): void {
    const known = this.peers.get(leg);
    if (known === undefined) this.peers.set(leg, new Set([peer]));
    else known.add(peer);
  }

  private enlist(root: string, index: number): void {
    const ends = this.members.get(root);
    if (ends === undefined) this.members.set(root, new Set([index]));
    else ends.add(index);
  }

  private root(leg: string): string {
    let at = leg;
    for (let up = this.parent.get(at); up !== undefined && up !== at; up = this.parent.get(at)) at = up;
    return at;
  }
}

type Leg = readonly [index: number, tag: number];

function legOf(index: number, tag: number): string {
  return `${index}/${tag}`;
}

function* mutualLegs(heard: readonly Heard[], stations: readonly Station[]): Generator<readonly [Leg, Leg]> {
  const known = new Set(heard.map(([from, tag, to, tagHeard]) => `${from}/${tag}>${to}/${tagHeard}`));
  const pairs = new Set(heard.map(([from, , to]) => `${from}>${to}`));
  // A port of a private VLAN is in the segment of its primary, though it sends in another VLAN than it hears.
  const inPrivate = new Set(stations.filter(({ port }) => port.adaptor?.sends.length === 1).map(({ index }) => index));
  for (const [from, tag, to, tagHeard] of heard) {
    const mutual = inPrivate.has(to) ? pairs.has(`${to}>${from}`) : known.has(`${to}/${tagHeard}>${from}/${tag}`);
    if (mutual) yield [[from, tag], [to, tagHeard]];
  }
}

/** Isolated ports that do not hear one another though they are in one VLAN of one switch: each with the first. */
function isolatedLegs(stations: readonly Station[]): (readonly [Leg, Leg])[] {
  const first = new Map<string, Leg>();
  return stations.filter(({ isolated }) => isolated).flatMap(({ index, at, port }) => port.twoWay.flatMap((tag) => {
    const place = `${at} ${vlanWith(port, tag)}`;
    const known = first.get(place);
    if (known === undefined) first.set(place, [index, tag]);
    return known === undefined ? [] : [[known, [index, tag]] as const];
  }));
}

/** Switch instances with several uplinks, as stations name where they are. */
export function teamsOf(topology: Topology): Set<string> {
  const uplinks = entries(topology, "uplinks").map(([, { virtualSwitch, hypervisor }]) => `${virtualSwitch}@${hypervisor}`);
  return new Set(uplinks.filter((at, index) => uplinks.indexOf(at) !== index));
}

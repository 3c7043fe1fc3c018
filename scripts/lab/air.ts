/** What was heard, and what follows from it: who can exchange packets, and which ends share a segment. */
import type { Heard } from "./driver";
import type { Station } from "./stations";

export class Air {
  /** `a>b` where a frame that is neither IP nor ARP got from a to b. */
  private readonly frames = new Set<string>();
  /** The tag with which `a` best reaches `b`, by `a>b`: past transparent firewalls if it can. ARP crosses those too. */
  private readonly tags = new Map<string, number>();
  private readonly bridged: Segments;
  private readonly joined: Segments;

  constructor(heard: readonly Heard[], stations: readonly Station[]) {
    // Frames first, then ARP; without a tag if possible, for routers work in the kernel and take no others.
    for (const [from, tag, to, , arp] of [...heard].sort((a, b) => a[4] - b[4] || a[1] - b[1])) {
      const key = `${from}>${to}`;
      if (arp === 0) this.frames.add(key);
      if (!this.tags.has(key)) this.tags.set(key, tag);
    }
    this.bridged = new Segments(heard.filter(([, , , , arp]) => arp === 0), stations);
    this.joined = new Segments(heard.filter(([, , , , arp]) => arp === 1), stations);
  }

  hearsFrames(from: Station, to: Station): boolean {
    return this.frames.has(`${from.index}>${to.index}`);
  }

  hears(from: Station, to: Station): boolean {
    return this.tags.has(`${from.index}>${to.index}`);
  }

  mutual(a: Station, b: Station): boolean {
    return this.hears(a, b) && this.hears(b, a);
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

/** Legs (an end with a tag) that hear one another, directly or by way of others. */
class Segments {
  private readonly parent = new Map<string, string>();
  private readonly members = new Map<string, Set<number>>();

  constructor(heard: readonly Heard[], stations: readonly Station[]) {
    const known = new Set(heard.map(([from, tag, to, tagHeard]) => `${from}/${tag}>${to}/${tagHeard}`));
    const pairs = new Set(heard.map(([from, , to]) => `${from}>${to}`));
    // A port of a private VLAN is in the segment of its primary, though it sends in another VLAN than it hears.
    const inPrivate = new Set(stations.filter(({ port }) => port.adaptor?.sends.length === 1).map(({ index }) => index));
    for (const [from, tag, to, tagHeard] of heard) {
      const mutual = inPrivate.has(to) ? pairs.has(`${to}>${from}`) : known.has(`${to}/${tagHeard}>${from}/${tag}`);
      if (mutual) this.parent.set(this.root(`${from}/${tag}`), this.root(`${to}/${tagHeard}`));
    }
    for (const { index, port } of stations) {
      for (const tag of port.twoWay) {
        const root = this.root(`${index}/${tag}`);
        const ends = this.members.get(root);
        if (ends === undefined) this.members.set(root, new Set([index]));
        else ends.add(index);
      }
    }
  }

  of({ index }: Station, tag: number): number[] {
    return [...(this.members.get(this.root(`${index}/${tag}`)) ?? [])].sort((a, b) => a - b);
  }

  private root(leg: string): string {
    let at = leg;
    for (let up = this.parent.get(at); up !== undefined && up !== at; up = this.parent.get(at)) at = up;
    return at;
  }
}

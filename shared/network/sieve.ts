/**
 * Which hosts a host might get packets to, cheaply and never too few: a default deny leaves few pairs that are worth walking.
 *
 * Hosts are bits. Every forwarder is asked once per sender which receivers some rule of its lets through at all, whatever the service
 * and the interface; the answer is walked from forwarder to forwarder. Absent fields are taken at their worst.
 */
import { addAll, and, emptyBits, hasBit, setBit, type Bits } from "./bits";
import type { Guard } from "./distributed";
import type { Fabric } from "./fabric";
import type { Filter } from "./filters";
import type { Forwarder } from "./forwarders";
import type { Candidate, Host } from "./hosts";
import type { Label } from "./labels";
import type { Spot, Spots } from "./spots";

export interface SieveParts {
  readonly fabric: Fabric;
  readonly spots: Spots;
  readonly guards: { readonly all: readonly Guard[] };
}

export class Sieve {
  private readonly everyone: Bits;
  private readonly byAddress = new Map<Label, Bits>();
  private readonly byIdentity = new Map<Label, Bits>();
  private readonly unguarded = new Map<Guard, Bits>();
  private readonly opened = new Map<readonly Label[], Bits>();
  private readonly around: (Bits | undefined)[] = [];
  private readonly neighbours: (readonly Forwarder[] | undefined)[] = [];
  private readonly atSpot: Host[][] = [];

  constructor(private readonly parts: SieveParts, private readonly hosts: readonly Host[]) {
    this.everyone = emptyBits(hosts.length);
    for (const host of hosts) {
      setBit(this.everyone, host.index);
      (this.atSpot[host.spot.index] ??= []).push(host);
      for (const label of host.identity.labels) this.mark(this.byIdentity, label, host);
      for (const { address } of candidatesOf(host, host.targets)) for (const label of address.may) this.mark(this.byAddress, label, host);
    }
  }

  /** Hosts that packets of `from` might get to over forwarders. */
  targets(from: Host): Host[] {
    const reached = emptyBits(this.hosts.length);
    const start = this.pastGuards(from);
    const arrived: Bits[] = [];
    const waiting = [...this.forwardersAt(from.spot)];
    for (const forwarder of waiting) arrived[forwarder.index] = start.slice();
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      const here = arrived[at.index] ?? start;
      const out = at.filter === undefined ? here : and(here, this.pastFilter(at.filter, from));
      addAll(reached, and(out, this.hostsAround(at)));
      for (const next of this.nextTo(at)) {
        if (addAll((arrived[next.index] ??= emptyBits(this.hosts.length)), out) && !waiting.includes(next)) waiting.push(next);
      }
    }
    return this.hosts.filter(({ index }) => hasBit(reached, index));
  }

  private mark(members: Map<Label, Bits>, label: Label, { index }: Host): void {
    let bits = members.get(label);
    if (bits === undefined) members.set(label, (bits = emptyBits(this.hosts.length)));
    setBit(bits, index);
  }

  /** Receivers that some rule of an appliance may let through. */
  private pastFilter(filter: Filter, from: Host): Bits {
    return this.openTo(filter, from, (label) => this.byAddress.get(label));
  }

  private pastGuards(from: Host): Bits {
    let bits = this.everyone;
    for (const guard of this.parts.guards.all) {
      const open = this.openTo(guard.filter, from, (label) => (guard.filter.seesIdentity(label) ? this.byIdentity : this.byAddress).get(label));
      bits = and(bits, from.guards.includes(guard) ? open : or(open, this.unguardedBy(guard)));
    }
    return bits;
  }

  private openTo(filter: Filter, from: Host, members: (label: Label) => Bits | undefined): Bits {
    const bits = emptyBits(this.hosts.length);
    for (const { address } of candidatesOf(from, from.sources)) {
      const labels = filter.openTo({ identity: from.identity, address });
      if (labels === "any") return this.everyone;
      let known = this.opened.get(labels);
      if (known === undefined) {
        known = emptyBits(this.hosts.length);
        for (const label of labels) addAll(known, members(label) ?? known);
        this.opened.set(labels, known);
      }
      addAll(bits, known);
    }
    return bits;
  }

  private unguardedBy(guard: Guard): Bits {
    let bits = this.unguarded.get(guard);
    if (bits === undefined) {
      bits = emptyBits(this.hosts.length);
      for (const host of this.hosts) if (!host.guards.includes(guard)) setBit(bits, host.index);
      this.unguarded.set(guard, bits);
    }
    return bits;
  }

  private forwardersAt(spot: Spot): Set<Forwarder> {
    const { mutual, into } = this.parts.fabric.surroundings(spot, "open");
    return new Set([...mutual.ports, ...into.ports].map(({ forwarder }) => forwarder));
  }

  private nextTo(forwarder: Forwarder): readonly Forwarder[] {
    return (this.neighbours[forwarder.index] ??= [...new Set(forwarder.ports.flatMap((port) => [...this.forwardersAt(this.parts.spots.of(port.end))]))]);
  }

  private hostsAround(forwarder: Forwarder): Bits {
    let bits = this.around[forwarder.index];
    if (bits === undefined) {
      this.around[forwarder.index] = bits = emptyBits(this.hosts.length);
      for (const port of forwarder.ports) {
        for (const spot of this.parts.spots.hearers(this.parts.spots.of(port.end), "open")) for (const { index } of this.atSpot[spot.index] ?? []) setBit(bits, index);
      }
    }
    return bits;
  }
}

/** Every address that the host may use at worst. */
function candidatesOf(host: Host, own: readonly Candidate[]): readonly Candidate[] {
  return [...own, ...host.forged, ...host.perhapsForged, ...(host.unknown === undefined ? [] : [host.unknown])];
}

function or(a: Bits, b: Bits): Bits {
  const both = a.slice();
  addAll(both, b);
  return both;
}

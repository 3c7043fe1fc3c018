/** The pairs of the matrix: only those between which something passes, or which are unknown. */
import { compareIds } from "../model/topology";
import type { Host } from "./hosts";
import type { Kernel } from "./kernel";
import type { Parties, PartyClass } from "./parties";
import { Sieve } from "./sieve";
import type { Pair, Party } from "./types";
import { isListed, type Answer } from "./verdicts";

/** All listed pairs, by `from`, then `to`. Classes that no frame and no forwarder joins are never looked at. */
export function listPairs(
  kernel: Kernel,
  parties: Parties,
  ask: (from: PartyClass, to: PartyClass) => Answer,
  describe: (from: Party, to: Party, answer: Answer) => Pair,
): readonly Pair[] {
  const near = new Vicinity(kernel, parties);
  const targets = new Map<PartyClass, { readonly party: Party; readonly answer: Answer }[]>();
  const pairs: Pair[] = [];
  for (const from of parties.all) {
    const own = parties.classOf(from);
    let known = targets.get(own);
    if (known === undefined) {
      known = near.of(own).flatMap((to) => {
        const answer = ask(own, to);
        return isListed(answer) ? to.members.map((party) => ({ party, answer })) : [];
      });
      known.sort((a, b) => compareIds(a.party.id, b.party.id));
      targets.set(own, known);
    }
    for (const { party, answer } of known) if (party !== from) pairs.push(describe(from, party, answer));
  }
  return pairs;
}

/** Which party classes might exchange anything. */
class Vicinity {
  private readonly atHost: PartyClass[][] = [];
  private readonly hostsAt: Host[][] = [];
  private readonly sieve: Sieve;

  constructor(private readonly kernel: Kernel, parties: Parties) {
    for (const own of parties.classes) for (const host of own.hosts) (this.atHost[host.index] ??= []).push(own);
    const hosts = kernel.hosts.all;
    for (const host of hosts) (this.hostsAt[host.spot.index] ??= []).push(host);
    this.sieve = new Sieve(kernel, hosts);
  }

  of(own: PartyClass): PartyClass[] {
    const found = new Set<PartyClass>();
    for (const host of own.hosts) {
      // Frames are listed even where no IP passes.
      const heard = this.kernel.spots.hearers(host.spot, "open").flatMap((spot) => this.hostsAt[spot.index] ?? []);
      for (const near of [...heard, ...this.sieve.targets(host)]) for (const party of this.atHost[near.index] ?? []) found.add(party);
    }
    return [...found];
  }
}

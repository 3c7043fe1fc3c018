/** The pairs of the matrix: only those between which something passes, or which are unknown. */
import { compareIds } from "../model/topology";
import type { Kernel } from "./kernel";
import type { Parties, PartyClass } from "./parties";
import type { Spot } from "./spots";
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

/** Which party classes might exchange anything, filters aside and absent fields at their worst. */
class Vicinity {
  private readonly atSpot: PartyClass[][] = [];
  private readonly beyond = new Map<number, readonly Spot[]>();

  constructor(private readonly kernel: Kernel, parties: Parties) {
    for (const own of parties.classes) for (const { spot } of own.hosts) (this.atSpot[spot.index] ??= []).push(own);
  }

  of(own: PartyClass): PartyClass[] {
    const found = new Set<PartyClass>();
    for (const { spot } of own.hosts) {
      for (const other of [...this.kernel.spots.hearers(spot, "open"), ...this.overForwarders(spot)]) {
        for (const near of this.atSpot[other.index] ?? []) found.add(near);
      }
    }
    return [...found];
  }

  /** Spots to which some chain of forwarders leads, from the ports around the spot. */
  private overForwarders(spot: Spot): readonly Spot[] {
    const { fabric, spots } = this.kernel;
    const { mutual, into } = fabric.surroundings(spot, "open");
    const entry = fabric.set([...mutual.ports, ...into.ports.filter((port) => !mutual.ports.includes(port))]);
    let known = this.beyond.get(entry.id);
    if (known === undefined) {
      const left = new Set(entry.ports.flatMap(({ forwarder }) => forwarder.ports));
      for (const port of left) {
        const around = fabric.beyond(port, "open");
        for (const next of [...around.mutual.ports, ...around.into.ports]) for (const exit of next.forwarder.ports) left.add(exit);
      }
      known = [...new Set([...left].flatMap((port) => spots.hearers(spots.of(port.end), "open")))];
      this.beyond.set(entry.id, known);
    }
    return known;
  }
}

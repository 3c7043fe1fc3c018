/**
 * The attack graph: one graph of network reach and of all other ways out of a VM (section 6 of the semantics). Steps are not stored
 * pair by pair: those of the network come from the rows of the matrix, those of a finding from its sides, when somebody asks.
 */
import { compareIds, entries, type Topology } from "../model/topology";
import type { Evaluation } from "../analysis/evaluate";
import type { Channel, PlacementName } from "../analysis/result";
import type { PartyClass } from "../network/parties";
import type { Network } from "../network/compiled-network";
import type { Answer } from "../network/verdicts";
import type { Place } from "../rules/rule";
import { COSTS, PERMITTED } from "./costs";
import { Explanations } from "./explanations";
import { Openings } from "./openings";
import { split, type Step } from "./opening";

/** Places that a sender gets to alike. */
export interface Crowd {
  /** One object for equal lists. */
  readonly places: readonly Place[];
  readonly cost: number;
  /** Of the classes of the network. */
  readonly kind: number;
  step(to: Place): Step;
}

export class AttackGraph {
  readonly topology: Topology;
  readonly network: Network;
  readonly openings: Openings;
  private readonly explanations: Explanations;
  /** By class of parties. */
  private readonly places: (readonly Place[])[] = [];
  private crowdCounts: ReadonlyMap<number, number> | undefined;
  /** By hypervisor. */
  private readonly interfaces = new Map<string, string[]>();

  /** @param placement where VMs count as running */
  constructor(evaluation: Evaluation, placement: PlacementName = "drawn") {
    this.topology = evaluation.topology;
    this.network = evaluation.network;
    this.explanations = new Explanations(evaluation);
    this.openings = new Openings(evaluation, placement === "cluster");
    for (const [id, { hypervisor }] of entries(this.topology, "managementInterfaces")) this.interfaces.set(hypervisor, [...(this.interfaces.get(hypervisor) ?? []), id]);
  }

  /** The place of a party of the matrix; undefined for an external network, which nobody takes over. */
  placeOf(party: string): Place | undefined {
    const kind = this.network.party(party)?.kind;
    return kind === undefined || kind === "external" ? undefined : kind === "vm" ? `vm:${party}` : `management:${party}`;
  }

  /** The same for parties that reach the same others. */
  rowOf(party: string): PartyClass | undefined {
    const own = this.network.party(party);
    return own === undefined ? undefined : this.network.classOf(own);
  }

  /** The parties as which somebody at a place sends: a VM as itself, who has a hypervisor as its interfaces. To reach an interface is not to have it. */
  sendersAt(place: Place): readonly string[] {
    const [kind, id] = split(place);
    return kind === "vm" ? [id] : kind === "hypervisor" ? (this.interfaces.get(id) ?? []) : [];
  }

  /**
   * What a party sends to others, over packets, or over frames where no packet passes: at one cost to all of those who are alike; itself may be
   * among them.
   * @param isKindWanted false where whatever is sent to all of a kind at this cost is of no use
   */
  overNetwork(sender: string, isKindWanted?: (kind: number, cost: number) => boolean): readonly Crowd[] {
    const own = this.rowOf(sender);
    const found: Crowd[] = [];
    if (own === undefined) return found;
    this.network.eachAnswer(own, (to, answer) => {
      const way = wayOf(answer);
      const places = this.placesOf(to);
      if (way === undefined || places.length === 0) return;
      const { channel, cost } = way;
      found.push({ places, cost, kind: this.network.kindOf(to), step: (place) => ({ to: place, cost, channel, why: () => this.explanations.of(sender, split(place)[1], answer) }) });
    }, isKindWanted === undefined ? undefined : (kind, answer) => {
      const way = wayOf(answer);
      return way !== undefined && isKindWanted(kind, way.cost);
    });
    return found;
  }

  /** How many lists of places there are that `overNetwork` may lead to, by kind. */
  get crowds(): ReadonlyMap<number, number> {
    return (this.crowdCounts ??= this.countCrowds());
  }

  private countCrowds(): ReadonlyMap<number, number> {
    const counts = new Map<number, number>();
    for (const own of new Set(this.network.parties.map((party) => this.network.classOf(party)))) {
      const kind = this.network.kindOf(own);
      if (this.placesOf(own).length > 0) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
    return counts;
  }

  private placesOf(to: PartyClass): readonly Place[] {
    return (this.places[to.index] ??= to.members.flatMap(({ id }) => this.placeOf(id) ?? []));
  }
}

function wayOf({ services, oneWay, frames, verdict }: Answer): { readonly channel: Channel; readonly cost: number } | undefined {
  const channel: Channel | undefined = services.length > 0 ? "network" : frames === "both" ? "spoof" : oneWay.length > 0 || frames === "one" ? "inject" : undefined;
  return channel === undefined ? undefined : { channel, cost: COSTS[channel] + (verdict === "permitted" && channel === "network" ? PERMITTED : 0) };
}

export function comparePlaces(a: Place, b: Place): number {
  return compareIds(split(a)[1], split(b)[1]) || compareIds(a, b);
}

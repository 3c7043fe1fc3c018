/**
 * The attack graph: one graph of network reach and of all other ways out of a VM (section 6 of the semantics). Steps are not stored
 * pair by pair: those of the network come from the rows of the matrix, those of a finding from its sides, when somebody asks.
 */
import { compareIds, entries, type Topology } from "../model/topology";
import type { Evaluation } from "../analysis/evaluate";
import type { Channel, PlacementName } from "../analysis/result";
import type { PartyClass } from "../network/parties";
import type { Network } from "../network/types";
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
  step(to: Place): Step;
}

export class AttackGraph {
  readonly topology: Topology;
  readonly network: Network;
  readonly openings: Openings;
  private readonly explanations: Explanations;
  /** By class of parties. */
  private readonly places: (readonly Place[])[] = [];
  private crowdCount: number | undefined;
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

  /** What a party sends to others, over packets, or over frames where no packet passes: at one cost to all of those who are alike; itself may be among them. */
  overNetwork(sender: string): readonly Crowd[] {
    const own = this.rowOf(sender);
    const found: Crowd[] = [];
    if (own === undefined) return found;
    this.network.eachAnswer(own, (to, answer) => {
      const channel = channelOf(answer);
      const places = this.placesOf(to);
      if (channel === undefined || places.length === 0) return;
      const cost = COSTS[channel] + (answer.verdict === "permitted" && channel === "network" ? PERMITTED : 0);
      found.push({ places, cost, step: (place) => ({ to: place, cost, channel, why: () => this.explanations.of(sender, split(place)[1], answer) }) });
    });
    return found;
  }

  /** How many lists of places there are that `overNetwork` may lead to. */
  get crowds(): number {
    return (this.crowdCount ??= new Set(this.network.parties.map((party) => this.placesOf(this.network.classOf(party))).filter(({ length }) => length > 0)).size);
  }

  private placesOf(to: PartyClass): readonly Place[] {
    return (this.places[to.index] ??= to.members.flatMap(({ id }) => this.placeOf(id) ?? []));
  }
}

function channelOf({ services, oneWay, frames }: Answer): Channel | undefined {
  if (services.length > 0) return "network";
  if (frames === "both") return "spoof";
  return oneWay.length > 0 || frames === "one" ? "inject" : undefined;
}

export function comparePlaces(a: Place, b: Place): number {
  return compareIds(split(a)[1], split(b)[1]) || compareIds(a, b);
}

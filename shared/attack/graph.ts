/**
 * The attack graph: one graph of network reach and of all other ways out of a VM (section 6 of the semantics). Steps are not stored
 * pair by pair: those of the network come from the rows of the matrix, those of a finding from its sides, when somebody asks.
 */
import { compareIds, entries, record, type Topology } from "../model/topology";
import type { Evaluation } from "../analysis/evaluate";
import type { Channel } from "../analysis/result";
import type { PartyClass } from "../network/parties";
import type { Network } from "../network/types";
import type { Answer } from "../network/verdicts";
import type { Place, Way } from "../rules/rule";
import { COSTS, PERMITTED } from "./costs";
import { Explanations, type Explanation } from "./explanations";

/** Where a step leads, and what it is. */
export interface Step {
  readonly to: Place;
  readonly cost: number;
  readonly channel: Channel;
  /** Looked up only for steps that matter: there are as many as pairs in the matrix. */
  readonly why: () => Explanation;
}

/** Places that a sender gets to alike. */
export interface Crowd {
  /** One object for equal lists. */
  readonly places: readonly Place[];
  readonly cost: number;
  step(to: Place): Step;
}

/** What a finding, or the design itself, opens from each of some places to each of others. */
interface Opening extends Omit<Way, "detail"> {
  readonly why: () => Explanation;
}

export class AttackGraph {
  readonly topology: Topology;
  readonly network: Network;
  private readonly openings = new Map<Place, Opening[]>();
  private readonly explanations: Explanations;
  /** By class of parties. */
  private readonly places: (readonly Place[])[] = [];
  /** By hypervisor. */
  private readonly interfaces = new Map<string, string[]>();

  constructor(evaluation: Evaluation) {
    this.topology = evaluation.topology;
    this.network = evaluation.network;
    this.explanations = new Explanations(evaluation);
    for (const [finding, { ways }] of evaluation.drafts) {
      const rule = finding.slice(0, finding.indexOf(":"));
      for (const { channel, from, to, detail } of ways?.() ?? []) this.open({ channel, from, to, why: () => ({ rule, finding, detail }) });
    }
    this.openControl();
  }

  /** The place of a party of the matrix; undefined for an external network, which nobody takes over. */
  placeOf(party: string): Place | undefined {
    const kind = this.network.party(party)?.kind;
    return kind === undefined || kind === "external" ? undefined : kind === "vm" ? `vm:${party}` : `management:${party}`;
  }

  /** Every step out of a place but those over the network, in no order. */
  *beside(place: Place): Generator<Step> {
    for (const { channel, to, why } of this.openings.get(place) ?? []) {
      for (const target of to) if (target !== place) yield { to: target, cost: COSTS[channel], channel, why };
    }
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
      if (channel === undefined) return;
      const cost = COSTS[channel] + (answer.verdict === "permitted" && channel === "network" ? PERMITTED : 0);
      found.push({ places: this.placesOf(to), cost, step: (place) => ({ to: place, cost, channel, why: () => this.explanations.of(sender, split(place)[1], answer) }) });
    });
    return found;
  }

  private placesOf(to: PartyClass): readonly Place[] {
    return (this.places[to.index] ??= to.members.flatMap(({ id }) => this.placeOf(id) ?? []));
  }

  private open(opening: Opening): void {
    for (const place of opening.from) {
      const known = this.openings.get(place);
      if (known === undefined) this.openings.set(place, [opening]);
      else known.push(opening);
    }
  }

  /** Who is in charge of what, by design: management of its hypervisor, a hypervisor of its VMs and datastores. */
  private openControl(): void {
    const vms = new Map<string, Place[]>();
    for (const [id, { hypervisor, role }] of entries(this.topology, "vms")) if (role !== "template") vms.set(hypervisor, [...(vms.get(hypervisor) ?? []), `vm:${id}`]);
    for (const [id, { name }] of entries(this.topology, "hypervisors")) {
      this.open({ channel: "control", from: [`hypervisor:${id}`], to: vms.get(id) ?? [], why: because("HV-006", `${name} runs it`) });
    }
    for (const [id, { hypervisor, services }] of entries(this.topology, "managementInterfaces")) {
      this.interfaces.set(hypervisor, [...(this.interfaces.get(hypervisor) ?? []), id]);
      if (services !== undefined && !services.includes("management")) continue;
      this.open({ channel: "management", from: [`management:${id}`], to: [`hypervisor:${hypervisor}`], why: because("MGT-002", `it administers ${record(this.topology, "hypervisors", hypervisor)?.name ?? hypervisor}`) });
    }
    for (const [id, { name, bmc }] of entries(this.topology, "hosts")) {
      if (bmc === undefined) continue;
      const on = entries(this.topology, "hypervisors").filter(([, { host }]) => host === id).map(([hypervisor]): Place => `hypervisor:${hypervisor}`);
      this.open({ channel: "management", from: [`management:${id}/bmc`], to: on, why: because("MGT-009", `it has power over ${name}`) });
    }
    for (const [id, { name, hypervisors = [] }] of entries(this.topology, "datastores")) {
      this.open({ channel: "storage", from: hypervisors.map((hypervisor): Place => `hypervisor:${hypervisor}`), to: [`datastore:${id}`], why: because("VM-006", `it has ${name} mounted`) });
    }
  }
}

/** By design, whatever the findings are. */
function because(rule: string, detail: string): () => Explanation {
  return () => ({ rule, finding: undefined, detail });
}

function channelOf({ services, oneWay, frames }: Answer): Channel | undefined {
  if (services.length > 0) return "network";
  if (frames === "both") return "spoof";
  return oneWay.length > 0 || frames === "one" ? "inject" : undefined;
}

/** A place's kind and id. */
export function split(place: Place): [kind: string, id: string] {
  const colon = place.indexOf(":");
  return [place.slice(0, colon), place.slice(colon + 1)];
}

export function comparePlaces(a: Place, b: Place): number {
  return compareIds(split(a)[1], split(b)[1]) || compareIds(a, b);
}
